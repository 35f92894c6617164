"""What real releases of Keras returned, as recorded; read by several tests.

The recordings of nine releases are in the file that the environment variable GOLDEN names, those of
the releases between them, for the same cases, in the one that GOLDEN_MORE names; plain or
compressed, by default in the copies beside the tests.
"""

from __future__ import annotations

import functools
import gzip
import json
import os
from pathlib import Path

import numpy as np

DATA = Path(__file__).parents[2] / "data"


def cases(*kinds):
    recorded = read("GOLDEN", "golden_visible.json.gz")["cases"]
    more = read("GOLDEN_MORE", "golden_more_visible.json.gz")["expected"]
    return [
        case | {"expected": case["expected"] | more.get(case["id"], {})}
        for case in recorded
        if case["kind"] in kinds
    ]


@functools.cache
def read(variable, default):
    raw = Path(os.environ.get(variable, DATA / default)).read_bytes()
    return json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)


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
