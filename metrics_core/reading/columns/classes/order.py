"""The order of the classes where labels are words, from all that the file says about it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.classes.labels import used_words
from metrics_core.reading.columns.naming import suffixes
from metrics_core.reading.columns.pairs import class_columns, class_of
from metrics_core.reading.columns.positive import numbers_in, positive_of
from metrics_core.reading.columns.profile import (
    class_names_of,
    look,
    profile_of,
    second_and_scores,
)
from metrics_core.reading.columns.relation import best_threshold, separation
from metrics_core.reading.columns.roles import Roles
from metrics_core.reading.limits import shorten
from metrics_core.reading.table import Column, RawTable

_ENOUGH = 20
_TURNED = -0.3


def text_columns(table: RawTable, roles: Roles) -> list[str]:
    """The chosen columns that hold words for classes."""
    chosen = (*roles.labels, *roles.outputs, *filter(None, (roles.predicted,)))
    return [title for title in chosen if title in table.columns and table.columns[title].is_text]


def class_words(table: RawTable, roles: Roles, keep: Array | None = None) -> tuple[str, ...]:
    """The different words for classes, sorted; capitals alone make no other class.

    Numbered words such as ``LABEL_2`` and ``LABEL_10`` are sorted by their numbers.

    Examples
    --------
    >>> from metrics_core.reading import read_columns
    >>> table = read_columns(b"label,predicted\\nCat,cat\\nDog,cat\\n", "x.csv")
    >>> class_words(table, Roles(labels=("label",), outputs=("predicted",)))
    ('Cat', 'Dog')
    """
    known: dict[str, str] = {}
    for title in text_columns(table, roles):
        own = used_words(table.columns[title], keep)
        seen = set(known.values())
        fresh = [word for word in own if word not in seen]
        plain = {word.strip().casefold() for word in own}
        for word in fresh:
            unlike = len(plain) < len(own)  # one column tells its words apart by capitals
            known.setdefault(word if unlike else word.strip().casefold(), word)
    return _sorted(known.values())


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    words = sorted(words)
    numbers = numbers_in(words) or [0] * len(words)
    return tuple(words[place] for place in np.argsort(numbers, kind="stable"))


def names_of_outputs(table: RawTable, roles: Roles) -> tuple[str, ...] | None:
    """The class of each output column, by its name; None where the names do not say it."""
    if len(roles.outputs) > 1:
        words = class_words(table, roles) or _numbers(table, roles)
        found = class_columns(words, roles.outputs, unseen=True) if words else {}
        if len(found) == len(roles.outputs):
            return tuple(found[title] for title in roles.outputs)
    return suffixes(roles.outputs)


def _numbers(table: RawTable, roles: Roles) -> tuple[str, ...]:
    """Labels that are whole numbers, as the names of columns would write them."""
    column = table.columns[roles.labels[0]] if len(roles.labels) == 1 else None
    if column is None or column.is_text or column.width > 1:
        return ()
    profile = profile_of(column)
    return tuple(class_names_of(profile)) if profile.form == "whole" else ()


def order_words(table: RawTable, roles: Roles, keep: Array | None = None) -> tuple[str, ...]:
    """The order in which words become class indices, unless the user says another.

    That of the output columns; with one output, class 1 is the class in its name, else the one
    that the predicted classes beside it say, else the known word of two (yes, true, case); else
    that of indices in the cells; else the class with the higher outputs, where they are clearly
    higher; else the order is that of the alphabet.

    Examples
    --------
    >>> from metrics_core.reading import read_columns
    >>> table = read_columns(b"group,prob_case\\ncase,0.7\\ncontrol,0.2\\n", "x.csv")
    >>> order_words(table, Roles(labels=("group",), outputs=("prob_case",)))
    ('control', 'case')
    """
    words = class_words(table, roles, keep)
    named = names_of_outputs(table, roles) or table.class_names
    if named is not None and set(words) <= set(named):
        return named
    if named is not None and set(spelt := _as_spelt(words, named)) >= set(words):
        return spelt
    indexed = _index_order([table.columns[title] for title in text_columns(table, roles)])
    if indexed is not None and set(indexed) >= set(words):
        return indexed
    first = _class_one(table, roles, words)
    if first is None:
        return words
    return (*(word for word in words if word != first), first)


def _index_order(columns: Iterable[Column]) -> tuple[str, ...] | None:
    """Class names in the order of the indices that columns write before them; None without."""
    known: dict[int, str] = {}
    for column in columns:
        if column.words is None or column.indices is None:
            return None
        for index, word in zip(column.indices.tolist(), column.words, strict=True):
            if known.setdefault(index, str(word)) != str(word):
                return None
    return tuple(known[index] for index in sorted(known)) or None


def _as_spelt(words: tuple[str, ...], named: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the columns as the cells spell them."""
    spelling = {_bare(word): word for word in words}
    if len(spelling) < len(words):
        return named
    return tuple(spelling.get(_bare(name), name) for name in named)


def _bare(word: str) -> str:
    return re.sub(r"[\W_]+", "", word.casefold()) or word


def _class_one(table: RawTable, roles: Roles, words: tuple[str, ...]) -> str | None:
    """Of two words the one that a single output speaks of."""
    if len(words) != 2 or len(roles.outputs) != 1 or len(roles.labels) != 1:
        return None
    title = roles.outputs[0]
    output = table.columns[title]
    if output.is_text or output.width > 1:
        return positive_of(words)
    if roles.predicted is None and (spoken := class_of(words, title)) is not None:
        return spoken
    hard = roles.hard if roles.predicted is None else None
    profiles = look(table, {*roles.labels, title, *([hard] if hard else [])})
    if hard is not None and profiles[hard].form == "words":
        second, scores = second_and_scores(table, profiles, hard, title)
        made = best_threshold(second, scores)
        if made is not None and made.share == 1.0 and len(profiles[hard].values) == 2:
            one = str(profiles[hard].values[1 if made.above else 0])
            return next((word for word in words if word.strip().casefold() == one.casefold()), None)
    known = positive_of(words)
    if known is not None or roles.predicted is not None:
        return known
    second, scores = second_and_scores(table, profiles, roles.labels[0], title)
    if len(second) >= _ENOUGH and separation(second, scores) < _TURNED:
        return words[0]
    return None


def foreign_word(table: RawTable, roles: Roles, keep: Array | None = None) -> InputError | None:
    """The refusal of words that name no output column, where the columns are named by class.

    Examples
    --------
    >>> from metrics_core.reading import read_columns
    >>> table = read_columns(b"label,p_cat,p_dog\\nfox,0.2,0.8\\ncat,0.9,0.1\\n", "pets.csv")
    >>> print(foreign_word(table, Roles(labels=("label",), outputs=("p_cat", "p_dog"))))
    `label` must hold the classes that the output columns are named after. Got 'fox' in row 0, \
with columns p_cat, p_dog. Correct the words, choose other columns, or set the order of the classes.
    """
    if len(roles.labels) != 1 or len(roles.outputs) < 2:
        return None
    column = table.columns[roles.labels[0]]
    named = names_of_outputs(table, roles)
    if named is None or column.words is None:
        return None
    known = {_bare(name) for name in named}
    foreign = [word for word in used_words(column, keep) if _bare(word) not in known]
    if not foreign:
        return None
    codes = {str(word): code for code, word in enumerate(column.words)}
    places = {word: int(np.argmax(column.data == codes[word])) for word in foreign[:20]}
    word = min(places, key=lambda each: places[each])
    return InputError(
        shorten(roles.labels[0]),
        "must hold the classes that the output columns are named after",
        Message(
            "{word} in row {row:,}, with columns {columns}",
            {
                "word": shorten(repr(word)), "row": places[word],
                "columns": shorten(", ".join(roles.outputs)),
            },
        ),
        "Correct the words, choose other columns, or set the order of the classes.",
    )  # fmt: skip
