"""What label 1 and label 0 are where a threshold parts the scores of some data."""

from __future__ import annotations

from metrics_core.messages import Message
from metrics_core.predictions import Predictions


def sides_of(data: Predictions, class_index: int | None) -> tuple[Message, Message]:
    """What label 1 and label 0 are."""
    if data.n_outputs == 1:
        return Message("label 1"), Message("label 0")
    if class_index is None:
        return Message("outputs with label 1"), Message("outputs with label 0")
    name = {"name": data.class_name(class_index)}
    if data.kind == "multi_label":
        return Message("with label {name}", name), Message("without label {name}", name)
    if data.n_outputs == 2:
        rest = {"name": data.class_name(1 - class_index)}
        return Message("label 1: class {name}", name), Message("label 0: class {name}", rest)
    return Message("label 1: class {name}", name), Message("label 0: any other class")


def of_what(data: Predictions, class_index: int | None) -> Message | None:
    """What the numbers of a sweep are of, where there are several outputs."""
    if data.n_outputs == 1:
        return None
    if class_index is None:
        return Message(
            "All {n:,} outputs of the {columns} columns, each on its own.",
            {"n": data.y_pred.size, "columns": data.n_outputs},
        )
    name = {"name": data.class_name(class_index)}
    if data.kind == "multi_label":
        return Message("Label {name} alone, by its own output.", name)
    if data.n_outputs == 2:
        rest = data.class_name(1 - class_index)
        return Message(
            "Class {name} against class {rest}, by the output of class {name}.",
            name | {"rest": rest},
        )
    return Message("Class {name} against all others, by its own output.", name)
