"""Lists that were written as text, by Python, numpy, PyTorch or R -> lists of numbers."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from metrics_core.messages import Message
from metrics_core.reading.limits import shorten

_CALLS = (
    r"(?i)\b(?:(?:np|numpy|torch|tf|jnp)\.)?(?:array|asarray|tensor|list|tuple|c|float\d*|int\d*)\("
)
_SETTINGS = (
    r"""(?i),?\s*\b(?:dtype|device|requires_grad|grad_fn|shape|numpy|size)\s*="""
    r"""\s*(?:\([^)]*\)|<[^>]*>|'[^']*'|[\w.:]+)"""
)
_VALUE = r"[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan|inf)"
_BRACKETED = r"^[\[({<].*[\])}>]$"


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
    text = pc.utf8_trim_whitespace(pc.replace_substring_regex(text, r"\s+", " "))
    bracketed = pc.match_substring_regex(text, _BRACKETED)
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
