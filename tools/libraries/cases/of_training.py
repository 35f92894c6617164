"""Cases of the libraries that train networks: Ignite, fastai, Flax, CLU."""

from __future__ import annotations

from .drawing import case_of, classes, many, some_size, units


def ignite(r):
    found = []
    for _ in range(30):
        n = int(r.choice([2, 3, 5, 8, 12, 20]))
        found.append(case_of("Accuracy", units(r, n, "ints"), batches=int(r.randint(1, n + 1))))
        found.append(case_of("Accuracy", units(r, n, "probabilities"), batches=n, round=True))
    for form in ("probabilities", "logits"):
        for _ in range(4):
            found.append(case_of("Accuracy", units(r, 8, form), batches=8))
    for form in ("probabilities", "logits", "ties"):
        for c in (2, 3, 5):
            for absent in (False, True):
                for _ in range(8):
                    n = some_size(r)
                    data = classes(r, n, c, form, absent)
                    found.append(case_of("Accuracy", data, batches=int(r.randint(1, n + 1))))
    for c in (2, 3, 5):
        for _ in range(20):
            n = int(r.choice([2, 5, 8, 12]))
            found.append(case_of("Accuracy", many(r, n, c, "ints"), batches=n, is_multilabel=True))
        found.append(case_of("Accuracy", many(r, 8, c), batches=8, is_multilabel=True))
        found.append(case_of("Accuracy", many(r, 8, c), batches=8))
    for form in ("probabilities", "logits", "ties"):
        for c in (3, 5, 8):
            for k in (1, 2, 3):
                for _ in range(6):
                    n = some_size(r)
                    data = classes(r, n, c, form)
                    options = {"batches": int(r.randint(1, n + 1)), "k": k}
                    found.append(case_of("TopKCategoricalAccuracy", data, **options))
    return found


def fastai(r):
    found = []
    for form in ("probabilities", "logits", "ties"):
        for c in (2, 3, 5):
            for absent in (False, True):
                for _ in range(6):
                    data = classes(r, some_size(r), c, form, absent)
                    found.append(case_of("accuracy", data))
                    found.append(case_of("error_rate", data))
    for form in ("probabilities", "logits", "beyond"):
        for c in (1, 2, 4):
            for options in ({}, {"thresh": 0.3}, {"sigmoid": False}):
                for _ in range(5):
                    found.append(
                        case_of("accuracy_multi", many(r, some_size(r), c, form), **options)
                    )
    for form in ("probabilities", "logits", "ties"):
        for c in (6, 8):
            for k in (None, 1, 2, 3):
                for _ in range(5):
                    options = {} if k is None else {"k": k}
                    found.append(
                        case_of("top_k_accuracy", classes(r, some_size(r), c, form), **options)
                    )
    y_true, y_pred = classes(r, 12, 3)
    sequence = y_true.reshape(6, 2), y_pred.reshape(6, 2, 3)
    found.append(case_of("accuracy", sequence))
    found.append(case_of("accuracy", (y_true[:-1], y_pred)))
    return found


def flax(r):
    found = clu(r)
    for form in ("probabilities", "logits", "beyond"):
        for threshold in (0.5, 0.3, 0.0):
            for _ in range(16):
                n = some_size(r)
                data = units(r, n, form)
                options = {"batches": int(r.randint(1, n + 1)), "threshold": threshold}
                found.append(case_of("Accuracy", data, **options))
    found.append(case_of("Accuracy", units(r, 8), batches=8))
    y_true, y_pred = classes(r, 8, 3)
    found.append(case_of("Accuracy", (y_true, y_pred), batches=8, threshold=0.5))
    return found


def clu(r):
    found = []
    for form in ("probabilities", "logits", "ties"):
        for c in (2, 3, 5):
            for absent in (False, True):
                for _ in range(23):
                    n = some_size(r)
                    data = classes(r, n, c, form, absent)
                    found.append(case_of("Accuracy", data, batches=int(r.randint(1, n + 1))))
    y_true, y_pred = classes(r, 12, 3)
    sequence = y_true.reshape(6, 2), y_pred.reshape(6, 2, 3)
    found.append(case_of("Accuracy", sequence, batches=4))
    found.append(case_of("Accuracy", units(r, 8), batches=8))
    return found
