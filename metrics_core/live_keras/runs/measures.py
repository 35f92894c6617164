"""The metrics that a run can follow, each by one name that becomes Keras code or a Keras object."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from metrics_core.errors import InputError

NAMED = (
    "accuracy",
    "binary_accuracy",
    "categorical_accuracy",
    "sparse_categorical_accuracy",
    "top_k_categorical_accuracy",
    "sparse_top_k_categorical_accuracy",
)
"""Names that `compile` takes as they are; it settles by itself what ``accuracy`` means."""
CUSTOM = "mean_pred"
"""A custom metric: the mean of the outputs, whatever the labels."""
CUSTOM_CODE = "def mean_pred(y_true, y_pred):\n    return keras.ops.mean(y_pred)"
_CLASSES = {
    "Accuracy": ("accuracy_by_equality", None),
    "Precision": ("precision", None),
    "Recall": ("recall", None),
    "BinaryAccuracy": ("binary_accuracy_above_{value}", "threshold"),
    "TopKCategoricalAccuracy": ("top_{value}_accuracy", "k"),
    "SparseTopKCategoricalAccuracy": ("sparse_top_{value}_accuracy", "k"),
}
_CALL = re.compile(
    r"(?P<name>[A-Z]\w+)\((?:(?P<argument>\w+)=(?P<value>-?\d{1,6}(?:\.\d{1,6})?))?\)"
)
METRICS: tuple[str, ...] = (
    *NAMED,
    "Accuracy()",
    "Precision()",
    "Recall()",
    "BinaryAccuracy(threshold=0)",
    "TopKCategoricalAccuracy(k=2)",
    "SparseTopKCategoricalAccuracy(k=2)",
    CUSTOM,
)
"""What to offer; threshold and k may be other numbers."""


@dataclass(frozen=True)
class Measure:
    """A metric as it stands in ``compile(metrics=[...])``.

    Attributes
    ----------
    reported_name : str
        The name under which Keras reports it.
    class_name : str
        Class of ``keras.metrics``; empty for a name and for the custom metric.
    arguments : dict of str to object
        What the class is called with, beside its name.
    """

    reported_name: str
    class_name: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The element of the list as it would be typed."""
        if not self.class_name:
            return CUSTOM if self.reported_name == CUSTOM else f'"{self.reported_name}"'
        typed = [f"{name}={value}" for name, value in self.arguments.items()]
        typed.append(f'name="{self.reported_name}"')
        return f"keras.metrics.{self.class_name}({', '.join(typed)})"

    def build(self) -> Any:
        """The element itself; imports Keras."""
        import keras  # noqa: PLC0415 - seconds and memory, for those who ask only

        if self.class_name:
            metric_class = getattr(keras.metrics, self.class_name)
            return metric_class(**self.arguments, name=self.reported_name)
        if self.reported_name != CUSTOM:
            return self.reported_name

        def mean_pred(y_true: Any, y_pred: Any) -> Any:
            return keras.ops.mean(y_pred)

        return mean_pred


def measure(name: str) -> Measure:
    """Find the metric of a name.

    Parameters
    ----------
    name : str
        One of `METRICS`; threshold and k may be other numbers of up to six digits, k whole and
        1 or more.

    Raises
    ------
    InputError
        For every other name; nothing of it is executed.

    Examples
    --------
    >>> measure("BinaryAccuracy(threshold=0)").code
    'keras.metrics.BinaryAccuracy(threshold=0, name="binary_accuracy_above_0")'
    >>> measure("accuracy").code, measure("mean_pred").code
    ('"accuracy"', 'mean_pred')
    """
    if name in (*NAMED, CUSTOM):
        return Measure(name)
    call = _CALL.fullmatch(name) if isinstance(name, str) else None
    reported, argument = _CLASSES.get(call["name"] if call else "", (None, None))
    if call is None or reported is None or call["argument"] != argument:
        raise InputError(
            "metrics",
            "must be among {names}",
            repr(name),
            "Write the name as Keras spells it.",
            names=", ".join(METRICS),
        )
    if argument is None:
        return Measure(reported, call["name"])
    text = call["value"]
    if argument == "k" and not (text.isdigit() and int(text) > 0):
        raise InputError("k", "must be a whole number, 1 or more", text, "Keras's default is 5.")
    value = int(text) if text.lstrip("-").isdigit() else float(text)
    title = reported.format(value=value)
    return Measure(title, call["name"], {argument: value})
