"""Outputs and labels that belong together in another order."""

from __future__ import annotations

import math

import numpy as np

from metrics_core.counting.intervals import wilson
from metrics_core.doctor.calibration import confidence
from metrics_core.doctor.case import Case, share
from metrics_core.doctor.finding import Finding, no_rows, some_rows
from metrics_core.doctor.rules.of_labels.labels import from_one, minus_one, two_values
from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.assignment import best_assignment
from metrics_core.predictions import Predictions

_EXACT_CLASSES = 120
_GAIN = 0.2
_SHIFTS = tuple(shift for size in range(1, 9) for shift in (size, -size))


def permuted(case: Case) -> Finding | None:
    """Some renaming of the predicted classes agrees with the labels far better than they do.

    The best renaming must beat what any renaming could reach on unrelated labels (Hoeffding's bound
    over all permutations), and the interval of the accuracy in view.
    """
    confusion = case.confusion
    if confusion is None or len(confusion) < 2 or case.constant:
        return None
    n, classes = int(confusion.sum()), len(confusion)
    here = int(np.trace(confusion))
    if n < 20 or int(confusion.max(axis=1).sum()) < here + _GAIN * n:
        return None
    if (from_one(case) or minus_one(case) or two_values(case)) is not None:
        return None
    order = best_assignment(confusion) if classes <= _EXACT_CLASSES else _greedy(confusion)
    there = int(confusion[np.arange(classes), order].sum())
    best, now = there / n, here / n
    unrelated = float(np.sort(confusion.sum(axis=1)) @ np.sort(confusion.sum(axis=0))) / n**2
    used = int(np.count_nonzero(confusion.sum(axis=0)))
    room = math.sqrt((math.lgamma(used + 1) + math.log(1000)) / (2 * n))
    if best < now + _GAIN or best < unrelated + room or wilson(there, n)[0] < wilson(here, n)[1]:
        return None
    moved = np.flatnonzero(order != np.arange(classes))
    pairs = ", ".join(f"{label} → {order[label]}" for label in moved[:6].tolist())
    flipped = classes == 2
    return Finding(
        severity="serious",
        title=Message("Labels flipped") if flipped else Message("Classes in another order"),
        seen=Message(
            "With the classes as they are, the accuracy is {now}. With {count:,} of them renamed "
            "(true → predicted: {pairs}) it would be {best}.",
            {"now": share(now), "count": len(moved), "pairs": pairs, "best": share(best)},
        ),
        consistent_with=Message(
            "Outputs that stand for the other class, or labels with 0 and 1 swapped."
        )
        if flipped
        else Message(
            "Folder names that are numbers, sorted as words: 0, 1, 10, 11, …, 2. So does "
            "`flow_from_directory`."
        )
        if _sorted_as_words(order)
        else Message(
            "Classes sorted differently in training and here: folder names, a label encoder, "
            "columns of a data frame."
        ),
        sure="likely" if best >= 0.6 else "possible",
        remedy=Message("Swap the classes on one side.")
        if flipped
        else Message("Reorder the output columns to match the labels."),
        code="y_pred = 1 - y_pred" if flipped else f"y_pred = y_pred[:, {_short(order)}]",
        rows=case.of_rows(
            lambda: some_rows((case.true_class != case.predicted_class) & _renamed(case, order)),
            no_rows(),
        ),
        cured=case.of_rows(lambda: _relabelled(case, order), None),
        counterfactual=Message(
            "in the other order: {value} instead of {now}",
            {"value": share(best), "now": share(now)},
        ),
    )


def _renamed(case: Case, order: Array) -> Array:
    return np.asarray(order[np.maximum(case.true_class, 0)] == case.predicted_class)


def _relabelled(case: Case, order: Array) -> Predictions | None:
    """The same outputs with the labels renamed."""
    if case.true_class.min() < 0:
        return None
    kind: Kind = "sparse" if case.kind == "one_hot" else case.kind
    return case.with_labels(order[case.true_class], kind)


def _sorted_as_words(order: Array) -> bool:
    """Whether it is the order of the numbers from 0, or from 1, sorted as words; or its inverse."""
    for first in (0, 1):
        names = [str(first + label) for label in range(len(order))]
        words = np.array(sorted(range(len(order)), key=names.__getitem__))
        here = np.array_equal(order, words) or np.array_equal(order, np.argsort(words))
        if here and len(order) > 10:
            return True
    return False


def _short(order: Array) -> str:
    return str(order.tolist()) if len(order) <= 20 else "order"


def _greedy(confusion: Array) -> Array:
    """One column for each row, the fullest cells first: a lower bound of the best assignment."""
    size = len(confusion)
    order, taken = np.full(size, -1), np.zeros(size, bool)
    for cell in np.argsort(confusion, axis=None)[::-1].tolist():
        row, column = divmod(cell, size)
        if order[row] < 0 and not taken[column]:
            order[row], taken[column] = column, True
            if taken.all():
                break
    return order


def shuffled(case: Case) -> Finding | None:
    """Accuracy at chance although the model is sure of itself and the classes are as frequent.

    The labels are also tried a few rows earlier, later and in reverse. Where none of these fits,
    the samples must be enough to exclude an accuracy a fifth of the way to the confidence.
    """
    confusion = case.confusion
    if confusion is None or case.n < 30 or case.constant:
        return None
    n = float(confusion.sum())
    if n < 0.9 * case.n:
        return None
    true, predicted = confusion.sum(axis=1) / n, confusion.sum(axis=0) / n
    chance, now = float(true @ predicted), float(np.trace(confusion)) / n
    error = math.sqrt(max(chance * (1 - chance), 1e-12) / n)
    alike = float(np.abs(true - predicted).sum()) / 2 < 0.05 + math.sqrt(len(true) / n)
    if abs(now - chance) > 2.5 * error or chance > 0.75 or not alike:
        return None
    sure = confidence(case)
    mean = float(sure.mean()) if sure is not None else 0.0
    moved = _best_shift(case)
    if (moved is None or moved[1] < now + 0.3) and mean < now + 0.25:
        return None
    found = moved is not None and moved[1] >= now + 0.3
    if not found and wilson(now * n, n)[1] > chance + 0.2 * (mean - chance):
        return None
    return Finding(
        severity="serious",
        title=Message("Labels that do not belong to these outputs"),
        seen=Message(
            "The accuracy is {now}; unrelated labels with these frequencies would give {chance}. "
            "Yet the mean confidence is {mean}, and each class is predicted about as often as it "
            "occurs.",
            {"now": share(now), "chance": share(chance), "mean": share(mean)},
        ),
        consistent_with=moved[0]
        if found and moved is not None
        else Message(
            "A generator that shuffles between predicting and reading the labels, or one of the "
            "files sorted. A model that memorized noise looks the same."
        ),
        sure="certain" if found else "possible",
        remedy=Message("Predict in a fixed order and take the labels from the same pass."),
        code="keras.utils.image_dataset_from_directory(path, shuffle=False)",
        rows=some_rows(case.true_class != case.predicted_class),
        counterfactual=Message(
            "in that order: {value} instead of {now}", {"value": share(moved[1]), "now": share(now)}
        )
        if found and moved is not None
        else None,
    )


def _best_shift(case: Case) -> tuple[Message, float] | None:
    true, predicted = case.true_class, case.predicted_class
    kind = np.uint8 if case.predictions.n_classes < 255 else np.int64
    true, predicted = true.astype(kind), predicted.astype(kind)
    found = [(Message("The labels are in reverse order."), float((true[::-1] == predicted).mean()))]
    for shift in _SHIFTS:
        value = float((np.roll(true, shift) == predicted).mean())
        found.append((_shifted(shift), value))
    return max(found, key=lambda pair: pair[1])


def _shifted(rows: int) -> Message:
    if rows > 0:
        return Message(
            "The label of each output is {n} row further up.",
            {"n": rows},
            plural="The label of each output is {n} rows further up.",
        )
    return Message(
        "The label of each output is {n} row further down.",
        {"n": -rows},
        plural="The label of each output is {n} rows further down.",
    )
