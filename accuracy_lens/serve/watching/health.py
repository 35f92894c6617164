"""Whether this server is alive, and whether it takes visitors: for proxies and supervisors."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class Health:
    """ASGI middleware that answers ``{base}/healthz`` and ``{base}/readyz``, under any name.

    ``healthz`` is 200 while requests are answered at all; ``readyz`` is 503 before the first page
    has run and after the server was told to end.

    Parameters
    ----------
    inner : ASGIApp
        What answers the other requests.
    ready : callable
        Whether visitors are taken.
    base_path : str, optional
        Below which the server answers.
    """

    def __init__(self, inner: ASGIApp, ready: Callable[[], bool], base_path: str = "") -> None:
        self.inner, self._ready = inner, ready
        self._alive_path, self._ready_path = f"{base_path}/healthz", f"{base_path}/readyz"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope.get("path", "")
        if scope["type"] != "http" or path not in (self._alive_path, self._ready_path):
            await self.inner(scope, receive, send)
            return
        good = path == self._alive_path or self._ready()
        headers = {"Cache-Control": "no-store"}
        answer = PlainTextResponse("ok" if good else "not ready", 200 if good else 503, headers)
        await answer(scope, receive, send)
