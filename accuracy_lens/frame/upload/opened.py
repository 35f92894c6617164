"""The file that the server was started with: every visit begins with it, as if it were dropped."""

from __future__ import annotations

from collections.abc import Callable

from accuracy_lens.view.control_table.controls import settings_in_view
from accuracy_lens.view.control_table.table import View
from accuracy_lens.view.state import VISITOR, Source, Upload
from metrics_core.settings import Settings

_OFFERED: list[Upload] = []
_SETTINGS: list[Settings] = []


def offer(upload: Upload) -> Callable[[], None]:
    """Begin every visit with a file; what is given back ends that.

    Only for a server of one person: whoever can reach it sees the file.
    """
    _OFFERED[:] = [upload]
    _SETTINGS[:] = [Settings()]
    return _OFFERED.clear


def begin() -> None:
    """Take the file into a visit that begins; a link to other data stays one to these."""
    if VISITOR.page is not None or not _OFFERED:
        return
    VISITOR.upload, VISITOR.door = _OFFERED[0], "never"
    link = VISITOR.link
    if link is None or not {View.data.key, View.scenario.key} & set(link.asked):
        View.data.write("upload")


def tell(source: Source) -> None:
    """Keep what the view is set to, for who started the server; call it after the page is drawn."""
    if _OFFERED:
        _SETTINGS[:] = [settings_in_view(source.predictions)]


def told() -> Settings | None:
    """What the view was set to last; None where no file was offered.

    Examples
    --------
    >>> told() is None
    True
    """
    return _SETTINGS[0] if _OFFERED else None
