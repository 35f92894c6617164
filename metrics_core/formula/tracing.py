"""One sample's way through a formula, part by part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.errors import InputError
from metrics_core.formula.language.functions import FUNCTIONS
from metrics_core.formula.language.nodes import Formula, Node
from metrics_core.formula.running import run
from metrics_core.formula.values import Given, Level, Names, Value
from metrics_core.messages import Message


@dataclass(frozen=True, kw_only=True)
class Traced:
    """One part of a formula and what it is for the sample at hand.

    Attributes
    ----------
    source : str
        The part as it was typed.
    column, end : int
        The part of the text: ``text[column:end]``.
    op : str
        ``number``, ``name`` or the function.
    level : {"number", "sample", "class"}
        ``number``: the same for all samples.
    values : tuple of float
        One value, or one per class of the sample.
    truth : bool
        Whether 1 and 0 stand for true and false.
    words : Message or None
        What the function gives, in plain words; None for numbers and names.
    parts : tuple of Traced
        What it was computed from.
    """

    source: str
    column: int
    end: int
    op: str
    level: Level
    values: tuple[float, ...]
    truth: bool
    words: Message | None
    parts: tuple[Traced, ...]


def trace(formula: Formula, values: Given, index: int) -> dict[str, Traced]:
    """Follow one sample through every metric of a formula.

    Parameters
    ----------
    formula, values
        As in `evaluate`.
    index : int
        Row of the sample, from 0 to n - 1.

    Returns
    -------
    dict of str to Traced
        The whole metric; its parts lie below it. What goes over all samples, such as a mean, shows
        its one number.

    Raises
    ------
    InputError
        As `evaluate`, and if there is no such row.

    Examples
    --------
    >>> from metrics_core.formula.language.parsing import parse
    >>> given = {"y_true": [1, 0], "y_pred": [0.75, 0.5]}
    >>> top = trace(parse("mean(abs(y_true - y_pred))"), given, 0)["metric"]
    >>> inner = top.parts[0]
    >>> (top.level, top.values), (inner.source, inner.values)
    (('number', (0.375,)), ('abs(y_true - y_pred)', (0.25,)))
    """
    names = Names(values, formula.names)
    if not 0 <= index < names.length:
        raise InputError(
            "index",
            "must be a row from 0 to {last}",
            index,
            "Choose a row of the table.",
            last=names.length - 1,
        )
    (given,) = names.batches()
    return {name: _followed(formula, top, given, index) for name, top in formula.metrics}


def _followed(formula: Formula, top: Node, given: dict[str, Value], index: int) -> Traced:
    kept: dict[int, tuple[Level, tuple[float, ...]]] = {}

    def watch(node: Node, value: Value) -> None:
        row = value.array[0, 0 if value.level == "number" else index]
        kept[id(node)] = value.level, tuple(np.atleast_1d(row).tolist())

    def traced(node: Node) -> Traced:
        level, numbers = kept[id(node)]
        return Traced(
            source=formula.source(node),
            column=node.column,
            end=node.end,
            op=node.op,
            level=level,
            values=numbers,
            truth=node.truth,
            words=FUNCTIONS[node.op].words if node.op in FUNCTIONS else None,
            parts=tuple(map(traced, node.parts)),
        )

    run(formula, top, given, watch)
    return traced(top)
