"""What counts of several classes take: scores, class indices and weights, one row per sample."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array, check_numeric
from metrics_core.rules import check_weights


def matrix(argument: str, value: npt.ArrayLike) -> Array:
    """Check an array of one row per sample and one column per class.

    Raises
    ------
    InputError
        Where it holds no numbers, has another number of axes, or no column.

    Examples
    --------
    >>> matrix("scores", [[0.2, 0.8]]).shape
    (1, 2)
    """
    array = np.asarray(value)
    check_numeric(argument, array)
    if array.ndim != 2 or array.shape[1] == 0:
        raise InputError(
            argument,
            "must have shape (n, classes)",
            Message("shape {shape}", {"shape": array.shape}),
            "Give one row per sample and one column per class.",
        )
    return array


def column(argument: str, value: npt.ArrayLike, n_rows: int | None = None) -> Array:
    """Check an array of one number per sample; ``(n, 1)`` becomes ``(n,)``.

    Raises
    ------
    InputError
        Where it holds no numbers, or has another shape than that.

    Examples
    --------
    >>> column("true_class", [[2], [0]], 2).tolist()
    [2, 0]
    """
    array = np.asarray(value)
    check_numeric(argument, array)
    if array.ndim == 2 and array.shape[1] == 1:
        array = array.reshape(-1)
    if array.ndim != 1 or n_rows not in (None, len(array)):
        raise InputError(
            argument,
            "must have one number for each sample",
            Message("shape {shape}", {"shape": array.shape}),
            "Check that all arrays come from the same samples.",
        )
    return array


def weight_column(value: npt.ArrayLike | None, n_rows: int) -> Array | None:
    """Check weights, one per sample; None stays None.

    Raises
    ------
    InputError
        Where one is negative, infinite or NaN, or there are more or fewer than samples.

    Examples
    --------
    >>> weight_column([0.5, 0.0], 2).tolist()
    [0.5, 0.0]
    """
    if value is None:
        return None
    weights = column("weights", value, n_rows)
    check_weights("weights", weights)
    return weights


def check_n_classes(n_classes: int, most: int) -> None:
    """Refuse a number of classes that is no whole number from 1 to `most`.

    Raises
    ------
    InputError

    Examples
    --------
    >>> check_n_classes(10, 4096)
    """
    if not 1 <= n_classes <= most or n_classes != int(n_classes):
        raise InputError(
            "n_classes",
            "must be a whole number from 1 to {most}",
            n_classes,
            "Leave out classes that do not matter, or join them.",
            most=most,
        )


def check_same_classes(mine: int, other: int) -> None:
    """Refuse to merge counts of different numbers of classes.

    Raises
    ------
    InputError

    Examples
    --------
    >>> check_same_classes(10, 10)
    """
    if mine != other:
        raise InputError(
            "other",
            "must count {mine} classes to be merged",
            Message("{n} class", {"n": other}, plural="{n} classes"),
            "Count all parts with the same number of classes.",
            mine=mine,
        )
