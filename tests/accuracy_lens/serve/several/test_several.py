"""Several servers behind nginx: a visitor stays on one, and what dies is started again."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from accuracy_lens.serve.several import proxy
from accuracy_lens.serve.several.starting import check_port
from metrics_core.errors import InputError
from tests.browser.conftest import free_port
from tests.every import every

NGINX = proxy.found()
ROOT = Path(__file__).parents[4]
SMALL = "tests.accuracy_lens.serve.several.small_server"
needs_nginx = pytest.mark.skipif(
    NGINX is None, reason="no nginx: several servers are not tested; install nginx"
)
START = """
import sys
from pathlib import Path
from accuracy_lens.serve.several.supervisor import Supervisor
several = Supervisor(2, "0.0.0.0", int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]),
                     command=(sys.executable, "-m", sys.argv[4]), last_seconds=5.0)
sys.exit(several.run(lambda: print("ready", flush=True)))
"""


class Visitor:
    """A browser, as far as cookies go."""

    def __init__(self, port, cookies=True):
        self.port, self.cookie, self.keeps = port, "", cookies

    def ask(self, path="/", method="GET", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        given = {name.replace("_", "-"): text for name, text in headers.items()}
        if self.cookie:
            given["Cookie"] = self.cookie
        connection.request(method, path, body, given)
        answer = connection.getresponse()
        text = answer.read().decode()
        cookie = answer.getheader("Set-Cookie")
        if cookie and self.keeps:
            self.cookie = cookie.partition(";")[0]
        connection.close()
        said = json.loads(text) if text.startswith("{") else text
        return answer.status, said

    @contextlib.contextmanager
    def talk(self, host=None, origin="own"):
        host = host or f"127.0.0.1:{self.port}"
        own = f"http://{host}" if origin == "own" else origin
        headers = {"Cookie": self.cookie, "Host": host}
        with (
            socket.create_connection(("127.0.0.1", self.port)) as sock,
            connect(
                f"ws://{host}/_stcore/stream", origin=own, additional_headers={
                    name: text for name, text in headers.items() if text and name != "Host"
                }, sock=sock,
            ) as websocket,
        ):  # fmt: skip
            yield websocket


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    """Two small servers behind nginx, as `make run HOST=0.0.0.0 WORKERS=2` starts large ones."""
    folder, port = tmp_path_factory.mktemp("several"), free_port()
    command = [sys.executable, "-c", START, str(port), str(NGINX), str(folder), SMALL]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            process.port = port
            until(lambda: Visitor(port).ask()[0] == 200)
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
    assert not list(folder.glob("nginx.pid"))


def configuration(folder, n, *more, **named):
    return proxy.configuration(folder, proxy.sockets(folder, n), *more, **named)


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if condition():
                return
        assert time.monotonic() < end
        time.sleep(0.1)


@needs_nginx
def test_visitors_are_shared_out_and_each_stays_on_one_server(several):
    visitors = [Visitor(several.port) for _ in range(6)]
    first = [visitor.ask()[1]["number"] for visitor in visitors]
    assert sorted(first) == ["1", "1", "1", "2", "2", "2"]
    for visitor, number in zip(visitors, first, strict=True):
        with visitor.talk() as websocket:
            assert json.loads(websocket.recv())["number"] == number
        status, said = visitor.ask("/_stcore/upload_file/a/b", "PUT", b"x" * 3_000_000)
        assert (status, said["number"], said["bytes"]) == (200, number, 3_000_000)
        assert visitor.ask()[1]["number"] == number


@needs_nginx
def test_who_refuses_cookies_stays_on_one_server_by_address(several):
    visitor = Visitor(several.port, cookies=False)
    numbers = {visitor.ask("/_stcore/health")[1]["number"] for _ in range(4)}
    with visitor.talk() as websocket:
        numbers.add(json.loads(websocket.recv())["number"])
    assert len(numbers) == 1


@needs_nginx
def test_a_visitor_cannot_say_another_address(several):
    said = Visitor(several.port).ask(X_Forwarded_For="10.9.8.7")[1]
    assert said["address"] == "127.0.0.1"


@needs_nginx
@every(
    "host, origin, opens",
    [
        (None, "own", True),
        (None, None, True),
        (None, "http://evil.test", False),
        (None, "http://127.0.0.1:1", False),
        ("evil.test", "http://evil.test", False),
    ],
)
def test_a_foreign_origin_is_refused_behind_the_proxy_too(several, host, origin, opens):
    visitor = Visitor(several.port)
    refused = contextlib.nullcontext() if opens else pytest.raises(InvalidStatus)
    with refused, visitor.talk(host, origin) as websocket:
        assert json.loads(websocket.recv())["host"] == f"127.0.0.1:{several.port}"
    assert visitor.ask(Host="evil.test")[0] == 421


@needs_nginx
def test_each_server_has_its_own_figures_and_none_stand_for_all(several):
    visitor = Visitor(several.port)
    asked = [visitor.ask(f"/_server/{number}/metrics")[1]["number"] for number in (1, 2)]
    assert asked == ["1", "2"]
    assert visitor.ask("/_server/1/readyz") == (200, "ok")
    assert visitor.ask("/metrics")[0] == 200
    assert visitor.ask("/metrics", Authorization="Bearer of the operator")[0] == 404
    assert visitor.ask("/_server/3/metrics")[0] == 404
    assert visitor.ask("/_server/1/_stcore/health")[0] == 404


@needs_nginx
def test_the_visitors_of_a_server_that_dies_go_to_another_and_it_is_started_again(several):
    visitor = Visitor(several.port)
    before = visitor.ask()[1]
    with visitor.talk() as websocket:
        websocket.recv()
        os.kill(before["pid"], signal.SIGKILL)
        with pytest.raises(Exception, match="close frame"):
            websocket.recv()
    after = visitor.ask()[1]
    assert after["number"] != before["number"]
    with visitor.talk() as websocket:
        assert json.loads(websocket.recv())["pid"] == after["pid"]
    path = f"/_server/{before['number']}/metrics"
    until(lambda: visitor.ask(path)[0] == 200)
    assert visitor.ask(path)[1]["pid"] != before["pid"]
    until(lambda: len({Visitor(several.port).ask()[1]["number"] for _ in range(4)}) == 2)


@needs_nginx
def test_servers_are_started_anew_one_after_the_other_while_pages_are_answered(several):
    def processes():
        asked = [Visitor(several.port).ask(f"/_server/{number}/metrics") for number in (1, 2)]
        return [said["pid"] for status, said in asked if status == 200]

    before, statuses = processes(), []
    several.send_signal(signal.SIGHUP)

    def renewed():
        statuses.append(Visitor(several.port).ask()[0])
        now = processes()
        return len(now) == 2 and not {*now} & {*before}

    until(renewed)
    until(lambda: Visitor(several.port).ask("/_server/resting") == (200, "0"))
    time.sleep(0.5)  # the process before it may take some more
    assert {*statuses} == {200}


@needs_nginx
def test_a_server_that_takes_nobody_new_sends_visitors_on_and_where_none_does_that_is_read(several):
    for _ in range(4):
        assert Visitor(several.port).ask("/?passed=1")[1]["number"] == "2"
        assert Visitor(several.port).ask("/?full")[1] == "full"


@needs_nginx
def test_while_no_server_answers_the_page_says_so_and_asks_again(tmp_path):
    port = free_port()
    (tmp_path / "nginx.conf").write_text(configuration(tmp_path, 2, "127.0.0.1", port))
    with subprocess.Popen([NGINX, "-p", tmp_path, "-c", tmp_path / "nginx.conf"]) as process:
        visitor = Visitor(port)
        until(lambda: visitor.ask()[0] == 503)
        assert "tries again" in visitor.ask()[1]
        assert "http-equiv=refresh" in visitor.ask()[1]
        assert "lang=zh-Hans" in visitor.ask(Accept_Language="zh-CN,zh;q=0.9")[1]
        process.terminate()


@needs_nginx
@every("host, base", [("::1", ""), ("0.0.0.0", "/lens/secret")])
def test_nginx_takes_what_it_is_given(tmp_path, monkeypatch, host, base):
    monkeypatch.setenv("ACCURACY_LENS_PROXY", "10.0.0.0/8 192.168.1.7")
    text = configuration(tmp_path, 3, host, 8501, base, resting=2)
    assert text.count(" down;") == text.count("2.sock max_fails=0 down;") + 1 == 2
    (tmp_path / "nginx.conf").write_text(text)
    command = [NGINX, "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_a_port_that_is_taken_is_refused_before_anything_starts():
    port = free_port()
    check_port("127.0.0.1", port)
    with socket.create_server(("127.0.0.1", port)), pytest.raises(InputError, match="--port"):
        check_port("127.0.0.1", port)
