"""Arrays of numpy from what other libraries have, none of which is imported."""

from __future__ import annotations

from typing import Any

import numpy as np

from metrics_core.numeric.arrays import Array


def as_array(values: Any) -> Array:
    """Values of numpy, pandas, PyTorch, TensorFlow or plain lists as an array.

    A tensor of PyTorch is taken off its graph and its device; none of these libraries is imported.

    Examples
    --------
    >>> as_array([0.25, 0.5]).tolist()
    [0.25, 0.5]
    """
    if hasattr(values, "detach"):
        values = values.detach().cpu()
        if "bfloat16" in str(values.dtype):  # which numpy does not have
            values = values.float()
    return np.asarray(values)
