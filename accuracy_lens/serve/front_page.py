"""The page that every visitor loads first, with a script and a style of ours before Streamlit's."""

from __future__ import annotations

import json
import secrets
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config, file_util

from accuracy_lens.frame.page import STYLE
from accuracy_lens.serve.preloading import preloads
from accuracy_lens.view.pages import METRICS, MISSING, PAGES
from accuracy_lens.words.language import (
    CHOICE,
    HTML_NAMES,
    IN_LINK,
    LANGUAGES,
    SOURCE,
    catalogue,
    known,
)  # fmt: skip

FRONT_END = Path(file_util.get_static_dir())
STARTED = secrets.token_hex(8)
"""Of this process; the page that it sent finds out by it that another one answers now."""
_SCRIPT = Path(__file__).with_name("before.js")
_HEAD, _END, _LANGUAGE = "<head>", "</head>", '<html lang="en">'
_FONT = "static/media/SourceSansVF-Upright*.woff2"
_TITLE = "<title>Streamlit</title>"
_PATHS = {"", *(page.path for page in PAGES if page is not METRICS)}
FOLDERS = {"_stcore", "app", "component", "media", "static"}
"""Where Streamlit serves files and answers the browser; an HTML page among these is no page."""


def front_page(language: str = SOURCE) -> str:
    """Streamlit's index.html with the name, `before.js` and the style of the frame in its head.

    It is the same below every path: the browser finds out where it is.

    Parameters
    ----------
    language : str
        One of `LANGUAGES`.

    Examples
    --------
    >>> '<html lang="en">' in front_page()
    True
    """
    html = (FRONT_END / "index.html").read_text(encoding="utf-8")
    pages = "|".join(sorted(_PATHS - {""}))
    script = _SCRIPT.read_text(encoding="utf-8").replace("PAGES", pages)
    sentence = "This field takes a number only."
    said = {HTML_NAMES[name]: catalogue(name).gettext(sentence) for name in LANGUAGES}
    script = script.replace('"STARTED"', json.dumps(STARTED))
    script = script.replace('"NUMBER_ONLY"', json.dumps(said, ensure_ascii=False))
    style = STYLE.read_text(encoding="utf-8")
    fonts = "".join(  # before the texts, whose lines it breaks elsewhere when it comes late
        f'<link rel="preload" as="font" type="font/woff2" crossorigin '
        f'href="./{font.relative_to(FRONT_END).as_posix()}">'
        for font in FRONT_END.glob(_FONT)
    )
    html = html.replace(_LANGUAGE, f'<html lang="{HTML_NAMES[language]}">', 1)
    html = html.replace(_END, f"{preloads(FRONT_END, html)}{_END}", 1)
    html = html.replace(_TITLE, "<title>Accuracy Lens</title>", 1)
    return html.replace(_HEAD, f"{_HEAD}{fonts}<script>{script}</script><style>{style}</style>", 1)


def configured_path() -> str:
    """The base path of Streamlit's options."""
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


class FrontPage:
    """ASGI middleware that sends the front page wherever Streamlit sends its index.html.

    A browser that asks for a page that is not there is sent to the default page, which says so.

    Parameters
    ----------
    inner : ASGIApp
        What answers the requests.
    base_path : str
        Below which the server answers: "" or ``/name``.
    """

    def __init__(self, inner: ASGIApp, base_path: str) -> None:
        self.inner, self.base_path = inner, base_path
        self.bodies = {name: front_page(name).encode() for name in LANGUAGES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope.get("path", "").removeprefix(self.base_path).strip("/")
        if scope["type"] != "http" or path.split("/")[0] in FOLDERS:
            await self.inner(scope, receive, send)
            return
        accepted = Headers(scope=scope).get("accept", "")
        unknown = path not in _PATHS and scope["method"] == "GET" and "text/html" in accepted
        is_page = False
        ours = self.bodies[wanted_language(scope)]

        async def send_ours(message: Message) -> None:
            nonlocal is_page
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                kind = headers.get("content-type", "")
                is_page = message["status"] == 200 and kind.startswith("text/html")
                if is_page and unknown:
                    await self._lead_away(path, scope, receive, send)
                    return
                if is_page and path not in _PATHS:
                    message["status"] = 404
                if is_page:
                    headers["content-length"] = str(len(ours))
                    headers.add_vary_header("Accept-Language")
                    headers.add_vary_header("Cookie")
                    for name in ("content-encoding", "etag", "last-modified"):
                        del headers[name]
            elif is_page and message["type"] == "http.response.body":
                if unknown or message.get("more_body"):
                    return
                body = b"" if scope["method"] == "HEAD" else ours
                message = {"type": "http.response.body", "body": body}
            await send(message)

        await self.inner(scope, receive, send_ours)

    async def _lead_away(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        if path != METRICS.path:
            query.append((MISSING, path))
        below = scope["path"].removeprefix(self.base_path + "/").count("/")
        url = f"{'../' * below or './'}?{urlencode(query)}"  # also where a proxy has a path above
        response = RedirectResponse(url, headers={"Cache-Control": "no-cache"})
        await response(scope, receive, send)


def wanted_language(scope: Scope) -> str:
    """The language of a request: that of the link, of the visitor's choice, of the browser."""
    headers = Headers(scope=scope)
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(headers.get("cookie", ""))
    except CookieError:
        cookies.clear()
    choice = cookies[CHOICE].value if CHOICE in cookies else None
    return known(query.get(IN_LINK, [""])[-1], choice, headers.get("accept-language")) or SOURCE
