"""For Keras: a callback that writes the outputs of every epoch; Keras is imported when it is used.

Examples
--------
>>> from accuracy_lens.keras import LogPredictions  # doctest: +SKIP
>>> log = LogPredictions("outputs.parquet", (x_val, y_val))  # doctest: +SKIP
>>> model.fit(x, y, epochs=20, callbacks=[log])  # doctest: +SKIP
"""

from typing import Any

from accuracy_lens.logs import log_predictions
from metrics_core.live_keras.log_predictions import log_predictions_class

__all__ = ["LogPredictions", "log_predictions"]

LogPredictions: Any


def __getattr__(name: str) -> Any:
    """`LogPredictions` is made when it is first asked for: it derives from a class of Keras."""
    if name == "LogPredictions":
        return log_predictions_class()
    raise AttributeError(name)
