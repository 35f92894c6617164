"""Labels, outputs and weights as the cases draw them."""

from __future__ import annotations

from typing import Any

import numpy as np

Case = dict[str, Any]
"""``metric``, ``y_true``, ``y_pred``, and where there are: ``weight``, ``options``, ``batches``."""


def units(random, n, form="probabilities", dtype="f4"):
    """Labels 0 and 1 and one output each; one decimal, so that many lie on 0.5."""
    y_true = random.randint(0, 2, n)
    scores = random.randint(0, 11, n) / 10
    if form == "logits":
        scores = scores * 6 - 3
    elif form == "beyond":
        scores = scores * 1.5
    elif form == "ints":
        return y_true, random.randint(0, 2, n)
    return y_true, scores.astype(dtype)


def classes(random, n, c, form="probabilities", absent=False, dtype="f4"):
    """Class indices and a row of outputs each; ``ties``: few different values."""
    y_true = random.randint(0, c - 1 if absent else c, n)
    if form == "indices":
        return y_true, random.randint(0, c, n)
    levels = {"ties": 3, "probabilities": 98, "logits": 98}[form]
    scores = random.randint(1, levels + 1, (n, c)) * 1.0
    if form == "logits":
        scores = scores / 16 - 3
    elif form == "probabilities":
        scores = scores / scores.sum(axis=1, keepdims=True)
    else:
        scores = scores / 4
    return y_true, scores.astype(dtype)


def many(random, n, c, form="probabilities", dtype="f4"):
    """Several labels 0 or 1 a sample."""
    y_true, y_pred = units(random, n * c, form, dtype)
    keep = random.random_sample(n) < 0.4
    y_true, y_pred = y_true.reshape(n, c), y_pred.reshape(n, c)
    chosen = (y_pred > 0.5).astype(int) if form != "logits" else (y_pred > 0).astype(int)
    y_true[keep] = chosen[keep]
    return y_true, y_pred


def with_ignored(random, y_true, value, share=0.3):
    """Labels of which some are a value that is to be ignored."""
    return np.where(random.random_sample(y_true.shape) < share, value, y_true)


def weights(random, n):
    """Weights in quarters, some 0, never all."""
    found = random.randint(0, 9, n) / 4
    return found + (0.25 if not found.any() else 0)


def case_of(metric, data, *, weight=None, batches=None, **options) -> Case:
    y_true, y_pred = data
    case = {"metric": metric, "y_true": y_true, "y_pred": y_pred, "options": options}
    if weight is not None:
        case["weight"] = weight
    if batches is not None:
        case["batches"] = batches
    return case


def some_size(random):
    return int(random.choice([1, 2, 3, 5, 8, 12, 20]))


def with_nan(random, data, share=0.2):
    """Outputs of which some are not a number, at least one."""
    y_true, y_pred = data
    missing = random.random_sample(y_pred.shape) < share
    missing.flat[random.randint(missing.size)] = True
    return y_true, np.where(missing, np.nan, y_pred).astype(y_pred.dtype)


def sequences(random, n, steps, c, form="probabilities", absent=False):
    """Class indices ``(n, steps)`` and outputs ``(n, c, steps)``, or class indices."""
    y_true, y_pred = classes(random, n * steps, c, form, absent)
    if form == "indices":
        return y_true.reshape(n, steps), y_pred.reshape(n, steps)
    return y_true.reshape(n, steps), y_pred.reshape(n, steps, c).transpose(0, 2, 1)
