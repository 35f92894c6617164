"""What ``evaluate`` takes in, and what it refuses before a metric is computed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy.typing as npt

from metrics_core.numeric.arrays import Array
from metrics_core.releases import checks
from metrics_core.releases.rules import inputs
from metrics_core.releases.rules.release import Loss, LossForm, Release


@dataclass(frozen=True, eq=False)
class Given:
    """Labels, outputs and weights as a release takes them, and the lengths of the batches."""

    labels: Array
    outputs: Array
    weights: Array | None
    lengths: Array

    def check(
        self, row: Release, loss: Loss, loss_form: LossForm, sample_weight_mode: str | None
    ) -> None:
        """Refuse what the release refuses: targets, weights, and shapes in the loss.

        Raises
        ------
        KerasRefusal
            If so.
        """
        checks.check_target(self.labels, self.outputs, loss, loss_form, row)
        checks.check_weights(self.weights, self.labels, sample_weight_mode, row)
        sizes = sorted(set(self.lengths.tolist()))
        checks.check_loss(self.labels, self.outputs, self.weights, loss, sizes, row)


def take(
    y_true: npt.ArrayLike,
    y_pred: npt.ArrayLike,
    sample_weight: npt.ArrayLike | None,
    row: Release,
    loss: Loss,
    loss_form: LossForm,
    batch_size: int,
) -> Given:
    """Read the arguments of `compiled_accuracy` as a release does.

    Raises
    ------
    KerasRefusal
        For a loss class that the release lacks.
    InputError
        For arrays of unequal length, no samples, or an unknown loss or batch size.

    Examples
    --------
    >>> from metrics_core.releases import RELEASES
    >>> row = RELEASES["tf.keras-2.0.0"]
    >>> take([0, 1], [0.2, 0.7], None, row, "hinge", "string", 32).labels.shape
    (2, 1)
    """
    inputs.check_loss_name(loss)
    outputs = inputs.single(inputs.numbers("y_pred", y_pred))
    outputs = outputs[:, None] if outputs.ndim == 1 else outputs
    weights = None
    if sample_weight is not None:
        weights = inputs.single(inputs.numbers("sample_weight", sample_weight))
    checks.check_form(loss, loss_form, row)
    given = inputs.numbers("y_true", y_true)
    inputs.check_lengths(given, outputs, weights)
    labels = inputs.labels_in_evaluate(given, outputs, loss, loss_form, row)
    return Given(labels, outputs, weights, inputs.batch_lengths(len(outputs), batch_size))
