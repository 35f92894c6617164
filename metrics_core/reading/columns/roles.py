"""Which columns are labels, outputs, weight, ids, epoch: a guess that the user can change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from metrics_core.messages import Message
from metrics_core.reading.columns.epochs import looks_like_epochs
from metrics_core.reading.columns.guess.candidates import find_candidates
from metrics_core.reading.columns.guess.outcomes import choose_labels
from metrics_core.reading.columns.naming import plain, says
from metrics_core.reading.columns.pairs import two_endings, whole_and_fractions
from metrics_core.reading.columns.profile import Profile, look
from metrics_core.reading.table import Column, RawTable

_MANY = 10


@dataclass(frozen=True, kw_only=True)
class Roles:
    """What each column is for.

    Attributes
    ----------
    labels, outputs : tuple of str
        One column, or several in the order of the classes.
    weight, ids : str or None
        One column each.
    sure : bool
        Whether the names alone decide, with one choice for labels and one for outputs, and the
        values do not speak against it.
    epoch : str or None
        The column that numbers the epochs, where the file has the outputs of several.
    predicted : str or None
        The column of predicted classes, where the output is the probability of the predicted class
        instead of that of class 1.
    hard : str or None
        A column of predicted classes beside the outputs, which is not used.
    doubts : tuple of Message
        Why the guess is not sure, where the values say so.
    rivals : tuple of str
        Other columns that could be the labels where the guess is not sure, the likelier first.
    chosen : bool
        Whether a person said it, rather than a guess.
    keep_signs : bool
        Whether labels -1 and 1 stay as they are, as Keras compares them, instead of 0 and 1.
    """

    labels: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    weight: str | None = None
    ids: str | None = None
    sure: bool = False
    epoch: str | None = None
    predicted: str | None = None
    hard: str | None = field(default=None, compare=False, repr=False)
    doubts: tuple[Message, ...] = field(default=(), compare=False, repr=False)
    rivals: tuple[str, ...] = field(default=(), compare=False, repr=False)
    chosen: bool = field(default=False, compare=False, repr=False)
    keep_signs: bool = field(default=False, compare=False, repr=False)


def guess_roles(table: RawTable) -> Roles:
    """Guess by names and by values; only some of the rows are looked at.

    Several output columns with one stem (``prob_0``, ``prob_1``; ``p_cat``, ``p_dog``), or named
    after the classes, count as one choice and come before a single column; so do list columns.
    Classes that a threshold on the outputs gives are predictions rather than labels where another
    column can be the labels. Where names say nothing, two values that go with the outputs are
    labels before whole numbers in many values, and the other numbers are outputs.

    Examples
    --------
    >>> import numpy as np
    >>> from metrics_core.reading.table import Column
    >>> columns = {"a": Column(np.array([0, 1])), "score": Column(np.array([0.2, 0.7]))}
    >>> table = RawTable(name="x", format="NPZ", n_rows=2, columns=columns)
    >>> found = guess_roles(table)
    >>> found.labels, found.outputs, found.sure
    (('a',), ('score',), False)
    """
    profiles = look(table)
    said = {title: says(title) for title in table.columns}
    for title, profile in profiles.items():
        if said[title] == "label" and _counts_rows(profile):
            said[title] = "id"
    said |= _of_networks(table, profiles)
    weights = [t for t, role in said.items() if role == "weight" and profiles[t].is_number]
    epochs = [t for t, role in said.items() if role == "epoch"]
    for title, profile in profiles.items():
        if plain(title) in ("name", "names") and profile.looks_like_classes:
            said[title] = None  # of a class rather than of a sample
    ids = [t for t, role in said.items() if role == "id" and profiles[t].form != "lists"]
    free = [title for title in table.columns if title not in {*weights[:1], *ids}]
    pair = whole_and_fractions(two_endings(free), profiles)
    found = Roles(
        weight=weights[0] if weights else None,
        ids=ids[0] if ids else None,
        epoch=next((t for t in epochs if looks_like_epochs(table.columns[t])), None),
    )
    if pair is not None and _tells_more(free, pair):
        return replace(found, labels=pair[0], outputs=pair[1], sure=True)
    candidates = find_candidates(table, profiles, said, free)
    if not candidates.outputs and not candidates.labels and ids and profiles[ids[0]].is_number:
        found = replace(found, ids=None)  # the only column
    choice = choose_labels(table, profiles, candidates)
    return replace(
        found,
        labels=choice.labels,
        outputs=choice.outputs,
        sure=choice.sure,
        predicted=choice.predicted,
        hard=choice.hard,
        doubts=choice.doubts,
        rivals=() if choice.sure else choice.rivals,
    )


def _counts_rows(profile: Profile) -> bool:
    """Whether whole numbers go up by the same step from row to row, over many rows."""
    if profile.form != "whole":
        return False
    steps = np.diff(profile.cells[:1000].astype(np.float64))
    return len(steps) >= _MANY and steps[0] > 0 and bool(np.all(steps == steps[0]))


def _of_networks(table: RawTable, profiles: Mapping[str, Profile]) -> dict[str, str | None]:
    """Targets `t` and outputs `y`, as the network functions of MATLAB call them."""
    by_name = {plain(title): title for title in table.columns}
    if not {"t", "y"} <= by_name.keys():
        return {}
    target, output = by_name["t"], by_name["y"]
    cells = table.columns[target].data[:1000]
    whole = cells.dtype.kind in "biu" or (cells.dtype.kind == "f" and bool(np.all(cells % 1 == 0)))
    if profiles[output].form == "fractions" and profiles[target].looks_like_classes:
        return {target: "label", output: "output"}
    if profiles[output].form == "lists" and whole and _has_fractions(table.columns[output]):
        return {target: "label", output: "output"}
    return {}


def _has_fractions(column: Column) -> bool:
    cells = column.data[:1000]
    return cells.dtype.kind == "f" and bool(np.any(cells % 1 != 0))


def _tells_more(free: list[str], pair: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    """Whether a pair such as target_x and target_y says what the names do not say themselves."""
    labels, outputs = pair
    spoken = {says(title) for title in labels}
    if spoken == {"output"} or (spoken == {"label"} and {says(t) for t in outputs} == {"output"}):
        return False
    rest = [title for title in free if title not in labels + outputs]
    return len(labels) > 1 or not any(says(title) in ("label", "output") for title in rest)
