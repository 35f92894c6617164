"""The rules: one row each, in the order in which findings of equal weight are told."""

from __future__ import annotations

from metrics_core.doctor.finding import Rule
from metrics_core.doctor.rules import (
    activation,
    averaging,
    evidence,
    labels,
    metric,
    order,
    outputs,
    shape,
    targets,
    ties,
    twice,
)
from metrics_core.doctor.rules import padding as fill
from metrics_core.kinds import KINDS, Kind
from metrics_core.messages import Message

_BINARY: tuple[Kind, ...] = ("binary",)
_THRESHOLDED: tuple[Kind, ...] = ("binary", "multi_label")
_SEVERAL: tuple[Kind, ...] = ("one_hot", "sparse")
_ONE_CLASS: tuple[Kind, ...] = ("binary", "one_hot", "sparse", "class_indices")
_SHARES: tuple[Kind, ...] = ("binary", "one_hot", "sparse", "multi_label")
_HOT: tuple[Kind, ...] = ("binary", "one_hot", "multi_label")
_INDICES: tuple[Kind, ...] = ("binary", "sparse")

RULES: tuple[Rule, ...] = (
    Rule(
        "not-finite",
        outputs.not_finite,
        KINDS,
        "data",
        Message("All labels and outputs are finite."),
    ),
    Rule(
        "constant-outputs",
        outputs.constant,
        _SHARES,
        "data",
        Message("The outputs differ from sample to sample."),
    ),
    Rule(
        "one-unit-softmax",
        activation.one_unit_softmax,
        _BINARY,
        "view",
        Message("No softmax runs over a single unit."),
    ),
    Rule(
        "labels-from-one",
        labels.from_one,
        (*_INDICES, "class_indices"),
        "data",
        Message("The labels start at 0."),
    ),
    Rule(
        "labels-minus-one",
        labels.minus_one,
        (*_THRESHOLDED, "sparse"),
        "data",
        Message("No label -1 stands for class 0."),
    ),
    Rule(
        "labels-out-of-range",
        labels.out_of_range,
        (*_INDICES, "multi_label"),
        "data",
        Message("Every label is a class."),
    ),
    Rule(
        "regression-targets",
        targets.regression,
        (*_INDICES, "multi_label"),
        "data",
        Message("The labels are classes, not quantities."),
    ),
    Rule(
        "smoothed-labels",
        targets.smoothed,
        _HOT,
        "data",
        Message("The labels are not smoothed."),
    ),
    Rule(
        "one-hot-or-sparse",
        shape.one_hot_or_sparse,
        ("binary", "sparse", "multi_label"),
        "data",
        Message("One-hot labels and class indices are not confused."),
    ),
    Rule(
        "classes-permuted",
        order.permuted,
        _ONE_CLASS,
        "data",
        Message("No other class order fits much better."),
    ),
    Rule(
        "labels-shuffled",
        order.shuffled,
        _ONE_CLASS,
        "data",
        Message("Labels and outputs belong together."),
    ),
    Rule(
        "logits-cut",
        activation.logits_at_threshold,
        _THRESHOLDED,
        "view",
        Message("The threshold fits the range of the outputs."),
    ),
    Rule(
        "double-sigmoid",
        twice.double_sigmoid,
        _SHARES,
        "view",
        Message("The outputs went through one sigmoid at most."),
    ),
    Rule(
        "double-softmax",
        twice.double_softmax,
        _SEVERAL,
        "view",
        Message("The outputs went through one softmax at most."),
    ),
    Rule(
        "element-wise-one-hot",
        metric.element_wise,
        ("one_hot",),
        "elsewhere",
        Message("Accuracy per element and per class agree."),
    ),
    Rule(
        "argmax-multi-hot",
        metric.argmax_multi_hot,
        ("multi_label",),
        "elsewhere",
        Message("The highest output and the individual labels agree."),
    ),
    Rule(
        "logits-rounded",
        activation.logits_rounded,
        _THRESHOLDED,
        "elsewhere",
        Message("Every output rounds to 0 or 1."),
    ),
    Rule(
        "rows-not-one",
        activation.rows_not_one,
        _SEVERAL,
        "data",
        Message("Outputs between 0 and 1 sum to 1 in each row."),
    ),
    Rule(
        "padding",
        fill.padding,
        _SHARES,
        "data",
        Message("No rows look like padding."),
    ),
    Rule(
        "weights-ignored",
        averaging.weights_ignored,
        KINDS,
        "view",
        Message("No sample weights are ignored."),
    ),
    Rule(
        "majority-class",
        evidence.majority,
        _ONE_CLASS,
        "data",
        Message("The accuracy is above that of the most frequent class."),
    ),
    Rule(
        "bad-confidence",
        evidence.bad_confidence,
        _ONE_CLASS[:3],
        "data",
        Message("Where accuracy is high, confidence matches how often the outputs are right."),
    ),
    Rule(
        "class-missing",
        labels.class_missing,
        _ONE_CLASS[:3],
        "data",
        Message("Every class has samples."),
    ),
    Rule(
        "k-too-large",
        metric.k_too_large,
        _SEVERAL,
        "view",
        Message("k is below the number of classes."),
    ),
    Rule(
        "top-k-ties",
        ties.top_k_ties,
        _SEVERAL,
        "data",
        Message("No true class is tied at rank k."),
    ),
    Rule(
        "argmax-ties",
        ties.argmax_ties,
        _SEVERAL,
        "data",
        Message("Each row has a single highest output."),
    ),
    Rule(
        "threshold-ties",
        ties.threshold_ties,
        _THRESHOLDED,
        "view",
        Message("No score equals the threshold."),
    ),
    Rule(
        "float16-at-threshold",
        ties.float16_at_threshold,
        _THRESHOLDED,
        "data",
        Message("No score was rounded onto the threshold."),
    ),
    Rule(
        "few-samples",
        evidence.few_samples,
        KINDS,
        "data",
        Message("There are enough samples for a digit or two of precision."),
    ),
    Rule(
        "batch-means",
        averaging.batch_means,
        KINDS,
        "elsewhere",
        Message("The mean of batch means would be about the same."),
    ),
    Rule(
        "tail-dropped",
        averaging.tail_dropped,
        KINDS,
        "elsewhere",
        Message("Dropping the last, shorter batch would change little."),
    ),
    Rule(
        "broadcast",
        shape.broadcast,
        _ONE_CLASS,
        "elsewhere",
        Message("Labels and decisions compare without broadcasting."),
    ),
    Rule(
        "exact-match",
        metric.exact_match,
        _HOT,
        "elsewhere",
        Message("Exact equality would give about the same."),
    ),
    Rule(
        "categorical-one-unit",
        metric.categorical_one_unit,
        _BINARY,
        "elsewhere",
        Message("Categorical accuracy would not be fooled by a single column."),
    ),
)
