"""How a release brings the shapes of two arrays together, or fails to."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.releases.rules.refusal import refuse


def squeezed(array: Array) -> Array:
    """Drop the last axis, which must have the length 1.

    Examples
    --------
    >>> squeezed(np.ones((3, 1))).shape
    (3,)
    """
    if array.shape[-1] != 1:
        refuse(
            "Keras cannot drop the last axis of an array of shape {shape}: its length is not 1.",
            shape=array.shape,
        )
    return array[..., 0]


def together(*shapes: tuple[int, ...]) -> tuple[int, ...]:
    """Broadcast shapes, or refuse as TensorFlow does.

    Examples
    --------
    >>> together((4,), (4, 1))
    (4, 4)
    """
    try:
        return np.broadcast_shapes(*shapes)
    except ValueError:
        refuse("The shapes {first} and {second} do not fit.", first=shapes[0], second=shapes[-1])


def same_rank(first: Array, second: Array, *, expand: bool = True) -> tuple[Array, Array]:
    """Bring two arrays to one rank where theirs differ by an axis of length 1, as Keras 3 does.

    Parameters
    ----------
    first, second : ndarray
    expand : bool
        Whether ``(n,)`` gets an axis; the first releases of Keras 3 took it from ``(n, 1)``.

    Returns
    -------
    first, second : ndarray
        ``(n,)`` beside ``(n, 1)`` becomes ``(n, 1)``; a longer array beside one of two or more axes
        loses its last axis of length 1. All else stays.

    Examples
    --------
    >>> [array.shape for array in same_rank(np.ones(4), np.ones((4, 1)))]
    [(4, 1), (4, 1)]
    """
    if first.ndim == second.ndim + 1 and first.shape[-1] == 1:
        grows = expand and second.ndim == 1
        return (first, second[:, None]) if grows else (first[..., 0], second)
    if second.ndim == first.ndim + 1 and second.shape[-1] == 1:
        grows = expand and first.ndim == 1
        return (first[:, None], second) if grows else (first, second[..., 0])
    return first, second


def squeezed_pair(labels: Array, outputs: Array, *, ask: bool) -> tuple[Array, Array]:
    """Drop the last axis of the side that has one axis more.

    Parameters
    ----------
    labels, outputs : ndarray
    ask : bool
        Leave outputs as they are where their last axis is longer than 1.

    Examples
    --------
    >>> [array.shape for array in squeezed_pair(np.ones(4), np.ones((4, 3)), ask=True)]
    [(4,), (4, 3)]
    """
    difference = outputs.ndim - labels.ndim
    if difference == 1 and not (ask and outputs.shape[-1] != 1):
        return labels, squeezed(outputs)
    return (squeezed(labels), outputs) if difference == -1 else (labels, outputs)
