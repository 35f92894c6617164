"""What a setting of a run can be, and how Keras calls it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

HiddenActivation = Literal["relu", "tanh", "sigmoid", "linear"]
OutputActivation = Literal["none", "sigmoid", "softmax"]
LabelForm = Literal["one_hot", "sparse", "binary", "signs"]
Scale = Literal["as_they_come", "unit", "0..255"]
RunLoss = Literal[
    "binary_crossentropy",
    "categorical_crossentropy",
    "sparse_categorical_crossentropy",
    "mean_squared_error",
    "hinge",
]
Optimizer = Literal["adam", "sgd", "rmsprop"]
Shuffled = Literal["none", "training", "validation"]
ClassWeight = Literal["none", "balanced"]
_ONE_OUTPUT: tuple[RunLoss, ...] = ("binary_crossentropy", "mean_squared_error", "hinge")
LOSSES: Mapping[LabelForm, tuple[RunLoss, ...]] = {
    "one_hot": ("categorical_crossentropy", *_ONE_OUTPUT),
    "sparse": ("sparse_categorical_crossentropy",),
    "binary": _ONE_OUTPUT,
    "signs": _ONE_OUTPUT,
}
"""The losses that can read the labels of each form."""
LOSS_CLASSES: Mapping[str, str] = {
    "binary_crossentropy": "BinaryCrossentropy",
    "categorical_crossentropy": "CategoricalCrossentropy",
    "sparse_categorical_crossentropy": "SparseCategoricalCrossentropy",
}
"""The classes of `keras.losses` that take ``from_logits``."""
OPTIMIZER_CLASSES: Mapping[Optimizer, str] = {"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop"}
"""The classes of `keras.optimizers`."""
