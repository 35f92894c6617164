"""Inputs and labels as they are fed to the model: scaled, written in their form, maybe shuffled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from metrics_core.live_keras.datasets import Dataset
from metrics_core.live_keras.runs.choices import LabelForm, Scale
from metrics_core.live_keras.runs.settings import RunSettings
from metrics_core.numeric.arrays import Array


class Fed(NamedTuple):
    """What `fit` is called with.

    Attributes
    ----------
    x_train, x_val : ndarray of float32, shape (n, features)
    y_train, y_val : ndarray, shape (n,) of int64 or (n, classes) of float32
    class_weight : dict of int to float, or None
    """

    x_train: Array
    y_train: Array
    x_val: Array
    y_val: Array
    class_weight: dict[int, float] | None


def feed(settings: RunSettings, data: Dataset) -> Fed:
    """Bring a set into the form that the settings ask for.

    Examples
    --------
    >>> from metrics_core.live_keras.datasets import dataset
    >>> fed = feed(RunSettings(), dataset("digits"))
    >>> fed.x_train.dtype, float(fed.x_train.max()), fed.y_val.shape
    (dtype('float32'), 1.0, (545, 10))
    """
    y_train, y_val = data.y_train, data.y_val
    if settings.shuffled == "training":
        y_train = np.random.default_rng(settings.seed).permutation(y_train)
    if settings.shuffled == "validation":
        y_val = np.random.default_rng(settings.seed).permutation(y_val)
    weight = None
    if settings.class_weight == "balanced":
        counts = np.bincount(y_train)
        weight = {label: len(y_train) / (len(counts) * int(n)) for label, n in enumerate(counts)}
    return Fed(
        scaled(data.x_train, data, settings.scale),
        written(y_train, settings.label_form, data.n_classes),
        scaled(data.x_val, data, settings.scale),
        written(y_val, settings.label_form, data.n_classes),
        weight,
    )


def scaled(x: Array, data: Dataset, scale: Scale) -> Array:
    """Numbers as the model gets them, float32; any rows of the same columns.

    Examples
    --------
    >>> from metrics_core.live_keras.datasets import dataset
    >>> digits = dataset("digits")
    >>> [float(scaled(digits.x_val, digits, scale).max()) for scale in ("as_they_come", "0..255")]
    [16.0, 255.0]
    """
    numbers = x.astype(np.float32)
    if scale == "as_they_come":
        return numbers
    if data.highest is not None:
        unit = numbers / data.highest
    else:
        low, high = data.x_train.min(axis=0), data.x_train.max(axis=0)
        unit = (numbers - low) / (high - low)
    return unit if scale == "unit" else unit * 255


def written(y: Array, form: LabelForm, n_classes: int) -> Array:
    """Class indices in the form of labels that is fed.

    Examples
    --------
    >>> written(np.array([0, 1]), "signs", 2).tolist()
    [-1, 1]
    >>> written(np.array([1]), "one_hot", 2).tolist()
    [[0.0, 1.0]]
    """
    if form == "one_hot":
        return np.eye(n_classes, dtype=np.float32)[y]
    return 2 * y - 1 if form == "signs" else y
