"""The visitor's images, in the shape of CIFAR-10: four arrays of an NPZ file."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from metrics_core.errors import InputError
from metrics_core.live_keras.datasets import Dataset
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

OWN = "own_images"
"""The name of a set that the user brought."""
MAX_SIDE = 64
MAX_CLASSES = 100
MAX_TRAIN_VALUES = 40_000_000
"""Images times numbers an image: 13,020 of 32 x 32 x 3."""
MAX_VAL_VALUES = 10_000_000
_NAMES = ("x_train", "y_train", "x_test", "y_test")


def from_npz(arrays: Mapping[str, npt.ArrayLike]) -> Dataset:
    """Take images and labels as ``keras.datasets.cifar10.load_data`` gives them.

    Parameters
    ----------
    arrays : mapping of str to array_like
        What ``np.load(path)`` gives: ``x_train`` and ``x_test`` of uint8 and shape ``(n, h, w)`` or
        ``(n, h, w, channels)``, sides up to 64 and 1, 3 or 4 channels; ``y_train`` and ``y_test``
        of whole numbers from 0 to at most 99 and shape ``(n,)`` or ``(n, 1)``. Classes that occur
        in training count. Of more than 40,000,000 numbers for training, or 10,000,000 for
        validation, the first images are taken.

    Returns
    -------
    Dataset
        One row of numbers per image, still uint8. ``x_test`` is the validation set.

    Raises
    ------
    InputError
        For a missing array, another dtype or shape, unequal lengths and unknown classes.

    Examples
    --------
    >>> images, labels = np.zeros((6, 4, 4), np.uint8), np.array([0, 1, 2, 0, 1, 2])
    >>> own = from_npz(dict(x_train=images, y_train=labels, x_test=images, y_test=labels))
    >>> own.x_train.shape, own.n_classes, own.image_shape
    ((6, 16), 3, (4, 4))
    """
    missing = [name for name in _NAMES if name not in arrays]
    if missing:
        raise InputError(
            "images",
            "must hold the arrays x_train, y_train, x_test and y_test",
            Message("no {name}", {"name": missing[0]}),
            "Save them with `np.savez(path, x_train=..., y_train=..., x_test=..., y_test=...)`.",
        )
    x_train, x_test = (_images(name, np.asarray(arrays[name])) for name in ("x_train", "x_test"))
    shape = x_train.shape[1:]
    if x_test.shape[1:] != shape:
        raise InputError(
            "x_test",
            "must hold images of the shape {shape}, like `x_train`",
            Message("shape {shape}", {"shape": x_test.shape[1:]}),
            "Bring all images to one size.",
            shape=shape,
        )
    y_train = _labels("y_train", np.asarray(arrays["y_train"]), len(x_train))
    y_test = _labels("y_test", np.asarray(arrays["y_test"]), len(x_test))
    n_classes = int(y_train.max()) + 1
    if n_classes < 2 or y_test.max() >= n_classes:
        raise InputError(
            "y_test" if n_classes > 1 else "y_train",
            "must have the classes of training, of which there are at least two",
            Message(
                "classes in training: {classes}, highest in validation: {highest}",
                {"classes": n_classes, "highest": y_test.max()},
            ),
            "Give every class images for training.",
        )
    train, said = _first_rows(x_train, y_train, MAX_TRAIN_VALUES)
    val, also = _first_rows(x_test, y_test, MAX_VAL_VALUES)
    return Dataset(
        name=OWN,
        title=Message("Your own images"),
        x_train=train[0],
        y_train=train[1],
        x_val=val[0],
        y_val=val[1],
        class_names=tuple(str(label) for label in range(n_classes)),
        image_shape=shape,
        highest=255,
        notes=(*said, *also),
    )


def _first_rows(x: Array, y: Array, most: int) -> tuple[tuple[Array, Array], tuple[Message, ...]]:
    """One read-only row of numbers per image, as many as are allowed; a note if some are left."""
    rows = max(1, most // int(np.prod(x.shape[1:])))
    kept = x[:rows].reshape(min(rows, len(x)), -1), y[:rows]
    for part in kept:
        part.setflags(write=False)
    if len(x) <= rows:
        return kept, ()
    shown: dict[str, object] = {"rows": rows, "total": len(x)}
    return kept, (Message("Only the first {rows:,} of {total:,} images are used.", shown),)


def _images(name: str, x: Array) -> Array:
    sides = x.shape[1:3]
    channels = x.shape[3:] in ((), (1,), (3,), (4,))
    fits = x.ndim in (3, 4) and channels and len(x) > 0 and 0 < min(sides) <= max(sides) <= MAX_SIDE
    if x.dtype != np.uint8 or not fits:
        raise InputError(
            name,
            "must be uint8 images of shape (n, height, width) or (n, height, width, channels) "
            "with sides up to {side}",
            Message("{dtype} of shape {shape}", {"dtype": x.dtype, "shape": x.shape}),
            "Scale the images down and save them as uint8.",
            side=MAX_SIDE,
        )
    return x


def _labels(name: str, y: Array, rows: int) -> Array:
    if y.shape not in ((rows,), (rows, 1)):
        raise InputError(
            name,
            "must have one label for each of the {rows} images",
            Message("shape {shape}", {"shape": y.shape}),
            "Give class indices, not one-hot rows.",
            rows=rows,
        )
    flat = y.reshape(rows)
    if flat.dtype.kind not in "biuf":
        raise InputError(
            name,
            "must hold whole numbers from 0 to {most}",
            Message("dtype {dtype}", {"dtype": str(flat.dtype)[:40]}),
            "Number the classes from 0.",
            most=MAX_CLASSES - 1,
        )
    if flat.dtype.kind == "f" or flat.min() < 0 or flat.max() >= MAX_CLASSES:
        raise InputError(
            name,
            "must hold whole numbers from 0 to {most}",
            Message(
                "{dtype} from {low} to {high}",
                {"dtype": flat.dtype, "low": flat.min(), "high": flat.max()},
            ),
            "Number the classes from 0.",
            most=MAX_CLASSES - 1,
        )
    return flat.astype(np.int64)
