"""Cases of the metrics that Lightning had before torchmetrics."""

from __future__ import annotations

from .drawing import case_of, classes, many, some_size, units


def _units(r):
    found = []
    for form in ("probabilities", "logits", "beyond", "ints"):
        for _ in range(8):
            found.append(case_of("Accuracy", units(r, some_size(r), form), batches=20))
            found.append(case_of("accuracy", units(r, some_size(r), form)))
        for threshold in (0.3, 0.7):
            for size in (1, 5):
                data = units(r, 12, form, r.choice(["f4", "f8"]))
                found.append(case_of("Accuracy", data, batches=size, threshold=threshold))
            found.append(case_of("accuracy", units(r, 12, form), threshold=threshold))
        y_true, y_pred = units(r, 12, form)
        for data in (
            (y_true.reshape(12, 1), y_pred.reshape(12, 1)),
            (y_true.reshape(12, 1), y_pred),
            (y_true, y_pred.reshape(12, 1)),
            (y_true + 1, y_pred),
            (y_true, y_pred[:-1]),
        ):
            found.append(case_of("Accuracy", data, batches=12))
            found.append(case_of("accuracy", data))
    return found


def _classes(r):
    found = []
    for form in ("probabilities", "logits", "ties", "indices"):
        for c in (2, 3, 5):
            for absent in (False, True):
                for _ in range(3):
                    data = classes(r, some_size(r), c, form, absent)
                    found.append(case_of("Accuracy", data, batches=int(r.choice([1, 4, 20]))))
                    found.append(case_of("accuracy", classes(r, some_size(r), c, form, absent)))
                for reduction in ("micro", "macro", "weighted"):
                    data = classes(r, some_size(r), c, form, absent)
                    found.append(case_of("accuracy", data, class_reduction=reduction))
                    data = classes(r, some_size(r), c + 1, form, absent)
                    options = {"class_reduction": reduction, "num_classes": c}
                    if form != "indices":
                        data = data[0] % c, data[1]
                    found.append(case_of("accuracy", data, **options))
                if form != "indices" and c > 2:
                    k = int(r.randint(2, c))
                    data = classes(r, some_size(r), c, form, absent)
                    found.append(case_of("Accuracy", data, batches=7, top_k=k))
                    found.append(case_of("accuracy", data, top_k=k))
        y_true, y_pred = classes(r, 12, 3, form)
        if form == "indices":
            sequence = y_true.reshape(6, 2), y_pred.reshape(6, 2)
        else:
            sequence = y_true.reshape(6, 2), y_pred.reshape(6, 2, 3).transpose(0, 2, 1)
        found.append(case_of("Accuracy", sequence, batches=4))
        found.append(case_of("Accuracy", sequence, batches=4, subset_accuracy=True))
        found.append(case_of("accuracy", sequence))
        found.append(case_of("Accuracy", (y_true + 1, y_pred), batches=4))
    return found


def _many(r):
    found = []
    for form in ("probabilities", "logits", "beyond", "ints"):
        for c in (2, 3, 5):
            for _ in range(3):
                data = many(r, some_size(r), c, form)
                found.append(case_of("Accuracy", data, batches=int(r.choice([1, 4, 20]))))
            found.append(case_of("Accuracy", many(r, 11, c, form), batches=4, threshold=0.3))
            found.append(case_of("Accuracy", many(r, 11, c, form), batches=4, subset_accuracy=True))
            found.append(case_of("accuracy", many(r, 11, c, form)))
            found.append(case_of("accuracy", many(r, 11, c, form), subset_accuracy=True))
    return found


def lightning(r):
    return [*_units(r), *_classes(r), *_many(r)]
