"""The cases that are put to every library: made by recipe, the same wherever they are made.

Needs numpy alone, so that any environment of any library can import it; numbers come from
`RandomState`, which numpy keeps as it is.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

Case = dict[str, Any]
"""``metric``, ``y_true``, ``y_pred``, and where there are: ``weight``, ``options``, ``batches``."""

PACKAGES = {"ignite": "pytorch-ignite"}
"""Libraries that the package index calls otherwise."""


def cases_of(library: str) -> list[Case]:
    """Every case of a library, in a fixed order."""
    return _MAKERS[library](np.random.RandomState(sum(map(ord, library))))


def digest_of(cases):
    """A fingerprint of all cases, so that a test notices when they are made otherwise."""
    found = hashlib.sha256()
    for case in cases:
        for name in sorted(case):
            value = case[name]
            if isinstance(value, np.ndarray):
                found.update(repr((name, value.dtype.str, value.shape, value.tolist())).encode())
            else:
                found.update(repr((name, value)).encode())
    return found.hexdigest()[:16]


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


def _case(metric, data, *, weight=None, batches=None, **options) -> Case:
    y_true, y_pred = data
    case = {"metric": metric, "y_true": y_true, "y_pred": y_pred, "options": options}
    if weight is not None:
        case["weight"] = weight
    if batches is not None:
        case["batches"] = batches
    return case


def _size(random):
    return int(random.choice([1, 2, 3, 5, 8, 12, 20]))


def _torchmetrics_units(r):
    found = []
    for form in ("probabilities", "logits", "beyond", "ints"):
        for _ in range(5):
            for options in ({}, {"threshold": 0.3}, {"ignore_index": -1}):
                data = units(r, _size(r), form, r.choice(["f4", "f8"]))
                if "ignore_index" in options:
                    data = with_ignored(r, data[0], -1), data[1]
                found.append(_case("binary_accuracy", data, **options))
        for ignored in (0, 1, 255):
            y_true, y_pred = units(r, 12, form)
            data = with_ignored(r, y_true, ignored), y_pred
            found.append(_case("binary_accuracy", data, ignore_index=ignored))
        y_true, y_pred = units(r, 12, form)
        found.append(_case("binary_accuracy", (y_true.reshape(6, 2), y_pred.reshape(6, 2))))
        found.append(_case("binary_accuracy", (y_true.reshape(12, 1), y_pred.reshape(12, 1))))
        found.append(_case("binary_accuracy", (y_true.reshape(12, 1), y_pred)))
        found.append(_case("binary_accuracy", (y_true + 1, y_pred)))
        for size in (1, 3, 5):
            data = units(r, 12, form)
            found.append(_case("BinaryAccuracy", data, batches=size))
            found.append(_case("BinaryAccuracy", data, batches=size, threshold=0.7))
    found.append(_case("binary_accuracy", units(r, 5), threshold=1.5))
    return found


def _torchmetrics_classes(r):
    found = []
    averages = ("micro", "macro", "weighted")
    for form in ("probabilities", "logits", "ties", "indices"):
        for c in (2, 3, 5):
            for absent in (False, True):
                for average in averages:
                    data = classes(r, _size(r), c, form, absent)
                    found.append(_case("multiclass_accuracy", data, num_classes=c, average=average))
                    if form != "indices" and c > 2:
                        data = classes(r, _size(r), c, form, absent)
                        options = {"num_classes": c, "average": average}
                        options["top_k"] = int(r.randint(2, c))
                        found.append(_case("multiclass_accuracy", data, **options))
                    ignored = int(r.choice([-1, 0, 1, -100]))
                    y_true, y_pred = classes(r, _size(r), c, form, absent)
                    y_true = with_ignored(r, y_true, ignored)
                    options = {"num_classes": c, "average": average, "ignore_index": ignored}
                    found.append(_case("multiclass_accuracy", (y_true, y_pred), **options))
        for ignored in (-1, 0, 2, -100) if form != "indices" else ():
            for average in averages:
                y_true, y_pred = classes(r, 9, 4, form)
                y_true = with_ignored(r, y_true, ignored)
                options = {
                    "num_classes": 4,
                    "average": average,
                    "ignore_index": ignored,
                    "top_k": 2,
                }
                found.append(_case("multiclass_accuracy", (y_true, y_pred), **options))
        for average in averages:
            for size in (1, 4, 7):
                data = classes(r, 14, 4, form, True)
                options = {"num_classes": 4, "average": average}
                found.append(_case("MulticlassAccuracy", data, batches=size, **options))
    for average in averages:
        y_true, y_pred = classes(r, 12, 3, "probabilities")
        found.append(_case("multiclass_accuracy", (y_true, y_pred), num_classes=4, average=average))
        found.append(
            _case("multiclass_accuracy", (y_true + 1, y_pred), num_classes=3, average=average)
        )
        found.append(
            _case("multiclass_accuracy", (y_true, y_pred), num_classes=3, average=average, top_k=4)
        )
        seq = y_true.reshape(6, 2), y_pred.reshape(6, 2, 3).transpose(0, 2, 1)
        found.append(_case("multiclass_accuracy", seq, num_classes=3, average=average))
        y_true, y_pred = classes(r, 12, 3, "indices")
        seq = y_true.reshape(6, 2), y_pred.reshape(6, 2)
        found.append(_case("multiclass_accuracy", seq, num_classes=3, average=average))
        found.append(
            _case("multiclass_accuracy", (y_true + 2, y_pred), num_classes=3, average=average)
        )
    found.append(_case("multiclass_accuracy", classes(r, 5, 3), num_classes=3, average="mean"))
    return found


def _torchmetrics_many(r):
    found = []
    for form in ("probabilities", "logits", "beyond", "ints"):
        for c in (2, 3, 5):
            for average in ("micro", "macro", "weighted"):
                data = many(r, _size(r), c, form)
                found.append(_case("multilabel_accuracy", data, num_labels=c, average=average))
                y_true, y_pred = many(r, _size(r), c, form)
                data = with_ignored(r, y_true, -1), y_pred
                options = {"num_labels": c, "average": average, "ignore_index": -1}
                found.append(_case("multilabel_accuracy", data, **options))
            options = {"num_labels": c, "threshold": 0.3}
            found.append(_case("multilabel_accuracy", many(r, 8, c, form), **options))
            for _ in range(2):
                found.append(
                    _case("multilabel_exact_match", many(r, _size(r), c, form), num_labels=c)
                )
            data = many(r, 11, c, form)
            found.append(_case("MultilabelAccuracy", data, num_labels=c, batches=4))
    found.append(_case("multilabel_accuracy", many(r, 8, 3), num_labels=4))
    y_true, y_pred = many(r, 8, 3)
    found.append(_case("multilabel_accuracy", (y_true + 1, y_pred), num_labels=3))
    return found


def _torchmetrics_tasks(r):
    found = []
    for metric in ("accuracy", "Accuracy"):
        for form in ("probabilities", "logits", "ints"):
            batches = {"batches": 4} if metric == "Accuracy" else {}
            found.append(_case(metric, units(r, 12, form), task="binary", **batches))
            data = many(r, 8, 3, form)
            found.append(_case(metric, data, task="multilabel", num_labels=3, **batches))
        for form in ("probabilities", "logits", "ties", "indices"):
            for options in ({}, {"average": "macro"}, {"average": "weighted"}, {"top_k": 2}):
                data = classes(r, 12, 4, form, True)
                batches = {"batches": 5} if metric == "Accuracy" else {}
                if form != "indices" or "top_k" not in options:
                    found.append(
                        _case(metric, data, task="multiclass", num_classes=4, **batches, **options)
                    )
    return found


def _torchmetrics_guessed(r):
    found = []
    for form in ("probabilities", "logits", "beyond", "ints"):
        for _ in range(3):
            found.append(_case("accuracy", units(r, _size(r), form)))
            found.append(_case("accuracy", units(r, _size(r), form), threshold=0.3))
        y_true, y_pred = units(r, 12, form)
        found.append(_case("accuracy", (y_true.reshape(12, 1), y_pred.reshape(12, 1))))
        found.append(_case("accuracy", (y_true.reshape(12, 1), y_pred)))
        found.append(_case("accuracy", (y_true + 1, y_pred)))
        found.append(_case("Accuracy", units(r, 12, form), batches=5))
        for c in (2, 3, 5):
            found.append(_case("accuracy", many(r, _size(r), c, form)))
            found.append(_case("accuracy", many(r, _size(r), c, form), subset_accuracy=True))
            data = many(r, 8, c, form)
            found.append(_case("accuracy", data, average="macro", num_classes=c))
            found.append(_case("Accuracy", many(r, 11, c, form), batches=4))
            found.append(_case("Accuracy", many(r, 11, c, form), batches=4, subset_accuracy=True))
    for form in ("probabilities", "logits", "ties", "indices"):
        for c in (2, 3, 5):
            for absent in (False, True):
                found.append(_case("accuracy", classes(r, _size(r), c, form, absent)))
                for average in ("micro", "macro", "weighted"):
                    data = classes(r, _size(r), c, form, absent)
                    found.append(_case("accuracy", data, average=average, num_classes=c))
                if form != "indices" and c > 2:
                    data = classes(r, _size(r), c, form, absent)
                    found.append(_case("accuracy", data, top_k=int(r.randint(2, c))))
                y_true, y_pred = classes(r, _size(r), c, form, absent)
                ignored = int(r.choice([0, 1]))
                options = {"ignore_index": ignored, "num_classes": c}
                found.append(_case("accuracy", (y_true, y_pred), **options))
            for average in ("micro", "macro"):
                data = classes(r, 14, c, form, True)
                found.append(_case("Accuracy", data, batches=5, average=average, num_classes=c))
    return found


def _torchmetrics_one_sample(r):
    found = []
    for c in (3, 5):
        for average in ("micro", "macro", "weighted"):
            options = {"num_classes": c, "average": average, "top_k": 2}
            found.append(_case("multiclass_accuracy", classes(r, 1, c), **options))
        data = classes(r, 1, c)
        found.append(_case("accuracy", data, task="multiclass", num_classes=c, top_k=2))
    return found


def _torchmetrics(r):
    return [
        *_torchmetrics_units(r),
        *_torchmetrics_classes(r),
        *_torchmetrics_many(r),
        *_torchmetrics_tasks(r),
        *_torchmetrics_guessed(r),
        *_torchmetrics_one_sample(r),
    ]


def _sklearn(r):
    found = []
    for _ in range(12):
        n = _size(r)
        for options in ({}, {"normalize": False}):
            for weight in (None, weights(r, n)):
                found.append(_case("accuracy_score", units(r, n, "ints"), weight=weight, **options))
                data = classes(r, n, 4, "indices")
                found.append(_case("accuracy_score", data, weight=weight, **options))
                data = many(r, n, 3, "ints")
                found.append(_case("accuracy_score", data, weight=weight, **options))
    for form in ("probabilities", "logits"):
        found.append(_case("accuracy_score", units(r, 8, form)))
        found.append(_case("accuracy_score", classes(r, 8, 3, form)))
        found.append(_case("accuracy_score", many(r, 8, 3, form)))
    y_true, y_pred = classes(r, 8, 3, "indices")
    found.append(_case("accuracy_score", (y_true[:, None], y_pred)))
    found.append(_case("accuracy_score", (y_true[:, None], y_pred[:, None])))
    found.append(_case("accuracy_score", (np.eye(3, dtype=int)[y_true], y_pred)))
    found.append(_case("accuracy_score", (y_true * 1.0, y_pred)))
    found.append(_case("accuracy_score", (y_true + 0.5, y_pred)))
    found.append(_case("accuracy_score", (y_true[:-1], y_pred)))
    for _ in range(8):
        n = _size(r)
        for adjusted in (False, True):
            for absent in (False, True):
                weight = None if r.randint(2) else weights(r, n)
                data = classes(r, n, int(r.randint(3, 6)), "indices", absent)
                found.append(
                    _case("balanced_accuracy_score", data, weight=weight, adjusted=adjusted)
                )
            data = units(r, n, "ints")
            found.append(_case("balanced_accuracy_score", data, adjusted=adjusted))
    found.append(_case("balanced_accuracy_score", many(r, 8, 3, "ints")))
    found.append(_case("balanced_accuracy_score", classes(r, 8, 3)))
    for form in ("probabilities", "logits", "ties"):
        for c in (3, 4, 6):
            for _ in range(4):
                n = int(r.choice([6, 12, 20]))
                for k in (1, 2, c - 1, c):
                    y_true, y_pred = classes(r, n, c, form)
                    y_true[:c] = np.arange(min(c, n))
                    weight = None if r.randint(2) else weights(r, n)
                    options = {"k": k} if k != 2 or r.randint(2) else {}
                    if r.randint(4) == 0:
                        options["normalize"] = False
                    found.append(
                        _case("top_k_accuracy_score", (y_true, y_pred), weight=weight, **options)
                    )
            data = classes(r, 8, c, form, True)
            found.append(_case("top_k_accuracy_score", data, k=2))
            found.append(_case("top_k_accuracy_score", data, k=2, labels=list(range(c))))
    for form in ("probabilities", "logits", "beyond"):
        for k in (1, 2):
            for _ in range(4):
                y_true, y_pred = units(r, 12, form)
                y_true[:2] = 0, 1
                found.append(_case("top_k_accuracy_score", (y_true, y_pred), k=k))
    for form in ("probabilities", "logits"):
        for _ in range(14):
            n = int(r.choice([5, 8, 12]))
            y_true, y_pred = units(r, n, form, r.choice(["f4", "f8"]))
            y_true[:2] = 0, 1
            weight = None if r.randint(3) else weights(r, n) + 0.25
            data = y_true, y_pred
            for metric in ("roc_curve", "precision_recall_curve", "confusion_matrix_at_thresholds"):
                found.append(_case(metric, data, weight=weight))
    return found


def _xgboost(r):
    found = []
    for objective in ("binary:logistic", "reg:squarederror"):
        for form in ("probabilities", "logits", "beyond"):
            for t in (None, 0.5, 0.3, 0.7, 0.0, 0.1):
                for _ in range(8):
                    n = _size(r)
                    weight = None if r.randint(2) else weights(r, n)
                    metric = "error" if t is None else f"error@{t}"
                    data = units(r, n, form)
                    found.append(_case(metric, data, weight=weight, objective=objective))
    for form in ("probabilities", "logits", "ties"):
        for c in (3, 5):
            for absent in (False, True):
                for _ in range(10):
                    n = _size(r)
                    weight = None if r.randint(2) else weights(r, n)
                    data = classes(r, n, c, form, absent)
                    found.append(_case("merror", data, weight=weight, num_class=c))
    return found


def _lightgbm(r):
    found = []
    for objective in ("none", "binary"):
        for form in ("probabilities", "logits", "beyond"):
            for _ in range(36):
                n = int(r.choice([2, 3, 5, 8, 12, 20]))
                y_true, y_pred = units(r, n, form)
                y_true[:2] = 0, 1
                weight = None if r.randint(2) else weights(r, n) + 0.25
                options = {"objective": objective}
                found.append(_case("binary_error", (y_true, y_pred), weight=weight, **options))
    for form in ("probabilities", "logits", "ties"):
        for c in (3, 5):
            for k in (1, 2, 3):
                for _ in range(12):
                    n = int(r.choice([8, 12, 20]))
                    y_true, y_pred = classes(r, n, c, form)
                    y_true[:c] = np.arange(c)
                    weight = None if r.randint(2) else weights(r, n) + 0.25
                    options = {"num_class": c} | ({} if k == 1 else {"multi_error_top_k": k})
                    found.append(_case("multi_error", (y_true, y_pred), weight=weight, **options))
    return found


def _catboost(r):
    found = []
    for form in ("probabilities", "logits", "beyond"):
        for border in (None, 0.5, 0.3, 0.75):
            for _ in range(18):
                n = _size(r)
                weight = None if r.randint(2) else weights(r, n)
                options = {} if border is None else {"proba_border": border}
                data = units(r, n, form, "f8")
                found.append(_case("Accuracy", data, weight=weight, **options))
    for form in ("probabilities", "logits", "ties"):
        for c in (3, 4, 6):
            for absent in (False, True):
                for _ in range(12):
                    n = _size(r)
                    weight = None if r.randint(2) else weights(r, n)
                    data = classes(r, n, c, form, absent, "f8")
                    found.append(_case("Accuracy", data, weight=weight))
    return found


def _ignite(r):
    found = []
    for _ in range(30):
        n = int(r.choice([2, 3, 5, 8, 12, 20]))
        found.append(_case("Accuracy", units(r, n, "ints"), batches=int(r.randint(1, n + 1))))
        found.append(_case("Accuracy", units(r, n, "probabilities"), batches=n, round=True))
    for form in ("probabilities", "logits"):
        for _ in range(4):
            found.append(_case("Accuracy", units(r, 8, form), batches=8))
    for form in ("probabilities", "logits", "ties"):
        for c in (2, 3, 5):
            for absent in (False, True):
                for _ in range(8):
                    n = _size(r)
                    data = classes(r, n, c, form, absent)
                    found.append(_case("Accuracy", data, batches=int(r.randint(1, n + 1))))
    for c in (2, 3, 5):
        for _ in range(20):
            n = int(r.choice([2, 5, 8, 12]))
            found.append(_case("Accuracy", many(r, n, c, "ints"), batches=n, is_multilabel=True))
        found.append(_case("Accuracy", many(r, 8, c), batches=8, is_multilabel=True))
        found.append(_case("Accuracy", many(r, 8, c), batches=8))
    for form in ("probabilities", "logits", "ties"):
        for c in (3, 5, 8):
            for k in (1, 2, 3):
                for _ in range(6):
                    n = _size(r)
                    data = classes(r, n, c, form)
                    options = {"batches": int(r.randint(1, n + 1)), "k": k}
                    found.append(_case("TopKCategoricalAccuracy", data, **options))
    return found


def _fastai(r):
    found = []
    for form in ("probabilities", "logits", "ties"):
        for c in (2, 3, 5):
            for absent in (False, True):
                for _ in range(6):
                    data = classes(r, _size(r), c, form, absent)
                    found.append(_case("accuracy", data))
                    found.append(_case("error_rate", data))
    for form in ("probabilities", "logits", "beyond"):
        for c in (1, 2, 4):
            for options in ({}, {"thresh": 0.3}, {"sigmoid": False}):
                for _ in range(5):
                    found.append(_case("accuracy_multi", many(r, _size(r), c, form), **options))
    for form in ("probabilities", "logits", "ties"):
        for c in (6, 8):
            for k in (None, 1, 2, 3):
                for _ in range(5):
                    options = {} if k is None else {"k": k}
                    found.append(_case("top_k_accuracy", classes(r, _size(r), c, form), **options))
    y_true, y_pred = classes(r, 12, 3)
    sequence = y_true.reshape(6, 2), y_pred.reshape(6, 2, 3)
    found.append(_case("accuracy", sequence))
    found.append(_case("accuracy", (y_true[:-1], y_pred)))
    return found


def _flax(r):
    found = _clu(r)
    for form in ("probabilities", "logits", "beyond"):
        for threshold in (0.5, 0.3, 0.0):
            for _ in range(16):
                n = _size(r)
                data = units(r, n, form)
                options = {"batches": int(r.randint(1, n + 1)), "threshold": threshold}
                found.append(_case("Accuracy", data, **options))
    found.append(_case("Accuracy", units(r, 8), batches=8))
    y_true, y_pred = classes(r, 8, 3)
    found.append(_case("Accuracy", (y_true, y_pred), batches=8, threshold=0.5))
    return found


def _clu(r):
    found = []
    for form in ("probabilities", "logits", "ties"):
        for c in (2, 3, 5):
            for absent in (False, True):
                for _ in range(23):
                    n = _size(r)
                    data = classes(r, n, c, form, absent)
                    found.append(_case("Accuracy", data, batches=int(r.randint(1, n + 1))))
    y_true, y_pred = classes(r, 12, 3)
    sequence = y_true.reshape(6, 2), y_pred.reshape(6, 2, 3)
    found.append(_case("Accuracy", sequence, batches=4))
    found.append(_case("Accuracy", units(r, 8), batches=8))
    return found


_MAKERS = {
    "flax": _flax,
    "clu": _clu,
    "torchmetrics": _torchmetrics,
    "scikit-learn": _sklearn,
    "xgboost": _xgboost,
    "lightgbm": _lightgbm,
    "catboost": _catboost,
    "ignite": _ignite,
    "fastai": _fastai,
}
