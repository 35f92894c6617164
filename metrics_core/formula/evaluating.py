"""The value of every metric of a formula, with one value per sample where there is one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from metrics_core.formula.language.nodes import Formula, Node
from metrics_core.formula.running import run
from metrics_core.formula.values import Given, Names, Value, weights_of
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.aggregation.mean import Mean


@dataclass(frozen=True, eq=False)
class Result:
    """What one metric of a formula gives.

    Attributes
    ----------
    value : float
        The number on the card; NaN and infinities are possible.
    samples : ndarray of float64, shape (n,), or None
        One value per sample, of which `value` is the mean; a sample's value is the mean over its
        classes where the formula gives one per class. None where the formula gives one number for
        all samples.
    remark : Message or None
        Where a value that is not finite came from.
    """

    value: float
    samples: Array | None
    remark: Message | None


def evaluate(
    formula: Formula, values: Given, *, weights: npt.ArrayLike | None = None
) -> dict[str, Result]:
    """Compute every metric of a formula over all samples at once.

    Parameters
    ----------
    formula : Formula
        From `parse`.
    values : mapping of str to array_like
        What its names stand for: arrays ``(n,)``, ``(n, 1)`` or ``(n, C)``, and numbers.
    weights : array_like or None, shape (n,)
        What each sample weighs in the mean of values per sample. A formula that gives one number is
        not weighted; Keras 3 refuses it among ``weighted_metrics``.

    Returns
    -------
    dict of str to Result
        By the name of the metric, in the order of the formula. Where all weights are 0 the value is
        0.0, as in Keras 3.

    Raises
    ------
    FormulaError
        If operands differ in shape or a name has no value.
    InputError
        If an array does not fit the others.

    Examples
    --------
    >>> from metrics_core.formula.language.parsing import parse
    >>> formula = parse("{'hit': mean(round(y_pred) == y_true), 'gap': abs(y_true - y_pred)}")
    >>> results = evaluate(formula, {"y_true": [1, 0], "y_pred": [0.75, 0.5]})
    >>> results["hit"].value, results["gap"].value, results["gap"].samples.tolist()
    (1.0, 0.375, [0.25, 0.5])
    """
    names = Names(values, formula.names)
    heavy = weights_of(weights, names.length)
    (given,) = names.batches()
    return {
        name: _result(formula, top, given, heavy, names.length) for name, top in formula.metrics
    }


def _result(
    formula: Formula, top: Node, given: dict[str, Value], weights: Array | None, length: int
) -> Result:
    origin = _Origin(formula)
    found = run(formula, top, given, origin.watch)
    samples = None
    if found.level == "number":
        value = float(found.array.item())
    else:
        with np.errstate(all="ignore"):
            samples = found.array.reshape(length, -1).mean(axis=1)
            value = Mean.of(samples, weights).result
        samples.setflags(write=False)
    return Result(value, samples, None if np.isfinite(value) else origin.remark())


class _Origin:
    """Remembers the first part, from the inside out, that has a value which is not finite."""

    def __init__(self, formula: Formula) -> None:
        self.formula = formula
        self.found: tuple[Node, Value] | None = None

    def watch(self, node: Node, value: Value) -> None:
        if self.found is None and not np.isfinite(value.array).all():
            self.found = node, value

    def remark(self) -> Message:
        if self.found is None:
            return Message("the sum overflows")
        node, value = self.found
        odd = ~np.isfinite(value.array)
        position = np.unravel_index(int(np.argmax(odd)), odd.shape)
        said: dict[str, object] = {
            "source": self.formula.source(node),
            "value": f"{value.array[position]}",
        }
        if value.level == "number":
            return Message("{source} is {value}", said)
        said["n"], said["row"] = int(odd.any(axis=2).sum()), int(position[1])
        return Message(
            "{source} is {value} in row {row}, the only row that is not finite",
            said,
            plural="{source} is {value} in row {row}; {n} rows are not finite",
        )
