"""One sample as the choices explain it: its numbers, as short as keeps them true."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.settable import Settable

Explanation = tuple[Message, str]
"""A sentence, and an equation in LaTeX."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Sample:
    """What the steps left of one sample, and the settings that they followed.

    Attributes
    ----------
    label : ndarray, shape () or (C,)
        As it came.
    compared_label : ndarray, shape () or (C,)
        In the dtype in which it is compared with the decision.
    scores, decisions, matches : ndarray, shape () or (C,)
    true_class : ndarray, shape ()
    as_positive : bool
        Whether every label other than 0 counts as 1.
    value : float
        What the sample adds to the mean.
    shared : bool
        Whether `value` is one value of all samples together.
    settings : Settable
    """

    label: Array
    compared_label: Array
    scores: Array
    decisions: Array
    matches: Array
    true_class: Array
    as_positive: bool
    value: float
    shared: bool
    settings: Settable


def number(value: object, apart_from: float | None = None) -> str:
    """Four decimals, or as many as keep its side of another value that it is compared with.

    Examples
    --------
    >>> number(0.46332538), number(np.float32(0.50000006), 0.5), number(3), number(1e-7)
    ('0.4633', '0.50000006', '3', '1e-07')
    """
    if isinstance(value, (bool, np.bool_)):
        return str(int(value))
    if isinstance(value, (int, np.integer)):
        return str(value)
    assert isinstance(value, (float, np.floating))
    if not np.isfinite(value):
        return str(value)
    short = f"{value:.4f}"
    if float(value).is_integer() and abs(float(value)) < 1e6:
        short = f"{value:.0f}"
    lost = float(short) == 0 and value != 0
    crossed = apart_from is not None and side(short, apart_from) != side(value, apart_from)
    return str(value) if lost or crossed else short


def side(value: object, limit: object) -> tuple[bool, bool]:
    """Whether a value is above a limit, and whether it equals it.

    Examples
    --------
    >>> side(0.5, 0.5), side(0.7, 0.5)
    ((False, True), (True, False))
    """
    return float(value) > float(limit), float(value) == float(limit)  # type: ignore[arg-type]


def numbers_apart(first: object, second: object) -> tuple[str, str]:
    """Both numbers, as short as lets them look equal only where they are.

    Examples
    --------
    >>> numbers_apart(0.50001, 0.5), numbers_apart(1.0, 1)
    (('0.50001', '0.5000'), ('1', '1'))
    """
    shown = number(first, float(second)), number(second, float(first))  # type: ignore[arg-type]
    looks_equal = float(shown[0]) == float(shown[1])
    return shown if looks_equal == (first == second) else (str(first), str(second))


def verdict(right: object) -> Message:
    """The word for a match.

    Examples
    --------
    >>> str(verdict(True)), str(verdict(0))
    ('right', 'wrong')
    """
    return Message("right") if right else Message("wrong")


def bracket(claim: str) -> str:
    r"""1 where the claim holds, else 0, as the formulas of the catalogue write it.

    Examples
    --------
    >>> print(bracket("1 = 1"))
    [\,1 = 1\,]
    """
    return rf"[\,{claim}\,]"


def match_equation(claim: str, right: object, with_numbers: str | None = None) -> str:
    r"""A claim in brackets, the same with the decision put in, and the match that it gives.

    Examples
    --------
    >>> print(match_equation("2 < k", True, "2 < 5"))
    [\,2 < k\,] = [\,2 < 5\,] = 1
    """
    steps = [bracket(part) for part in (claim, with_numbers) if part is not None]
    return " = ".join([*steps, str(int(bool(right)))])
