"""Cases of scikit-learn: predicted classes, ranks, and curves."""

from __future__ import annotations

import numpy as np

from .drawing import case_of, classes, many, some_size, units, weights


def sklearn(r):
    found = []
    for _ in range(12):
        n = some_size(r)
        for options in ({}, {"normalize": False}):
            for weight in (None, weights(r, n)):
                found.append(
                    case_of("accuracy_score", units(r, n, "ints"), weight=weight, **options)
                )
                data = classes(r, n, 4, "indices")
                found.append(case_of("accuracy_score", data, weight=weight, **options))
                data = many(r, n, 3, "ints")
                found.append(case_of("accuracy_score", data, weight=weight, **options))
    for form in ("probabilities", "logits"):
        found.append(case_of("accuracy_score", units(r, 8, form)))
        found.append(case_of("accuracy_score", classes(r, 8, 3, form)))
        found.append(case_of("accuracy_score", many(r, 8, 3, form)))
    y_true, y_pred = classes(r, 8, 3, "indices")
    found.append(case_of("accuracy_score", (y_true[:, None], y_pred)))
    found.append(case_of("accuracy_score", (y_true[:, None], y_pred[:, None])))
    found.append(case_of("accuracy_score", (np.eye(3, dtype=int)[y_true], y_pred)))
    found.append(case_of("accuracy_score", (y_true * 1.0, y_pred)))
    found.append(case_of("accuracy_score", (y_true + 0.5, y_pred)))
    found.append(case_of("accuracy_score", (y_true[:-1], y_pred)))
    for _ in range(8):
        n = some_size(r)
        for adjusted in (False, True):
            for absent in (False, True):
                weight = None if r.randint(2) else weights(r, n)
                data = classes(r, n, int(r.randint(3, 6)), "indices", absent)
                found.append(
                    case_of("balanced_accuracy_score", data, weight=weight, adjusted=adjusted)
                )
            data = units(r, n, "ints")
            found.append(case_of("balanced_accuracy_score", data, adjusted=adjusted))
    found.append(case_of("balanced_accuracy_score", many(r, 8, 3, "ints")))
    found.append(case_of("balanced_accuracy_score", classes(r, 8, 3)))
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
                        case_of("top_k_accuracy_score", (y_true, y_pred), weight=weight, **options)
                    )
            data = classes(r, 8, c, form, True)
            found.append(case_of("top_k_accuracy_score", data, k=2))
            found.append(case_of("top_k_accuracy_score", data, k=2, labels=list(range(c))))
    for form in ("probabilities", "logits", "beyond"):
        for k in (1, 2):
            for _ in range(4):
                y_true, y_pred = units(r, 12, form)
                y_true[:2] = 0, 1
                found.append(case_of("top_k_accuracy_score", (y_true, y_pred), k=k))
    for form in ("probabilities", "logits"):
        for _ in range(14):
            n = int(r.choice([5, 8, 12]))
            y_true, y_pred = units(r, n, form, r.choice(["f4", "f8"]))
            y_true[:2] = 0, 1
            weight = None if r.randint(3) else weights(r, n) + 0.25
            data = y_true, y_pred
            for metric in ("roc_curve", "precision_recall_curve", "confusion_matrix_at_thresholds"):
                found.append(case_of(metric, data, weight=weight))
    return found
