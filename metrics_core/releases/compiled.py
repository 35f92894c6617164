"""What ``evaluate`` of a release prints for a metric given to ``compile``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy.typing as npt

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.releases.evaluating import evaluate
from metrics_core.releases.names import find_release
from metrics_core.releases.preparing import take
from metrics_core.releases.resolve import resolve
from metrics_core.releases.rules import inputs
from metrics_core.releases.rules.refusal import refuse
from metrics_core.releases.rules.release import Loss, LossForm


@dataclass(frozen=True, eq=False, kw_only=True)
class CompiledAccuracy:
    """A number that a release prints, and where it came from.

    Attributes
    ----------
    release : str
    value : float
        What ``evaluate`` returns, to within the order of float32 additions.
    resolved : str
        The function behind the metric.
    variant : str or None
        The row of the catalogue with the same decision and comparison.
    reported_name : str
        What stands before the number.
    branch : Message
        Why this function.
    matches : ndarray of float32 or None
        One number per element or sample before any mean, where samples can be told apart.
    """

    release: str
    value: float
    resolved: str
    variant: str | None
    reported_name: str
    branch: Message
    matches: Array | None

    @property
    def printed(self) -> str:
        """The value with four decimals, as a progress bar shows it."""
        return f"{self.value:.4f}"


@inputs.QUIET
def compiled_accuracy(
    y_true: npt.ArrayLike,
    y_pred: npt.ArrayLike,
    *,
    release: str,
    loss: Loss,
    metric: str = "accuracy",
    batch_size: int = 32,
    sample_weight: npt.ArrayLike | None = None,
    weighted: bool = False,
    loss_form: LossForm = "string",
    sample_weight_mode: str | None = None,
) -> CompiledAccuracy:
    """Compute what a release prints after ``compile(loss, metrics=[metric])`` and ``evaluate``.

    Parameters
    ----------
    y_true : array_like, shape (n,), (n, 1), (n, C) or (n, t, ...)
        Numbers or booleans; they become float32, subnormal numbers become zeros.
    y_pred : array_like, shape (n, C) or (n, t, C)
        What the last layer gave, after its activation. ``(n,)`` is taken for one unit.
    release : str
        A name of `release_names`.
    loss : str
        ``binary_crossentropy``, ``categorical_crossentropy``, ``sparse_categorical_crossentropy``,
        ``mean_squared_error`` or ``hinge``.
    metric : str
        As it stands in ``metrics=[...]``. ``topN_categorical_accuracy`` and ``mean_pred`` are
        functions that users write.
    batch_size : int
        1 or more.
    sample_weight : array_like or None, shape (n,) or (n, t)
    weighted : bool
        Whether the metric stands in ``weighted_metrics=[...]``.
    loss_form : {"string", "function", "class", "class_from_logits", "custom"}
        How the loss is given; ``custom`` is an own function around it.
    sample_weight_mode : {None, "temporal"}

    Returns
    -------
    CompiledAccuracy

    Raises
    ------
    KerasRefusal
        Where the release raises an error or lacks what is asked for.
    InputError
        For arrays of unequal length, no samples, or an unknown release, loss or batch size.

    Notes
    -----
    TensorFlow on a CPU, float32, one output, no masks and no class weights.

    Examples
    --------
    >>> y_true, y_pred = [[1, 0, 0, 0], [0, 1, 0, 0]], [[0.2] * 4] * 2
    >>> asked = {"loss": "binary_crossentropy"}
    >>> compiled_accuracy(y_true, y_pred, release="tf.keras-2.0.0", **asked).printed
    '0.7500'
    >>> compiled_accuracy(y_true, y_pred, release="tf.keras-2.2.0", **asked).printed
    '0.5000'
    """
    row = find_release(release)
    given = take(y_true, y_pred, sample_weight, row, loss, loss_form, batch_size)
    resolved = resolve(
        metric,
        row,
        loss=loss,
        loss_form=loss_form,
        labels_shape=given.labels.shape,
        outputs_shape=given.outputs.shape,
        weighted=weighted,
    )
    if weighted and row.weighting == "none":
        refuse(
            "{release} ignores `weighted_metrics`, so only the loss is reported.",
            release=row.title,
        )
    given.check(row, loss, loss_form, sample_weight_mode)
    used = given.weights if weighted else None
    value, matches = evaluate(resolved, given.labels, given.outputs, used, given.lengths, row)
    return CompiledAccuracy(
        release=row.name,
        value=value,
        resolved=resolved.metric.name,
        variant=resolved.metric.variant(row),
        reported_name=resolved.reported_name,
        branch=resolved.branch,
        matches=matches,
    )


def for_predictions(
    predictions: Predictions,
    *,
    release: str,
    loss: Loss,
    metric: str = "accuracy",
    batch_size: int = 32,
    weighted: bool = False,
) -> CompiledAccuracy:
    """Compute `compiled_accuracy` of predictions, with their own sample weights.

    Examples
    --------
    >>> data = Predictions.of([0, 1, 1], [0.2, 0.7, 1.6])
    >>> asked = {"loss": "binary_crossentropy"}
    >>> for_predictions(data, release="keras-2.3.1", **asked).printed
    '0.6667'
    >>> for_predictions(data, release="keras-3.15.1", **asked).printed
    '1.0000'
    """
    return compiled_accuracy(
        predictions.y_true,
        predictions.y_pred,
        release=release,
        loss=loss,
        metric=metric,
        batch_size=batch_size,
        sample_weight=predictions.sample_weight,
        weighted=weighted,
    )
