"""For PyTorch Lightning: a callback that writes the outputs of every validation epoch.

In a loop of PyTorch itself call `log_predictions` with the tensors.

Examples
--------
>>> from accuracy_lens.lightning import LogPredictions  # doctest: +SKIP
>>> trainer = Trainer(callbacks=[LogPredictions("outputs.parquet")])  # doctest: +SKIP
"""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from accuracy_lens.arrays import as_array
from accuracy_lens.logs import log_predictions

__all__ = ["LogPredictions", "log_predictions"]

LogPredictions: Any

ROWS = 10_000
"""Samples that are kept of each epoch unless told otherwise; the first ones."""


def __getattr__(name: str) -> Any:
    """`LogPredictions` is made when it is first asked for: it derives from a class of Lightning."""
    if name == "LogPredictions":
        return _made()
    raise AttributeError(name)


def _callback() -> Any:
    """The class of callbacks, under the newer name of the package or the older one."""
    try:
        return importlib.import_module("lightning.pytorch.callbacks").Callback
    except ModuleNotFoundError:
        return importlib.import_module("pytorch_lightning.callbacks").Callback


@cache
def _made() -> Any:
    base: Any = _callback()

    class LogPredictions(base):  # type: ignore[misc]
        """Write the outputs for the validation data to a Parquet file, epoch by epoch.

        A batch is a pair of inputs and labels. Where ``validation_step`` returns a mapping with
        ``y_pred`` these are the outputs; else the module is called with the inputs.

        Parameters
        ----------
        path : str or path
        rows : int
            The first so many samples are kept; 10,000 unless given.
        """

        def __init__(self, path: str | Path, rows: int = ROWS) -> None:
            super().__init__()
            self.path, self.rows = path, rows
            self._batches: list[tuple[Any, Any]] = []

        def on_validation_epoch_start(self, *_: Any) -> None:
            self._batches = []

        def on_validation_batch_end(
            self, _: Any, module: Any, outputs: Any, batch: Any, *__: Any
        ) -> None:
            if sum(len(labels) for labels, _ in self._batches) >= self.rows:
                return
            inputs, labels = batch[0], batch[1]
            given = outputs.get("y_pred") if isinstance(outputs, dict) else None
            found = module(inputs) if given is None else given
            self._batches.append((as_array(labels), as_array(found)))

        def on_validation_epoch_end(self, trainer: Any, *_: Any) -> None:
            if trainer.sanity_checking or not self._batches:
                return
            labels, outputs = (
                np.concatenate(parts)[: self.rows] for parts in zip(*self._batches, strict=True)
            )
            log_predictions(self.path, labels, outputs, epoch=trainer.current_epoch + 1)

    LogPredictions.__qualname__ = "LogPredictions"
    return LogPredictions
