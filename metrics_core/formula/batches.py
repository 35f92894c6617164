"""What a formula gives when Keras computes it batch by batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from metrics_core.errors import InputError
from metrics_core.formula.evaluating import evaluate
from metrics_core.formula.language.nodes import Formula, Node
from metrics_core.formula.running import run
from metrics_core.formula.values import Given, Names, weights_of
from metrics_core.numeric.arrays import Array


@dataclass(frozen=True, eq=False)
class BatchValues:
    """One metric of a formula, once over all samples and once batch by batch.

    Attributes
    ----------
    whole : float
        Over all samples at once.
    values : ndarray of float64, shape (b,)
        Of each batch: its number, or the weighted mean of its values per sample.
    lengths : ndarray of int, shape (b,)
        How many samples each batch has.
    masses : ndarray of float64, shape (b,)
        What each batch weighs: the sum of its weights, or how many samples it has.
    by_sample : bool
        Whether the formula gives one value per sample, or one per class.
    """

    whole: float
    values: Array
    lengths: Array
    masses: Array
    by_sample: bool

    @property
    def each_once(self) -> float:
        """The mean of the batch values; a short last batch counts as much as a full one."""
        with np.errstate(all="ignore"):
            return float(np.mean(self.values))

    @property
    def by_length(self) -> float:
        """The mean of the batch values, each counted as often as it has samples."""
        with np.errstate(all="ignore"):
            return float(np.sum(self.values * self.lengths) / np.sum(self.lengths))

    @property
    def keras_1(self) -> float:
        """What Keras 1 and Keras 2.0 to 2.2 print: batch values by the length of the batch."""
        return self.by_length

    @property
    def keras_3(self) -> float:
        """What Keras 2.3, tf.keras (1.13 on) and Keras 3 print.

        Values per sample are added up over all batches, so that batches do not matter unless a
        value depends on the others of its batch; a number counts once per batch, however short.
        """
        if not self.by_sample:
            return self.each_once
        with np.errstate(all="ignore"):
            total = float(np.sum(self.masses))
            return float(np.sum(self.values * self.masses)) / total if total else 0.0


def value_by_batches(
    formula: Formula,
    values: Given,
    batch_size: int,
    *,
    weights: npt.ArrayLike | None = None,
) -> dict[str, BatchValues]:
    """Compute every metric of a formula on each batch, in order and not shuffled.

    Parameters
    ----------
    formula, values, weights
        As in `evaluate`. Weights are for values per sample only. `BatchValues.keras_1` is for no
        weights: those releases divided by how many weights are not 0.
    batch_size : int
        1 or more; the last batch may be shorter.

    Returns
    -------
    dict of str to BatchValues

    Raises
    ------
    InputError
        As `evaluate`, and if the batch size is not a whole number of at least 1.

    Notes
    -----
    Keras up to 2.2.4 ``engine/training.py``: mean of batch values by length; from 2.3 on
    ``keras.metrics.MeanMetricWrapper``, which adds 1 to its count for a number and n for values of
    n samples.

    Examples
    --------
    >>> from metrics_core.formula.language.parsing import parse
    >>> found = value_by_batches(parse("max(y_pred)"), {"y_pred": [0.25, 0.5, 1.0]}, 2)["metric"]
    >>> found.whole, found.values.tolist(), found.each_once, round(found.by_length, 4)
    (1.0, [0.5, 1.0], 0.75, 0.6667)
    """
    if isinstance(batch_size, bool) or batch_size < 1 or not float(batch_size).is_integer():
        raise InputError(
            "batch_size", "must be a whole number, 1 or more", batch_size, "Keras's default is 32."
        )
    size = int(batch_size)
    whole = evaluate(formula, values, weights=weights)
    names = Names(values, formula.names)
    heavy = weights_of(weights, names.length)
    starts = np.arange(0, names.length, size)
    lengths = np.diff(np.append(starts, names.length))
    masses = np.add.reduceat(np.ones(names.length) if heavy is None else heavy, starts)
    return {
        name: BatchValues(
            whole[name].value,
            _each(formula, top, names, size, heavy),
            lengths,
            masses,
            whole[name].samples is not None,
        )
        for name, top in formula.metrics
    }


def _each(formula: Formula, top: Node, names: Names, size: int, weights: Array | None) -> Array:
    found, start = [], 0
    for given in names.batches(size):
        value = run(formula, top, given)
        rows = min(size, names.length - start)
        count = max(1, (names.length - start) // rows)
        if value.level == "number":
            found.append(np.broadcast_to(value.array.reshape(-1), (count,)))
        else:
            with np.errstate(all="ignore"):
                samples = value.array.mean(axis=2)
                heavy = np.ones(samples.shape)
                if weights is not None:
                    heavy = weights[start : start + samples.size].reshape(samples.shape)
                total = heavy.sum(axis=1)
                mean = (samples * heavy).sum(axis=1) / total
            found.append(np.where(total == 0, 0.0, mean))
        start += count * rows
    return np.concatenate(found)
