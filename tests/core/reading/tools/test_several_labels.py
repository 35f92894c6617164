"""Columns of several labels a sample: tags, and one-hot labels."""

from __future__ import annotations

from tests.core.reading.tools.columns import (
    FRUIT,
    KIND,
    LABELS,
    RIGHT_TAGS,
    ROW,
    SHARES,
    TAGS,
    Case,
    assert_right,
)
from tests.every import every

CASES = {
    "kaggle tags": Case(
        {"id": ROW, **{f"{n}_y": TAGS[:, i] for i, n in enumerate("abc")},
         **{f"{n}_x": LABELS[:, i] for i, n in enumerate("abc")}},
        ("a_x", "b_x", "c_x"), RIGHT_TAGS,
    ),
    "tags _true _pred": Case(
        {**{f"{n}_true": LABELS[:, i] for i, n in enumerate(FRUIT)},
         **{f"{n}_pred": TAGS[:, i] for i, n in enumerate(FRUIT)}},
        tuple(f"{n}_true" for n in FRUIT), RIGHT_TAGS,
    ),
    "multilabel names": Case(
        {**{w: LABELS[:, i] for i, w in enumerate(FRUIT)},
         **{f"{w}_prob": TAGS[:, i] for i, w in enumerate(FRUIT)}}, FRUIT, RIGHT_TAGS,
    ),
    "multilabel pred_": Case(
        {**{f"y_{w}": LABELS[:, i] for i, w in enumerate(FRUIT)},
         **{f"pred_{w}": TAGS[:, i] for i, w in enumerate(FRUIT)}}, tuple(f"y_{w}" for w in FRUIT),
        RIGHT_TAGS,
    ),
    "multilabel gt_": Case(
        {"image": [f"{i}.jpg" for i in ROW],
         **{f"gt_{w}": LABELS[:, i] for i, w in enumerate(FRUIT)},
         **{f"score_{w}": TAGS[:, i] for i, w in enumerate(FRUIT)}},
        tuple(f"gt_{w}" for w in FRUIT), RIGHT_TAGS,
    ),
    "one hot": Case(
        {**{f"true_{w}": 1 * (i == KIND) for i, w in enumerate(FRUIT)},
         **{f"pred_{w}": SHARES[:, i] for i, w in enumerate(FRUIT)}},
        tuple(f"true_{w}" for w in FRUIT), float("nan"),
    ),
}  # fmt: skip


@every("name", CASES)
def test_columns_of_a_tool(name: str) -> None:
    assert_right(CASES[name])
