"""Lists that were written as text, by Python, numpy, PyTorch or R -> lists of numbers."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pajson

from metrics_core.messages import Message
from metrics_core.reading.limits import shorten

_CALLS = (
    r"(?i)\b(?:(?:np|numpy|torch|tf|jnp)\.)?"
    r"(?:array|asarray|tensor\w*|densevector|list|tuple|c|float\d*|int\d*)\("
)
_SETTINGS = (
    r"""(?i),?\s*\b(?:dtype|device|requires_grad|grad_fn|shape|numpy|size)\s*="""
    r"""\s*(?:\([^)]*\)|<[^>]*>|'[^']*'|[\w.:]+)"""
)
_VALUE = r"[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan|inf)"
OBJECT = r"(?s)^\[? *\{.*:.*\} *\]?$"
"""How an object begins and ends, or a list of them."""
_MOST_BRACKETS = 1_000
BRACKETED = r"^[\[({<].*[\])}>]$"


def as_lists(cells: pa.Array, title: str, notes: list[Message]) -> pa.Array | None:
    """Lists of numbers, or None where not every cell is one.

    Examples
    --------
    >>> as_lists(pa.array(["[0.4 0.6]", "[0.9\\n 0.1]"]), "p", []).to_pylist()
    [[0.4, 0.6], [0.9, 0.1]]
    >>> as_lists(pa.array(["tensor([1.5, 2.], device='cuda:0')"]), "p", []).to_pylist()
    [[1.5, 2.0]]
    """
    text = pc.replace_substring_regex(cells, _CALLS, "(")
    text = pc.replace_substring_regex(text, _SETTINGS, "")
    text = pc.replace_substring_regex(text, r"\*(\d)", r"\1")
    text = pc.utf8_trim_whitespace(pc.replace_substring_regex(text, r"\s+", " "))
    bracketed = pc.match_substring_regex(text, BRACKETED)
    inside = bool(pc.all(bracketed).as_py())
    if not inside and pc.any(bracketed).as_py():
        return None
    if inside and pc.any(pc.match_substring_regex(text, r"\.\.\.|…")).as_py():
        notes.append(
            Message(
                "The lists in the column {column} were shortened with dots when they were written,"
                " so their numbers are lost.",
                {"column": shorten(title)},
            )
        )
        return None
    if pc.any(pc.match_substring_regex(text, r"\][\s,]*\[")).as_py():
        return None
    if pc.all(pc.match_substring_regex(text, r"\d,\d.*;")).as_py():
        text = pc.replace_substring(text, ",", ".")
    text = pc.replace_substring_regex(text, r"[\[\](){}<>,;|\s]+", " ")
    text = pc.utf8_trim_whitespace(text)
    several = "*" if inside else "+"
    if not pc.all(pc.match_substring_regex(text, rf"(?i)^{_VALUE}(?: {_VALUE}){several}$")).as_py():
        return None
    parts = pc.split_pattern(text, " ")
    flat = pc.replace_substring_regex(parts.values, r"^\+", "")
    whole = pc.all(pc.match_substring_regex(flat, r"^-?\d{1,18}$")).as_py()
    numbers = flat.cast(pa.int64() if whole else pa.float64())
    if pc.all(pc.equal(pc.list_value_length(parts), 1)).as_py():
        return numbers
    return pa.ListArray.from_arrays(parts.offsets, numbers)


def as_objects(cells: pa.Array) -> pa.Array | None:
    """Objects, or lists of them, as Python and JSON write them; None where not every cell is one.

    Examples
    --------
    >>> as_objects(pa.array(["{'cat': 0.4, 'dog': 0.6}"])).to_pylist()
    [{'cat': 0.4, 'dog': 0.6}]
    """
    if not pc.all(pc.match_substring_regex(cells, OBJECT)).as_py():
        return None
    if any(pc.max(pc.count_substring(cells, sign)).as_py() > _MOST_BRACKETS for sign in "{["):
        return None
    text = pc.replace_substring_regex(cells, _CALLS + r"([^()]*)\)", r"\1")
    if not pc.any(pc.match_substring(text, '"')).as_py():
        text = pc.replace_substring(text, "'", '"')
    text = pc.replace_substring_regex(text, r"([{,]\s*)(-?\d+)\s*:", r'\1"\2":')
    text = pc.replace_substring_regex(text, r":\s*None\b", ": null")
    text = pc.replace_substring_regex(text, r":\s*nan\b", ": NaN")
    text = pc.replace_substring_regex(text, r"\s+", " ")
    lines = pc.binary_join_element_wise('{"cell": ', text, "}\n", "")
    try:
        body = "".join(lines.to_pylist()).encode()
        table = pajson.read_json(
            pa.BufferReader(body), pajson.ReadOptions(block_size=len(body) + 1)
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != len(cells) or table.column_names != ["cell"]:
        return None
    return table.column(0).combine_chunks()
