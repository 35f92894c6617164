"""Code for one output per sample -> code that takes the column of one class first."""

from __future__ import annotations

from metrics_core.kinds import Kind
from metrics_core.steps.activation import ACTIVATIONS, Activation


def of_one_class(code: str, kind: Kind, column: int, activation: Activation) -> str:
    """Put the lines that take one class against the rest between the imports and the rest.

    Parameters
    ----------
    code : str
        Of `numpy_code` or `keras_code` for one output per sample and no activation.
    kind : {"one_hot", "sparse"}
        Of the labels that there are.
    column : int
        The class.
    activation : str
        Applied to all outputs before the column is taken.

    Examples
    --------
    >>> print(of_one_class("import numpy as np\\n\\nresult = 1", "one_hot", 1, "none"))
    import numpy as np
    <BLANKLINE>
    y_true, y_pred = y_true[:, 1], y_pred[:, 1]
    result = 1
    """
    head, rest = code.split("\n\n", 1)
    lines = [line.format(scores="y_pred") for line in ACTIVATIONS[activation].numpy]
    if lines and "import numpy as np" not in head:
        head += "\nimport numpy as np"
    labels = f"y_true[:, {column}]"
    if kind == "sparse":
        labels = f'(y_true.reshape(-1) == {column}).astype("uint8")'
    lines.append(f"y_true, y_pred = {labels}, y_pred[:, {column}]")
    return "\n".join([head, "", *lines, rest])
