"""What becomes of the controls when the page is turned, and when other data are opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accuracy_lens.view.control_table.control import CHOICES, Control
from accuracy_lens.view.control_table.table import CONTROLS
from accuracy_lens.view.state import VISITOR, Link
from accuracy_lens.view.stored import came_back


def carry_view(page: str) -> None:
    """Keep the controls that are carried as they stand when this page follows another.

    A control of the new page is a new one, with its default, unless its value is written before it
    is drawn. On later runs of the same page nothing is written. A page that Back or Forward brought
    shows what its address says.

    Parameters
    ----------
    page : str
        A name of the page that is about to be drawn.
    """
    VISITOR.turned = VISITOR.page not in (None, page) and not came_back()
    if VISITOR.turned:
        _write_again(row for row in CONTROLS.values() if row.carried)
    VISITOR.page = page


def keep_choices() -> None:
    """Keep what is chosen though it is called otherwise now, as when the language changes.

    The browser tells a choice by what it shows, so it is told anew; ask in a callback.
    """
    _write_again(row for row in CONTROLS.values() if row.widget in CHOICES and not row.each)


def _write_again(rows: Iterable[Control[Any]]) -> None:
    for row in rows:
        if row.stored:
            row.write(row.read())


def open_data(**values: object) -> None:
    """Put the controls that belong to the data back, since others are opened; ask in a callback.

    What a link asked for is over then.

    Parameters
    ----------
    **values : object
        What the new data want instead of the defaults (`Source.opens`), and further controls, by
        name.
    """
    VISITOR.link = Link({})
    defaults = {name: row.default for name, row in CONTROLS.items() if row.of_data}
    for name, value in (defaults | values).items():
        CONTROLS[name].write(value)
