"""The answers of a class, counted for a histogram: by option, by number, by sample."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from accuracy_lens.learn.room.database.store import Counts
from metrics_core.errors import InputError
from metrics_core.lessons.grading import grade, marked_rows, value_of
from metrics_core.lessons.parts.questions import Choice, Marks, Number, Place, Question
from metrics_core.lessons.truths import right_options
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message

T = TypeVar("T")
MOST_BARS, BINS = 12, 8
"""More different numbers than the first are put together in as many ranges as the second."""


@dataclass(frozen=True)
class Bar:
    """One bar of the histogram.

    Attributes
    ----------
    label : Message
    counts : tuple of int
        How many in each round.
    right : bool
        Whether it is right; False as well while that is not shown.
    """

    label: Message
    counts: tuple[int, ...]
    right: bool = False


def bars(
    workings: Workings, question: Question, rounds: Sequence[Counts], *, revealed: bool
) -> tuple[Bar, ...]:
    """The answers of one or two rounds.

    Parameters
    ----------
    workings : Workings
        With the data on which it was asked.
    question : Question
    rounds : sequence of mapping of str to int
        How many gave each answer, round by round.
    revealed : bool
        Whether the bars say what is right.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> workings = Workings(lesson("six-probabilities"))
    >>> asked = workings.lesson.questions["accuracy"]
    >>> rounds = [{"5/6": 2, "0.5": 4}, {"0.83": 6}]
    >>> for bar in bars(workings, asked, rounds, revealed=True):
    ...     print(bar.label, bar.counts, bar.right)
    0.50 (4, 0) False
    0.83 (2, 6) True
    """
    match question:
        case Choice():
            found = _of_options(workings, question, rounds)
        case Marks():
            found = _of_rows(workings, question, rounds, revealed=revealed)
        case _:
            found = _of_numbers(workings, question, rounds)
    return found if revealed else tuple(Bar(bar.label, bar.counts) for bar in found)


def places(
    workings: Workings, question: Question, rounds: Sequence[Counts]
) -> tuple[dict[float, int], ...]:
    """How many put the threshold where, round by round; empty where a question asks no place.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> workings = Workings(lesson("a-rare-class"))
    >>> asked = workings.lesson.questions["cheaper"]
    >>> places(workings, asked, [{"0.5": 3, "0.05": 1, "0.050": 2}])
    ({0.5: 3, 0.05: 3},)
    """
    if not isinstance(question, Place):
        return ()

    def read(answer: str) -> tuple[float]:
        return (value_of(workings, question, answer),)

    return tuple(_added(counts, read) for counts in rounds)


def _of_options(workings: Workings, question: Choice, rounds: Sequence[Counts]) -> tuple[Bar, ...]:
    right = {option.name for option in right_options(workings, question)}
    return tuple(
        Bar(
            workings.text(option.text, option.recipe),
            tuple(counts.get(option.name, 0) for counts in rounds),
            option.name in right,
        )
        for option in question.options
    )


def _of_rows(
    workings: Workings, question: Marks, rounds: Sequence[Counts], *, revealed: bool
) -> tuple[Bar, ...]:
    right = question.truth.rows(workings)
    marked = [_added(counts, lambda answer: marked_rows(answer, len(right))) for counts in rounds]
    seen = {row for counts in marked for row in counts}
    if revealed:
        seen |= set(np.flatnonzero(right).tolist())
    most = sorted(seen, key=lambda row: -sum(counts.get(row, 0) for counts in marked))
    return tuple(
        Bar(
            Message("row {row}", {"row": row}),
            tuple(counts.get(row, 0) for counts in marked),
            bool(right[row]),
        )
        for row in sorted(most[:MOST_BARS])
    )


def _of_numbers(
    workings: Workings, question: Number | Place, rounds: Sequence[Counts]
) -> tuple[Bar, ...]:
    form = f",.{question.digits}f" if isinstance(question, Number) else ".6g"

    def read(answer: str) -> tuple[tuple[float, str]]:
        value = value_of(workings, question, answer)
        return ((float(f"{value:{form}}".replace(",", "")), f"{value:{form}}"),)

    found = [_added(counts, read) for counts in rounds]
    right = {
        read(answer)[0]
        for counts in rounds
        for answer in counts
        if _is_right(workings, question, answer)
    }
    values = sorted({value for counts in found for value in counts})
    if len(values) <= MOST_BARS:
        return tuple(
            Bar(
                Message("{answer}", {"answer": value[1]}),
                tuple(counts.get(value, 0) for counts in found),
                value in right,
            )
            for value in values
        )
    numbers = [value for value, _ in values]
    edges = np.linspace(numbers[0], numbers[-1], BINS + 1)
    bin_of = np.clip(np.searchsorted(edges, numbers, side="right") - 1, 0, BINS - 1)
    inside = [[v for v, b in zip(values, bin_of, strict=True) if b == at] for at in range(BINS)]
    return tuple(_range(edges[at], edges[at + 1], inside[at], found, right) for at in range(BINS))


def _range(
    low: float, high: float, inside: list[tuple[float, str]],
    found: Sequence[Mapping[tuple[float, str], int]], right: set[tuple[float, str]],
) -> Bar:  # fmt: skip
    label = Message("{low:.4g} to {high:.4g}", {"low": float(low), "high": float(high)})
    counts = tuple(sum(each.get(value, 0) for value in inside) for each in found)
    return Bar(label, counts, bool(inside) and all(value in right for value in inside))


def _added(counts: Counts, read: Callable[[str], Iterable[T]]) -> dict[T, int]:
    """How many gave each of the things that an answer is read as."""
    found: dict[T, int] = {}
    for answer, n in counts.items():
        try:
            parts = list(read(answer))
        except InputError:
            continue  # which no page takes
        for part in parts:
            found[part] = found.get(part, 0) + n
    return found


def _is_right(workings: Workings, question: Question, answer: str) -> bool:
    try:
        return grade(workings, question, answer).verdict == "right"
    except InputError:
        return False
