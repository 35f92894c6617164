"""The Keras model of a run."""

from __future__ import annotations

from typing import Any

from metrics_core.live_keras.runs.choices import LOSS_CLASSES, OPTIMIZER_CLASSES
from metrics_core.live_keras.runs.measures import measure
from metrics_core.live_keras.runs.settings import RunSettings


def build(settings: RunSettings, n_features: int, keras: Any) -> Any:
    """The compiled Keras model of the settings; `keras` is the imported module."""
    layers = keras.layers
    model = keras.Sequential()
    model.add(keras.Input((n_features,)))
    for units in settings.hidden:
        model.add(layers.Dense(units, activation=settings.hidden_activation))
        if settings.batch_norm:
            model.add(layers.BatchNormalization())
        if settings.dropout:
            model.add(layers.Dropout(settings.dropout))
    last = settings.output_activation
    model.add(layers.Dense(settings.output_units, activation=None if last == "none" else last))
    loss: Any = settings.loss
    if settings.from_logits:
        loss = getattr(keras.losses, LOSS_CLASSES[settings.loss])(from_logits=True)
    optimizer = getattr(keras.optimizers, OPTIMIZER_CLASSES[settings.optimizer])
    model.compile(
        optimizer=optimizer(learning_rate=settings.learning_rate),
        loss=loss,
        metrics=[measure(name).build() for name in settings.metrics],
    )
    return model
