"""A server says whether it lives and takes visitors, and may wait until those it has leave."""

from __future__ import annotations

import signal
import threading

import pytest
import uvicorn

from accuracy_lens.serve.guarding.behind import PROXY, trusted_proxies
from accuracy_lens.serve.process import DRAIN, drain_seconds
from accuracy_lens.serve.taking import draining
from accuracy_lens.serve.taking.draining import Draining
from accuracy_lens.serve.watching.health import Health
from metrics_core.errors import InputError
from tests import aside


def status(app, path):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "path": path, "headers": [], "method": "GET"}
    aside.run(app(scope, None, send))
    return sent[0]["status"]


async def pages(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "path": scope["path"]})


def test_a_server_that_takes_no_visitors_is_alive_but_not_ready():
    taking = [True]
    app = Health(pages, lambda: taking[0], "/lens")
    assert [status(app, f"/lens/{path}") for path in ("healthz", "readyz", "")] == [200, 200, 200]
    taking[0] = False
    assert [status(app, f"/lens/{path}") for path in ("healthz", "readyz", "")] == [200, 503, 200]


@pytest.fixture
def server(monkeypatch):
    visitors = threading.Event()
    visitors.set()
    monkeypatch.setattr(draining, "connected", lambda: int(visitors.is_set()))
    monkeypatch.setattr(draining, "_LOOK_SECONDS", 0.01)
    made = Draining(uvicorn.Config(pages), 60.0)
    made.visitors = visitors
    return made


def test_a_server_that_is_told_to_end_waits_until_its_visitors_have_left(server):
    server.handle_exit(signal.SIGTERM, None)
    assert (server.leaving, server.should_exit) == (True, False)
    server.visitors.clear()
    for thread in threading.enumerate():
        if thread.name.endswith("(_wait)"):
            thread.join(10)
    assert server.should_exit


def test_a_second_signal_ends_it_at_once_and_so_does_the_first_where_nobody_is_there(server):
    server.handle_exit(signal.SIGTERM, None)
    server.handle_exit(signal.SIGTERM, None)
    assert server.should_exit
    server.should_exit = server.leaving = False
    server.visitors.clear()
    server.handle_exit(signal.SIGTERM, None)
    assert (server.leaving, server.should_exit) == (True, True)


def test_what_the_operator_writes_is_checked(monkeypatch):
    monkeypatch.setenv(DRAIN, "45")
    monkeypatch.setenv(PROXY, "10.0.0.5, 10.1.0.0/16 fd00::1")
    assert drain_seconds() == 45
    assert trusted_proxies() == ("10.0.0.5", "10.1.0.0/16", "fd00::1")
    monkeypatch.setenv(DRAIN, "soon")
    monkeypatch.setenv(PROXY, "10.0.0.5 proxy.example")
    with pytest.raises(InputError, match="whole number of seconds"):
        drain_seconds()
    with pytest.raises(InputError, match="addresses or networks"):
        trusted_proxies()
