"""What happened on the page since the last run: triggers of components, selections, edits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from accuracy_lens.view.stored import Stored

T = TypeVar("T")


class Trigger(Generic[T]):
    """What a component that is drawn by us tells once.

    Parameters
    ----------
    key : str
        Of the component.
    name : str
        Of the trigger.
    """

    def __init__(self, key: str, name: str) -> None:
        self.key, self.name = key, name

    def read(self) -> T | None:
        """What it told, in the callback; None where it told nothing."""
        value: T | None = _event(self.key).get(self.name)
        return value


LENS: Trigger[float] = Trigger("lens", "threshold")
LENS_B: Trigger[float] = Trigger("lens_b", "threshold")
CURVES: Trigger[float] = Trigger("cut_curves", "threshold")
BOARD: Trigger[str] = Trigger("board", "pick")
MISFITS: Trigger[str] = Trigger("misfits", "convert")


def selected_cells(key: str) -> list[tuple[int, str]]:
    """Position of the row and name of the column of each cell that is selected in a table."""
    cells: list[tuple[int, str]] = _selection(key, "cells")
    return cells


def selected_rows(key: str) -> list[int]:
    """Positions of the rows that are selected in a table."""
    rows: list[int] = _selection(key, "rows")
    return rows


def selected_points(key: str) -> list[Mapping[str, Any]]:
    """The points that are selected in a plotly figure."""
    points: list[Mapping[str, Any]] = _selection(key, "points")
    return points


def edited_rows(key: str) -> Mapping[str, Mapping[str, Any]]:
    """By position of the row, the new value of each column that was edited."""
    rows: Mapping[str, Mapping[str, Any]] = _event(key).get("edited_rows", {})
    return rows


def _event(key: str) -> Mapping[str, Any]:
    nothing: Mapping[str, Any] = {}
    return Stored(nothing, key).read()


def _selection(key: str, what: str) -> Any:
    return _event(key).get("selection", {}).get(what, [])
