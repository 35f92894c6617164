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
from metrics_core.steps.decision import argmax

How = Literal["each", "reduce", "row"]
_EXACT = 2.0**53


@dataclass(frozen=True)
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


_X, _XY = ("x",), ("x", "y")
_ROWS = (
    Function("mean", _X, "reduce", np.mean, Message("the mean")),
    Function("sum", _X, "reduce", np.sum, Message("the sum")),
    Function("min", _X, "reduce", np.min, Message("the lowest value")),
    Function("max", _X, "reduce", np.max, Message("the highest value")),
    Function("prod", _X, "reduce", np.prod, Message("the product")),
    Function("std", _X, "reduce", np.std, Message("the standard deviation, divided by n")),
    Function("var", _X, "reduce", np.var, Message("the variance, divided by n")),
    Function("any", _X, "reduce", np.any, Message("whether any value is not 0"), truth=True),
    Function("all", _X, "reduce", np.all, Message("whether no value is 0"), truth=True),
    Function("count_nonzero", _X, "reduce", np.count_nonzero, Message("how many values are not 0")),
    Function("size", _X, "reduce", _size, Message("how many values there are")),
    Function(
        "argmax", _X, "row", _argmax, Message("the class with the highest value in each sample")
    ),
    Function("softmax", _X, "row", _softmax, Message("softmax over the classes of each sample")),
    Function("sigmoid", _X, "each", lambda x: activate(x, "sigmoid"), Message("1 / (1 + exp(-x))")),
    Function("abs", _X, "each", np.abs, Message("the absolute value")),
    Function("sign", _X, "each", np.sign, Message("-1, 0 or 1")),
    Function("round", _X, "each", np.rint, Message("the nearest whole number, halves to even")),
    Function("floor", _X, "each", np.floor, Message("rounded down to a whole number")),
    Function("ceil", _X, "each", np.ceil, Message("rounded up to a whole number")),
    Function("sqrt", _X, "each", np.sqrt, Message("the square root")),
    Function("square", _X, "each", np.square, Message("the square")),
    Function("exp", _X, "each", np.exp, Message("e to the power of x")),
    Function("expm1", _X, "each", np.expm1, Message("exp(x) - 1, exact for small x")),
    Function("log", _X, "each", np.log, Message("the natural logarithm")),
    Function("log1p", _X, "each", np.log1p, Message("log(1 + x), exact for small x")),
    Function("log2", _X, "each", np.log2, Message("the logarithm to base 2")),
    Function("log10", _X, "each", np.log10, Message("the logarithm to base 10")),
    Function("sin", _X, "each", np.sin, Message("the sine")),
    Function("cos", _X, "each", np.cos, Message("the cosine")),
    Function("tanh", _X, "each", np.tanh, Message("the hyperbolic tangent")),
    Function("isnan", _X, "each", np.isnan, Message("whether it is NaN"), truth=True),
    Function(
        "isfinite", _X, "each", np.isfinite, Message("whether it is a finite number"), truth=True
    ),
    Function(
        "clip",
        ("x", "low", "high"),
        "each",
        np.clip,
        Message("x, limited to the range from low to high"),
    ),
    Function(
        "where", ("condition", "x", "y"), "each", np.where, Message("x where true, otherwise y")
    ),
    Function("maximum", _XY, "each", np.maximum, Message("the higher of two")),
    Function("minimum", _XY, "each", np.minimum, Message("the lower of two")),
    Function("equal", _XY, "each", np.equal, Message("x == y"), truth=True),
    Function("not_equal", _XY, "each", np.not_equal, Message("x != y"), truth=True),
    Function("greater", _XY, "each", np.greater, Message("x > y"), truth=True),
    Function("greater_equal", _XY, "each", np.greater_equal, Message("x >= y"), truth=True),
    Function("less", _XY, "each", np.less, Message("x < y"), truth=True),
    Function("less_equal", _XY, "each", np.less_equal, Message("x <= y"), truth=True),
    Function("logical_and", _XY, "each", np.logical_and, Message("x & y"), truth=True),
    Function("logical_or", _XY, "each", np.logical_or, Message("x | y"), truth=True),
    Function("logical_not", _X, "each", np.logical_not, Message("~x"), truth=True),
    Function("add", _XY, "each", np.add, Message("x + y")),
    Function("subtract", _XY, "each", np.subtract, Message("x - y")),
    Function("multiply", _XY, "each", np.multiply, Message("x * y")),
    Function("divide", _XY, "each", np.divide, Message("x / y")),
    Function("floor_divide", _XY, "each", _floor_divide, Message("x // y")),
    Function("mod", _XY, "each", _mod, Message("x % y")),
    Function("power", _XY, "each", _power, Message("x ** y, with y written as a number")),
    Function("negative", _X, "each", np.negative, Message("-x")),
)
FUNCTIONS: dict[str, Function] = {row.name: row for row in _ROWS}
"""Every function of the language by its name."""
COMPARISONS = frozenset({"equal", "not_equal", "greater", "greater_equal", "less", "less_equal"})
