"""How predictions of one content are told from those of another."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.predictions import Predictions
from tests.every import every

BASE = {
    "y_true": np.array([2, 0], "i4"),
    "y_pred": np.array([[0.1, 0.2, 0.7], [0.5, 0.3, 0.2]], "f4"),
    "kind": "sparse",
    "sample_weight": np.array([1.0, 2.0]),
    "class_names": ("a", "b", "c"),
    "sample_ids": np.array(["x", "y"]),
}


def changed(name, index, value):
    array = BASE[name].copy()
    array[index] = value
    return {**BASE, name: array}


@every(
    "other",
    [
        changed("y_true", 1, 1),
        *(changed("y_pred", place, 0.123) for place in np.ndindex(2, 3)),
        changed("y_pred", (0, 0), np.nextafter(np.float32(0.1), np.float32(1))),
        changed("sample_weight", 0, 1.5),
        changed("sample_ids", 1, "z"),
        {**BASE, "class_names": ("a", "b", "d")},
        {**BASE, "class_names": None},
        {**BASE, "sample_weight": None},
        {**BASE, "sample_ids": None},
        {**BASE, "y_true": BASE["y_true"].astype("i8")},
        {**BASE, "y_true": BASE["y_true"].reshape(2, 1)},
        {**BASE, "y_pred": BASE["y_pred"].astype("f8")},
        {**BASE, "y_pred": BASE["y_pred"][::-1]},
    ],
)
def test_the_digest_differs_where_anything_differs(other):
    assert Predictions.of(**BASE).digest != Predictions.of(**other).digest


def test_the_digest_is_equal_for_equal_content_however_it_lies_in_memory():
    apart = {**BASE, "y_pred": np.asfortranarray(BASE["y_pred"])}
    strided = {**BASE, "y_pred": np.repeat(BASE["y_pred"], 2, axis=0)[::2]}
    assert len({Predictions.of(**given).digest for given in (BASE, apart, strided)}) == 1


def test_a_single_element_of_a_million_changes_the_digest():
    labels, outputs = np.zeros(1_000_000, "u1"), np.zeros(1_000_000, "f4")
    before = Predictions.of(labels, outputs).digest
    outputs[777_777] = 1e-30
    assert Predictions.of(labels, outputs).digest != before


@pytest.mark.parametrize(
    "ids",
    [
        ["a", "b"],
        [1, 2],
        [0.5, 1.5],
        np.array(["2020", "2021"], "M8[D]"),
        [None, "b"],
        [b"a", b"b"],
    ],
)
def test_sample_ids_of_any_dtype_have_a_digest(ids):
    made = Predictions.of([0, 1], [0.1, 0.9], sample_ids=ids)
    assert made.digest != Predictions.of([0, 1], [0.1, 0.9], sample_ids=ids[::-1]).digest
    assert made.nbytes > Predictions.of([0, 1], [0.1, 0.9]).nbytes == 32
