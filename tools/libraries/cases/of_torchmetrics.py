"""Cases of torchmetrics: of one output, of classes, of many labels, by task, and guessed."""

from __future__ import annotations

from .drawing import case_of, classes, many, some_size, units, with_ignored


def _torchmetrics_units(r):
    found = []
    for form in ("probabilities", "logits", "beyond", "ints"):
        for _ in range(5):
            for options in ({}, {"threshold": 0.3}, {"ignore_index": -1}):
                data = units(r, some_size(r), form, r.choice(["f4", "f8"]))
                if "ignore_index" in options:
                    data = with_ignored(r, data[0], -1), data[1]
                found.append(case_of("binary_accuracy", data, **options))
        for ignored in (0, 1, 255):
            y_true, y_pred = units(r, 12, form)
            data = with_ignored(r, y_true, ignored), y_pred
            found.append(case_of("binary_accuracy", data, ignore_index=ignored))
        y_true, y_pred = units(r, 12, form)
        found.append(case_of("binary_accuracy", (y_true.reshape(6, 2), y_pred.reshape(6, 2))))
        found.append(case_of("binary_accuracy", (y_true.reshape(12, 1), y_pred.reshape(12, 1))))
        found.append(case_of("binary_accuracy", (y_true.reshape(12, 1), y_pred)))
        found.append(case_of("binary_accuracy", (y_true + 1, y_pred)))
        for size in (1, 3, 5):
            data = units(r, 12, form)
            found.append(case_of("BinaryAccuracy", data, batches=size))
            found.append(case_of("BinaryAccuracy", data, batches=size, threshold=0.7))
    found.append(case_of("binary_accuracy", units(r, 5), threshold=1.5))
    return found


def _torchmetrics_classes(r):
    found = []
    averages = ("micro", "macro", "weighted")
    for form in ("probabilities", "logits", "ties", "indices"):
        for c in (2, 3, 5):
            for absent in (False, True):
                for average in averages:
                    data = classes(r, some_size(r), c, form, absent)
                    found.append(
                        case_of("multiclass_accuracy", data, num_classes=c, average=average)
                    )
                    if form != "indices" and c > 2:
                        data = classes(r, some_size(r), c, form, absent)
                        options = {"num_classes": c, "average": average}
                        options["top_k"] = int(r.randint(2, c))
                        found.append(case_of("multiclass_accuracy", data, **options))
                    ignored = int(r.choice([-1, 0, 1, -100]))
                    y_true, y_pred = classes(r, some_size(r), c, form, absent)
                    y_true = with_ignored(r, y_true, ignored)
                    options = {"num_classes": c, "average": average, "ignore_index": ignored}
                    found.append(case_of("multiclass_accuracy", (y_true, y_pred), **options))
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
                found.append(case_of("multiclass_accuracy", (y_true, y_pred), **options))
        for average in averages:
            for size in (1, 4, 7):
                data = classes(r, 14, 4, form, True)
                options = {"num_classes": 4, "average": average}
                found.append(case_of("MulticlassAccuracy", data, batches=size, **options))
    for average in averages:
        y_true, y_pred = classes(r, 12, 3, "probabilities")
        found.append(
            case_of("multiclass_accuracy", (y_true, y_pred), num_classes=4, average=average)
        )
        found.append(
            case_of("multiclass_accuracy", (y_true + 1, y_pred), num_classes=3, average=average)
        )
        found.append(
            case_of(
                "multiclass_accuracy", (y_true, y_pred), num_classes=3, average=average, top_k=4
            )
        )
        seq = y_true.reshape(6, 2), y_pred.reshape(6, 2, 3).transpose(0, 2, 1)
        found.append(case_of("multiclass_accuracy", seq, num_classes=3, average=average))
        y_true, y_pred = classes(r, 12, 3, "indices")
        seq = y_true.reshape(6, 2), y_pred.reshape(6, 2)
        found.append(case_of("multiclass_accuracy", seq, num_classes=3, average=average))
        found.append(
            case_of("multiclass_accuracy", (y_true + 2, y_pred), num_classes=3, average=average)
        )
    found.append(case_of("multiclass_accuracy", classes(r, 5, 3), num_classes=3, average="mean"))
    return found


def _torchmetrics_many(r):
    found = []
    for form in ("probabilities", "logits", "beyond", "ints"):
        for c in (2, 3, 5):
            for average in ("micro", "macro", "weighted"):
                data = many(r, some_size(r), c, form)
                found.append(case_of("multilabel_accuracy", data, num_labels=c, average=average))
                y_true, y_pred = many(r, some_size(r), c, form)
                data = with_ignored(r, y_true, -1), y_pred
                options = {"num_labels": c, "average": average, "ignore_index": -1}
                found.append(case_of("multilabel_accuracy", data, **options))
            options = {"num_labels": c, "threshold": 0.3}
            found.append(case_of("multilabel_accuracy", many(r, 8, c, form), **options))
            for _ in range(2):
                found.append(
                    case_of("multilabel_exact_match", many(r, some_size(r), c, form), num_labels=c)
                )
            data = many(r, 11, c, form)
            found.append(case_of("MultilabelAccuracy", data, num_labels=c, batches=4))
    found.append(case_of("multilabel_accuracy", many(r, 8, 3), num_labels=4))
    y_true, y_pred = many(r, 8, 3)
    found.append(case_of("multilabel_accuracy", (y_true + 1, y_pred), num_labels=3))
    return found


def _torchmetrics_tasks(r):
    found = []
    for metric in ("accuracy", "Accuracy"):
        for form in ("probabilities", "logits", "ints"):
            batches = {"batches": 4} if metric == "Accuracy" else {}
            found.append(case_of(metric, units(r, 12, form), task="binary", **batches))
            data = many(r, 8, 3, form)
            found.append(case_of(metric, data, task="multilabel", num_labels=3, **batches))
        for form in ("probabilities", "logits", "ties", "indices"):
            for options in ({}, {"average": "macro"}, {"average": "weighted"}, {"top_k": 2}):
                data = classes(r, 12, 4, form, True)
                batches = {"batches": 5} if metric == "Accuracy" else {}
                if form != "indices" or "top_k" not in options:
                    found.append(
                        case_of(
                            metric, data, task="multiclass", num_classes=4, **batches, **options
                        )
                    )
    return found


def _torchmetrics_guessed(r):
    found = []
    for form in ("probabilities", "logits", "beyond", "ints"):
        for _ in range(3):
            found.append(case_of("accuracy", units(r, some_size(r), form)))
            found.append(case_of("accuracy", units(r, some_size(r), form), threshold=0.3))
        y_true, y_pred = units(r, 12, form)
        found.append(case_of("accuracy", (y_true.reshape(12, 1), y_pred.reshape(12, 1))))
        found.append(case_of("accuracy", (y_true.reshape(12, 1), y_pred)))
        found.append(case_of("accuracy", (y_true + 1, y_pred)))
        found.append(case_of("Accuracy", units(r, 12, form), batches=5))
        for c in (2, 3, 5):
            found.append(case_of("accuracy", many(r, some_size(r), c, form)))
            found.append(case_of("accuracy", many(r, some_size(r), c, form), subset_accuracy=True))
            data = many(r, 8, c, form)
            found.append(case_of("accuracy", data, average="macro", num_classes=c))
            found.append(case_of("Accuracy", many(r, 11, c, form), batches=4))
            found.append(case_of("Accuracy", many(r, 11, c, form), batches=4, subset_accuracy=True))
    for form in ("probabilities", "logits", "ties", "indices"):
        for c in (2, 3, 5):
            for absent in (False, True):
                found.append(case_of("accuracy", classes(r, some_size(r), c, form, absent)))
                for average in ("micro", "macro", "weighted"):
                    data = classes(r, some_size(r), c, form, absent)
                    found.append(case_of("accuracy", data, average=average, num_classes=c))
                if form != "indices" and c > 2:
                    data = classes(r, some_size(r), c, form, absent)
                    found.append(case_of("accuracy", data, top_k=int(r.randint(2, c))))
                y_true, y_pred = classes(r, some_size(r), c, form, absent)
                ignored = int(r.choice([0, 1]))
                options = {"ignore_index": ignored, "num_classes": c}
                found.append(case_of("accuracy", (y_true, y_pred), **options))
            for average in ("micro", "macro"):
                data = classes(r, 14, c, form, True)
                found.append(case_of("Accuracy", data, batches=5, average=average, num_classes=c))
    return found


def _torchmetrics_one_sample(r):
    found = []
    for c in (3, 5):
        for average in ("micro", "macro", "weighted"):
            options = {"num_classes": c, "average": average, "top_k": 2}
            found.append(case_of("multiclass_accuracy", classes(r, 1, c), **options))
        data = classes(r, 1, c)
        found.append(case_of("accuracy", data, task="multiclass", num_classes=c, top_k=2))
    return found


def torchmetrics(r):
    return [
        *_torchmetrics_units(r),
        *_torchmetrics_classes(r),
        *_torchmetrics_many(r),
        *_torchmetrics_tasks(r),
        *_torchmetrics_guessed(r),
        *_torchmetrics_one_sample(r),
    ]
