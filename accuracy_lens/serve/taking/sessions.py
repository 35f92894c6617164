"""How many visitors the server takes, in all and from one address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from accuracy_lens.measured import REFUSED
from accuracy_lens.serve.front_page import FOLDERS, wanted_language
from accuracy_lens.serve.plain_page import plain_page
from accuracy_lens.serve.several.proxy import COOKIE
from accuracy_lens.view.quotas import memory_left, quotas
from metrics_core.messages import Message
from metrics_core.numeric.threads import limit_threads

_STREAM = "/_stcore/stream"
_TRY_AGAIN = 1013
_TOO_MANY, _BUSY = 429, 503
_SECONDS = 20
FEW = 4
"""Up to so many visitors a computation may take several threads: they seldom ask at once."""
_SENTENCES = {
    "sessions": Message(
        "As many people as this server takes are here already. This page tries again by itself."
    ),
    "address": Message(
        "As many people as this server takes from one address are here already. This page tries "
        "again by itself."
    ),
    "memory": Message(
        "The server is short of memory and takes nobody new. This page tries again by itself."
    ),
    "leaving": Message(
        "Accuracy Lens is being started again. This page tries again in a few seconds."
    ),
}


class Sessions:
    """ASGI middleware that tells a new visitor in a sentence where no more are taken.

    Parameters
    ----------
    inner : ASGIApp
        What answers the requests.
    base_path : str, optional
        Below which the server answers.
    by_address : bool
        Whether the addresses of visitors are known: a trusted proxy says them.
    taking : callable
        Whether new visitors are taken at all.
    number : str
        Of this server among several, whose own visitors it takes until it ends.
    """

    def __init__(
        self,
        inner: ASGIApp,
        base_path: str = "",
        *,
        by_address: bool = False,
        taking: Callable[[], bool] = lambda: True,
        number: str = "",
    ) -> None:
        self.inner, self.base_path = inner, base_path
        self._by_address, self._taking, self._number = by_address, taking, number
        self.here: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope.get("path", "").removeprefix(self.base_path)
        if scope["type"] == "websocket" and path == _STREAM:
            await self._visit(scope, receive, send)
        elif _is_page(scope, path) and (limit := self._met(scope)):
            REFUSED.labels(limit).inc()
            page = plain_page(_SENTENCES[limit], wanted_language(scope), _SECONDS)
            headers = {"Retry-After": str(_SECONDS), "Cache-Control": "no-store"}
            status = _TOO_MANY if limit == "address" else _BUSY
            await HTMLResponse(page, status, headers)(scope, receive, send)
        else:
            await self.inner(scope, receive, send)

    async def _visit(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._met(scope) not in ("", "leaving"):
            await send({"type": "websocket.close", "code": _TRY_AGAIN})
            return
        address = _address(scope)
        self._count(address, 1)
        try:
            await self.inner(scope, receive, send)
        finally:
            self._count(address, -1)

    def _count(self, address: str, more: int) -> None:
        self.here[address] += more
        self.here += Counter()  # without those of nobody
        limit_threads(quotas().threads if self.here.total() <= FEW else 1)

    def _met(self, scope: Scope) -> str:
        """The limit that a visitor meets; empty where there is room."""
        most = quotas()
        if not self._taking() and _server_of(scope) != self._number:
            return "leaving"
        if self.here.total() >= most.sessions:
            return "sessions"
        if self._by_address and self.here[_address(scope)] >= most.sessions_address:
            return "address"
        left = memory_left()
        return "memory" if left is not None and left < most.reserve_bytes else ""


def _is_page(scope: Scope, path: str) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    accepted = Headers(scope=scope).get("accept", "")
    return path.strip("/").split("/")[0] not in FOLDERS and "text/html" in accepted


def _address(scope: Scope) -> str:
    return (scope.get("client") or ("",))[0]


def _server_of(scope: Scope) -> str:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""
