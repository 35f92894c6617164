"""Metrics as formulas: a small language over the syntax of Python, of which nothing is executed.

A formula such as ``mean(abs(y_true - y_pred))`` is one calculation, or a dictionary of several:
``{'hit': mean(round(y_pred) == y_true), 'mean_pred': mean(y_pred)}``. It consists of numbers, the
names of `NAMES`, ``+ - * / // % **``, comparisons, ``& | ~`` between comparisons in parentheses,
and calls of `FUNCTIONS`. It has at most 1,000 characters, 200 parts and 30 levels.

Shapes. A value is one number for all samples, one per sample, or one per class of each sample,
written (n, 1) and (n, C). Operands are numbers or have one shape; nothing else is broadcast.
``mean(x)`` and the other reductions go over everything, as ``keras.ops`` does without an axis;
``mean(x, -1)`` goes over the classes of each sample and keeps one value per sample (where there is
one already, it is that). ``argmax`` and ``softmax`` always go over the classes.

Numbers. Everything is float64; true is 1 and false is 0. A number that is compared with an array is
rounded to float32 first, as Keras does. Division by 0 and the like give NaN or infinities.

The metric. One number for all samples is the value; otherwise the value is the mean over the
samples, weighted where asked, of one value per sample or of the mean over its classes.
"""

from metrics_core.formula.batches import BatchValues, value_by_batches
from metrics_core.formula.codes import code
from metrics_core.formula.evaluating import Result, evaluate
from metrics_core.formula.language.functions import FUNCTIONS, Function
from metrics_core.formula.language.nodes import NAMES, Formula, Node
from metrics_core.formula.language.parsing import parse
from metrics_core.formula.language.refusal import FormulaError
from metrics_core.formula.tracing import Traced, trace
from metrics_core.formula.values import values_of

__all__ = [
    "FUNCTIONS",
    "NAMES",
    "BatchValues",
    "Formula",
    "FormulaError",
    "Function",
    "Node",
    "Result",
    "Traced",
    "code",
    "evaluate",
    "parse",
    "trace",
    "value_by_batches",
    "values_of",
]
