"""What every library and version gives for the calls that people make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from metrics_core.counting.confusion import MOST_CLASSES
from metrics_core.libraries.answer import LibraryAnswer
from metrics_core.libraries.asking import ask
from metrics_core.libraries.library import Library
from metrics_core.libraries.refusal import LibraryRefusal
from metrics_core.libraries.table import LIBRARIES
from metrics_core.libraries.usual.call import Usual
from metrics_core.libraries.usual.rows import USUAL
from metrics_core.messages import Message
from metrics_core.predictions import Predictions


@dataclass(frozen=True, eq=False, kw_only=True)
class UsualAnswer:
    """What a call gives in versions that answer alike.

    Attributes
    ----------
    usual : Usual
    rows : tuple of Library
        Rows of the table, oldest first.
    answer : LibraryAnswer or LibraryRefusal
        Of the newest of them.
    value : float or None
        None where it is refused.
    """

    usual: Usual
    rows: tuple[Library, ...]
    answer: LibraryAnswer | LibraryRefusal
    value: float | None

    @property
    def title(self) -> str:
        """The library and the versions.

        Examples
        --------
        >>> data = Predictions.of([0, 1, 2], [[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.5, 0.3, 0.2]])
        >>> [each.title for each in usual_answers(data)][-1]
        'fastai 2.8.12'
        """
        return f"{self.rows[0].title} {versions_of(self.rows)}"


def versions_of(rows: Sequence[Library]) -> str:
    """The versions of rows of one library, as ranges of those that follow each other."""
    order = [row.name for row in LIBRARIES.values() if row.package == rows[0].package]
    runs: list[list[Library]] = []
    for row in rows:
        follows = runs and order.index(runs[-1][-1].name) + 1 == order.index(row.name)
        if follows:
            runs[-1].append(row)
        else:
            runs.append([row])
    return ", ".join(_range(run[0], run[-1]) for run in runs)


def _range(first: Library, last: Library) -> str:
    start, end = first.oldest, last.newest
    return start if start == end else f"{start}–{end}"


def why_not_asked(data: Predictions) -> Message | None:
    """Why no library is asked about some predictions; None where they are.

    Examples
    --------
    >>> str(why_not_asked(Predictions.of([0, 1], [0, -1], kind="class_indices")))
    'Predicted classes below 0 are treated by each library in its own way.'
    """
    if data.kind == "class_indices" and data.outputs.min(initial=0) < 0:
        return Message("Predicted classes below 0 are treated by each library in its own way.")
    if data.n_classes > MOST_CLASSES:
        return Message("Libraries are asked for up to {most:,} classes.", {"most": MOST_CLASSES})
    return None


def usual_answers(data: Predictions, *, weighted: bool = False) -> tuple[UsualAnswer, ...]:
    """Make every usual call on some predictions, in every version that has it.

    Parameters
    ----------
    data : Predictions
    weighted : bool
        Whether sample weights are handed over where they are taken.

    Returns
    -------
    tuple of UsualAnswer
        Versions that give the same number, or all refuse, are one. Empty where `why_not_asked`
        says why.
    """
    if why_not_asked(data) is not None:
        return ()
    return tuple(
        answer
        for usual in USUAL
        if data.kind in usual.kinds and _classes(data) >= usual.least_classes
        for answer in _alike(usual, data, weighted)
    )


def _classes(data: Predictions) -> int:
    return 2 if data.kind == "multi_label" else data.n_classes


def _alike(usual: Usual, data: Predictions, weighted: bool) -> Iterator[UsualAnswer]:
    question = usual.question(data, weighted=weighted)
    known: dict[int, LibraryAnswer | LibraryRefusal] = {}
    alike: dict[float | None, list[tuple[Library, LibraryAnswer | LibraryRefusal]]] = {}
    for row in LIBRARIES.values():
        if row.package != usual.package:
            continue
        metrics = hash(tuple(map(id, row.metrics)))
        if metrics not in known:
            try:
                known[metrics] = ask(question, row)
            except LibraryRefusal as refusal:
                known[metrics] = refusal
        answer = known[metrics]
        if isinstance(answer, LibraryRefusal):
            if not answer.missing:
                alike.setdefault(None, []).append((row, answer))
        else:
            alike.setdefault(answer.value, []).append((row, answer))
    for value, found in alike.items():
        yield UsualAnswer(
            usual=usual,
            rows=tuple(row for row, _ in found),
            answer=found[-1][1],
            value=value,
        )
