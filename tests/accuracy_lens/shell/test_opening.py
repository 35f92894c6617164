"""`accuracy-lens [FILE]`: where it listens, what it opens, and the file that visits begin with."""

from __future__ import annotations

import socket
import webbrowser

import pytest
from streamlit.testing.v1 import AppTest

from accuracy_lens.frame.upload import opened
from accuracy_lens.serve import server
from accuracy_lens.serve.script import SCRIPT
from accuracy_lens.shell.program import run

TOLD = "label,score\n" + "0,0.2\n1,0.7\n0,0.6\n1,0.9\n"
UNTOLD = "a,b\n" + "0,0.2\n1,0.7\n0,0.6\n1,0.9\n"


@pytest.fixture
def served(monkeypatch):
    """Instead of serving: what would be served, and what the browser was sent to."""
    asked, sent = [], []

    def serve(host, port, *, listening, ready):
        asked.append((host, port, listening.getsockname()[1]))
        listening.close()
        ready(f"http://{host}:{port}")

    monkeypatch.setattr(server, "serve", serve)
    monkeypatch.setattr(webbrowser, "open", sent.append)
    yield asked, sent
    opened._OFFERED.clear()


def test_where_the_port_is_in_use_the_next_free_one_is_taken_and_said(served, capsys):
    asked, sent = served
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        assert run(["--port", str(port)]) == 0
    (host, taken, listening), out = asked[0], capsys.readouterr().out
    assert host == "127.0.0.1"
    assert port < taken == listening
    assert f"Port {port} is in use; {taken} is taken." in out
    assert sent == [f"http://127.0.0.1:{taken}"]


def test_the_browser_is_sent_to_the_scenario_in_the_language_of_the_shell(served, capsys):
    _, sent = served
    assert run(["--port", "0", "--scenario", "rare-class", "--lang", "zh"]) == 0
    assert sent[0].endswith("/?data=scenario&scenario=rare-class&lang=zh")
    sent.clear()
    assert run(["--port", "0", "--no-browser"]) == 0
    assert sent == []


def visit(**query: str) -> AppTest:
    app = AppTest.from_file(str(SCRIPT), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def heads(app: AppTest) -> str:
    return " ".join(each.value for each in app.main.markdown)


def test_every_visit_begins_with_the_file(served, tmp_path):
    path = tmp_path / "outputs.csv"
    path.write_text(TOLD)
    assert run([str(path), "--port", "0"]) == 0
    for app in (visit(), visit(threshold="0.65")):
        assert not app.exception
        assert r"**outputs\.csv** — 4 samples" in heads(app)
        assert app.query_params["file"].startswith("outputs.csv/4/")
        assert "here every step can be seen" not in heads(app)  # the door
    other = visit(data="scenario", scenario="binary-threshold")
    assert "Six probabilities" in heads(other)


def test_a_file_whose_columns_are_not_told_is_asked_about_and_named_ones_are_not(served, tmp_path):
    path = tmp_path / "outputs.csv"
    path.write_text(UNTOLD)
    assert run([str(path), "--port", "0"]) == 0
    assert "Check the columns" in heads(visit())
    assert run([str(path), "--port", "0", "--y-true", "a", "--y-pred", "b"]) == 0
    assert r"**outputs\.csv** — 4 samples" in heads(visit())
