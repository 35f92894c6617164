"""The file that the server was started with: every visit begins with it, as if it were dropped."""

from __future__ import annotations

from collections.abc import Callable

from accuracy_lens.view.state import VISITOR, Upload
from accuracy_lens.view.table import View

_OFFERED: list[Upload] = []


def offer(upload: Upload) -> Callable[[], None]:
    """Begin every visit with a file; what is given back ends that.

    Only for a server of one person: whoever can reach it sees the file.
    """
    _OFFERED[:] = [upload]
    return _OFFERED.clear


def begin() -> None:
    """Take the file into a visit that begins; a link to other data stays one to these."""
    if VISITOR.page is not None or not _OFFERED:
        return
    VISITOR.upload, VISITOR.door = _OFFERED[0], "never"
    link = VISITOR.link
    if link is None or not {View.data.key, View.scenario.key} & set(link.asked):
        View.data.write("upload")
