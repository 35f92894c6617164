"""Classes of rows: as numpy finds them, for labels of every dtype."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.numeric.class_rows import class_rows_of
from metrics_core.steps.aggregation.per_class import PerClassMean
from tests.every import every

RNG = np.random.default_rng(11)
CLASSES = {
    "few": RNG.integers(0, 3, 70_001),
    "negative": RNG.integers(-2, 1, 999).astype("i1"),
    "far apart": np.array([0, 2**40, 0]),
    "whole range of i1": np.arange(-128, 128).astype("i1").repeat(2),
    "highest u8": np.array([2**64 - 1, 2**64 - 2, 2**64 - 1], "u8"),
    "more than 256": RNG.permutation(300).repeat(2).astype("i2"),
    "with gaps": np.array([7, 3, 7, 9], "u1"),
    "whole floats": RNG.integers(0, 3, 70_001).astype("f4"),
    "fractions": np.array([0.5, 0, 1, 0.5]),
    "zeros of both signs": np.array([0.0, -0.0, 1.0]),
    "nan": np.array([np.nan, 1, np.nan, 0]),
    "infinite": np.array([np.inf, 1, -np.inf]),
    "huge floats": np.array([1e300, 1e300]),
    "half floats": np.array([65504, 65504, 0], "f2"),
    "bools": np.array([True, False, True]),
    "none": np.empty(0, np.int64),
}


@every("labels", CLASSES.values(), ids=CLASSES)
def test_places_of_classes_are_those_of_unique_in_few_bytes(labels):
    made = class_rows_of(labels)
    classes, place, counts = np.unique(labels, return_inverse=True, return_counts=True)
    assert np.array_equal(made.classes, classes, equal_nan=labels.dtype.kind == "f")
    assert np.array_equal(made.codes, place)
    assert np.array_equal(made.counts, counts)
    assert made.codes.itemsize == (1 if len(classes) <= 256 else 2)
    for values in (np.ones(len(labels), bool), RNG.random(len(labels))):
        state = PerClassMean.of(values, labels)
        expected = [values[place == number].mean() for number in range(len(classes))]
        assert [mean.result for mean in state.means] == pytest.approx(expected, rel=1e-12)
