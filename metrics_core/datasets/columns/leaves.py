"""Where the cells of a named column lie in a file, and the numbers that they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metrics_core.datasets.columns.asked import parts
from metrics_core.reading.formats.arrow.named_scores import names_and_scores
from metrics_core.reading.formats.text.cells import MISSING


@dataclass(frozen=True)
class Leaf:
    """What a name stands for in a file.

    Attributes
    ----------
    path : tuple of str
        The column, and the field within each struct.
    place : int or None
        Within the lists of that column.
    kind : DataType
        Of the cells, or of the elements of the lists.
    word : str or None
        Of the objects in those lists, the one that names this class.
    """

    path: tuple[str, ...]
    place: int | None
    kind: pa.DataType
    word: str | None = None

    @property
    def numbers(self) -> pa.DataType | None:
        """The type of the numbers that the cells stand for; None where they can be none.

        Decimals and texts, as warehouses write them, stand for float64; those in lists do not.
        """
        kind = self.kind.value_type if pa.types.is_dictionary(self.kind) else self.kind
        if pa.types.is_decimal(kind) or is_text(kind):
            return pa.float64() if self.place is None else None
        are = pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean
        return kind if any(each(kind) for each in are) else None


def leaf_of(schema: pa.Schema, name: str) -> Leaf | None:
    """The leaf of a name: of a column, a field, an element of lists, or a class that they name.

    Fields are called ``probs.cat``, elements ``probs[1]``, and where a list names the classes of
    its scores ``prob``, those of one class ``probs.prob.cat``.

    Examples
    --------
    >>> vector = pa.struct([("values", pa.list_(pa.float64()))])
    >>> leaf_of(pa.schema([("probability", vector)]), "probability.values[1]")
    Leaf(path=('probability', 'values'), place=1, kind=DataType(double), word=None)
    """
    whole = _found(schema, name)
    if whole is not None:
        return Leaf(whole[0], None, whole[1])
    column, place = parts(name)
    lists = None if place is None else _found(schema, column)
    if lists is not None and _is_list(lists[1]):
        return Leaf(lists[0], place, lists[1].value_type)
    for dot in (at for at, letter in enumerate(name) if letter == "."):
        around = _found(schema, name[:dot])
        fields = None if around is None else names_and_scores(around[1])
        if (
            around is not None
            and fields is not None
            and name[dot + 1 :].startswith(f"{fields[1]}.")
        ):
            return Leaf(around[0], None, fields[2], name[dot + 1 :].removeprefix(f"{fields[1]}."))
    return None


def stored(schema: pa.Schema, names: Sequence[str]) -> dict[tuple[str, ...], dict[str, Leaf]]:
    """The columns, and fields of structs, that hold what some names stand for, and these names."""
    found: dict[tuple[str, ...], dict[str, Leaf]] = {}
    for name in names:
        leaf = leaf_of(schema, name)
        assert leaf is not None, "`measure` looked"
        found.setdefault(leaf.path, {})[name] = leaf
    return found


def _found(
    fields: pa.Schema | pa.StructType, name: str
) -> tuple[tuple[str, ...], pa.DataType] | None:
    """The path to a name among some fields and those of their structs, and its type."""
    place = fields.get_field_index(name)
    if place >= 0:
        return (name,), fields.field(place).type
    for dot in (at for at, letter in enumerate(name) if letter == "."):
        place = fields.get_field_index(name[:dot])
        if place >= 0 and pa.types.is_struct(fields.field(place).type):
            inner = _found(fields.field(place).type, name[dot + 1 :])
            if inner is not None:
                return (name[:dot], *inner[0]), inner[1]
    return None


def _is_list(kind: pa.DataType) -> bool:
    of_lists = pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list
    return any(each(kind) for each in of_lists)


def is_text(kind: pa.DataType) -> bool:
    """Whether cells of a type are words.

    Examples
    --------
    >>> is_text(pa.dictionary(pa.int32(), pa.string())), is_text(pa.int8())
    (True, False)
    """
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    some = pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view
    return any(each(plain) for each in some)


def cells_at(batch: pa.RecordBatch, path: tuple[str, ...]) -> pa.Array:
    """The cells at a path; missing where the struct around them is."""
    column = batch.column(path[0])
    return pc.struct_field(column, list(path[1:])) if path[1:] else column


def scores_of(cells: pa.Array, words: Sequence[str]) -> pa.Array:
    """Lists of the scores of some classes, in their order, from cells that name classes in any.

    A score is missing where a row does not name the class, or names it twice.

    Examples
    --------
    >>> rows = [[{"label": "b", "prob": 0.75}, {"label": "a", "prob": 0.25}], None, []]
    >>> scores_of(pa.array(rows), ["a", "b"]).to_pylist()
    [[0.25, 0.75], [None, None], [None, None]]
    >>> scores_of(pa.array([{"classes": ["b", "a"], "scores": [0.75, 0.25]}]), ["a"]).to_pylist()
    [[0.25]]
    """
    fields = names_and_scores(cells.type)
    assert fields is not None, "`leaf_of` looked"
    if pa.types.is_struct(cells.type):
        sides = [pc.struct_field(cells, field) for field in fields[:2]]
        alike = pc.equal(*map(pc.list_value_length, sides))
        lists, other = (pc.if_else(alike, side, None) for side in sides)
        names, scores = lists.flatten(), other.flatten()
    else:
        lists, objects = cells, cells.flatten()
        names, scores = (pc.struct_field(objects, field) for field in fields[:2])
    place = pc.index_in(names.cast(pa.string()), pa.array(words, pa.string()))
    some = np.flatnonzero(place.is_valid().to_numpy(zero_copy_only=False))
    rows = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)[some]
    at = rows * len(words) + place.drop_null().to_numpy(zero_copy_only=False)
    which = np.zeros(len(lists) * len(words), np.int64)
    which[at] = some
    lacks = np.bincount(at, minlength=len(which)) != 1
    return pa.FixedSizeListArray.from_arrays(scores.take(pa.array(which, mask=lacks)), len(words))


def as_numbers(cells: pa.Array) -> pa.Array:
    """Decimals, texts and dictionaries as numbers; what stands for a missing value is null.

    Raises
    ------
    ArrowInvalid
        For a text that is no number.

    Examples
    --------
    >>> as_numbers(pa.array([" 0.25", "NA", "1"])).to_pylist()
    [0.25, None, 1.0]
    """
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    if is_text(cells.type):
        bare = pc.utf8_trim_whitespace(cells.cast(pa.string()))
        cells = pc.if_else(pc.is_in(bare, pa.array(MISSING)), None, bare)
    decimals = pa.types.is_decimal(cells.type) or is_text(cells.type)
    return cells.cast(pa.float64()) if decimals else cells
