"""The steps against what real Keras releases returned, sample by sample and exactly.

The recordings are read from the file that the environment variable GOLDEN names, plain or
compressed, by default from the copy beside the tests. Only calls of metric functions are used
here, and of those only the ones that a step states the rule for; the rest is left out by the
rules of `left_out`, never by name, and counted.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.steps import comparison
from metrics_core.steps.decision.argmax import argmax
from metrics_core.steps.decision.rank import in_top, rank_of_true_class
from metrics_core.steps.decision.rounding import round_half_even
from metrics_core.steps.decision.threshold import above

GOLDEN = Path(__file__).parents[2] / "data" / "golden_visible.json.gz"
KERAS_3 = "keras-3.15.1"
ROUNDING = ("keras-1.2.2", "keras-2.0.8", "keras-2.2.4", "keras-2.3.1")
MAX_OF_LABELS = ("keras-1.2.2", "keras-2.0.8")
LABELS_TAKE_THE_OUTPUTS_DTYPE = ("keras-2.3.1", KERAS_3)
VARIANTS = {
    "accuracy": None,
    "binary_accuracy": None,
    "categorical_accuracy": "one_hot",
    "sparse_categorical_accuracy": "sparse",
    "top_k_categorical_accuracy": "one_hot",
    "sparse_top_k_categorical_accuracy": "sparse",
    "mean_absolute_error": None,
    "mean_squared_error": None,
    "mean_pred": None,
}


LEAST = {
    "accuracy": 30,
    "binary_accuracy": 300,
    "categorical_accuracy": 120,
    "sparse_categorical_accuracy": 60,
    "top_k_categorical_accuracy": 150,
    "sparse_top_k_categorical_accuracy": 90,
    "mean_absolute_error": 20,
    "mean_squared_error": 20,
    "mean_pred": 20,
}


def cases():
    raw = Path(os.environ.get("GOLDEN", GOLDEN)).read_bytes()
    text = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    return [case for case in json.loads(text)["cases"] if case["kind"] == "function"]


def array(recorded):
    return np.array(recorded["data"], dtype=recorded["dtype"]).reshape(recorded["shape"])


def left_out(function, release, expected, y_true, y_pred):
    """Why a recorded call is not the business of the steps, or None."""
    if function not in VARIANTS:
        return "a function of one old release"
    if expected["status"] != "ok":
        return expected["status"]
    if max(y_true.ndim, y_pred.ndim) > 2:
        return "more than two dimensions"
    if len(y_true) != len(y_pred):
        return "labels in one row"
    columns = y_true.size // len(y_true)
    if "sparse" in function:
        if columns > 1:
            return "one-hot labels for a sparse function"
        if release in MAX_OF_LABELS and y_true.ndim == 1:
            return "the highest label against every row"
    elif y_true.ndim != y_pred.ndim and release != KERAS_3 and function != "mean_pred":
        return "(n,) against (n, 1) broadcasts"
    exact = function == "accuracy" and release not in LABELS_TAKE_THE_OUTPUTS_DTYPE
    return (
        "outputs take the dtype of the labels" if exact and y_true.dtype != y_pred.dtype else None
    )


def computed(function, release, y_true, y_pred, options):
    """One value an element or a sample, by the step that states the rule of the release."""
    rows = len(y_pred)
    if "sparse" in function or y_pred.size == rows:
        y_true = y_true.reshape(rows)
    if y_pred.size == rows and "categorical" not in function:
        y_pred = y_pred.reshape(rows)
    threshold = options.get("threshold", 0.5)
    match function:
        case "accuracy":
            return comparison.equal_output(y_true, y_pred)
        case "binary_accuracy" if release in ROUNDING and threshold == 0.5:
            return comparison.equal(y_true, round_half_even(y_pred))
        case "binary_accuracy":
            return comparison.equal(y_true, above(y_pred, threshold))
        case "mean_absolute_error":
            return comparison.absolute_error(y_true, y_pred)
        case "mean_squared_error":
            return comparison.squared_error(y_true, y_pred)
        case "mean_pred":
            return y_pred
    zero = release == KERAS_3
    classes = y_true if "sparse" in function else argmax(y_true.reshape(rows, -1), signed_zero=zero)
    if "top_k" in function:
        return in_top(rank_of_true_class(y_pred, classes), options.get("k", 5))
    return comparison.equal(classes, argmax(y_pred, signed_zero=zero))


def agree(ours, recorded):
    """Whether our values equal the recorded ones, as elements, row means or one mean."""
    values = np.array(recorded["values"], dtype="f4")
    if values.size == ours.size:
        exact = np.array_equal(ours.ravel().astype("f4"), values.ravel(), equal_nan=True)
        return exact and values.shape[:1] == ours.shape[:1]
    if values.shape == ours.shape[:1]:
        rows = ours.mean(axis=1, dtype="f4")
        return np.array_equal(rows, values, equal_nan=True)
    assert values.shape == ()
    return bool(np.isclose(ours.mean(dtype="f8"), values, rtol=1e-6, atol=0, equal_nan=True))


def test_the_steps_give_what_the_releases_gave(capsys):
    ran, skipped, wrong = Counter(), Counter(), []
    for case in cases():
        y_true, y_pred = array(case["y_true"]), array(case["y_pred"])
        for release, expected in case["expected"].items():
            function = case["metric"]
            reason = left_out(function, release, expected, y_true, y_pred)
            if reason:
                skipped[reason] += 1
                continue
            ours = computed(function, release, y_true, y_pred, case["params"]["kwargs"])
            if not agree(ours, expected["result"]):
                wrong.append((case["id"], release, ours.tolist(), expected["result"]["values"]))
            ran[function] += 1
            ran[release] += 1
    with capsys.disabled():
        print(f"\n{sum(ran[name] for name in VARIANTS)} recorded calls; left out: {dict(skipped)}")
    assert not wrong, f"{len(wrong)} wrong, first {wrong[:3]}"
    assert all(ran[name] >= least for name, least in LEAST.items()), ran
    assert set(LEAST) == set(VARIANTS)
    assert len(ran) == len(VARIANTS) + 9


@pytest.mark.parametrize("function", VARIANTS)
def test_whole_evaluations_give_what_keras_3_gave(function):
    ran = 0
    for case in cases():
        expected = case["expected"][KERAS_3]
        y_true, y_pred = array(case["y_true"]), array(case["y_pred"])
        if case["metric"] != function or left_out(function, KERAS_3, expected, y_true, y_pred):
            continue
        if y_pred.size == len(y_pred) and "categorical" in function:
            continue
        kind = VARIANTS[function] or ("binary" if y_pred.size == len(y_pred) else "multi_label")
        name = "mean_prediction" if function == "mean_pred" else function
        made = evaluate(Predictions.of(y_true, y_pred, kind=kind), name, **case["params"]["kwargs"])
        assert agree(made.matches, expected["result"]), case["id"]
        mean = float.fromhex(expected["result"]["mean_hex"])
        assert made.result == pytest.approx(mean, rel=1e-6, nan_ok=True), case["id"]
        ran += 1
    assert ran >= 3
