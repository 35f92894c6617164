"""The version of a room, as a few bytes: who follows one asks for no more until it has changed."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from accuracy_lens.learn.room.database.codes import typed_code
from accuracy_lens.learn.room.database.guesses import Guesses
from accuracy_lens.learn.room.database.opened import GUESSES, store

FRESH = 0.3
"""Seconds for which all who follow a room are told what one of them was told."""
MOST_ROOMS = 1000


class RoomVersions:
    """ASGI middleware that answers ``GET {base}/_room/{code}`` with the version of a room.

    A page of a room is drawn anew by Streamlit in some 50 milliseconds of processor time, one after
    another; this answer takes one. Codes that do not exist count as guesses, as on the page: 404,
    and 429 once there were too many. 503 where the database does not answer.

    Parameters
    ----------
    inner : ASGIApp
        What answers the other requests.
    base_path : str
        Below which the server answers: "" or ``/name``.
    version : callable, optional
        The version of a code, None where there is no such room; the store of this server.
    guesses : Guesses, optional
    """

    def __init__(
        self,
        inner: ASGIApp,
        base_path: str = "",
        version: Callable[[str], int | None] = lambda code: store().version(code),
        guesses: Guesses = GUESSES,
    ) -> None:
        self.inner, self._version, self._guesses = inner, version, guesses
        self._path = re.compile(rf"{re.escape(base_path)}/_room/(\w+)", re.ASCII)
        self._told: dict[str, tuple[float, asyncio.Future[int | None]]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        found = self._path.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found is None or scope["method"] != "GET":
            await self.inner(scope, receive, send)
            return
        answer = await self._answer(found[1], (scope.get("client") or ("",))[0])
        answer.headers["Cache-Control"] = "no-store"
        await answer(scope, receive, send)

    async def _answer(self, typed: str, address: str) -> Response:
        if self._guesses.wait(address):
            return Response(status_code=429)
        code = typed_code(typed)
        try:
            version = await self._known(code) if code else None
        except (OSError, SQLAlchemyError):
            return Response(status_code=503)
        if version is None:
            self._guesses.was_wrong(address)
            return Response(status_code=404)
        return Response(str(version), media_type="text/plain")

    async def _known(self, code: str) -> int | None:
        now = time.monotonic()
        at, told = self._told.get(code, (now - FRESH, None))
        if told is None or now - at >= FRESH:
            if len(self._told) >= MOST_ROOMS:
                self._told.clear()
            told = asyncio.ensure_future(asyncio.to_thread(self._version, code))
            self._told[code] = (now, told)
        return await asyncio.shield(told)
