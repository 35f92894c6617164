"""The board: a card for every variant, as one component.

One component instead of some forty elements keeps a rerun short and lets cards change in place.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from accuracy_lens.components.mounting import component
from accuracy_lens.components.moving import FOLLOWING_JS, parted

_HERE = Path(__file__).parent
_FILES = (FOLLOWING_JS, _HERE.parent / "roving.js", _HERE / "board.js")
_MOVING = ("value", "result", "count", "change")
"""Of a card."""


def show_board(data: dict[str, Any], *, on_pick: Callable[[], None]) -> None:
    """Draw the cards that have a number.

    Parameters
    ----------
    data : dict
        From `accuracy_lens.explore.metrics.cards.board`; plain JSON values only.
    on_pick : callable
        Called after a card was chosen; its name is then the trigger ``pick`` of the key ``board``.
    """
    moving = [("cards", at, name) for at in range(len(data["cards"])) for name in _MOVING]
    _mount("board", parted("board", data, [("threshold",), *moving]), on_pick_change=on_pick)


def show_misfits(data: dict[str, object], *, on_convert: Callable[[], None]) -> None:
    """Draw the cards that have none, each with the reason and, where there is one, the remedy.

    Parameters
    ----------
    data : dict
        From `accuracy_lens.explore.metrics.cards.misfit_board`.
    on_convert : callable
        Called after a remedy was chosen; the form of the labels is then the trigger ``convert`` of
        the key ``misfits``.
    """
    _mount("misfits", data, on_convert_change=on_convert)


def _mount(key: str, data: dict[str, object], **callbacks: Callable[[], None]) -> None:
    component("board", *_FILES, style=_HERE / "board.css")(key=key, data=data, **callbacks)
