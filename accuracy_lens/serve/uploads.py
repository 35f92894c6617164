"""How many bytes of files that nobody has read yet the server keeps, by visitor and in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import exists, get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from accuracy_lens.view.caches import MOST_KEPT, MOST_UNREAD
from accuracy_lens.words.text import say

_ROUTE = "/_stcore/upload_file/"
_TOO_LARGE, _LENGTH_REQUIRED, _BUSY = 413, 411, 503


class Uploads:
    """ASGI middleware that refuses a file before its bytes are taken, where too many are kept.

    A visitor has the two files of one data set at most, of 200 MB each; a page reads what is
    dropped at once and deletes its bytes.

    Parameters
    ----------
    inner : ASGIApp
        What answers the requests.
    base_path : str
        Below which the server answers.
    """

    def __init__(self, inner: ASGIApp, base_path: str = "") -> None:
        self.inner, self.base_path = inner, base_path
        self.coming: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope.get("path", "").removeprefix(self.base_path)
        if scope["type"] != "http" or scope["method"] != "PUT" or not path.startswith(_ROUTE):
            await self.inner(scope, receive, send)
            return
        whose = path.removeprefix(_ROUTE).split("/")[0]
        length = Headers(scope=scope).get("content-length", "")
        if not length.isdecimal():
            refusal = PlainTextResponse("Length Required", _LENGTH_REQUIRED)
            await refusal(scope, receive, send)
            return
        size, kept = int(length), _kept() + self.coming
        if size + kept[whose] > MOST_UNREAD:
            refusal = PlainTextResponse(say("These files are too large together."), _TOO_LARGE)
            await refusal(scope, receive, send)
        elif size + kept.total() > MOST_KEPT:
            refusal = PlainTextResponse(
                say("The server keeps as many files as it can. Try again in a minute."), _BUSY
            )
            await refusal(scope, receive, send)
        else:
            self.coming[whose] += size
            try:
                await self.inner(scope, receive, send)
            finally:
                self.coming[whose] -= size
                self.coming += Counter()  # without those of nothing


def unread_bytes() -> int:
    """Bytes of all files that no page has read."""
    return _kept().total()


def _kept() -> Counter[str]:
    """By session, the bytes of its files that Streamlit keeps."""
    manager = get_instance().uploaded_file_mgr if exists() else None
    if not isinstance(manager, MemoryUploadedFileManager):
        return Counter()
    files: Mapping[str, Mapping[str, object]] = dict(manager.file_storage)
    return Counter(
        {
            session: sum(len(getattr(file, "data", b"")) for file in list(those.values()))
            for session, those in files.items()
        }
    )
