"""Labels that are written in another way than the metric reads them."""

from __future__ import annotations

import numpy as np

from metrics_core.counting.intervals import wilson
from metrics_core.doctor.case import Case, share
from metrics_core.doctor.finding import Finding, no_rows, some_rows
from metrics_core.doctor.rules.of_labels.targets import are_whole, regression, smoothed
from metrics_core.messages import Message

MARKERS = (-1.0, -100.0, 255.0)
"""Labels by which data sets mark samples that should not count."""
_SHOWN = 6


def from_one(case: Case) -> Finding | None:
    """Class indices that begin at 1 where the outputs begin at class 0.

    Labels from 1 to C - 1 against C outputs are usual where class 0 is unused: said only where the
    shifted labels fit far better.
    """
    seen, classes = case.label_values, case.predictions.n_classes
    if not seen.values.size or not seen.whole or seen.values[0] != 1 or seen.n_not_finite:
        return None
    highest = float(seen.values[-1])
    if case.kind == "binary":
        certain = seen.are(1, 2)
        if not certain:
            return None
    elif highest > classes or len(seen.values) < 2:
        return None
    else:
        certain = case.kind == "sparse" and highest == classes
    shifted = case.value_less_one()
    gain = shifted - case.accuracy
    if not certain and (
        case.n < 20 or gain < 0.2 or wilson(shifted * case.n, case.n)[0] < case.accuracy
    ):
        return None
    return Finding(
        severity="serious",
        title=Message("Labels that start at 1"),
        seen=Message(
            "The labels range from 1 to {highest}, but the {classes} classes of the outputs are "
            "numbered from 0 to {last}.",
            {"highest": int(highest), "classes": classes, "last": classes - 1},
        ),
        consistent_with=Message("Class numbers that start at 1, as in many data files."),
        sure="certain" if certain and gain > 0 else "likely",
        remedy=Message("Subtract 1 from the labels."),
        code="y_true = y_true - 1",
        cured=case.of_rows(
            lambda: case.with_labels(case.predictions.y_true.astype(np.int64) - 1), None
        ),
        rows=case.of_rows(lambda: some_rows(case.predictions.labels == highest), no_rows()),
        counterfactual=Message(
            "with 1 subtracted from the labels: {value} instead of {now}",
            {"value": share(shifted), "now": share(case.accuracy)},
        ),
    )


def minus_one(case: Case) -> Finding | None:
    """Labels -1 and 1 where a prediction is 0 or 1."""
    several = case.kind == "sparse" and case.predictions.n_classes > 2
    if several or not case.label_values.are(-1, 1):
        return None
    labels = case.predictions.y_true > 0
    crisp = labels.astype(np.uint8)
    fixed = case.value_with(crisp)
    negative = int(case.label_values.counts[0])
    return Finding(
        severity="serious",
        title=Message("Labels -1 and 1"),
        seen=Message(
            "{n:,} of {total:,} labels is -1. A prediction is 0 or 1, so it never equals -1.",
            {"n": negative, "total": case.predictions.labels.size},
            plural="{n:,} of {total:,} labels are -1. A prediction is 0 or 1, so it never equals "
            "-1.",
        ),
        consistent_with=Message("Labels meant for a hinge loss or for tanh outputs."),
        sure="certain",
        remedy=Message(
            "Write the negative class as 0. Compare tanh outputs, or those of a hinge loss, with 0."
        ),
        code="y_true = (y_true > 0).astype(int)",
        cured=case.with_labels(crisp),
        rows=some_rows(case.predictions.labels == -1),
        counterfactual=Message(
            "with labels 0 and 1: {value} instead of {now}",
            {"value": share(fixed), "now": share(case.accuracy)},
        ),
    )


def two_values(case: Case) -> Finding | None:
    """Two whole numbers such as 0 and 255, 0 and 100 or 2 and 4 in place of 0 and 1."""
    seen = case.label_values
    known = seen.are(0, 1) or seen.are(-1, 1) or seen.are(1, 2)
    if len(seen.values) != 2 or seen.n_not_finite or not seen.whole or known:
        return None
    if are_whole(case.raw) and not case.decided and case.scale is None:
        return None
    low, high = (int(value) for value in seen.values.tolist())
    crisp = (case.predictions.y_true == high).astype(np.uint8)
    return Finding(
        severity="serious",
        title=Message("Labels {low} and {high}", {"low": low, "high": high}),
        seen=Message(
            "Every label is {low} or {high}. A prediction is 0 or 1, so it never equals {odd}.",
            {"low": low, "high": high, "odd": low if high in (0, 1) else high},
        ),
        consistent_with=Message("A mask that was saved as an image, where white is 255.")
        if (low, high) == (0, 255)
        else Message("Labels in per cent.")
        if (low, high) == (0, 100)
        else Message("Codes of a data file, such as 2 for benign and 4 for malignant."),
        sure="certain",
        remedy=Message("Write {low} as 0 and {high} as 1.", {"low": low, "high": high}),
        code=f"y_true = (y_true == {high}).astype(int)",
        rows=some_rows(case.predictions.labels == high),
        cured=case.with_labels(crisp),
        counterfactual=Message(
            "with labels 0 and 1: {value} instead of {now}",
            {"value": share(case.value_with(crisp)), "now": share(case.accuracy)},
        ),
    )


def marker(case: Case) -> float | None:
    """The label outside the classes that marks samples which should not count."""
    beyond = case.label_values.beyond(case.predictions.n_classes)
    marks = len(beyond) == 1 and beyond[0] in MARKERS and len(case.label_values.values) > 2
    return float(beyond[0]) if marks and case.kind in ("binary", "sparse") else None


def out_of_range(case: Case) -> Finding | None:
    """Labels that no prediction can equal, for reasons that no other rule covers."""
    seen, classes = case.label_values, case.predictions.n_classes
    elements = case.kind == "multi_label"
    beyond = seen.beyond(2 if elements else classes)
    known = from_one(case) or minus_one(case) or two_values(case)
    known = known or smoothed(case) or regression(case)
    if not len(beyond) or known or marker(case) is not None:
        return None
    bad = np.isin(case.predictions.labels, beyond)
    indices = case.kind == "binary" and seen.whole and are_whole(case.raw)
    return Finding(
        severity="serious",
        title=Message("Labels that are not classes"),
        seen=Message(
            "{n:,} of {total:,} labels is not a class from 0 to {last}: {labels}. It always counts "
            "as wrong.",
            {
                "n": int(np.count_nonzero(bad)),
                "total": case.predictions.labels.size,
                "last": (2 if elements else classes) - 1,
                "labels": ", ".join(f"{value:g}" for value in beyond[:_SHOWN]),
            },
            plural="{n:,} of {total:,} labels are not classes from 0 to {last}: {labels}. They "
            "always count as wrong.",
        ),
        consistent_with=Message("Class indices on both sides, saved as floating-point numbers.")
        if indices
        else Message(
            "Labels from another data set, an old numbering, or a last layer with too few units."
        ),
        sure="likely" if indices else "certain",
        remedy=Message("Compare class indices with class indices.")
        if indices
        else Message("Number the classes from 0 in the order of the outputs."),
        code="y_pred = y_pred.astype(int)"
        if indices
        else "classes, y_true = np.unique(labels, return_inverse=True)",
        rows=some_rows(bad),
        counterfactual=Message(
            "read as class indices: {value} instead of {now}",
            {"value": share(case.as_kind("class_indices")), "now": share(case.accuracy)},
        )
        if indices
        else None,
        apply={"labels": "class_indices"} if indices else {},
    )


def class_missing(case: Case) -> Finding | None:
    """A class without samples."""
    if case.predictions.n_classes > case.n or case.predictions.n_classes > 1000:
        return None
    counts = np.bincount(np.maximum(case.true_class, 0), minlength=case.predictions.n_classes)
    counts[0] -= int(np.count_nonzero(case.true_class < 0))
    missing = np.flatnonzero(counts == 0)
    if not len(missing) or (minus_one(case) or from_one(case) or two_values(case)) is not None:
        return None
    alone = len(missing) == len(counts) - 1
    return Finding(
        severity="warning" if alone or case.n >= 10 * len(counts) else "note",
        title=Message("A class without samples"),
        seen=Message(
            "{n:,} of {total:,} classes does not occur among the labels: {classes}.",
            {
                "n": len(missing),
                "total": len(counts),
                "classes": ", ".join(str(label) for label in missing[:_SHOWN].tolist()),
            },
            plural="{n:,} of {total:,} classes do not occur among the labels: {classes}.",
        ),
        consistent_with=Message(
            "A split without stratification, sorted data, or labels that are numbered differently."
        ),
        sure="certain",
        remedy=Message(
            "Split with stratification; accuracy says nothing about a class without samples."
        ),
        code="train_test_split(x, y, stratify=y)",
    )
