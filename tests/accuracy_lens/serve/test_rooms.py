"""The version of a room by HTTP: for who follows it, and for who guesses codes."""

from __future__ import annotations

import asyncio
import threading

from sqlalchemy.exc import OperationalError

from accuracy_lens.learn.room.database.guesses import Guesses
from accuracy_lens.serve.rooms import RoomVersions
from tests import aside

ROOMS = {"KPRWNC": 7}


def asked(app, path, method="GET", client="10.0.0.7"):
    """Status, content and headers of one request."""
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "client": (client, 1), "headers": []}
    aside.run(app(scope, None, send))
    start, body = sent
    return start["status"], body["body"].decode(), dict(start["headers"])


async def elsewhere(scope, receive, send):
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"a page"})


def versions(version=ROOMS.get, base="", **options):
    return RoomVersions(elsewhere, base, version, options.pop("guesses", Guesses()))


def test_a_room_tells_its_version_as_it_is_now_and_nobody_keeps_it():
    status, body, headers = asked(versions(), "/_room/KPRWNC")
    assert (status, body) == (200, "7")
    assert headers[b"cache-control"] == b"no-store"
    assert asked(versions(), "/_room/kprwnc")[1] == "7"


def test_below_a_path_of_a_proxy_it_answers_there_alone():
    app = versions(base="/lens")
    assert asked(app, "/lens/_room/KPRWNC")[1] == "7"
    assert asked(app, "/_room/KPRWNC")[0] == 299


def test_everything_else_goes_on():
    for path, method in (("/room", "GET"), ("/_room/", "GET"), ("/_room/KPRWNC", "POST")):
        assert asked(versions(), path, method)[:2] == (299, "a page")


def test_codes_that_do_not_exist_are_guesses_and_a_room_cannot_be_found_by_trying():
    app = versions(guesses=Guesses(2, 60.0))
    assert [asked(app, f"/_room/{code}")[0] for code in ("AAAAAA", "no-code", "x")] == [
        404,
        299,
        404,
    ]
    assert asked(app, "/_room/KPRWNC")[0] == 429
    assert asked(app, "/_room/KPRWNC", client="10.0.0.8")[0] == 200


def test_a_class_that_asks_at_once_costs_one_look():
    looks, own = [], []
    app = versions(lambda _: looks.append(threading.get_ident()) or 7)

    async def everybody():
        own.append(threading.get_ident())
        return await asyncio.gather(*(app._known("KPRWNC") for _ in range(30)))

    assert aside.run(everybody()) == [7] * 30
    assert len(looks) == 1
    assert looks[0] != own[0]


def test_a_database_that_does_not_answer_is_no_wrong_code():
    def fails(code):
        raise OperationalError("select", {}, OSError("gone"))

    guesses = Guesses(1, 60.0)
    assert asked(versions(fails, guesses=guesses), "/_room/KPRWNC")[0] == 503
    assert guesses.wait("10.0.0.7") == 0.0
