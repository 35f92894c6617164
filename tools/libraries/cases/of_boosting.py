"""Cases of the libraries for boosted trees: XGBoost, LightGBM, CatBoost."""

from __future__ import annotations

import numpy as np

from .drawing import case_of, classes, some_size, units, weights


def xgboost(r):
    found = []
    for objective in ("binary:logistic", "reg:squarederror"):
        for form in ("probabilities", "logits", "beyond"):
            for t in (None, 0.5, 0.3, 0.7, 0.0, 0.1):
                for _ in range(8):
                    n = some_size(r)
                    weight = None if r.randint(2) else weights(r, n)
                    metric = "error" if t is None else f"error@{t}"
                    data = units(r, n, form)
                    found.append(case_of(metric, data, weight=weight, objective=objective))
    for form in ("probabilities", "logits", "ties"):
        for c in (3, 5):
            for absent in (False, True):
                for _ in range(10):
                    n = some_size(r)
                    weight = None if r.randint(2) else weights(r, n)
                    data = classes(r, n, c, form, absent)
                    found.append(case_of("merror", data, weight=weight, num_class=c))
    return found


def lightgbm(r):
    found = []
    for objective in ("none", "binary"):
        for form in ("probabilities", "logits", "beyond"):
            for _ in range(36):
                n = int(r.choice([2, 3, 5, 8, 12, 20]))
                y_true, y_pred = units(r, n, form)
                y_true[:2] = 0, 1
                weight = None if r.randint(2) else weights(r, n) + 0.25
                options = {"objective": objective}
                found.append(case_of("binary_error", (y_true, y_pred), weight=weight, **options))
    for form in ("probabilities", "logits", "ties"):
        for c in (3, 5):
            for k in (1, 2, 3):
                for _ in range(12):
                    n = int(r.choice([8, 12, 20]))
                    y_true, y_pred = classes(r, n, c, form)
                    y_true[:c] = np.arange(c)
                    weight = None if r.randint(2) else weights(r, n) + 0.25
                    options = {"num_class": c} | ({} if k == 1 else {"multi_error_top_k": k})
                    found.append(case_of("multi_error", (y_true, y_pred), weight=weight, **options))
    return found


def catboost(r):
    found = []
    for form in ("probabilities", "logits", "beyond"):
        for border in (None, 0.5, 0.3, 0.75):
            for _ in range(18):
                n = some_size(r)
                weight = None if r.randint(2) else weights(r, n)
                options = {} if border is None else {"proba_border": border}
                data = units(r, n, form, "f8")
                found.append(case_of("Accuracy", data, weight=weight, **options))
    for form in ("probabilities", "logits", "ties"):
        for c in (3, 4, 6):
            for absent in (False, True):
                for _ in range(12):
                    n = some_size(r)
                    weight = None if r.randint(2) else weights(r, n)
                    data = classes(r, n, c, form, absent, "f8")
                    found.append(case_of("Accuracy", data, weight=weight))
    return found
