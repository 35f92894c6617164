"""What is answered below the base path, and that nothing is outside of it."""

from __future__ import annotations

from dataclasses import asdict

from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from accuracy_lens.frame.upload.opened import told


class Below:
    """ASGI middleware that keeps everything below the base path, which may be a secret.

    For who started the server with data it answers ``settings.json``: what the view is set to.

    Parameters
    ----------
    inner : ASGIApp
        What answers the requests.
    base_path : str
        "" or ``/name``.
    """

    def __init__(self, inner: ASGIApp, base_path: str) -> None:
        self.inner, self.base_path = inner, base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope.get("path", "")
        if scope["type"] == "lifespan" or f"{path}/".startswith(f"{self.base_path}/"):
            settings = told() if path == f"{self.base_path}/settings.json" else None
            inner = self.inner if settings is None else JSONResponse(asdict(settings))
            await inner(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})
