"""Numbers that come by themselves: an easy label, no label at all, labels made from the outputs."""

from __future__ import annotations

import numpy as np

from metrics_core.doctor.calibration import probabilities
from metrics_core.doctor.case import Case, share
from metrics_core.doctor.finding import Finding, some_rows
from metrics_core.doctor.output_scale import HEAD
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

_NEAR = 0.05
_ENOUGH = 12


def padding_label(case: Case) -> Finding | None:
    """A frequent label that is nearly always right, while the others are not: padding, perhaps.

    It is likely where the label stands in runs and the others do not, as padding at the end of
    sequences does.
    """
    confusion = case.confusion
    if confusion is None or len(confusion) < 3 or case.n < 100 or case.constant:
        return None
    counts, right = confusion.sum(axis=1), confusion.diagonal()
    label = int(counts.argmax())
    count, others = int(counts[label]), int(counts.sum() - counts[label])
    if count < max(30, 0.1 * case.n) or others < 30 or np.count_nonzero(counts) < 3:
        return None
    recall, rest = right[label] / count, (right.sum() - right[label]) / others
    if recall < 0.99 or rest > 0.85:
        return None
    marks = case.true_class == label
    runs = _in_runs(case.true_class, label)
    kept = case.value_of_rows(~marks)
    return Finding(
        severity="warning" if runs else "note",
        title=Message("Label {label} may be padding", {"label": label}),
        seen=Message(
            "Label {label} makes up {part} of the samples and is right in {recall} of them; the "
            "other labels are right in {rest}.",
            {
                "label": label,
                "part": share(count / case.n),
                "recall": share(float(recall)),
                "rest": share(float(rest)),
            },
        ),
        consistent_with=Message(
            "Sequences that were padded with {label} and flattened: it stands in long runs.",
            {"label": label},
        )
        if runs
        else Message("Padding or background that is counted, or a class that is easy to tell."),
        sure="likely" if runs else "possible",
        remedy=Message(
            "If it is padding, give these rows a sample weight of 0, or report the others apart."
        ),
        code=f"model.evaluate(x, y, sample_weight=(y != {label}).astype('float32'))",
        rows=some_rows(marks),
        counterfactual=Message(
            "without label {label}: {value} instead of {now}",
            {"label": label, "value": share(kept), "now": share(case.accuracy)},
        ),
    )


def _in_runs(labels: Array, label: int) -> bool:
    """Whether a label follows itself far more often than it occurs, and the others do not."""
    before, after = labels[:-1], labels[1:]
    mine, theirs = before == label, (before != label) & (after != label)
    if not theirs.any():
        return False
    again = float((after[mine] == label).mean())
    occurs = float((labels == label).mean())
    alike = float((before[theirs] == after[theirs]).mean())
    counts = np.bincount(labels[labels != label])
    chance = float(np.sum((counts / counts.sum()) ** 2))
    return again > occurs + 0.5 * (1 - occurs) and alike < chance + 0.5 * (1 - chance)


def nothing_predicted(case: Case) -> Finding | None:
    """Accuracy per label that predicting no label at all would reach as well."""
    if case.settings.aggregation is not None or not case.label_values.are(0, 1):
        return None
    zeros = float(case.label_values.counts[0]) / case.size
    if case.accuracy > zeros or zeros < 0.5:
        return None
    found = case.share_found
    return Finding(
        severity="warning",
        title=Message("No better than predicting no label"),
        seen=Message(
            "{now} of the labels are right. Predicting 0 everywhere would give {zeros}. Of the "
            "labels that are 1, {found} are found.",
            {"now": share(case.accuracy), "zeros": share(zeros), "found": share(found)},
        ),
        consistent_with=Message("Many labels of which few apply, so that most elements are 0."),
        sure="certain",
        remedy=Message("Look at precision and recall of the labels, or at their F1."),
        code="sklearn.metrics.f1_score(y_true, y_pred > 0.5, average='macro')",
        counterfactual=Message("share of the ones found: {value}", {"value": share(found)}),
    )


def _right(case: Case, rows: slice) -> Array:
    """Whether the more probable class is the true one."""
    if case.kind != "binary":
        return np.asarray(case.predicted_class[rows] == case.true_class[rows])
    raw = case.settings.activation == "none" and case.summary.form == "logits"
    middle = 0.5 if not raw else case.scale / 2 if case.scale is not None else 0.0
    return np.asarray((case.scores[rows] > middle) == (case.true_class[rows] == 1))


def labels_from_outputs(case: Case) -> Finding | None:
    """No mistake even where the outputs waver between two classes: the labels were made from them.

    Among at least twelve samples whose two best probabilities differ by less than a tenth, a coin
    would get one in a thousand such sets all right.
    """
    if case.n < 30 or case.constant or case.true_class.min() < 0:
        return None
    if not _right(case, slice(0, HEAD)).all():
        return None
    found = probabilities(case)
    if found is None or not _right(case, slice(None)).all():
        return None
    if found.ndim == 2:
        top = np.partition(found, -2, axis=1)[:, -2:]
        close = (top[:, 0] >= (1 - 2 * _NEAR) * top[:, 1]) & (top[:, 0] < top[:, 1])
    else:
        close = (np.abs(found - 0.5) < _NEAR) & (found != 0.5)
    count = int(np.count_nonzero(close))
    if count < _ENOUGH:
        return None
    if found.ndim == 1:
        above = int(np.count_nonzero(close & (found > 0.5)))
        if not 3 <= above <= count - 3:
            return None
    return Finding(
        severity="serious",
        title=Message("The labels look like predictions of this model"),
        seen=Message(
            "All {total:,} samples are right, even the {count:,} whose outputs hardly prefer one "
            "class to another.",
            {"total": case.n, "count": count},
        ),
        consistent_with=Message(
            "A column of predictions that was taken for the truth. A test set that the model was "
            "trained on looks similar, but seldom wavers."
        ),
        sure="likely",
        remedy=Message("Take the labels from the data set, not from the file of predictions."),
        code="assert not (y_true == (y_pred > 0.5)).all()"
        if found.ndim == 1
        else "assert not (y_true == y_pred.argmax(axis=1)).all()",
        rows=some_rows(close),
    )
