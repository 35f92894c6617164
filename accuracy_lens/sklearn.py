"""For scikit-learn: what a classifier says of some samples, written as the upload reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from accuracy_lens.logs import log_predictions as _log

__all__ = ["log_predictions"]


def log_predictions(
    path: str | Path, estimator: Any, x: Any, y_true: Any, *, epoch: int | None = None
) -> None:
    """Add what an estimator says of some samples to a Parquet file.

    Probabilities are taken where there are some, else the decision function, else the predictions.

    Parameters
    ----------
    path : str or path
    estimator : fitted classifier
        Of scikit-learn, or anything with its methods.
    x, y_true : array_like
    epoch : int, optional
        See `accuracy_lens.logs.log_predictions`; as after each ``partial_fit``.

    Examples
    --------
    >>> log_predictions("outputs.parquet", classifier, x_test, y_test)  # doctest: +SKIP
    """
    names = ("predict_proba", "decision_function", "predict")
    method = next(getattr(estimator, name) for name in names if hasattr(estimator, name))
    outputs = method(x)
    several = outputs.ndim == 2 and outputs.shape[1] > 1
    classes = getattr(estimator, "classes_", None) if several else None
    _log(path, y_true, outputs, epoch=epoch, class_names=classes)
