"""The data that models are trained on: two shipped sets, two that are drawn, and one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

SHARE = 0.7
"""The part of every class that goes to training; the rest is for validation."""
DRAWN = 1000
"""Samples of a set that is drawn."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Dataset:
    """Inputs and class indices, split into training and validation.

    Attributes
    ----------
    name : str
        Lower-case words; fit for a link.
    title : Message
    x_train, x_val : ndarray of uint8 or float32, shape (n, features)
        Inputs as they come, unscaled.
    y_train, y_val : ndarray of int64, shape (n,)
        Class indices from 0.
    class_names : tuple of str
    image_shape : tuple of int or None
        Shape of one sample as an image; None where it is none.
    highest : int or None
        The largest value that a pixel can have, the lowest being 0; None where it is no image.
    notes : tuple of Message
        What was left out.
    """

    name: str
    title: Message
    x_train: Array = field(repr=False)
    y_train: Array = field(repr=False)
    x_val: Array = field(repr=False)
    y_val: Array = field(repr=False)
    class_names: tuple[str, ...]
    image_shape: tuple[int, ...] | None = None
    highest: int | None = None
    notes: tuple[Message, ...] = ()

    @property
    def n_classes(self) -> int:
        """Number of classes."""
        return len(self.class_names)

    @property
    def n_features(self) -> int:
        """Numbers per sample."""
        return int(self.x_train.shape[1])

    @property
    def is_flat(self) -> bool:
        """Whether a sample is a point in the plane, so that a decision boundary can be drawn."""
        return self.n_features == 2


def dataset(name: str, seed: int = 0, kept: float = 1.0) -> Dataset:
    """Read or draw a set and split every class 70 to 30.

    Parameters
    ----------
    name : {"digits", "breast_cancer", "moons", "blobs"}
    seed : int
        0 to 2**32 - 1. Which samples go where and, for the drawn sets, the samples.
    kept : float
        Above 0, up to 1: the share of the samples of class 1 that is kept, in training and in
        validation; at least two of each. Below 1 the classes are out of balance.

    Returns
    -------
    Dataset
        The same read-only arrays for the same arguments.

    Raises
    ------
    InputError
        For another name, seed or share.

    Examples
    --------
    >>> digits = dataset("digits")
    >>> digits.x_train.shape, digits.x_val.shape, digits.image_shape
    ((1252, 64), (545, 64), (8, 8))
    """
    if name not in _SETS:
        raise InputError(
            "dataset",
            "must be one of {names}",
            repr(name),
            "Choose one from the list.",
            names=", ".join(_SETS),
        )
    if not isinstance(seed, int) or not 0 <= seed < 2**32:
        raise InputError("seed", "must be a whole number from 0 to 4294967295", seed, "Use 0.")
    if not 0 < kept <= 1:
        raise InputError("kept", "must be above 0 and at most 1", kept, "Use 1 to keep all.")
    return _dataset(name, seed, kept)


@lru_cache(maxsize=8)
def _dataset(name: str, seed: int, kept: float) -> Dataset:
    title, make, class_names, image_shape, highest = _SETS[name]
    draw = np.random.RandomState(seed)
    x, y = make(draw)
    train, val = _split(y, draw, kept)
    x_train, y_train, x_val, y_val = parts = (x[train], y[train], x[val], y[val])
    for part in parts:
        part.setflags(write=False)
    return Dataset(
        name=name,
        title=title,
        x_train=x_train,
        y_train=y_train,
        x_val=x_val,
        y_val=y_val,
        class_names=class_names,
        image_shape=image_shape,
        highest=highest,
    )


def _split(y: Array, draw: np.random.RandomState, kept: float) -> tuple[Array, Array]:
    """Rows for training and validation, in mixed order; of class 1 the first share is kept."""
    sides: tuple[list[Array], list[Array]] = ([], [])
    for label in np.unique(y):
        rows = draw.permutation(np.flatnonzero(y == label))
        cut = int(len(rows) * SHARE)
        for side, part in zip(sides, (rows[:cut], rows[cut:]), strict=True):
            most = max(2, round(len(part) * kept)) if label == 1 else len(part)
            side.append(part[:most])
    train, val = (draw.permutation(np.concatenate(side)) for side in sides)
    return train, val


def _shipped(name: str) -> tuple[Array, Array]:
    path = files("metrics_core.live_keras").joinpath("data", f"{name}.npz")
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        return arrays["x"], arrays["y"].astype(np.int64)


def _moons(draw: np.random.RandomState) -> tuple[Array, Array]:
    """Two half circles, one inside the bend of the other, with normal noise."""
    y = np.arange(DRAWN) % 2
    angle = np.pi * draw.random_sample(DRAWN)
    x = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    x[y == 1] = [1.0, 0.5] - x[y == 1]
    x += 0.2 * draw.standard_normal(x.shape)
    return x.astype(np.float32), y.astype(np.int64)


def _blobs(draw: np.random.RandomState) -> tuple[Array, Array]:
    """Two round clouds that overlap: their middles lie two standard deviations apart."""
    y = np.arange(DRAWN) % 2
    x = draw.standard_normal((DRAWN, 2)) + np.where(y == 1, 1.0, -1.0)[:, None] * [1.0, 0.0]
    return x.astype(np.float32), y.astype(np.int64)


_Make = Callable[[np.random.RandomState], tuple[Array, Array]]
_SETS: dict[str, tuple[Message, _Make, tuple[str, ...], tuple[int, ...] | None, int | None]] = {
    "digits": (
        Message("Handwritten digits, 8 x 8 pixels"),
        lambda _: _shipped("digits"),
        tuple("0123456789"),
        (8, 8),
        16,
    ),
    "breast_cancer": (
        Message("Breast cancer Wisconsin, 30 measurements of cell nuclei"),
        lambda _: _shipped("breast_cancer"),
        ("benign", "malignant"),
        None,
        None,
    ),
    "moons": (Message("Two moons in the plane"), _moons, ("upper", "lower"), None, None),
    "blobs": (Message("Two blobs in the plane"), _blobs, ("left", "right"), None, None),
}
DATASETS: tuple[str, ...] = tuple(_SETS)
"""Names of the sets that need no file."""
