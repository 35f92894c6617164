"""The functions of the language: one row each, under the name that numpy and `keras.ops` share.

Every array has three axes: batches, samples of a batch, and classes of a sample. One value per
sample is a row of length 1; a number has shape (1, 1, 1), or (b, 1, 1) with a number per batch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.activation import activate
from metrics_core.steps.decision.argmax import argmax

How = Literal["each", "reduce", "row"]
_EXACT = 2.0**53


@dataclass(frozen=True, kw_only=True)
class Function:
    """One row of the table.

    Attributes
    ----------
    name : str
        As numpy and Keras call it.
    arguments : tuple of str
        Names of the arguments; a reduction takes -1 after them.
    how : {"each", "reduce", "row"}
        ``each`` works element by element; ``reduce`` gives one number for everything or, with -1,
        for each sample; ``row`` works along the classes of each sample.
    compute : callable
        Takes arrays of float64; reductions take ``axis`` and ``keepdims``.
    words : Message
        What it gives, in plain words.
    truth : bool
        Whether the result is 1 or 0 for true or false.

    Examples
    --------
    >>> FUNCTIONS["clip"].usage
    'clip(x, low, high)'
    >>> FUNCTIONS["mean"].usage
    'mean(x) or mean(x, -1)'
    """

    name: str
    arguments: tuple[str, ...]
    how: How
    compute: Callable[..., Any]
    words: Message
    truth: bool = False

    @property
    def usage(self) -> str:
        """How it is called."""
        given = ", ".join(self.arguments)
        plain = f"{self.name}({given})"
        return f"{plain} or {self.name}({given}, -1)" if self.how == "reduce" else plain


def _mod(values: Array, divisor: Array) -> Array:
    """Take the remainder; NaN where the quotient is so large that no digit of it is left."""
    far = ~(np.abs(values / divisor) < _EXACT)
    return np.where(far, np.nan, np.mod(np.where(far, 0.0, values), divisor))


def _floor_divide(values: Array, divisor: Array) -> Array:
    quotient = values / divisor
    far = ~(np.abs(quotient) < _EXACT)
    near = np.floor_divide(np.where(far, 0.0, values), divisor)
    return np.where(far, np.floor(quotient), near)


def _power(values: Array, exponent: Array) -> Any:
    return values ** exponent.item()


def _softmax(values: Array) -> Array:
    rows = values.reshape(-1, values.shape[-1])
    return activate(rows, "softmax").reshape(values.shape)


def _argmax(values: Array) -> Array:
    rows = values.reshape(-1, values.shape[-1])
    return argmax(rows).reshape(*values.shape[:-1], 1)


def _size(values: Array, axis: tuple[int, ...], keepdims: bool) -> Array:
    kept = tuple(1 if position in axis else size for position, size in enumerate(values.shape))
    return np.full(kept, float(values.size) / float(np.prod(kept)))


def _row(
    name: str,
    arguments: tuple[str, ...],
    how: How,
    compute: Callable[..., Any],
    words: Message,
    *,
    truth: bool = False,
) -> Function:
    """One line of the table."""
    return Function(
        name=name, arguments=arguments, how=how, compute=compute, words=words, truth=truth
    )


_X, _XY = ("x",), ("x", "y")
_ROWS = (
    _row("mean", _X, "reduce", np.mean, Message("the mean")),
    _row("sum", _X, "reduce", np.sum, Message("the sum")),
    _row("min", _X, "reduce", np.min, Message("the lowest value")),
    _row("max", _X, "reduce", np.max, Message("the highest value")),
    _row("prod", _X, "reduce", np.prod, Message("the product")),
    _row("std", _X, "reduce", np.std, Message("the standard deviation, divided by n")),
    _row("var", _X, "reduce", np.var, Message("the variance, divided by n")),
    _row("any", _X, "reduce", np.any, Message("whether any value is not 0"), truth=True),
    _row("all", _X, "reduce", np.all, Message("whether no value is 0"), truth=True),
    _row("count_nonzero", _X, "reduce", np.count_nonzero, Message("how many values are not 0")),
    _row("size", _X, "reduce", _size, Message("how many values there are")),
    _row("argmax", _X, "row", _argmax, Message("the class with the highest value in each sample")),
    _row("softmax", _X, "row", _softmax, Message("softmax over the classes of each sample")),
    _row("sigmoid", _X, "each", lambda x: activate(x, "sigmoid"), Message("1 / (1 + exp(-x))")),
    _row("abs", _X, "each", np.abs, Message("the absolute value")),
    _row("sign", _X, "each", np.sign, Message("-1, 0 or 1")),
    _row("round", _X, "each", np.rint, Message("the nearest whole number, halves to even")),
    _row("floor", _X, "each", np.floor, Message("rounded down to a whole number")),
    _row("ceil", _X, "each", np.ceil, Message("rounded up to a whole number")),
    _row("sqrt", _X, "each", np.sqrt, Message("the square root")),
    _row("square", _X, "each", np.square, Message("the square")),
    _row("exp", _X, "each", np.exp, Message("e to the power of x")),
    _row("expm1", _X, "each", np.expm1, Message("exp(x) - 1, exact for small x")),
    _row("log", _X, "each", np.log, Message("the natural logarithm")),
    _row("log1p", _X, "each", np.log1p, Message("log(1 + x), exact for small x")),
    _row("log2", _X, "each", np.log2, Message("the logarithm to base 2")),
    _row("log10", _X, "each", np.log10, Message("the logarithm to base 10")),
    _row("sin", _X, "each", np.sin, Message("the sine")),
    _row("cos", _X, "each", np.cos, Message("the cosine")),
    _row("tanh", _X, "each", np.tanh, Message("the hyperbolic tangent")),
    _row("isnan", _X, "each", np.isnan, Message("whether it is NaN"), truth=True),
    _row("isfinite", _X, "each", np.isfinite, Message("whether it is a finite number"), truth=True),
    _row(
        "clip",
        ("x", "low", "high"),
        "each",
        np.clip,
        Message("x, limited to the range from low to high"),
    ),
    _row("where", ("condition", "x", "y"), "each", np.where, Message("x where true, otherwise y")),
    _row("maximum", _XY, "each", np.maximum, Message("the higher of two")),
    _row("minimum", _XY, "each", np.minimum, Message("the lower of two")),
    _row("equal", _XY, "each", np.equal, Message("x == y"), truth=True),
    _row("not_equal", _XY, "each", np.not_equal, Message("x != y"), truth=True),
    _row("greater", _XY, "each", np.greater, Message("x > y"), truth=True),
    _row("greater_equal", _XY, "each", np.greater_equal, Message("x >= y"), truth=True),
    _row("less", _XY, "each", np.less, Message("x < y"), truth=True),
    _row("less_equal", _XY, "each", np.less_equal, Message("x <= y"), truth=True),
    _row("logical_and", _XY, "each", np.logical_and, Message("x & y"), truth=True),
    _row("logical_or", _XY, "each", np.logical_or, Message("x | y"), truth=True),
    _row("logical_not", _X, "each", np.logical_not, Message("~x"), truth=True),
    _row("add", _XY, "each", np.add, Message("x + y")),
    _row("subtract", _XY, "each", np.subtract, Message("x - y")),
    _row("multiply", _XY, "each", np.multiply, Message("x * y")),
    _row("divide", _XY, "each", np.divide, Message("x / y")),
    _row("floor_divide", _XY, "each", _floor_divide, Message("x // y")),
    _row("mod", _XY, "each", _mod, Message("x % y")),
    _row("power", _XY, "each", _power, Message("x ** y, with y written as a number")),
    _row("negative", _X, "each", np.negative, Message("-x")),
)
FUNCTIONS: dict[str, Function] = {row.name: row for row in _ROWS}
"""Every function of the language by its name."""
COMPARISONS = frozenset({"equal", "not_equal", "greater", "greater_equal", "less", "less_equal"})
