"""So many visitors are taken, in all and from one address; one too many reads a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accuracy_lens.serve.taking import sessions
from accuracy_lens.serve.taking.sessions import Sessions
from accuracy_lens.view import quotas
from metrics_core.numeric.threads import limit_threads, threads_for
from tests import aside

HTML = [(b"accept", b"text/html,*/*")]


@pytest.fixture
def few(monkeypatch):
    """A server for three visitors, two of an address; what it says to one after the other."""
    limits = replace(quotas.quotas(), sessions=3, sessions_address=2, reserve_bytes=1000)
    monkeypatch.setattr(sessions, "quotas", lambda: limits)
    monkeypatch.setattr(sessions, "memory_left", lambda: 1000)
    return Sessions(inner, by_address=True)


@pytest.fixture(autouse=True)
def no_limit_is_left():
    yield
    limit_threads(None)


async def inner(scope, receive, send):
    if scope["type"] == "websocket":
        await receive()
    else:
        await send({"type": "http.response.start", "status": 200})


def ask(app, address="10.0.0.1", path="/", headers=HTML):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "method": "GET", "path": path, "client": (address, 1),
        "headers": headers, "query_string": b"",
    }  # fmt: skip
    aside.run(app(scope, None, send))
    body = b"".join(part.get("body", b"") for part in sent)
    return sent[0]["status"], body.decode()


def with_visitors(app, addresses, then):
    """Open a websocket from each address, one after the other, and do something meanwhile."""
    import asyncio

    async def visit():
        over, closed = asyncio.Event(), []

        async def send(message):
            closed.append(message)

        tasks = []
        for address in addresses:
            scope = {
                "type": "websocket", "path": "/_stcore/stream", "client": (address, 1),
                "headers": [],
            }  # fmt: skip
            tasks.append(asyncio.ensure_future(app(scope, over.wait, send)))
            await asyncio.sleep(0)
        said = await asyncio.to_thread(then)
        over.set()
        await asyncio.gather(*tasks)
        return closed, said

    return aside.run(visit())


def test_a_visitor_too_many_reads_so_and_is_taken_once_there_is_room(few):
    there = ["10.0.0.1", "10.0.0.2", "10.0.0.3"]
    closed, (status, page) = with_visitors(few, there, lambda: ask(few))
    assert (closed, status) == ([], 503)
    assert "As many people as this server takes are here already." in page
    assert "http-equiv=refresh" in page
    assert ask(few)[0] == 200
    closed, _ = with_visitors(few, [*there, "10.0.0.4"], lambda: None)
    assert closed == [{"type": "websocket.close", "code": 1013}]


def test_an_address_has_so_many_where_a_proxy_says_the_addresses(few):
    two = ["10.0.0.1"] * 2
    _, (status, page) = with_visitors(few, two, lambda: ask(few))
    assert status == 429
    assert "from one address" in page
    assert with_visitors(few, two, lambda: ask(few, "10.0.0.2"))[1][0] == 200
    closed, _ = with_visitors(few, ["10.0.0.1"] * 3, lambda: None)
    assert closed == [{"type": "websocket.close", "code": 1013}]
    unknown = Sessions(inner)
    assert with_visitors(unknown, two, lambda: ask(unknown))[1][0] == 200


def test_it_is_said_in_the_visitors_language_and_only_pages_are_refused(few):
    there = ["10.0.0.1", "10.0.0.2", "10.0.0.3"]

    def asked():
        chinese = ask(few, headers=[*HTML, (b"accept-language", b"zh-CN")])
        return chinese, ask(few, path="/static/a.js")[0], ask(few, headers=[])[0]

    _, ((_, page), file, program) = with_visitors(few, there, asked)
    assert "lang=zh-Hans" in page
    assert "As many" not in page
    assert file == program == 200


def test_where_memory_is_short_nobody_new_is_taken(few, monkeypatch):
    assert ask(few)[0] == 200
    monkeypatch.setattr(sessions, "memory_left", lambda: 999)
    status, page = ask(few)
    assert status == 503
    assert "short of memory" in page
    monkeypatch.setattr(sessions, "memory_left", lambda: None)
    assert ask(few)[0] == 200


def test_a_server_that_ends_keeps_its_own_visitors_and_sends_others_on():
    app = Sessions(inner, taking=lambda: False, number="2")
    assert ask(app)[0] == 503
    assert ask(app, headers=[*HTML, (b"cookie", b"accuracy_lens_server=1")])[0] == 503
    assert ask(app, headers=[*HTML, (b"cookie", b"accuracy_lens_server=2")])[0] == 200
    closed, _ = with_visitors(app, ["10.0.0.1"], lambda: None)
    assert closed == []


def test_a_computation_takes_several_threads_while_few_are_here_and_one_while_many(monkeypatch):
    limits = replace(quotas.quotas(), threads=3)
    monkeypatch.setattr(sessions, "quotas", lambda: limits)
    app = Sessions(inner)
    there = ["10.0.0.1"] * sessions.FEW

    def most():
        return threads_for(10_000_000, 8)

    assert with_visitors(app, there, most) == ([], 3)
    assert with_visitors(app, [*there, "10.0.0.2"], most) == ([], 1)
    assert most() == 3


def test_servers_of_one_machine_share_its_cores():
    assert [quotas.Quotas.of(2**33, 8, share).threads for share in (1, 2, 3, 16)] == [8, 4, 2, 1]
