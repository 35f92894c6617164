"""What moves of a component is told apart from the rest of it, and put in again."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from accuracy_lens.components import moving

PLACES = [("threshold",), ("cards", 0, "value"), ("slider", "value"), ("boundary",)]


def data(threshold: float = 0.5, **more: object) -> dict[str, Any]:
    return {
        "threshold": threshold, "words": ["right"], "slider": {"stops": [0, 1], "value": threshold},
        "cards": [{"name": "recall", "value": str(threshold)}, {"name": "f1", "value": "0"}],
        **more,
    }  # fmt: skip


@pytest.fixture
def told() -> Iterator[dict[str, Any]]:
    """What is told as inside `told_apart`."""
    found: dict[str, Any] = {}
    token = moving._TOLD.set(found)
    yield found
    moving._TOLD.reset(token)


def test_what_is_told_apart_comes_together_as_it_was(told):
    whole = data(boundary={"lines": [0.5]})
    still = moving.parted("lens", copy.deepcopy(whole), PLACES)
    assert "threshold" not in still
    assert still["cards"][1] == whole["cards"][1]
    follows = still.pop("follows")
    assert told["lens"]["of"] == follows["of"]
    assert moving.overlaid(still, told["lens"]["moves"]) == whole


def test_only_another_view_is_followed_otherwise(told):
    def of(**more: object) -> tuple[int, object]:
        still = moving.parted("lens", data(**more), PLACES)
        return still["follows"]["of"], {name: still[name] for name in ("cards", "slider")}

    assert of() == of(threshold=0.7)
    assert of()[0] != of(title="B")[0]
    grids = [pa.table({"threshold": np.array(values)}) for values in ([0.1, 0.2], [0.1, 0.3])]
    assert of(grid=grids[0])[0] != of(grid=grids[1])[0]


def test_a_place_that_is_not_there_is_passed_over(told):
    still = moving.parted("lens", {"slider": None, "low": 0}, [("slider", "value"), ("here",)])
    still.pop("follows")
    assert moving.overlaid(still, told["lens"]["moves"]) == {"slider": None, "low": 0}


def test_nothing_is_taken_where_nothing_is_told_apart():
    assert moving.parted("lens", data(), PLACES) == data()
