"""What a training run is made of: plain values that fit into a link, checked in one place."""

from __future__ import annotations

from dataclasses import dataclass

from metrics_core.errors import InputError
from metrics_core.live_keras.datasets import Dataset
from metrics_core.live_keras.runs.choices import (
    ClassWeight,
    HiddenActivation,
    LabelForm,
    Optimizer,
    OutputActivation,
    RunLoss,
    Scale,
    Shuffled,
)
from metrics_core.live_keras.runs.measures import measure
from metrics_core.live_keras.runs.rules import RULES
from metrics_core.rules import check_fields
from metrics_core.settings import check_setting_names


@dataclass(frozen=True, kw_only=True)
class RunSettings:
    """Data, model, training and metrics of one run; two that are equal give equal numbers.

    Attributes
    ----------
    dataset : {"digits", "breast_cancer", "moons", "blobs", "own_images"}
    kept : float
        Share of class 1 that is kept, see `dataset`; 1 for `own_images`.
    shuffled : {"none", "training", "validation"}
        Where the labels are put in another order than the inputs, as by a reader that shuffles.
    scale : {"as_they_come", "unit", "0..255"}
        ``unit``: pixels divided by the largest that there can be; other columns moved and
        stretched so that training runs from 0 to 1. ``0..255``: 255 times as much.
    label_form : {"one_hot", "sparse", "binary", "signs"}
        ``sparse`` and ``binary``: class indices, for as many units as classes and for one unit.
        ``signs``: -1 and 1.
    hidden : tuple of int
        Units of each hidden layer; up to 6 layers of 1 to 512.
    hidden_activation : {"relu", "tanh", "sigmoid", "linear"}
    batch_norm : bool
        A `BatchNormalization` after each hidden layer.
    dropout : float
        0 to 0.9, after each hidden layer; 0 is none.
    output_units : int
        One for ``binary`` and ``signs``, otherwise one per class.
    output_activation : {"none", "sigmoid", "softmax"}
    loss : str
        One of `run_choices.LOSSES` for the label form.
    from_logits : bool
        Whether the loss applies the activation itself; for cross-entropies.
    class_weight : {"none", "balanced"}
        ``balanced``: every class weighs as much as any other in the loss; not for ``signs``.
    optimizer : {"adam", "sgd", "rmsprop"}
    learning_rate : float
        Above 0, up to 10.
    batch_size : int
        1 to 10,000.
    epochs : int
        1 to 200.
    seed : int
        0 to 2**32 - 1: of the data, the first weights, the order of the batches and dropout.
    metrics : tuple of str
        Up to 12 different names, see `measure`.

    Raises
    ------
    InputError
        For a value out of its range, or two that exclude one another.

    Examples
    --------
    >>> RunSettings().changed(epochs=3).epochs
    3
    """

    dataset: str = "digits"
    kept: float = 1.0
    shuffled: Shuffled = "none"
    scale: Scale = "unit"
    label_form: LabelForm = "one_hot"
    hidden: tuple[int, ...] = (32,)
    hidden_activation: HiddenActivation = "relu"
    batch_norm: bool = False
    dropout: float = 0.0
    output_units: int = 10
    output_activation: OutputActivation = "softmax"
    loss: RunLoss = "categorical_crossentropy"
    from_logits: bool = False
    class_weight: ClassWeight = "none"
    optimizer: Optimizer = "adam"
    learning_rate: float = 0.001
    batch_size: int = 32
    epochs: int = 10
    seed: int = 0
    metrics: tuple[str, ...] = ("accuracy",)

    def __post_init__(self) -> None:
        check_fields(self, RULES)
        names = [measure(name).reported_name for name in self.metrics]
        if len(set(names)) < len(names):
            raise InputError(
                "metrics", "must differ from one another", ", ".join(names), "Name each once."
            )

    def changed(self, /, **changes: object) -> RunSettings:
        """The settings with some fields replaced, by name.

        Raises
        ------
        InputError
            If there is no such setting, or the outcome breaks a rule.
        """
        check_setting_names(tuple(RunSettings.__dataclass_fields__), changes)
        return RunSettings(**{**self.__dict__, **changes})


def check_data(settings: RunSettings, data: Dataset) -> None:
    """Refuse settings whose output layer does not fit the classes of the data.

    Raises
    ------
    InputError
        Where units and classes do not fit.

    Examples
    --------
    >>> from metrics_core.live_keras.datasets import dataset
    >>> check_data(RunSettings(), dataset("digits"))
    """
    single_unit = settings.label_form in ("binary", "signs")
    if single_unit and data.n_classes != 2:
        raise InputError(
            "label_form",
            "must be one_hot or sparse for {classes} classes",
            settings.label_form,
            "Choose data with two classes, or another form of labels.",
            classes=data.n_classes,
        )
    if not single_unit and settings.output_units != data.n_classes:
        raise InputError(
            "output_units",
            "must be {classes}, one unit per class",
            settings.output_units,
            "Use one unit only with labels of the form binary or signs.",
            classes=data.n_classes,
        )
