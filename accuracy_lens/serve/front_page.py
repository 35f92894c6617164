"""The page that every visitor loads first, with a script of ours before Streamlit's."""

from __future__ import annotations

import json
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config, file_util

FRONT_END = Path(file_util.get_static_dir())
_SCRIPT = Path(__file__).with_name("before.js")
_HEAD = "<head>"


def front_page(base_path: str) -> str:
    """Streamlit's index.html with `before.js` at the top of its head.

    Parameters
    ----------
    base_path : str
        Below which the server answers: "" or ``/name``. Told to the browser, which otherwise asks
        every folder of the address for the server.

    Examples
    --------
    >>> '"/lens"' in front_page("/lens")
    True
    """
    html = (FRONT_END / "index.html").read_text(encoding="utf-8")
    script = _SCRIPT.read_text(encoding="utf-8").replace('"BASE_PATH"', json.dumps(base_path))
    return html.replace(_HEAD, f"{_HEAD}<script>{script}</script>", 1)


def configured() -> str:
    """The front page for the base path of Streamlit's options."""
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return front_page(f"/{path}" if path else "")


class FrontPage:
    """ASGI middleware that sends the front page wherever Streamlit sends its index.html.

    Parameters
    ----------
    inner : ASGIApp
        What answers the requests.
    html : str
        See `front_page`.
    """

    def __init__(self, inner: ASGIApp, html: str) -> None:
        self.inner, self.body = inner, html.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_page = False

        async def send_ours(message: Message) -> None:
            nonlocal is_page
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                kind = headers.get("content-type", "")
                is_page = message["status"] == 200 and kind.startswith("text/html")
                if is_page:
                    headers["content-length"] = str(len(self.body))
                    for name in ("content-encoding", "etag", "last-modified"):
                        del headers[name]
            elif is_page and message["type"] == "http.response.body":
                if message.get("more_body"):
                    return
                body = b"" if scope["method"] == "HEAD" else self.body
                message = {"type": "http.response.body", "body": body}
            await send(message)

        await self.inner(scope, receive, send_ours)
