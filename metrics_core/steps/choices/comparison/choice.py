"""What a choice at the comparison step is, and the one that compares nothing."""

from __future__ import annotations

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.decision.choice import Decision
from metrics_core.steps.choices.sample import Explanation, Sample, number
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.shared import Steps


class Comparison:
    """A choice at the comparison step.

    Attributes
    ----------
    name : str
    by_class : bool
        Whether the label is taken as a class index, from a one-hot row as well.
    by_sample : bool
        Whether the elements of a sample are compared together and give one match.
    by_element : bool
        Whether a match is about one element, so that elements are counted.
    as_positive : bool
        Whether every label other than 0 counts as 1.
    uses_label : bool
    casts_label : bool
        Whether the label is cast to the dtype of scores that are compared as they are.
    custom : bool
        Whether it is a function that somebody wrote.
    values_name : str
        What numpy code calls the result.
    numpy : tuple of str
        Lines of numpy; `metrics_core.codegen.numpy_code` fills the names in.
    """

    name: str
    by_class: bool = False
    by_sample: bool = False
    by_element: bool = False
    as_positive: bool = False
    uses_label: bool = True
    casts_label: bool = True
    custom: bool = False
    values_name: str = "matches"
    numpy: tuple[str, ...] = ("matches = {y} == {d}",)

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        """The matches, bool, or errors: ``(n,)`` or ``(n, C)``."""
        raise NotImplementedError

    def words(self, settings: Settable) -> Message:
        """The choice in a few words."""
        raise NotImplementedError

    @property
    def without(self) -> Message | None:
        """Why the step does not matter, where it does not."""
        return None

    def compared_label(self, label: Array, decisions: Array) -> Array:
        """A label in the dtype in which it is compared."""
        return in_dtype(label, decisions.dtype) if decisions.dtype.kind == "f" else label

    def explain(self, sample: Sample) -> Explanation | None:
        """Say of one sample how it was compared; None where the decision says it."""
        if sample.decisions.ndim == 0:
            return None
        right, n = int(np.count_nonzero(sample.matches)), len(sample.label)
        said = Message(
            "{right} of the {n} elements of this sample are right", {"right": right, "n": n}
        )
        return said, rf"\frac{{{right}}}{{{n}}}"

    def one_value(self, steps: Steps, settings: Settable) -> float | None:
        """The one value of all samples together, where there are no values per sample."""
        return None

    def on_batch(self, steps: Steps, settings: Settable) -> float:
        """The value of some samples alone, where `one_value` is not None."""
        raise NotImplementedError

    def keras_metric(self, decision: Decision, kind: Kind, settings: Settable) -> str:
        """The Keras metric that decides and compares by itself; empty where there is none."""
        return ""

    def keras(self, decided: str) -> tuple[list[str], str, list[str]]:
        """Lines before the metric of Keras, the metric, and what it is called with."""
        return [], "Accuracy()", ["y_true", decided]

    def code_imports(self) -> list[str]:
        """Lines that the code needs at its head."""
        return []

    def call_code(self, scores: str, weight: str, batch_size: int | None) -> list[str] | None:
        """Lines that leave one value per sample in ``values``; None where numpy lines do."""
        return None


class _NoComparison(Comparison):
    name = "none"
    uses_label = False
    casts_label = False
    values_name = "{s}"
    numpy = ()

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        return decision.decide(steps, settings)

    def words(self, settings: Settable) -> Message:
        return Message("none")

    @property
    def without(self) -> Message | None:
        return Message("the label does not matter")

    def explain(self, sample: Sample) -> Explanation | None:
        score = number(sample.value)
        return Message("the score is {score}; the label does not matter", {"score": score}), score

    def keras(self, decided: str) -> tuple[list[str], str, list[str]]:
        return [], "Mean()", [decided]


NO_COMPARISON = _NoComparison()


def in_dtype(label: Array, dtype: np.dtype[np.generic]) -> Array:
    """A label as scores of that dtype are compared with it.

    Examples
    --------
    >>> in_dtype(np.array(1.5), np.dtype(np.int64)).item()
    1
    """
    with np.errstate(invalid="ignore", over="ignore"):
        return label.astype(dtype)


def filled(template: str, kind: Kind, settings: Settable) -> str:
    """The Keras metric of a kind of labels, with the settings that it takes.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> filled("{sparse}CategoricalAccuracy()", "sparse", SimpleNamespace(k=5, threshold=0.5))
    'SparseCategoricalAccuracy()'
    """
    sparse = "Sparse" if kind == "sparse" else ""
    return template.format(sparse=sparse, k=settings.k, threshold=float(settings.threshold))
