"""What a notebook holds -> the content of a file that the page reads."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np

from accuracy_lens.arrays import as_array
from metrics_core.predictions import Predictions


def as_npz(
    y_true: Any, y_pred: Any, sample_weight: Any = None, class_names: Sequence[str] | None = None
) -> bytes:
    """The content of an NPZ file with these arrays.

    Raises
    ------
    InputError
        For arrays that are no labels and outputs of the same samples.

    Examples
    --------
    >>> as_npz([0, 1], [0.2, 0.7])[:2]
    b'PK'
    """
    labels, outputs = as_array(y_true), as_array(y_pred)
    weight = None if sample_weight is None else as_array(sample_weight)
    names = None if class_names is None else [str(name) for name in class_names]
    if outputs.ndim <= 2:  # more axes are asked about on the page
        Predictions.of(labels, outputs, sample_weight=weight, class_names=names)
    arrays = {"y_true": labels, "y_pred": outputs}
    if weight is not None:
        arrays["sample_weight"] = weight
    if names is not None:
        arrays["class_names"] = np.array(names)
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    return content.getvalue()
