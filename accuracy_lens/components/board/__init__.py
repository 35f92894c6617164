"""The board: a card for every variant, as one component.

One component instead of some forty elements keeps a rerun short and lets cards change in place.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import streamlit as st

_HERE = Path(__file__).parent
_FILES = (_HERE.parent / "roving.js", _HERE / "board.js")


def show_board(data: dict[str, object], *, on_pick: Callable[[], None]) -> None:
    """Draw the cards that have a number.

    Parameters
    ----------
    data : dict
        From `accuracy_lens.explore.metrics.cards.board`; plain JSON values only.
    on_pick : callable
        Called after a card was chosen; its name is then the trigger ``pick`` of the key ``board``.
    """
    _mount("board", data, on_pick_change=on_pick)


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
    renderer = st.components.v2.component(
        "accuracy_lens_board",
        js="\n".join(file.read_text(encoding="utf-8") for file in _FILES),
        css=(_HERE / "board.css").read_text(encoding="utf-8"),
    )
    renderer(key=key, data=data, **cast("Any", callbacks))
