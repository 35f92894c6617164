"""Arrays as every step takes them: read-only and numeric."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from metrics_core.errors import InputError
from metrics_core.messages import Message

Array = npt.NDArray[Any]
_BLOCK = 65_536


def frozen(argument: str, value: npt.ArrayLike) -> Array:
    """Return an array that nobody can write to; copied only where somebody still could.

    Parameters
    ----------
    argument : str
        Name of the argument, for the refusal.
    value : array_like
        Any shape and dtype.

    Returns
    -------
    ndarray
        Read-only, in the dtype that came.

    Raises
    ------
    InputError
        For rows of unequal length.

    Examples
    --------
    >>> frozen("y_true", [0, 1]).flags.writeable
    False
    """
    try:
        array = np.asarray(value)
    except ValueError:
        raise InputError(
            argument,
            "must be a rectangular array",
            Message("rows of unequal length"),
            "Give every row the same number of values.",
        ) from None
    if array.flags.writeable or not _is_settled(array):
        array = array.copy()
    array.setflags(write=False)
    return array


def check_numeric(argument: str, array: Array) -> None:
    """Refuse an array that does not hold numbers; bool, integer and float pass.

    Raises
    ------
    InputError
        For text, dates, complex numbers and objects.

    Examples
    --------
    >>> check_numeric("y_true", np.array([True, False]))
    """
    if array.dtype.kind not in "biuf":
        raise InputError(
            argument,
            "must hold numbers",
            Message("dtype {dtype}", {"dtype": array.dtype}),
            "Map text labels to class indices first, in an order of your choice.",
        )


def _is_settled(array: Array) -> bool:
    base = array.base
    while isinstance(base, np.ndarray):
        if base.flags.writeable:
            return False
        base = base.base
    return not isinstance(base, memoryview | bytearray) or memoryview(base).readonly


def zeros_and_ones(values: Array) -> bool:
    """Whether every value of an array of any shape and number dtype is 0 or 1; NaN is neither.

    Examples
    --------
    >>> zeros_and_ones(np.array([0.0, 1.0])), zeros_and_ones(np.array([0.0, 0.5]))
    (True, False)
    """
    if values.dtype.kind == "b":
        return True
    flat = values.reshape(-1)
    blocks = (flat[start : start + _BLOCK] for start in range(0, flat.size, _BLOCK))
    return all(bool(((block == 0) | (block == 1)).all()) for block in blocks)
