"""Words -> class indices, in an order that is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.positive import positive_of
from metrics_core.reading.limits import LONGEST, shorten
from metrics_core.reading.table import Column

_BLOCK = 65_536


def used_words(column: Column, keep: Array | None) -> tuple[str, ...]:
    """The different words in the kept rows, sorted."""
    assert column.words is not None
    codes = column.data if keep is None else column.data[keep]
    present = np.zeros(len(column.words), dtype=bool)
    for start in range(0, len(codes), _BLOCK):
        block = codes[start : start + _BLOCK]
        present[block if column.missing is None else block[block >= 0]] = True
        if present.all():
            break
    return tuple(sorted(str(word) for word in column.words[present]))


def choose_order(
    words: tuple[str, ...],
    n_classes: int | None,
    guess: tuple[str, ...] | None,
    class_order: Sequence[str] | None,
) -> tuple[str, ...]:
    """The order of the classes: as asked, else as guessed, else sorted.

    Parameters
    ----------
    words : tuple of str
        What the labels hold.
    n_classes : int or None
        How many classes there must be; None where the words alone decide.
    guess : tuple of str or None
        See `order.order_words`; it may name classes that no sample has.
    class_order : sequence of str or None
        The user's order; it may name classes that no sample has.

    Raises
    ------
    InputError
        Where words are missing from the order, or their number does not fit the outputs.

    Examples
    --------
    >>> choose_order(("cat", "dog"), 2, ("dog", "cat"), None)
    ('dog', 'cat')
    """
    known = set(words)
    if class_order is not None:
        order = tuple(str(word) for word in class_order)
        if len(set(order)) != len(order) or not known <= set(order):
            gone = sorted(known - set(order))
            raise InputError(
                "class_order",
                "must name every class once",
                Message("no {word}", {"word": shorten(repr(gone[0]))})
                if gone
                else Message("a class more than once"),
                "List all classes in order; the first one is class 0.",
            )
    elif guess is not None and known <= set(guess):
        order = guess
    else:
        order = words
    if n_classes is not None and len(order) != n_classes:
        raise InputError(
            "class_order",
            "must have one class for each of the {n_classes} classes of the outputs",
            Message(
                "{n} class ({classes})",
                {"n": len(order), "classes": shorten(", ".join(order[:12]))},
                plural="{n} classes ({classes})",
            ),
            "Name all classes in the order of the outputs, or choose other label columns.",
            n_classes=n_classes,
        )
    return order


def in_short(words: Sequence[str]) -> tuple[str, ...]:
    """What the classes are called: their words, the long ones cut.

    Words that are the same once they are cut have the index of their class behind them.

    Examples
    --------
    >>> [len(name) for name in in_short(("cat", "x" * 10**6, "x" * 10**6 + "y"))]
    [3, 164, 164]
    """
    if all(len(word) <= LONGEST for word in words):
        return tuple(words)
    cut = [word if len(word) <= LONGEST else f"{word[: LONGEST - 1]}…" for word in words]
    often = Counter(cut)
    return tuple(
        word if often[word] == 1 else f"{word} ({index})" for index, word in enumerate(cut)
    )


def to_indices(column: Column, order: tuple[str, ...], keep: Array | None) -> Array:
    """``(n,)`` int32 indices of the words in `order`.

    Examples
    --------
    >>> column = Column(np.array([0, 1, 0], dtype=np.int32), np.array(["dog", "cat"]))
    >>> to_indices(column, ("cat", "dog"), None).tolist()
    [1, 0, 1]
    """
    assert column.words is not None
    index_of = {word: index for index, word in enumerate(order)}
    spelt = {word.strip().casefold(): index for index, word in enumerate(order)}
    lookup = np.array(
        [index_of.get(str(w), spelt.get(str(w).strip().casefold(), -1)) for w in column.words],
        dtype=np.int32,
    )
    codes = column.data if keep is None else column.data[keep]
    indices: Array = lookup[codes]
    indices.setflags(write=False)
    return indices


def by_name(y_true: Array, names: Sequence[str] | None, notes: list[Message]) -> Array:
    """Labels that are names of classes, such as 1 to C, become positions among the names."""
    if names is None or y_true.ndim != 1 or y_true.dtype.kind not in "iu":
        return y_true
    if not all(name.lstrip("-").isdecimal() for name in names):
        return y_true
    values = np.array([int(name) for name in names])
    order = np.argsort(values)
    positions: Array = order[
        np.searchsorted(values, y_true, sorter=order).clip(max=len(values) - 1)
    ]
    if np.array_equal(values, np.arange(len(values))) or not np.array_equal(
        values[positions], y_true
    ):
        return y_true
    shown = {"order": ", ".join(f"{i} = {name}" for i, name in enumerate(names[:20]))}
    notes.append(Message("The labels stand for classes in this order: {order}.", shown))
    return positions


def one_is_first(
    y_true: Array, y_pred: Array, names: Sequence[str] | None, notes: list[Message]
) -> bool:
    """Whether the first of two outputs has the name of class 1, such as yes before no.

    Labels are 0 or -1 and 1, and more outputs are right when both change places; or they are bool,
    and the outputs are called true and false.
    """
    if names is None or len(names) != 2 or y_true.ndim != 1:
        return False
    said = y_true.dtype.kind == "b" and [name.casefold() for name in names] == ["true", "false"]
    known = positive_of(tuple(names)) == names[0] and not all(map(str.isdecimal, names))
    if not (said or (known and _are_turned(y_true, y_pred))):
        return False
    notes.append(
        Message(
            "Label 1 stands for {one}: its output is taken as that of class 1, though it comes "
            "before that of {zero}.",
            {"one": shorten(names[0]), "zero": shorten(names[1])},
        )
    )
    return True


def _are_turned(labels: Array, outputs: Array) -> bool:
    """Whether the higher of two outputs is more often that of the other label, 0 or -1 and 1."""
    zero = -1 if len(labels) and labels.min() < 0 else 0
    known = (labels == zero) | (labels == 1)
    right = np.count_nonzero(outputs.argmax(axis=1) == (labels == 1))
    return bool(known.all() and 2 * right < len(labels))
