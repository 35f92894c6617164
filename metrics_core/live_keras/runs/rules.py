"""What every setting of a run must keep."""

from __future__ import annotations

from functools import partial
from typing import get_args

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
from metrics_core.rules import Rule, is_whole, real

MAX_LAYERS, MAX_UNITS, MAX_EPOCHS, MAX_BATCH, MAX_METRICS = 6, 512, 200, 10_000, 12
_ONE_UNIT = ("binary", "signs")


def _one_of(argument: str, choices: tuple[object, ...], remedy: str) -> Rule:
    def holds(value: object) -> bool:
        return any(type(value) is type(choice) and value == choice for choice in choices)

    return Rule(
        argument=argument,
        holds=holds,
        sentence="must be one of {choices}",
        remedy=remedy,
        values={"choices": ", ".join(map(str, choices))},
    )


def _is_int(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and is_whole(value, low, high)


def _are_layers(hidden: object) -> bool:
    if not isinstance(hidden, tuple) or len(hidden) > MAX_LAYERS:
        return False
    return all(_is_int(units, 1, MAX_UNITS) for units in hidden)


def _fits_form(loss: object, label_form: object, form: LabelForm) -> bool:
    return label_form != form or loss in LOSSES[form]


RULES = (
    _one_of("dataset", (*DATASETS, OWN), "Choose one from the list."),
    Rule(
        argument="kept",
        holds=lambda kept, dataset: 0 < real(kept) <= 1 and (kept == 1 or dataset != OWN),
        beside=("dataset",),
        sentence="must be above 0 and at most 1, and 1 for your own images",
        remedy="Use 1 to keep all.",
    ),
    _one_of("shuffled", get_args(Shuffled), "Use none to keep the order."),
    _one_of("scale", get_args(Scale), "Use unit for numbers from 0 to 1."),
    _one_of("label_form", get_args(LabelForm), "Use binary for one unit."),
    Rule(
        argument="hidden",
        holds=_are_layers,
        sentence="must be up to {layers} whole numbers from 1 to {units}",
        remedy="Write (32,) for one hidden layer of 32 units.",
        values={"layers": MAX_LAYERS, "units": MAX_UNITS},
    ),
    _one_of("hidden_activation", get_args(HiddenActivation), "Use relu if in doubt."),
    _one_of("batch_norm", (False, True), "Use False to leave it out."),
    Rule(
        argument="dropout",
        holds=lambda dropout: 0 <= real(dropout) <= 0.9,
        sentence="must be from 0 to 0.9",
        remedy="Use 0 for none.",
    ),
    Rule(
        argument="output_units",
        holds=lambda units, form: (
            _is_int(units, 1, 1) if form in _ONE_UNIT else _is_int(units, 2, 100)
        ),
        beside=("label_form",),
        sentence="must be 1 for binary labels and signs, and otherwise the number of classes",
        remedy="Change the form of the labels too.",
    ),
    _one_of("output_activation", get_args(OutputActivation), "Use none for logits."),
    *(
        Rule(
            argument="loss",
            holds=partial(_fits_form, form=form),
            beside=("label_form",),
            sentence="must be one of {choices} for these labels",
            remedy="Change the form of the labels too.",
            values={"choices": ", ".join(losses)},
        )
        for form, losses in LOSSES.items()
    ),
    Rule(
        argument="from_logits",
        holds=lambda chosen, loss: chosen is False or (chosen is True and loss in LOSS_CLASSES),
        beside=("loss",),
        sentence="must be False, or True with a cross-entropy",
        remedy="Only cross-entropies take it.",
    ),
    Rule(
        argument="class_weight",
        holds=lambda chosen, form: (
            chosen in get_args(ClassWeight) and not (chosen == "balanced" and form == "signs")
        ),
        beside=("label_form",),
        sentence="must be none, or balanced for labels that are class indices or one-hot",
        remedy="Keras looks the weight up by the class index.",
    ),
    _one_of("optimizer", get_args(Optimizer), "Use adam if in doubt."),
    Rule(
        argument="learning_rate",
        holds=lambda rate: 0 < real(rate) <= 10,
        sentence="must be above 0 and at most 10",
        remedy="Keras's default for adam is 0.001.",
    ),
    Rule(
        argument="batch_size",
        holds=lambda size: _is_int(size, 1, MAX_BATCH),
        sentence="must be a whole number from 1 to {most}",
        remedy="Keras's default is 32.",
        values={"most": MAX_BATCH},
    ),
    Rule(
        argument="epochs",
        holds=lambda epochs: _is_int(epochs, 1, MAX_EPOCHS),
        sentence="must be a whole number from 1 to {most}",
        remedy="Ten are usually enough.",
        values={"most": MAX_EPOCHS},
    ),
    Rule(
        argument="seed",
        holds=lambda seed: _is_int(seed, 0, 2**32 - 1),
        sentence="must be a whole number from 0 to 4294967295",
        remedy="Use 0.",
    ),
    Rule(
        argument="metrics",
        holds=lambda names: isinstance(names, tuple) and 0 < len(names) <= MAX_METRICS,
        sentence="must be a tuple of 1 to {most} names",
        remedy='Write ("accuracy",) for one.',
        values={"most": MAX_METRICS},
    ),
)
"""In the order in which they are checked: a rule beside another field comes after that field's."""
