"""What is not tried for the size of the data, in words: one sentence for each limit."""

from __future__ import annotations

from collections.abc import Iterator

from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.metrics import batches, batches_of_others, of_libraries, views
from metrics_core.reverse.candidates.metrics.binary import single
from metrics_core.reverse.candidates.metrics.matrix import classes, decisions
from metrics_core.reverse.candidates.metrics.of_rows import row_areas, rows, samples_axis, top

MOST_SWEPT = 2_000_000
"""Outputs of all columns together up to which every metric is tried at every threshold."""


def left_out(data: Predictions) -> Iterator[Message]:
    """Say what is left out of these data, and up to which size it is tried.

    Examples
    --------
    >>> many = Predictions.of([0, 1] * 10_001, [0.2, 0.7] * 10_001)
    >>> str(next(left_out(many)))
    'The mean over batches of the AUC is tried for up to 20,000 samples.'
    """
    if data.n_outputs > 1:
        yield from _of_outputs(data)
    if data.kind == "binary":
        yield from _of_one_output(data)
    elif data.kind != "multi_label":
        yield from _of_classes(data)
    if data.outputs.size > MOST_SWEPT and data.kind != "class_indices":
        yield Message(
            "Precision, recall and F1 at every threshold are tried for up to {most:,} outputs in "
            "all.",
            {"most": MOST_SWEPT},
        )
    if data.outputs.size > of_libraries.MOST_OUTPUTS:
        yield Message(
            "Calls of scikit-learn, torchmetrics and other libraries are tried for up to {most:,} "
            "outputs in all.",
            {"most": of_libraries.MOST_OUTPUTS},
        )
    if data.n_samples > batches.FEW and data.kind != "class_indices":
        yield Message(
            "Means over batches of precision, recall and F1 are tried at every size up to {size} "
            "for up to {most:,} samples, for more at the common sizes only.",
            {"size": batches.ALL_TO, "most": batches.FEW},
        )


def _of_one_output(data: Predictions) -> Iterator[Message]:
    if data.n_samples > batches.FEW:
        yield Message(
            "The mean over batches of the AUC is tried for up to {most:,} samples.",
            {"most": batches.FEW},
        )
    if data.n_samples > single.MOST_SURE:
        yield Message(
            "Calibration errors with other than 15 bins are tried for up to {most:,} samples.",
            {"most": single.MOST_SURE},
        )
    if data.n_samples > batches.MOST_SCORES:
        yield Message(
            "Means over batches of precision, recall and F1 are tried for up to {most:,} samples.",
            {"most": batches.MOST_SCORES},
        )


def _of_outputs(data: Predictions) -> Iterator[Message]:
    size = data.outputs.size
    if data.n_outputs > views.MOST_COLUMNS:
        yield Message(
            "Each class against the rest is tried for up to {most} classes.",
            {"most": views.MOST_COLUMNS},
        )
    elif size > views.MOST_SCORES:
        yield Message(
            "Each class against the rest is tried for up to {most:,} outputs in all.",
            {"most": views.MOST_SCORES},
        )
    elif data.n_samples > single.MOST_SURE:
        yield Message(
            "The calibration of each class is tried for up to {most:,} samples.",
            {"most": single.MOST_SURE},
        )
    if size > rows.MOST_SCORES:
        yield Message(
            "Metrics, areas and losses of every output by itself are tried for up to {most:,} "
            "outputs in all.",
            {"most": rows.MOST_SCORES},
        )
    elif size > row_areas.MOST_SORTED:
        yield Message(
            "AUC and average precision of every output by itself are tried for up to {most:,} "
            "outputs in all.",
            {"most": row_areas.MOST_SORTED},
        )
    if data.kind == "multi_label" and size > top.MOST_SORTED:
        yield Message(
            "True labels in the top k are tried for up to {most:,} outputs in all.",
            {"most": top.MOST_SORTED},
        )
    if data.kind != "multi_label" and size > samples_axis.MOST_SCORES:
        yield Message(
            "Softmax over the samples of each batch is tried for up to {most:,} outputs in all.",
            {"most": samples_axis.MOST_SCORES},
        )


def _of_classes(data: Predictions) -> Iterator[Message]:
    n_classes = decisions.n_found(data) if data.n_classes > batches_of_others.MOST_CLASSES else 0
    if n_classes > decisions.MOST_CLASSES:
        yield Message(
            "Means over the classes, Cohen's kappa and metrics of single classes are tried for up "
            "to {most:,} classes.",
            {"most": decisions.MOST_CLASSES},
        )
    elif n_classes > classes.MOST_SINGLE:
        yield Message(
            "Precision, recall and F1 of single classes are tried for up to {most} classes.",
            {"most": classes.MOST_SINGLE},
        )
    if data.n_samples > batches.FEW:
        yield Message(
            "Means over batches of macro precision, recall and F1 are tried for up to {most:,} "
            "samples.",
            {"most": batches.FEW},
        )
    elif n_classes > batches_of_others.MOST_CLASSES:
        yield Message(
            "Means over batches of macro precision, recall and F1 are tried for up to {most} "
            "classes.",
            {"most": batches_of_others.MOST_CLASSES},
        )
