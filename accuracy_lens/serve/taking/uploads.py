"""How many bytes of files that nobody has read yet the server keeps, by visitor and in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import exists, get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from accuracy_lens.measured import REFUSED
from accuracy_lens.serve.front_page import wanted_language
from accuracy_lens.view.quotas import memory_left, quotas
from accuracy_lens.words.language import speaking
from accuracy_lens.words.text import say
from metrics_core.messages import Message

_ROUTE = "/_stcore/upload_file/"
_TOO_LARGE, _LENGTH_REQUIRED, _TOO_MANY, _BUSY = 413, 411, 429, 503


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
        self.under_way: Counter[str] = Counter()

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
        size = int(length)
        refused = self._refusal(whose, size)
        if refused is not None:
            limit, status, _ = refused
            words: Message = refused[2]
            REFUSED.labels(limit).inc()
            with speaking(wanted_language(scope)):
                await PlainTextResponse(say(words), status)(scope, receive, send)
            return
        self.coming[whose] += size
        self.under_way[whose] += 1
        try:
            await self.inner(scope, receive, send)
        finally:
            self.coming[whose] -= size
            self.under_way[whose] -= 1
            self.coming += Counter()  # without those of nothing
            self.under_way += Counter()

    def _refusal(self, whose: str, size: int) -> tuple[str, int, Message] | None:
        """The limit that a file meets, the status and the sentence; None where it may come."""
        most, kept = quotas(), _kept() + self.coming
        if size + kept[whose] > most.unread_bytes_each:
            return "unread_each", _TOO_LARGE, Message("These files are too large together.")
        if self.under_way[whose] >= most.uploads_each:
            return "uploads_each", _TOO_MANY, Message("Too many files at once. Drop one or two.")
        if size + kept.total() > most.unread_bytes or self.under_way.total() >= most.uploads:
            return "unread", _BUSY, Message(
                "The server keeps as many files as it can. Try again in a minute."
            )  # fmt: skip
        left = memory_left()
        if left is not None and left < 2 * size + most.reserve_bytes:
            return "memory", _BUSY, Message(
                "The server is short of memory. Try again in a few minutes."
            )  # fmt: skip
        return None


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
