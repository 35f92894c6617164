"""Cases of every library with outputs that are not a number, as people hand them over."""

from __future__ import annotations

import numpy as np

from .drawing import case_of, classes, many, some_size, units, weights, with_nan

_FORMS = ("probabilities", "logits")


def _units(r, metrics):
    """One output a sample."""
    return [
        case_of(metric, with_nan(r, units(r, some_size(r), form)), **options)
        for form in _FORMS
        for metric, options in metrics
        for _ in range(4)
    ]


def _classes(r, metrics):
    """A row of outputs a sample; ``"c"`` stands for the number of classes, ``"all"`` for them."""
    return [
        case_of(
            metric,
            with_nan(r, classes(r, some_size(r), c, form)),
            **{
                name: {"c": c, "all": list(range(c))}.get(value, value)
                for name, value in options.items()
            },
        )
        for form in (*_FORMS, "ties")
        for metric, options in metrics
        for c in (3, 5)
        for _ in range(2)
    ]


def _many(r, metrics):
    """Many labels a sample."""
    return [
        case_of(metric, with_nan(r, many(r, some_size(r), 3, form)), **options)
        for form in _FORMS
        for metric, options in metrics
        for _ in range(4)
    ]


def torchmetrics(r):
    task = {"task": "multiclass", "batches": 8}
    subset = {"subset_accuracy": True, "batches": 8}
    return [
        *_units(
            r,
            [
                ("binary_accuracy", {}),
                ("BinaryAccuracy", {"batches": 3}),
                ("Accuracy", {"task": "binary", "batches": 8}),
                ("Accuracy", {"batches": 8}),
            ],
        ),
        *_classes(
            r,
            [
                *(
                    ("multiclass_accuracy", {"num_classes": "c", "average": average})
                    for average in ("micro", "macro", "weighted")
                ),
                ("Accuracy", {"num_classes": "c", **task}),
                ("Accuracy", {"num_classes": "c", "top_k": 2, **task}),
                ("Accuracy", {"num_classes": "c", "batches": 8}),
                ("Accuracy", {"num_classes": "c", "average": "macro", "batches": 8}),
                ("Accuracy", {"top_k": 2, "batches": 8}),
            ],
        ),
        *_many(
            r,
            [
                ("multilabel_accuracy", {"num_labels": 3}),
                ("MultilabelExactMatch", {"num_labels": 3, "batches": 8}),
                ("Accuracy", {"batches": 8}),
                ("Accuracy", subset),
            ],
        ),
        *_units(r, [("multiclass_accuracy", {"num_classes": 3})]),
    ]


def lightning(r):
    whole = {"batches": 20}
    return [
        *_units(r, [("Accuracy", whole), ("accuracy", {})]),
        *_classes(r, [("Accuracy", whole), ("accuracy", {})]),
        *_many(r, [("Accuracy", whole)]),
    ]


def sklearn(r):
    return [
        *_units(r, [("accuracy_score", {}), ("balanced_accuracy_score", {})]),
        *_classes(
            r,
            [
                ("accuracy_score", {}),
                ("top_k_accuracy_score", {"k": 2, "labels": "all"}),
            ],
        ),
        *_many(r, [("accuracy_score", {})]),
        *_units(r, [("roc_curve", {})]),
    ]


def xgboost(r):
    return [
        *_units(
            r,
            [
                ("error", {"objective": "binary:logistic"}),
                ("error", {"objective": "reg:squarederror"}),
                ("error@0.3", {"objective": "reg:squarederror"}),
            ],
        ),
        *_classes(r, [("merror", {"num_class": "c"})] * 3),
    ]


def lightgbm(r):
    found = []
    for form in _FORMS:
        for objective in ("none", "binary"):
            for _ in range(6):
                y_true, y_pred = with_nan(r, units(r, int(r.choice([5, 8, 12])), form))
                y_true[:2] = 0, 1
                found.append(case_of("binary_error", (y_true, y_pred), objective=objective))
        for c in (3, 5):
            for k in (1, 2):
                for _ in range(5):
                    y_true, y_pred = with_nan(r, classes(r, 12, c, form))
                    y_true[:c] = np.arange(c)
                    options = {"num_class": c} | ({} if k == 1 else {"multi_error_top_k": k})
                    found.append(case_of("multi_error", (y_true, y_pred), **options))
    return found


def catboost(r):
    found = []
    for form in (*_FORMS, "beyond"):
        for _ in range(6):
            n = some_size(r)
            weight = None if r.randint(2) else weights(r, n)
            data = with_nan(r, units(r, n, form, "f8"))
            found.append(case_of("Accuracy", data, weight=weight))
    for form in (*_FORMS, "ties"):
        for c in (3, 5):
            for _ in range(5):
                data = with_nan(r, classes(r, some_size(r), c, form, dtype="f8"))
                found.append(case_of("Accuracy", data))
    return found


def ignite(r):
    whole = {"batches": 20}
    return [
        *_units(r, [("Accuracy", whole), ("Accuracy", {"round": True, **whole})]),
        *_classes(
            r,
            [
                ("Accuracy", whole),
                ("TopKCategoricalAccuracy", {"k": 2, **whole}),
            ],
        ),
    ]


def fastai(r):
    return [
        *_units(r, [("accuracy_multi", {}), ("accuracy_multi", {"sigmoid": False})]),
        *_classes(
            r,
            [
                ("accuracy", {}),
                ("error_rate", {}),
                ("top_k_accuracy", {"k": 2}),
            ],
        ),
        *_many(r, [("accuracy_multi", {})]),
    ]


def clu(r):
    return _classes(r, [("Accuracy", {"batches": 20})])


def flax(r):
    return [*clu(r), *_units(r, [("Accuracy", {"threshold": 0.5, "batches": 20})])]
