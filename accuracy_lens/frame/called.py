"""What the settings of a run, and what they can be, are called on the page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from metrics_core.live_keras.images import OWN
from metrics_core.messages import Message

SETTINGS: Mapping[str, Message] = MappingProxyType({
    "dataset": Message("Data"),
    "kept": Message("Kept of class 1"),
    "shuffled": Message("Shuffled labels"),
    "scale": Message("Inputs"),
    "label_form": Message("Labels"),
    "hidden": Message("Hidden layers"),
    "hidden_activation": Message("Hidden activation"),
    "batch_norm": Message("Batch normalization"),
    "dropout": Message("Dropout"),
    "output_units": Message("Output units"),
    "output_activation": Message("Last activation"),
    "loss": Message("Loss"),
    "class_weight": Message("Class weights"),
    "optimizer": Message("Optimizer"),
    "learning_rate": Message("Learning rate"),
    "batch_size": Message("Batch size"),
    "epochs": Message("Epochs"),
    "seed": Message("Seed"),
    "metrics": Message("Metrics"),
})  # fmt: skip
"""Each field of `RunSettings` but those that are called as Keras calls them."""
_CHOICES: Mapping[object, Message] = MappingProxyType({
    "none": Message("none"),
    "digits": Message("digits"),
    "breast_cancer": Message("breast cancer"),
    "moons": Message("moons"),
    "blobs": Message("blobs"),
    OWN: Message("your own images"),
    "as_they_come": Message("as they come"),
    "unit": Message("from 0 to 1"),
    "0..255": Message("from 0 to 255"),
    "one_hot": Message("one-hot"),
    "sparse": Message("class indices"),
    "binary": Message("0 and 1"),
    "signs": Message("-1 and 1"),
    "training": Message("training set"),
    "validation": Message("validation set"),
    "balanced": Message("balanced"),
})  # fmt: skip


def setting(field: str) -> Message:
    """What a field of `RunSettings` is called; what has no word is called as Keras calls it.

    Examples
    --------
    >>> str(setting("dropout")), str(setting("from_logits"))
    ('Dropout', 'from_logits')
    """
    return SETTINGS.get(field) or Message("{name}", {"name": field})


def choice(value: object) -> Message:
    """What a value of a setting is called; numbers and Keras's own names stay as they are.

    Examples
    --------
    >>> str(choice("as_they_come")), str(choice("adam")), str(choice(0.5))
    ('as they come', 'adam', '0.5')
    """
    known = _CHOICES.get(value) if isinstance(value, str) else None
    return known or Message("{name}", {"name": value})
