"""What real releases of Keras returned, as recorded; read by several tests.

The recordings are in the file that the environment variable GOLDEN names, plain or compressed, by
default in the copy beside the tests.
"""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import numpy as np

DEFAULT = Path(__file__).parent.parent / "data" / "golden_visible.json.gz"


def cases(*kinds):
    raw = Path(os.environ.get("GOLDEN", DEFAULT)).read_bytes()
    text = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    return [case for case in json.loads(text)["cases"] if case["kind"] in kinds]


def array(recorded):
    return np.array(recorded["data"], dtype=recorded["dtype"]).reshape(recorded["shape"])


def inputs(case):
    """Labels, outputs and sample weights of a case, recorded or made by its recipe."""
    if "recipe" in case:
        recipe = case["recipe"]
        return *RECIPES[recipe["name"]](**recipe["params"]), None
    weights = case.get("sample_weight")
    y_true, y_pred = array(case["y_true"]), array(case["y_pred"])
    return y_true, y_pred, None if weights is None else array(weights)


def badly_trained_sigmoid(classes, n, n_argmax_right, seed):
    y_true, y_pred = badly_trained_sigmoid_sparse(classes, n, n_argmax_right, seed)
    return np.eye(classes, dtype="f4")[y_true], y_pred


def badly_trained_sigmoid_sparse(classes, n, n_argmax_right, seed):
    """No output above 0.5, and the highest output right in so many rows."""
    random = np.random.RandomState(seed)
    label = np.floor(random.random_sample(n) * classes).astype("i8")
    order = np.argsort(random.random_sample(n), kind="mergesort")
    offset = 1 + np.floor(random.random_sample(n) * (classes - 1)).astype("i8")
    y_pred = ((10 + np.floor(random.random_sample((n, classes)) * 250)) / 1000).astype("f4")
    right = np.isin(np.arange(n), order[:n_argmax_right])
    winner = np.where(right, label, (label + offset) % classes)
    high = (300 + np.floor(random.random_sample(n) * 190)) / 1000
    y_pred[np.arange(n), winner] = high.astype("f4")
    return label, y_pred


RECIPES = {
    "badly_trained_sigmoid": badly_trained_sigmoid,
    "badly_trained_sigmoid_sparse": badly_trained_sigmoid_sparse,
}
