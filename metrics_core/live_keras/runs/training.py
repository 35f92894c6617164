"""A real model, trained by Keras; after each epoch a report of what it gave."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from metrics_core.errors import InputError
from metrics_core.kinds import Kind
from metrics_core.live_keras.datasets import Dataset, dataset
from metrics_core.live_keras.images import OWN
from metrics_core.live_keras.oracle import prepare
from metrics_core.live_keras.reason import LONGEST, reason
from metrics_core.live_keras.runs.choices import LabelForm
from metrics_core.live_keras.runs.feeding import Fed, feed, scaled
from metrics_core.live_keras.runs.model import build
from metrics_core.live_keras.runs.reports import (
    GRID,
    MAX_KEPT,
    ROWS_AT_ONCE,
    EpochReport,
    boundary_points,
)
from metrics_core.live_keras.runs.settings import RunSettings, check_data
from metrics_core.numeric.arrays import Array

_KINDS: dict[LabelForm, Kind] = {
    "one_hot": "one_hot",
    "sparse": "sparse",
    "binary": "binary",
    "signs": "binary",
}


Report = Callable[[EpochReport], None]


def train(settings: RunSettings, report: Report, *, data: Dataset | None = None) -> None:
    """Build the model, fit it and report before the first and after each epoch.

    Only for a process that serves no pages. What `report` raises ends the run and comes out of
    here. On one machine with the same versions, equal settings give the same numbers to the last
    bit; another processor or another release of TensorFlow may sum in another order.

    Parameters
    ----------
    settings : RunSettings
    report : callable
        Takes an `EpochReport`; called ``settings.epochs + 1`` times.
    data : Dataset, optional
        The visitor's images, where ``settings.dataset`` is ``own_images``; else ignored.

    Raises
    ------
    InputError
        Where settings and data do not fit, or Keras refuses them; then with Keras's own line.
    ImportError
        Where Keras or TensorFlow is not installed.

    Examples
    --------
    >>> settings = RunSettings(epochs=2)
    >>> train(settings, lambda said: print(said.epoch, said.val))  # doctest: +SKIP
    """
    chosen = data if settings.dataset == OWN else None
    if settings.dataset != OWN:
        chosen = dataset(settings.dataset, settings.seed, settings.kept)
    if chosen is None:
        raise InputError(
            "data", "must be given for your own images", None, "Read them with `from_npz` first."
        )
    check_data(settings, chosen)
    prepare()
    import keras  # noqa: PLC0415 - seconds and memory, for those who ask only
    import tensorflow as tf  # noqa: PLC0415

    tf.config.experimental.enable_op_determinism()
    keras.utils.set_random_seed(settings.seed)
    fed = feed(settings, chosen)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            _Run(settings, chosen, fed, report, caught).fit(keras)
    except (ValueError, TypeError, tf.errors.OpError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            "settings",
            "must make a run that Keras accepts",
            reason(error),
            "Change the loss, the labels or the metrics.",
        ) from None
    finally:
        keras.backend.clear_session()


class _Run:
    """One model, its data, and whom to tell."""

    def __init__(
        self,
        settings: RunSettings,
        data: Dataset,
        fed: Fed,
        report: Report,
        caught: list[warnings.WarningMessage],
    ) -> None:
        self.settings, self.data, self.fed, self.report = settings, data, fed, report
        self.caught = caught
        self.started = time.perf_counter()
        self.rows = min(len(fed.x_val), max(1, MAX_KEPT // settings.output_units))
        self.points = None
        if data.is_flat:
            grid = np.stack(np.meshgrid(*boundary_points(data)), axis=-1).reshape(-1, 2)
            self.points = scaled(grid, data, settings.scale)

    def fit(self, keras: Any) -> None:
        self.model = build(self.settings, self.fed.x_train.shape[1], keras)
        self.tell(0, {})
        self.model.fit(
            self.fed.x_train,
            self.fed.y_train,
            batch_size=self.settings.batch_size,
            epochs=self.settings.epochs,
            validation_data=(self.fed.x_val, self.fed.y_val),
            class_weight=self.fed.class_weight,
            callbacks=[
                keras.callbacks.LambdaCallback(
                    on_epoch_end=lambda epoch, logs: self.tell(epoch + 1, logs)
                )
            ],
            verbose=0,
        )

    def tell(self, epoch: int, logs: dict[str, Any]) -> None:
        said = _floats(logs)
        val = {name.removeprefix("val_"): said[name] for name in said if name.startswith("val_")}
        boundary = None
        if self.points is not None:
            boundary = self.outputs(self.points).reshape(GRID, GRID, -1)
        self.report(
            EpochReport(
                epoch=epoch,
                logs=said,
                train=self.on_training(),
                val=val or self.on_validation(),
                outputs=self.outputs(self.fed.x_val[: self.rows]),
                labels=self.fed.y_val[: self.rows],
                kind=_KINDS[self.settings.label_form],
                class_names=self.data.class_names,
                boundary=boundary,
                warned=_warned(self.caught),
                seconds=time.perf_counter() - self.started,
            )
        )

    def on_training(self) -> dict[str, float]:
        x, y = self.fed.x_train[:ROWS_AT_ONCE], self.fed.y_train[:ROWS_AT_ONCE]
        self.model.reset_metrics()
        return _floats(self.model.test_on_batch(x, y, return_dict=True))

    def on_validation(self) -> dict[str, float]:
        x, y, size = self.fed.x_val, self.fed.y_val, self.settings.batch_size
        said = self.model.evaluate(x, y, batch_size=size, verbose=0, return_dict=True)
        return _floats(said)

    def outputs(self, x: Array) -> Array:
        starts = range(0, len(x), ROWS_AT_ONCE)
        parts = [self.model.predict_on_batch(x[i : i + ROWS_AT_ONCE]) for i in starts]
        return np.concatenate(parts, dtype=np.float32)


def _warned(caught: list[warnings.WarningMessage]) -> tuple[str, ...]:
    """The first of the warnings for users from each place in Keras; its first line."""
    lines: dict[tuple[str, int], str] = {}
    for warning in caught:
        if warning.category is UserWarning and "keras" in warning.filename:
            line = str(warning.message).strip().partition("\n")[0]
            lines.setdefault((warning.filename, warning.lineno), line[:LONGEST])
    return tuple(lines.values())


def _floats(logs: dict[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in logs.items()}
