"""Which function ``accuracy`` means, why, and under which name it is reported."""

from __future__ import annotations

from dataclasses import dataclass

from metrics_core.messages import Message
from metrics_core.releases.ran_beside import counting_of
from metrics_core.releases.rules.functions import CLASS_FUNCTIONS, FUNCTIONS, Metric, named
from metrics_core.releases.rules.refusal import KerasRefusal
from metrics_core.releases.rules.release import Loss, LossForm, Release

_DISPATCHED = ("accuracy", "acc")


@dataclass(frozen=True)
class Resolved:
    """The metric that a release picked.

    Attributes
    ----------
    metric : Metric
    reported_name : str
    branch : Message
        The branch taken, in words.
    as_class : bool
        Whether the class of the function runs, not the function.
    """

    metric: Metric
    reported_name: str
    branch: Message
    as_class: bool = False


def resolve(
    spelling: str,
    row: Release,
    *,
    loss: Loss,
    loss_form: LossForm,
    labels_shape: tuple[int, ...],
    outputs_shape: tuple[int, ...],
    weighted: bool = False,
) -> Resolved:
    """Find the metric behind a string given to ``compile``.

    Parameters
    ----------
    spelling : str
        As in ``metrics=[...]``.
    row : Release
    loss, loss_form : str
        The loss and how it was given: by name, as a function, as a class, wrapped in an own
        function.
    labels_shape, outputs_shape : tuple of int
        As the metrics see them; only ranks and last sizes count.
    weighted : bool
        Whether it was given as a weighted metric.

    Raises
    ------
    KerasRefusal
        If the release does not know the string.

    Examples
    --------
    >>> from metrics_core.releases import RELEASES
    >>> asked = {"loss": "binary_crossentropy", "loss_form": "string",
    ...          "labels_shape": (96, 10), "outputs_shape": (96, 10)}
    >>> resolve("accuracy", RELEASES["tf.keras-2.0.0"], **asked).metric.name
    'binary_accuracy'
    >>> resolve("accuracy", RELEASES["tf.keras-2.2.0"], **asked).metric.name
    'categorical_accuracy'
    """
    if (spelling.lower() if row.any_case else spelling) in _DISPATCHED:
        if row.resolves_by == "loss":
            name, branch = _by_loss(row, loss, loss_form, outputs_shape[-1])
        else:
            name, branch = _by_shapes(labels_shape, outputs_shape)
        reported = "acc" if row.short_name else spelling
        return Resolved(Metric(name, name), _prefixed(reported, row, weighted), branch)
    found = _spelled(spelling, row)
    return Resolved(
        found.metric,
        _prefixed(found.reported_name, row, weighted),
        found.branch,
        found.as_class,
    )


def _prefixed(name: str, row: Release, weighted: bool) -> str:
    return f"weighted_{name}" if weighted and row.weighted_prefix else name


def _by_loss(row: Release, loss: str, form: str, columns: int) -> tuple[str, Message]:
    if columns == 1:
        return "binary_accuracy", Message("The model has one output unit, whatever the loss is.")
    known = form in row.recognised_forms
    if known and loss == "binary_crossentropy":
        return "binary_accuracy", Message("The loss is binary crossentropy.")
    if known and loss == "sparse_categorical_crossentropy":
        return "sparse_categorical_accuracy", Message(
            "There are {columns} output units, and the loss is sparse categorical crossentropy.",
            {"columns": columns},
        )
    if known:
        return "categorical_accuracy", Message(
            "There are {columns} output units, and the loss, {loss}, is neither binary nor sparse "
            "categorical crossentropy.",
            {"columns": columns, "loss": loss},
        )
    return "categorical_accuracy", Message(
        "There are {columns} output units, and the loss was given in a form that is not "
        "recognised.",
        {"columns": columns},
    )


def _by_shapes(labels: tuple[int, ...], outputs: tuple[int, ...]) -> tuple[str, Message]:
    columns = outputs[-1]
    if columns == 1:
        return "binary_accuracy", Message("The last axis of the outputs has length 1.")
    if len(labels) < len(outputs):
        return "sparse_categorical_accuracy", Message(
            "The labels have fewer axes than the outputs, which have {columns} columns.",
            {"columns": columns},
        )
    if labels[-1] == 1:
        return "sparse_categorical_accuracy", Message(
            "The labels have one column and the outputs {columns}.", {"columns": columns}
        )
    return "categorical_accuracy", Message(
        "The labels have {labels} columns and the outputs {columns}.",
        {"labels": labels[-1], "columns": columns},
    )


def _spelled(spelling: str, row: Release) -> Resolved:
    name = dict(row.alias_functions).get(spelling, spelling)
    for string, counted, reported in counting_of(row.name).strings:
        if string == spelling:
            branch = Message("The metric was named explicitly: {name}.", {"name": counted})
            return Resolved(Metric(counted, counted), reported, branch)
    metric = named(name, row)
    if metric is not None:
        full = row.short_name and metric.name in FUNCTIONS
        branch = Message("The metric was named explicitly: {name}.", {"name": metric.name})
        return Resolved(metric, metric.name if full else spelling, branch)
    if spelling not in row.classes:
        raise KerasRefusal(
            "compile",
            "{release} has no metric called `{name}`.",
            release=row.title,
            name=spelling,
        )
    if row.class_strings == "refused":
        raise KerasRefusal(
            "compile",
            "{release} finds the class `{name}` and calls it as if it were a function, which "
            "fails.",
            release=row.title,
            name=spelling,
        )
    function = CLASS_FUNCTIONS[spelling]
    reported = spelling if row.class_strings == "spelled" else function
    branch = Message(
        "The string names the class {name}, so the loss and the shapes do not matter.",
        {"name": spelling},
    )
    return Resolved(Metric(function, function), reported, branch, as_class=True)
