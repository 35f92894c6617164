"""A call of a library that people make with the outputs of a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.libraries.question import Question
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.steps.choices.decision.argmax_of_libraries import highest_or_nan
from metrics_core.steps.decision.argmax import argmax

Prepared = Literal["as_is", "above", "rounded", "highest"]
_PREPARING = {
    "as_is": "y_pred",
    "above": "(y_pred > 0.5).astype(int)",
    "rounded": "y_pred.round()",
    "highest": "y_pred.argmax(axis=1)",
}
_WORDS = {
    "as_is": Message("the outputs as they are"),
    "above": Message("1 where the output is above 0.5"),
    "rounded": Message("the outputs rounded"),
    "highest": Message("the class of the highest output"),
}


@dataclass(frozen=True, kw_only=True)
class Usual:
    """A call that people make with the outputs of a model.

    Attributes
    ----------
    package : str
    call : str
        What names it among the calls of its library, as code.
    kinds : tuple of Kind
        The predictions that it is made with; one-hot labels become class indices.
    metric : str
        As `Question` calls it.
    options : mapping
        As for `Question`; ``"{classes}"`` stands for the number of classes or labels.
    prepared : {"as_is", "above", "rounded", "highest"}
        What is done to the outputs before.
    code : str
        The lines, with ``{pred}`` and ``{classes}``, and ``{weight}`` where weights are taken.
    weighted : bool
        Whether it takes sample weights.
    least_classes : int
        How many classes there must be.
    same_as : tuple of str
        The rows of the catalogue that give the same in every case, as they are computed by
        default; empty where there is none.
    """

    package: str
    call: str
    kinds: tuple[Kind, ...]
    metric: str
    options: Mapping[str, object] = field(default_factory=dict, hash=False)
    prepared: Prepared = "as_is"
    code: str
    weighted: bool = False
    least_classes: int = 2
    same_as: tuple[str, ...] = ()

    @property
    def words(self) -> Message:
        """What is handed over, in words."""
        return _WORDS[self.prepared]

    def code_for(self, data: Predictions, *, weighted: bool = False) -> str:
        """The lines to copy, for arrays `y_true` and `y_pred`."""
        lines = []
        if data.kind == "one_hot":
            lines.append("y_true = y_true.argmax(axis=1)")
        elif data.kind in ("binary", "sparse"):
            lines.append("y_true = y_true.reshape(-1)")
        if data.kind == "binary":
            lines.append("y_pred = y_pred.reshape(-1)")
        weight = ", sample_weight=sample_weight" if weighted and self.weighted else ""
        imports, _, call = self.filled(data, weight).rpartition("\n\n")
        return "\n".join([imports, "", *lines, call])

    def filled(self, data: Predictions, weight: str) -> str:
        """The code with its places filled: imports, an empty line, and the call."""
        names = {
            "{pred}": _PREPARING[self.prepared],
            "{classes}": str(number_of(data)),
            "{weight}": weight,
        }
        code = self.code
        for name, value in names.items():
            code = code.replace(name, value)
        return code

    def question(self, data: Predictions, *, weighted: bool = False) -> Question:
        """The call on some predictions.

        Examples
        --------
        >>> from metrics_core.libraries.usual.rows import USUAL
        >>> data = Predictions.of([0, 1, 1], [0.2, 0.7, 0.4])
        >>> USUAL[0].question(data).y_pred.tolist()
        [0, 1, 0]
        """
        number = number_of(data)
        values = {"{classes}": number, "{all}": tuple(range(number))}
        return Question(
            metric=self.metric,
            y_true=_labels(data),
            y_pred=_PREPARE[self.prepared](data.outputs),
            sample_weight=data.sample_weight if weighted and self.weighted else None,
            options={
                name: values.get(value, value) if isinstance(value, str) else value
                for name, value in self.options.items()
            },
        )


def number_of(data: Predictions) -> int:
    """How many classes, or labels a sample, there are."""
    return data.n_outputs if data.kind == "multi_label" else data.n_classes


def _labels(data: Predictions) -> Array:
    """Whole labels: class indices of one-hot rows."""
    labels = argmax(data.labels) if data.kind == "one_hot" else data.labels
    with np.errstate(invalid="ignore"):
        return labels.astype(np.int64)


_PREPARE: Mapping[str, Callable[[Array], Array]] = {
    "as_is": lambda outputs: outputs,
    "above": lambda outputs: (outputs > 0.5).astype(np.int64),
    "rounded": np.rint,
    "highest": highest_or_nan,
}
