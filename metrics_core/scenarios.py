"""Worked examples and paradoxes, in the order in which a teacher would show them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np

from metrics_core.errors import InputError
from metrics_core.generate import GeneratorSettings, generate
from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.steps.activation import Activation

How = Literal["above", "rounds_to", "equals", "argmax_differs"]


@dataclass(frozen=True, kw_only=True)
class View:
    """The settings with which a scenario opens.

    Attributes
    ----------
    card : str
        The variant to look at first.
    activation, threshold, k
        As in `metrics_core.settings.Settings`.
    loss, release : str or None
        What the model of the story was compiled with, and the Keras release that printed its
        number; None where the story names none.
    """

    card: str
    activation: Activation = "none"
    threshold: float = 0.5
    k: int = 5
    loss: str | None = None
    release: str | None = None


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What a variant gives on a scenario.

    Attributes
    ----------
    variant : str
        Row of the catalogue.
    value : float
        The result.
    settings : mapping of str to object
        Settings of `evaluate` that differ from its defaults.
    total, count : float or None
        Numerator and denominator, where the result is a plain share.
    why : Message
        One sentence.
    """

    variant: str
    value: float
    settings: Mapping[str, Any]
    total: float | None
    count: float | None
    why: Message


@dataclass(frozen=True)
class Fact:
    """A count over the outputs of a scenario.

    Attributes
    ----------
    how : {"above", "rounds_to", "equals", "argmax_differs"}
        What is counted: scores strictly above `number`, scores that round to it (half to even),
        scores equal to it, or rows whose argmax is not the true class.
    count, total : int
        How many of how many.
    number : float
        See `how`; not used by ``argmax_differs``.
    activation : {"none", "sigmoid", "softmax"}
        What turns the outputs into scores.
    """

    how: How
    count: int
    total: int
    number: float = 0.0
    activation: Activation = "none"

    @property
    def text(self) -> Message:
        """The fact as a sentence without its full stop."""
        fact = self._counted()
        if self.activation == "none":
            return fact
        return Message("After {activation}: {fact}", {"activation": self.activation, "fact": fact})

    def _counted(self) -> Message:
        values = {"n": self.count, "total": self.total, "number": self.number}
        match self.how:
            case "above":
                return Message(
                    "{n} of {total} outputs is above {number}",
                    values,
                    plural="{n} of {total} outputs are above {number}",
                )
            case "rounds_to":
                return Message(
                    "{n} of {total} outputs rounds to exactly {number}",
                    values,
                    plural="{n} of {total} outputs round to exactly {number}",
                )
            case "equals":
                return Message(
                    "{n} of {total} outputs is exactly {number}",
                    values,
                    plural="{n} of {total} outputs are exactly {number}",
                )
            case "argmax_differs":
                return Message(
                    "In {n} of {total} samples the highest output is not that of the label", values
                )


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A worked example.

    Attributes
    ----------
    name : str
        Lower-case words with hyphens; fit for a link.
    title, question : Message
        A heading, and what somebody asked.
    story : tuple of Message
        What is going on, what to look for and what to move.
    notes : tuple of Message
        What was made up or corrected.
    view : View
        The settings to open it with.
    expected : tuple of Expectation
    facts : tuple of Fact
    data : mapping
        Where the predictions come from: the name of a source and its arguments.
    """

    name: str
    title: Message
    question: Message
    story: tuple[Message, ...]
    notes: tuple[Message, ...]
    view: View
    expected: tuple[Expectation, ...]
    facts: tuple[Fact, ...]
    data: Mapping[str, Mapping[str, Any]] = field(repr=False)

    def predictions(self) -> Predictions:
        """Labels and outputs; built at the first call and the same object afterwards."""
        return _predictions(self.name)


def scenario(name: str) -> Scenario:
    """The scenario of this name.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> scenario("binary-threshold").predictions().n_samples
    6
    """
    if name not in SCENARIOS:
        raise InputError(
            "scenario",
            "must be one of {names}",
            repr(name),
            "Choose one from the list.",
            names=", ".join(SCENARIOS),
        )
    return SCENARIOS[name]


@cache
def _predictions(name: str) -> Predictions:
    ((source, arguments),) = scenario(name).data.items()
    return _SOURCES[source](**arguments)


def _arrays(
    kind: Kind,
    y_true: Any,
    y_pred: Any,
    dtype: str = "float32",
    column: bool = False,
    sample_weight: Any = None,
) -> Predictions:
    """Arrays that are written out; `column` gives the outputs the shape (n, 1)."""
    outputs = np.array(y_pred, dtype)
    shaped = outputs[:, None] if column else outputs
    return Predictions.of(y_true, shaped, kind=kind, sample_weight=sample_weight)


def _outputs_96(outputs: str) -> Predictions:
    """One of the two lists of 96 real outputs, with the made-up labels of both."""
    content = _read("outputs_96.json")
    return Predictions.of(content["labels"], np.array(content[outputs], "f4"), kind="binary")


def _generated(**settings: Any) -> Predictions:
    return generate(GeneratorSettings(**settings))


def _ten_units(n_samples: int, n_classes: int, n_right: int, seed: int) -> Predictions:
    """One-hot labels and outputs below 0.5, of which `n_right` rows have the right argmax.

    The stream of ``RandomState.random_sample`` is frozen by numpy, so the rows never change.
    """
    draw = np.random.RandomState(seed).random_sample
    labels = np.floor(draw(n_samples) * n_classes).astype(np.int64)
    right = np.zeros(n_samples, bool)
    right[np.argsort(draw(n_samples), kind="stable")[:n_right]] = True
    step = 1 + np.floor(draw(n_samples) * (n_classes - 1)).astype(np.int64)
    y_pred = ((10 + np.floor(draw((n_samples, n_classes)) * 250)) / 1000).astype(np.float32)
    winner = np.where(right, labels, (labels + step) % n_classes)
    height = (300 + np.floor(draw(n_samples) * 190)) / 1000
    y_pred[np.arange(n_samples), winner] = height
    y_true: Array = (labels[:, None] == np.arange(n_classes)).astype(np.float32)
    y_true.setflags(write=False)
    y_pred.setflags(write=False)
    return Predictions.of(y_true, y_pred, kind="one_hot")


_SOURCES: dict[str, Callable[..., Predictions]] = {
    "arrays": _arrays,
    "outputs_96": _outputs_96,
    "generated": _generated,
    "ten_units": _ten_units,
}


def _read(name: str) -> Any:
    text = files("metrics_core").joinpath("scenario_data", name).read_text(encoding="utf-8")
    return json.loads(text)


def _expectation(row: Mapping[str, Any]) -> Expectation:
    total, count = row.get("total"), row.get("count")
    value = row["value"] if total is None or count is None else total / count
    return Expectation(
        variant=row["variant"],
        value=value,
        settings=row.get("settings", {}),
        total=total,
        count=count,
        why=Message(row["why"]),
    )


def _scenario(row: Mapping[str, Any]) -> Scenario:
    return Scenario(
        name=row["name"],
        title=Message(row["title"]),
        question=Message(row["question"]),
        story=tuple(Message(sentence) for sentence in row["story"]),
        notes=tuple(Message(sentence) for sentence in row["notes"]),
        view=View(**row["view"]),
        expected=tuple(_expectation(expected) for expected in row["expected"]),
        facts=tuple(Fact(**fact) for fact in row.get("facts", ())),
        data=row["data"],
    )


SCENARIOS: dict[str, Scenario] = {row["name"]: _scenario(row) for row in _read("scenarios.json")}
