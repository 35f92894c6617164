"""What one cell of a text says: a number in any writing, a sign for a missing value, or words."""

from __future__ import annotations

import re

MISSING = [
    "", "NA", "N/A", "n/a", "#N/A", "#N/A N/A", "#NA", "<NA>", "null", "NULL", "Null", "None",
    "(null)", "\\N", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!",
]  # fmt: skip
"""Signs that are missing values in every column."""
AMONG_NUMBERS = [
    ".", "..", "-", "--", "---", "–", "—", "?", "*", "#", "_", "._", "n.a.", "na", "nil", "none",
    "missing", "undefined", "undef", "n.d.", "nd", "n/d", "k.a.", "void", "#sysmis", "sysmis",
    *(f".{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
]  # fmt: skip
"""Signs, in lower case, that are missing values where all other cells are numbers."""
_PLAIN = r"[-+]?(?:\d+\.?\d*(?:[eEdD][-+]?\d+)?|\.\d+(?:[eEdD][-+]?\d+)?"
NUMBER = re.compile(
    rf"\s*{_PLAIN}|nan|inf|infinity|1\.#\w+|nan\(\w+\))\s*", re.IGNORECASE | re.ASCII
)
COMMA_NUMBER = re.compile(r"\s*[-+]?\d*,\d+([eE][-+]?\d+)?\s*", re.ASCII)
_LOOSE = re.compile(
    r"\s*[-+*\u2212$€£]?\s*(?:\d{1,3}(?:[ '\u2019\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d[\d.,]*)"
    r"([eE][-+]?\d+)?\s*[%‰]?\s*"
)
_LONGEST = 400
_SIGNS = frozenset(sign.lower() for sign in [*MISSING, *AMONG_NUMBERS])


def is_number(cell: str) -> bool:
    """Whether a cell is a number in some writing, decimal comma and per cent included.

    Examples
    --------
    >>> [is_number(cell) for cell in ("0.5", "0,5", "63.4 %", "1.#QNAN", "cat", "-")]
    [True, True, True, True, False, False]
    """
    if len(cell) > _LONGEST:
        return False
    return bool(NUMBER.fullmatch(cell) or COMMA_NUMBER.fullmatch(cell) or _LOOSE.fullmatch(cell))


def is_missing(cell: str) -> bool:
    """Whether a cell is one of the signs for a missing value.

    Examples
    --------
    >>> is_missing(" #DIV/0!"), is_missing("."), is_missing("cat")
    (True, True, False)
    """
    return cell.strip().lower() in _SIGNS
