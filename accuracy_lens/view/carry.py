"""The view goes along when the visitor turns to another page."""

from __future__ import annotations

from accuracy_lens.learn.training import controls
from accuracy_lens.view import state

VIEW = (
    "labels",
    "activation",
    "threshold",
    "k",
    "beta",
    "average",
    "batch",
    "weighted",
    "card",
    "sample",
    "formula",
    "formula_batch",
    *controls.KEYS,
    "curves",
    "at_epoch",
)
"""Keys of the controls that stand on more than one page, or that another page opens or leaves."""


def carry_view(page: str) -> None:
    """Keep the controls as they stand when this page follows another.

    A control of the new page is a new one, with its default, unless its value is written before it
    is drawn. On later runs of the same page nothing is written, so no history entry is added.

    Parameters
    ----------
    page : str
        A name of the page that is about to be drawn.
    """
    if state.read("_page", page) != page:
        state.write(**{key: kept for key in VIEW if (kept := state.read(key)) is not None})
    state.write(_page=page)
