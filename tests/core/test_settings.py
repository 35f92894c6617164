"""Settings: what each accepts at its boundary, and what it refuses by name."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.settings import Settings
from tests.every import every

NAN, INF = float("nan"), float("inf")


@every(
    ("change", "rule"),
    [
        ({"activation": "relu"}, "must be none, sigmoid or softmax"),
        ({"threshold": NAN}, "must be a finite number"),
        ({"threshold": INF}, "must be a finite number"),
        ({"threshold": "0.5"}, "must be a finite number"),
        ({"k": -1}, "must be a whole number, 0 or more"),
        ({"k": 1.5}, "must be a whole number, 0 or more"),
        ({"k": 10**400}, "must be a whole number, 0 or more"),
        ({"beta": 0.0}, "must be a finite number above 0"),
        ({"beta": -1}, "must be a finite number above 0"),
        ({"beta": NAN}, "must be a finite number above 0"),
        ({"beta": INF}, "must be a finite number above 0"),
        ({"aggregation": "median"}, "must be per_class, batch_means or None"),
        ({"batch_size": 0}, "must be a whole number, 1 or more"),
        ({"batch_size": None}, "must be a whole number, 1 or more"),
        ({"class_weight": {0: 1.0}}, "must be pairs of a class index and a weight"),
        ({"class_weight": (0, 1.0)}, "must be pairs of a class index and a weight"),
        ({"class_weight": ((0, 1.0, 2.0),)}, "must be pairs of a class index and a weight"),
        ({"class_weight": ((0, -0.5),)}, "must be finite and not negative"),
        ({"class_weight": ((0, 1.0), (1, NAN))}, "must be finite and not negative"),
        ({"class_weight": ((0, INF),)}, "must be finite and not negative"),
        ({"class_weight": ((0, "1"),)}, "must be finite and not negative"),
        ({"class_weight": ((0, 1.0), (0, 2.0))}, "must name each class once, by its index"),
        ({"class_weight": ((0.5, 1.0),)}, "must name each class once, by its index"),
        ({"class_weight": (("cat", 1.0),)}, "must name each class once, by its index"),
    ],
)
def test_a_setting_out_of_its_range_is_refused_by_name(change, rule):
    for make in (Settings, Settings().changed):
        with pytest.raises(InputError) as caught:
            make(**change)
        assert [caught.value.argument] == list(change)
        assert str(caught.value.rule) == rule


@pytest.mark.parametrize(
    "change",
    [
        {"threshold": -1e30},
        {"threshold": np.float16(0.5)},
        {"k": 0},
        {"k": np.int64(3)},
        {"beta": 1e-300},
        {"batch_size": 1},
        {"aggregation": "per_class"},
        {"class_weight": ()},
        {"class_weight": ((0, 0.0), (np.int64(7), np.float32(2.5)))},
    ],
)
def test_what_lies_on_the_boundary_is_taken_as_it_came(change):
    made = Settings(**change)
    assert made == Settings().changed(**change)
    for name, value in change.items():
        assert getattr(made, name) is value


def test_an_unknown_setting_is_refused_with_the_names_there_are():
    with pytest.raises(InputError, match="`treshold` must be a setting: one of activation, thr"):
        Settings().changed(treshold=0.5)


def test_a_change_leaves_the_others_and_the_first_settings_as_they_were():
    first = Settings(k=2, weighted=True)
    assert first.changed(threshold=0.25) == Settings(threshold=0.25, k=2, weighted=True)
    assert first == Settings(k=2, weighted=True)
    assert first.changed() == first
