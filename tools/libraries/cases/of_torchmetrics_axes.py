"""Cases of torchmetrics with more than one axis, or with a number for each class or sample."""

from __future__ import annotations

from .drawing import case_of, classes, many, sequences, some_size, units, with_ignored


def _by_class(r):
    found = []
    for average in ("none", None):
        for form in ("probabilities", "ties", "indices"):
            data, options = classes(r, 12, 4, form, True), {"num_classes": 4, "average": average}
            found.append(case_of("multiclass_accuracy", data, **options))
            found.append(case_of("MulticlassAccuracy", data, batches=5, **options))
            found.append(case_of("accuracy", data, task="multiclass", **options))
            found.append(case_of("accuracy", data, **options))
            found.append(case_of("Accuracy", data, batches=5, **options))
        data, options = many(r, 8, 3), {"average": average}
        found.append(case_of("multilabel_accuracy", data, num_labels=3, **options))
        found.append(case_of("accuracy", data, task="multilabel", num_labels=3, **options))
        found.append(case_of("accuracy", data, num_classes=3, **options))
        found.append(case_of("accuracy", units(r, 9), task="binary", **options))
        for other in ("macro", None):
            found.append(case_of("accuracy", classes(r, 8, 3), average=other))
            found.append(case_of("Accuracy", many(r, 8, 3), batches=4, average=other))
    return found


def _by_sample(r):
    found = []
    options = {"multidim_average": "samplewise"}
    for form in ("probabilities", "logits", "ints"):
        for shape in ((12,), (6, 2), (3, 2, 2)):
            data = tuple(each.reshape(shape) for each in units(r, 12, form))
            found.append(case_of("binary_accuracy", data, **options))
            found.append(case_of("BinaryAccuracy", data, batches=3, **options))
            found.append(case_of("Accuracy", data, batches=3, task="binary", **options))
        data = many(r, 8, 3, form)
        found.append(case_of("multilabel_accuracy", data, num_labels=3, **options))
        found.append(case_of("multilabel_exact_match", data, num_labels=3, **options))
        data = tuple(each.reshape(4, 2, 3).transpose(0, 2, 1) for each in data)
        found.append(case_of("multilabel_accuracy", data, num_labels=3, **options))
        found.append(case_of("multilabel_exact_match", data, num_labels=3, **options))
    for form in ("probabilities", "ties", "indices"):
        for average in ("micro", "macro", "weighted"):
            given = {"num_classes": 3, "average": average, **options}
            found.append(case_of("multiclass_accuracy", classes(r, 9, 3, form), **given))
            data = sequences(r, 4, 3, 3, form)
            found.append(case_of("multiclass_accuracy", data, **given))
            found.append(case_of("MulticlassAccuracy", data, batches=3, **given))
            found.append(case_of("accuracy", data, task="multiclass", **given))
    return found


def _guessed_axes(r):
    found = []
    for form in ("probabilities", "ties", "logits", "indices"):
        for average in ("micro", "macro", "weighted"):
            for absent in (False, True):
                for sample in ("samplewise", "global", None):
                    data = sequences(r, some_size(r), 4, 3, form, absent)
                    options = {"average": average, "num_classes": 3, "mdmc_average": sample}
                    found.append(case_of("accuracy", data, **options))
                    found.append(case_of("Accuracy", data, batches=3, **options))
                    options["ignore_index"] = int(r.randint(3))
                    found.append(case_of("accuracy", data, **options))
                data = classes(r, 12, 3, form, absent)
                options = {"average": average, "num_classes": 3, "ignore_index": int(r.randint(3))}
                found.append(case_of("accuracy", data, **options))
                found.append(case_of("Accuracy", data, batches=5, **options))
                data = classes(r, 12, 3, form, absent)
                found.append(case_of("accuracy", data, mdmc_average="samplewise", average="micro"))
        for absent in (False, True):
            data = sequences(r, 6, 2, 4, form, absent)
            found.append(case_of("accuracy", data))
            found.append(case_of("Accuracy", data, batches=4))
            for options in ({}, {"top_k": 1}, {"top_k": 2}):
                found.append(case_of("accuracy", data, subset_accuracy=True, **options))
                found.append(case_of("Accuracy", data, batches=4, subset_accuracy=True, **options))
    return found


def _guessed_ignoring(r):
    """Labels to ignore that are no class."""
    found = []
    for ignored in (-1, -100):
        for form in ("probabilities", "ties", "indices"):
            for average in ("micro", "macro", "weighted"):
                y_true, y_pred = classes(r, 12, 3, form)
                options = {"average": average, "num_classes": 3, "ignore_index": ignored}
                found.append(case_of("accuracy", (y_true, y_pred), **options))
                y_true = with_ignored(r, y_true, ignored)
                found.append(case_of("accuracy", (y_true, y_pred), **options))
    return found


def with_axes(r):
    return [*_by_class(r), *_by_sample(r), *_guessed_axes(r), *_guessed_ignoring(r)]
