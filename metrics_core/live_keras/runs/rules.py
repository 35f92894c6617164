"""What every setting of a run must keep."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Real
from typing import TYPE_CHECKING, get_args

from metrics_core.live_keras.datasets import DATASETS
from metrics_core.live_keras.images import OWN
from metrics_core.live_keras.runs.choices import (
    LOSS_CLASSES,
    LOSSES,
    ClassWeight,
    HiddenActivation,
    LabelForm,
    Optimizer,
    OutputActivation,
    Scale,
    Shuffled,
)

if TYPE_CHECKING:
    from metrics_core.live_keras.runs.settings import RunSettings

MAX_LAYERS, MAX_UNITS, MAX_EPOCHS, MAX_BATCH, MAX_METRICS = 6, 512, 200, 10_000, 12


@dataclass(frozen=True)
class Rule:
    """Whether a setting keeps its rule, the rule and the remedy, and their values."""

    holds: bool
    rule: str
    hint: str
    values: Mapping[str, object] = field(default_factory=dict)


def rules(run: RunSettings) -> dict[str, Rule]:
    """For each field its rule."""
    one = run.label_form in ("binary", "signs")
    sizes = isinstance(run.hidden, tuple) and all(_whole(n, 1, MAX_UNITS) for n in run.hidden)
    several = isinstance(run.metrics, tuple) and 0 < len(run.metrics) <= MAX_METRICS
    losses = LOSSES.get(run.label_form, ())
    weighted = run.class_weight == "balanced"
    return {
        "dataset": _one_of(run.dataset, (*DATASETS, OWN), "Choose one from the list."),
        "kept": Rule(
            _real(run.kept, 0, 1) and run.kept > 0 and (run.kept == 1 or run.dataset != OWN),
            "must be above 0 and at most 1, and 1 for own images",
            "Use 1 to keep all.",
        ),
        "shuffled": _one_of(run.shuffled, get_args(Shuffled), "Use none to keep the order."),
        "scale": _one_of(run.scale, get_args(Scale), "Use unit for numbers from 0 to 1."),
        "label_form": _one_of(run.label_form, get_args(LabelForm), "Use binary for one unit."),
        "hidden": Rule(
            sizes and len(run.hidden) <= MAX_LAYERS,
            "must be up to {layers} whole numbers from 1 to {units}",
            "Write (32,) for one hidden layer of 32 units.",
            {"layers": MAX_LAYERS, "units": MAX_UNITS},
        ),
        "hidden_activation": _one_of(
            run.hidden_activation, get_args(HiddenActivation), "Use relu where in doubt."
        ),
        "batch_norm": _one_of(run.batch_norm, (False, True), "Use False to leave it out."),
        "dropout": Rule(_real(run.dropout, 0, 0.9), "must be from 0 to 0.9", "Use 0 for none."),
        "output_units": Rule(
            _whole(run.output_units, 1, 1) if one else _whole(run.output_units, 2, 100),
            "must be 1 for binary labels and signs, and otherwise the number of classes",
            "Change the form of the labels with it.",
        ),
        "output_activation": _one_of(
            run.output_activation, get_args(OutputActivation), "Use none for logits."
        ),
        "loss": Rule(
            run.loss in losses,
            "must be one of {choices} for these labels",
            "Change the form of the labels with it.",
            {"choices": ", ".join(losses)},
        ),
        "from_logits": Rule(
            run.from_logits is False or (run.from_logits is True and run.loss in LOSS_CLASSES),
            "must be False, or True with a cross-entropy",
            "Only cross-entropies take it.",
        ),
        "class_weight": Rule(
            run.class_weight in get_args(ClassWeight)
            and not (weighted and run.label_form == "signs"),
            "must be none, or balanced for labels that are class indices or one-hot",
            "Keras looks the weight up by the class index.",
        ),
        "optimizer": _one_of(run.optimizer, get_args(Optimizer), "Use adam where in doubt."),
        "learning_rate": Rule(
            _real(run.learning_rate, 0, 10) and run.learning_rate > 0,
            "must be above 0 and at most 10",
            "Keras's default for adam is 0.001.",
        ),
        "batch_size": Rule(
            _whole(run.batch_size, 1, MAX_BATCH),
            "must be a whole number from 1 to {most}",
            "Keras's default is 32.",
            {"most": MAX_BATCH},
        ),
        "epochs": Rule(
            _whole(run.epochs, 1, MAX_EPOCHS),
            "must be a whole number from 1 to {most}",
            "Ten show most of it.",
            {"most": MAX_EPOCHS},
        ),
        "seed": Rule(
            _whole(run.seed, 0, 2**32 - 1),
            "must be a whole number from 0 to 4294967295",
            "Use 0.",
        ),
        "metrics": Rule(
            several,
            "must be a tuple of 1 to {most} names",
            'Write ("accuracy",) for one.',
            {"most": MAX_METRICS},
        ),
    }


def _one_of(value: object, choices: tuple[object, ...], hint: str) -> Rule:
    holds = any(type(value) is type(choice) and value == choice for choice in choices)
    shown = ", ".join(str(choice) for choice in choices)
    return Rule(holds, "must be one of {choices}", hint, {"choices": shown})


def _whole(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _real(value: object, low: float, high: float) -> bool:
    return isinstance(value, Real) and math.isfinite(value) and low <= float(value) <= high
