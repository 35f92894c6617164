"""torchmetrics, each row as what changed since the row that it follows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import NamedTuple

from metrics_core.kinds import Kind
from metrics_core.libraries import averages
from metrics_core.libraries.averages import Average
from metrics_core.libraries.forms import guessed, tasks
from metrics_core.libraries.library import Library, LibraryMetric, always, plain_mean
from metrics_core.libraries.question import Options
from metrics_core.messages import Message
from metrics_core.steps.choices.decision.at_least import AT_LEAST
from metrics_core.steps.choices.decision.tied_rank import CHOSEN_BY_TORCH

_ANY: dict[str, object] = {"ignore_index": None, "multidim_average": "global"}
_THRESHOLD = _ANY | {"threshold": 0.5}
_CLASSES = _ANY | {"num_classes": None, "average": "macro", "top_k": 1}
_LABELS = _THRESHOLD | {"num_labels": None, "average": "macro"}
_TASK = _LABELS | _CLASSES | {"task": None, "average": "micro"}
_GUESSED: dict[str, object] = {
    "average": "micro",
    "threshold": 0.5,
    "top_k": None,
    "subset_accuracy": False,
    "num_classes": None,
    "ignore_index": None,
    "mdmc_average": "global",
}


class _Means(NamedTuple):
    """The macro average of classes, and that with a top k."""

    macro: Average
    macro_of_top: Average

    def of(self, kind: Kind, options: Options) -> Average:
        average = options.get("average")
        if kind == "multi_label":
            found: dict[str, Average] = {
                "macro": averages.LABELS,
                "weighted": averages.WEIGHTED_LABELS,
            }
        elif kind == "binary" or options.get("task") == "binary":
            found = {}
        else:
            many = options["top_k"] != 1
            found = {"macro": self.macro_of_top if many else self.macro}
        return found.get(str(average), averages.MEAN)


def _by_task(rules: tasks.Rules, means: _Means) -> tuple[LibraryMetric, ...]:
    """The metrics of which the caller says what they are of."""
    of_one = LibraryMetric(
        name="binary_accuracy", options=_THRESHOLD, reads=tasks.binary, threshold="threshold"
    )
    of_classes = LibraryMetric(
        name="multiclass_accuracy",
        options=_CLASSES,
        reads=partial(tasks.multiclass, rules=rules),
        rank=CHOSEN_BY_TORCH,
        k="top_k",
        average=means.of,
    )
    of_labels = LibraryMetric(
        name="multilabel_accuracy",
        options=_LABELS,
        reads=tasks.multilabel,
        threshold="threshold",
        average=means.of,
    )
    return (
        of_one,
        replace(of_one, name="BinaryAccuracy"),
        of_classes,
        replace(of_classes, name="MulticlassAccuracy"),
        of_labels,
        replace(of_labels, name="MultilabelAccuracy"),
        *(
            replace(of_labels, name=name, exact=always, average=plain_mean)
            for name in ("multilabel_exact_match", "MultilabelExactMatch")
        ),
    )


def _task(rules: tasks.Rules, means: _Means) -> tuple[LibraryMetric, ...]:
    """``accuracy(task=...)`` and the class that it makes."""
    return tuple(
        LibraryMetric(
            name=name,
            options=_TASK | {"top_k": None if rules.task_needs_k else 1},
            reads=partial(tasks.of_task, rules=rules),
            rank=CHOSEN_BY_TORCH,
            k="top_k",
            threshold="threshold",
            average=means.of,
        )
        for name in ("accuracy", "Accuracy")
    )


def _guess(
    rules: guessed.Rules,
    macro: Average,
    macro_of_labels: Average,
    *,
    takes: tuple[str, ...] = tuple(_GUESSED),
) -> tuple[LibraryMetric, ...]:
    """``accuracy`` of whatever the arguments look like."""

    def means(kind: Kind, options: Options) -> Average:
        found = {"macro": macro}
        if kind == "multi_label":
            found = {"macro": macro_of_labels, "weighted": averages.WEIGHTED_LABELS}
        elif options.get("mdmc_average") == "samplewise":
            found = {"macro": averages.ALL_CLASSES}
        return found.get(str(options.get("average")), averages.MEAN)

    options = {option: _GUESSED[option] for option in takes}
    of_class = options | ({"mdmc_average": None} if rules.class_needs_mdmc else {})
    return tuple(
        LibraryMetric(
            name=name,
            options=given,
            reads=partial(guessed.guessed, rules=rules),
            decision=AT_LEAST,
            rank=CHOSEN_BY_TORCH,
            k="top_k",
            always_ranks=rules.ranks_top_1,
            threshold="threshold",
            exact=lambda options: bool(options["subset_accuracy"]),
            average=means,
        )
        for name, given in (("accuracy", options), ("Accuracy", of_class))
    )


_ALL = _Means(averages.ALL_CLASSES, averages.ALL_CLASSES)
_SEEN = _Means(averages.SEEN_CLASSES, averages.SEEN_CLASSES)
_NOW = _Means(averages.SEEN_CLASSES, averages.LABELLED_CLASSES)


_ACCURACY = "torchmetrics/functional/classification/accuracy.py: "
_CHECKS = "torchmetrics/utilities/checks.py: "
_STATS = "torchmetrics/functional/classification/stat_scores.py: "
_COMPUTE = "torchmetrics/utilities/compute.py: "
_KEEPS = (averages.ALL_CLASSES, averages.LABELS)
_DROPS = (averages.SEEN_CLASSES, averages.SEEN_LABELS)
_PROBABILITIES = guessed.Rules(
    probabilities_only=True, outputs_below_classes=True, ranks_top_1=True
)
_GUESS_NOW = _guess(guessed.Rules(class_needs_mdmc=True, drops_below_0=True), *_DROPS)
_PAIRS = tasks.Rules(outside_ignored_fails=True, task_needs_k=True, micro_by_pairs=True)
_NEEDS_K = tasks.Rules(outside_ignored_fails=True, task_needs_k=True)
_OUTSIDE = tasks.Rules(outside_ignored_fails=True)
_PLAIN = tasks.Rules()


def _both(rules: tasks.Rules, means: _Means) -> tuple[LibraryMetric, ...]:
    return (*_by_task(rules, means), *_task(rules, means))


_0_2 = Library(
    package="torchmetrics",
    title="torchmetrics",
    ran=("0.2.0",),
    changed=Message(
        "The first that was run: it tells from shapes what the data are, takes 1 from the "
        "threshold on (>=), and refuses outputs that are no probabilities."
    ),
    source=_CHECKS + "_input_format_classification",
    metrics=_guess(_PROBABILITIES, *_KEEPS, takes=("threshold", "top_k", "subset_accuracy")),
)
_0_3 = replace(
    _0_2,
    ran=("0.3.0", "0.3.2"),
    changed=Message("Averages other than micro, and labels to ignore."),
    source=_ACCURACY + "accuracy",
    metrics=_guess(_PROBABILITIES, *_KEEPS),
)
_0_4 = replace(
    _0_2,
    ran=("0.4.1",),
    changed=Message("Logits are taken as well, but no sigmoid is applied: they meet 0.5 as well."),
    source=_CHECKS + "_basic_input_validation",
    metrics=_guess(guessed.Rules(outputs_below_classes=True, ranks_top_1=True), *_KEEPS),
)
_0_7 = replace(
    _0_2,
    ran=("0.5.0", "0.5.1", "0.6.2", "0.7.3"),
    changed=Message(
        "The macro average leaves out classes that neither occur nor are predicted; the first of "
        "equal scores is the highest."
    ),
    source=_ACCURACY + "_accuracy_compute",
    metrics=_guess(guessed.Rules(), *_DROPS),
)
_0_8 = replace(
    _0_2,
    ran=("0.8.0", "0.8.2"),
    changed=Message("A label to ignore may be below 0; its samples are left out."),
    source=_STATS + "_drop_negative_ignored_indices",
    metrics=_guess(guessed.Rules(drops_below_0=True), *_DROPS),
)
_0_9 = replace(
    _0_2,
    ran=("0.9.0", "0.9.3"),
    changed=Message("The class refuses class indices of more than one axis."),
    source="torchmetrics/classification/accuracy.py: Accuracy",
    metrics=_GUESS_NOW,
)
_0_10_1 = replace(
    _0_2,
    ran=("0.10.0", "0.10.1"),
    changed=Message(
        "New metrics for each task beside the old one: 1 above the threshold (>), a sigmoid where "
        "any value of the batch lies outside 0 to 1, and macro over all classes by default."
    ),
    source=_STATS + "_binary_stat_scores_format, _multiclass_stat_scores_update",
    metrics=(*_GUESS_NOW, *_both(_PAIRS, _ALL)),
)
_0_10 = replace(
    _0_10_1,
    ran=("0.10.2", "0.10.3"),
    changed=Message("Labels beyond the classes count as wrong in the micro average."),
    source=_STATS + "_multiclass_stat_scores_update",
    metrics=(*_GUESS_NOW, *_both(_NEEDS_K, _ALL)),
)
_0_11_3 = replace(
    _0_2,
    ran=("0.11.0", "0.11.1", "0.11.2", "0.11.3"),
    changed=Message(
        "The argument task is required. accuracy and Accuracy are micro by default, the metrics "
        "of the tasks are macro."
    ),
    source=_ACCURACY + "accuracy",
    metrics=_both(_OUTSIDE, _ALL),
)
_0_11 = replace(
    _0_2,
    ran=("0.11.4",),
    changed=Message("With a top k, a label to ignore may be no class."),
    source=_STATS + "_multiclass_stat_scores_update",
    metrics=_both(_PLAIN, _ALL),
)
_1_3_1 = replace(
    _0_2,
    ran=("1.0.0", "1.0.3", "1.1.2", "1.2.1", "1.3.0", "1.3.1"),
    changed=Message("The macro average leaves out classes that neither occur nor are predicted."),
    source=_COMPUTE + "_adjust_weights_safe_divide",
    metrics=_both(_PLAIN, _SEEN),
)
_1_5 = replace(
    _0_2,
    ran=("1.3.2", "1.4.0", "1.4.3", "1.5.2", "1.6.0"),
    changed=Message("With a top k, the macro average leaves out all classes without labels."),
    source=_COMPUTE + "_adjust_weights_safe_divide",
    metrics=_both(_PLAIN, _NOW),
)
_1_6 = replace(
    _1_5,
    ran=("1.6.3",),
    changed=Message("A single sample is refused with a top k."),
    source=_STATS + "_refine_preds_oh",
    metrics=_both(tasks.Rules(squeezes_one_sample=True), _NOW),
)
_1_9 = replace(
    _1_5,
    ran=("1.7.0", "1.7.4", "1.8.2", "1.9.0"),
    changed=Message("A single sample is taken again with a top k."),
    source=_STATS + "_refine_preds_oh",
)

ROWS = (
    _0_2,
    _0_3,
    _0_4,
    _0_7,
    _0_8,
    _0_9,
    _0_10_1,
    _0_10,
    _0_11_3,
    _0_11,
    _1_3_1,
    _1_5,
    _1_6,
    _1_9,
)
