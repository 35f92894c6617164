"""What may come beside labels and outputs: weights and ids of samples, names of classes."""

from __future__ import annotations

import numpy.typing as npt

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array, check_numeric, frozen
from metrics_core.rules import check_weights


def sample_weight_of(value: npt.ArrayLike, n_samples: int) -> Array:
    """The weights of samples, read-only: ``(n,)``, in the dtype that came.

    Raises
    ------
    InputError
        Where there is not one number for each sample, or one is negative or not finite.

    Examples
    --------
    >>> sample_weight_of([[0.5], [2.0]], 2).tolist()
    [0.5, 2.0]
    """
    weight = frozen("sample_weight", value)
    check_numeric("sample_weight", weight)
    if weight.size != n_samples:
        raise InputError(
            "sample_weight",
            "must have one number for each of the {n_samples} samples",
            Message("shape {shape}", {"shape": weight.shape}),
            "Check that weights and outputs come from the same samples.",
            n_samples=n_samples,
        )
    weight = weight.reshape(n_samples)
    check_weights("sample_weight", weight)
    return weight


def sample_ids_of(value: npt.ArrayLike, n_samples: int) -> Array:
    """How the user calls the samples, read-only: ``(n,)``; objects become text.

    Raises
    ------
    InputError
        Where there is not one entry for each sample.

    Examples
    --------
    >>> sample_ids_of([None, "b"], 2).tolist()
    ['None', 'b']
    """
    ids = frozen("sample_ids", value)
    if ids.shape != (n_samples,):
        raise InputError(
            "sample_ids",
            "must have one entry for each of the {n_samples} samples",
            Message("shape {shape}", {"shape": ids.shape}),
            "Leave the ids out to number the samples from 0.",
            n_samples=n_samples,
        )
    if ids.dtype.kind in "OT":
        ids = ids.astype(object).astype(str)
        ids.setflags(write=False)
    return ids


def check_class_names(names: tuple[str, ...], n_classes: int) -> None:
    """Refuse fewer names than there are classes.

    Raises
    ------
    InputError

    Examples
    --------
    >>> check_class_names(("cat", "dog"), 2)
    """
    if len(names) < n_classes:
        raise InputError(
            "class_names",
            "must have one name for each of the {n_classes} classes",
            Message("{n} name", {"n": len(names)}, plural="{n} names"),
            "Leave the names out to number the classes from 0.",
            n_classes=n_classes,
        )
