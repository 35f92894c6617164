"""Which of many columns of words are sure to stay what they are, told for all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metrics_core.reading.formats.text.cells import AMONG_NUMBERS, MISSING
from metrics_core.reading.formats.text.lists import BRACKETED, OBJECT

SHEET_ERROR = r"^#[¡¿]?[\pL/0]{2,12}[!?]$|^#N/?[ADV]$"
_MOST = 1000
_LETTER_FIRST = r"^[^\pL\pN]*\pL"
_CALL_OR_NUMBER = (
    r"(?i)^[^\pL\pN]*(?:nan|inf|np\.|numpy|torch|tf\.|jnp|array|asarray|tensor|densevector|list"
    r"|tuple|c\(|float|int|\w+\s*=)"
)
_NO_VALUE = r"^[^\pL\pN∞]+$"


def stay_words(columns: Sequence[pa.Array]) -> list[bool]:
    """Whether each has a cell that begins as no number, no list and no object does.

    A regular expression takes longer to be made ready than to be tried on a few cells: it is tried
    on those of all columns together, so that ten thousand columns of one word cost what one does.

    Parameters
    ----------
    columns : sequence of StringArray
        The different texts of each column. One of more than a thousand is not told.

    Examples
    --------
    >>> columns = [["cat", "0.5"], ["63.4 %", "None"], ["[0.4 0.6]"], [":"], ["nan(ind)"]]
    >>> stay_words([pa.array(column) for column in columns])
    [True, False, False, True, False]
    """
    asked = [place for place, column in enumerate(columns) if 0 < len(column) <= _MOST]
    told = [False] * len(columns)
    if not asked:
        return told
    given = pa.concat_arrays([columns[place].cast(pa.large_string()) for place in asked])
    cells = pc.utf8_trim_whitespace(given)
    empty = pc.match_substring_regex(cells, _NO_VALUE)
    word = pc.and_not(empty, pc.match_substring_regex(cells, BRACKETED))
    word = pc.or_(word, pc.match_substring_regex(cells, _LETTER_FIRST))
    for other in (_CALL_OR_NUMBER, OBJECT, SHEET_ERROR):
        word = pc.and_not(word, pc.match_substring_regex(cells, other))
    word = pc.and_not(word, pc.is_in(pc.utf8_lower(cells), _signs(AMONG_NUMBERS)))
    word = pc.and_not(word, pc.is_in(cells, _signs(MISSING)))
    starts = np.cumsum([0, *(len(columns[place]) for place in asked[:-1])])
    some = np.logical_or.reduceat(word.to_numpy(zero_copy_only=False), starts)
    for place, each in zip(asked, some.tolist(), strict=True):
        told[place] = each
    return told


def _signs(texts: list[str]) -> pa.Array:
    return pa.array(texts, pa.large_string())
