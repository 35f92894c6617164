"""Only requests to a name of this server, from its own pages, are answered."""

from __future__ import annotations

import pytest

from accuracy_lens.serve.guarding.guard import FIGURES, HOSTS, Guard, names
from tests import aside
from tests.every import every


def answer(address, path="/", kind="http", **headers):
    """The status of an answer; for a websocket 101, or 1008 where it is closed at once."""
    sent = []

    async def inner(scope, receive, send):
        await send({"type": "http.response.start", "status": 101 if kind != "http" else 200})

    async def send(message):
        sent.append(message)

    raw = [(name.encode(), text.encode()) for name, text in headers.items()]
    scope = {"type": kind, "path": path, "headers": raw, "method": "GET"}
    aside.run(Guard(inner, names(address))(scope, None, send))
    return sent[0].get("status", sent[0].get("code"))


@every("address", ["127.0.0.1", "0.0.0.0", "::", "lens.example.org"])
def test_a_page_elsewhere_whose_name_leads_here_gets_nothing(address):
    """Its Host and its Origin are the same, so that only the name itself tells."""
    foreign = {"host": "evil.test:8501", "origin": "http://evil.test:8501"}
    assert answer(address, **foreign) == 421
    assert answer(address, kind="websocket", **foreign) == 1008


@every(
    "host, origin, opens",
    [
        ("localhost:8501", "http://localhost:8501", True),
        ("127.0.0.1:8501", "http://127.0.0.1:8501", True),
        ("192.168.1.7:8501", "http://192.168.1.7:8501", True),
        ("127.0.0.1:8501", None, True),
        ("127.0.0.1:8501", "http://evil.test", False),
        ("127.0.0.1:8501", "http://127.0.0.1:9000", False),
        ("127.0.0.1:8501", "http://localhost:8501", False),
        ("127.0.0.1:8501", "null", False),
        ("", "http://127.0.0.1:8501", False),
    ],
)
def test_a_websocket_opens_for_pages_of_this_server_alone(host, origin, opens):
    for address in ("127.0.0.1", "0.0.0.0"):
        given = {"host": host} | ({} if origin is None else {"origin": origin})
        assert answer(address, kind="websocket", **given) == (101 if opens else 1008)


def test_the_operator_lists_further_names(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(HOSTS, "lens.example, *.uni.example")
    for host, status in (("lens.example", 200), ("a.uni.example:80", 200), ("uni.example", 421)):
        assert answer("127.0.0.1", host=host) == status
    monkeypatch.setenv(HOSTS, "*")
    assert answer("127.0.0.1", host="anything") == 200


def test_figures_are_the_operators_alone(monkeypatch: pytest.MonkeyPatch):
    ask = {"path": "/_stcore/metrics", "host": "localhost"}
    monkeypatch.delenv(FIGURES, raising=False)
    assert answer("127.0.0.1", **ask) == 404
    assert answer("127.0.0.1", authorization="Bearer ", **ask) == 404
    monkeypatch.setenv(FIGURES, "a password")
    assert answer("127.0.0.1", authorization="Bearer guessed", **ask) == 404
    assert answer("127.0.0.1", authorization="Bearer a password", **ask) == 200
