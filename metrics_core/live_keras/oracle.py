"""A real ``compile`` and ``evaluate``, on a model that passes its inputs through."""

from __future__ import annotations

import contextlib
import os

import numpy as np
import numpy.typing as npt

from metrics_core.live_keras.reason import reason
from metrics_core.releases import Loss


def prepare() -> None:
    """Import Keras, so that a first question need not wait for it; without Keras, do nothing.

    Only for a process that serves no pages: TensorFlow takes seconds and hundreds of megabytes.
    """
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with contextlib.suppress(ImportError):
        import keras  # noqa: F401, PLC0415 - seconds and memory, for those who ask only


def evaluate_accuracy(
    y_true: npt.ArrayLike,
    y_pred: npt.ArrayLike,
    *,
    loss: Loss,
    metric: str = "accuracy",
    batch_size: int = 32,
    sample_weight: npt.ArrayLike | None = None,
    weighted: bool = False,
) -> dict[str, str | float | None]:
    """Compile a model without weights, evaluate it on `y_pred`, and say what it reported.

    Parameters
    ----------
    y_true : array_like, shape (n,), (n, 1) or (n, C)
        Labels; handed to Keras as they are.
    y_pred : array_like, shape (n,), (n, 1) or (n, C)
        What the last layer gave; float32 for Keras. ``(n,)`` is one unit.
    loss : str
        As in ``compile(loss=...)``.
    metric : str
        As in ``metrics=[...]``.
    batch_size : int
        1 or more; the last batch may be shorter.
    sample_weight : array_like or None, shape (n,)
        Goes to ``evaluate``, so that the loss is weighted even where the metric is not.
    weighted : bool
        Whether the metric stands in ``weighted_metrics=[...]``.

    Returns
    -------
    dict
        ``version`` and ``backend`` of Keras; ``value`` and ``reported_name`` of the metric, both
        None where Keras raises an error; then ``refused`` is the line that says why, else None.

    Raises
    ------
    ImportError
        Where Keras or its backend is not installed.

    Notes
    -----
    The model is ``keras.Sequential([Input, Identity])``. Keras's global state is cleared
    afterwards.

    Examples
    --------
    >>> evaluate_accuracy([0, 1], [0.2, 1.6], loss="hinge")["value"]  # doctest: +SKIP
    1.0
    """
    prepare()
    import keras  # noqa: PLC0415 - seconds and memory, for those who ask only

    outputs = np.asarray(y_pred, dtype=np.float32)
    outputs = outputs.reshape(-1, 1) if outputs.ndim == 1 else outputs
    weights = None if sample_weight is None else np.asarray(sample_weight)
    said: dict[str, str | float | None] = {
        "version": str(keras.__version__),
        "backend": str(keras.backend.backend()),
        "value": None,
        "reported_name": None,
        "refused": None,
    }
    try:
        model = keras.Sequential([keras.Input(outputs.shape[1:]), keras.layers.Identity()])
        model.compile(loss=loss, **{"weighted_metrics" if weighted else "metrics": [metric]})
        logs = model.evaluate(
            outputs,
            np.asarray(y_true),
            batch_size=batch_size,
            sample_weight=weights,
            verbose=0,
            return_dict=True,
        )
    except Exception as error:  # noqa: BLE001 - whatever Keras or its backend raises is the answer
        said["refused"] = reason(error)
    else:
        name, value = next((name, value) for name, value in logs.items() if name != "loss")
        said |= {"value": float(value), "reported_name": str(name)}
    finally:
        keras.backend.clear_session()
    return said
