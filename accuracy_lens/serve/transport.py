"""How responses leave: security headers on all of them, scripts and styles compressed."""

from __future__ import annotations

import asyncio
import base64
import functools
import gzip
import hashlib
import os
import re
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from accuracy_lens.serve.front_page import FRONT_END, STARTED, front_page
from accuracy_lens.serve.process import NUMBER

ASSETS = {
    "/" + file.relative_to(FRONT_END).as_posix(): file
    for file in sorted(FRONT_END.glob("static/**/*"))
    if file.suffix in (".css", ".js")
}


def content_security_policy(index_html: str, frames: Sequence[str] = ()) -> str:
    """Write the policy under which a page loads from, and sends to, its own server only.

    Scripts are the server's files and the inline scripts of `index_html`, named by their SHA-256;
    ``blob:`` is how Streamlit loads the inline JavaScript of a component. No script can be built
    from text: nothing here needs ``'unsafe-eval'``. Streamlit, the charts and the table write
    inline styles, draw ``data:`` and ``blob:`` images, and have fonts for formulas in their style.

    Parameters
    ----------
    index_html : str
        The page that every visitor loads first.
    frames : sequence of str, optional
        Whose pages may show it in a frame; by default nobody's.

    Returns
    -------
    str
        The value of the ``Content-Security-Policy`` header.

    Examples
    --------
    >>> content_security_policy("<script>1</script>").split("; ")[1]
    "script-src 'self' blob: 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"
    """
    inline = re.findall(r"<script>(.*?)</script>", index_html, re.DOTALL)
    framing = " ".join(frames) or "'none'"
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline]
    return "; ".join(
        [
            "default-src 'self'",
            " ".join(["script-src 'self' blob:", *(f"'sha256-{digest}'" for digest in digests)]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {framing}",
        ]
    )


def security_headers(frames: Sequence[str] = ()) -> dict[str, str]:
    """The headers of every response; see `content_security_policy`.

    Examples
    --------
    >>> security_headers()["X-Frame-Options"]
    'DENY'
    >>> "X-Frame-Options" in security_headers(["https://lms.example"])
    False
    """
    headers = {
        "Accuracy-Lens-Started": STARTED,
        "Content-Security-Policy": content_security_policy(front_page(), frames),
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    if number := os.environ.get(NUMBER):
        headers["Accuracy-Lens-Server"] = number
    return headers if frames else headers | {"X-Frame-Options": "DENY"}


class SecurityHeaders:
    """ASGI middleware that puts `security_headers` on every response.

    Parameters
    ----------
    inner : ASGIApp
        What answers the requests.
    frames : sequence of str, optional
        Whose pages may show ours in a frame.
    """

    def __init__(self, inner: ASGIApp, frames: Sequence[str] = ()) -> None:
        self.inner, self.headers = inner, security_headers(frames)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.inner(scope, receive, send_secured)


@functools.cache
def compressed(path: str) -> tuple[bytes, str]:
    """Compress one of `ASSETS`.

    Parameters
    ----------
    path : str
        A key of `ASSETS`; there are no others, so the cache is bounded.

    Returns
    -------
    tuple of (bytes, str)
        The gzip stream and its entity tag.

    Raises
    ------
    KeyError
        If `path` is not in `ASSETS`.
    """
    body = gzip.compress(ASSETS[path].read_bytes(), compresslevel=6, mtime=0)
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def compress_all() -> None:
    """Compress every file ahead of the first visitor: a second of work, and 7 MB of memory."""
    for path in ASSETS:
        compressed(path)


class CompressedAssets:
    """ASGI middleware that serves Streamlit's scripts and styles compressed, each compressed once.

    Streamlit sends these files as they lie, 23 MB in all, and leaves compression to a proxy. Their
    names carry a hash of their content, so a browser may keep them for ever. Every other request
    goes to `inner`.

    Parameters
    ----------
    inner : ASGIApp
        What answers the other requests.
    base_path : str, optional
        Below which the server answers.
    """

    def __init__(self, inner: ASGIApp, base_path: str = "") -> None:
        self.inner, self.base_path = inner, base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope.get("path", "").removeprefix(self.base_path)
        asset = scope["type"] == "http" and path in ASSETS
        if not asset or scope["method"] not in ("GET", "HEAD"):
            await self.inner(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if "gzip" not in asked.get("accept-encoding", ""):
            await self.inner(scope, receive, _note_the_choice(send))
            return
        body, tag = await asyncio.to_thread(compressed, path)
        headers = {
            "Cache-Control": "public, immutable, max-age=31536000",
            "Content-Encoding": "gzip",
            "ETag": tag,
            "Vary": "Accept-Encoding",
        }
        if tag in asked.get("if-none-match", ""):
            response = Response(status_code=304, headers=headers)
        else:
            kind = "text/css" if path.endswith(".css") else "text/javascript"
            response = Response(body, headers=headers, media_type=kind)
        await response(scope, receive, send)


def _note_the_choice(send: Send) -> Send:
    """Say on an uncompressed response that the same address has a compressed form."""

    async def send_noted(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return send_noted
