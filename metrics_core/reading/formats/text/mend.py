"""Columns of words that are numbers or lists in another writing -> numbers and lists."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading.formats.text.cells import AMONG_NUMBERS, MISSING, is_number
from metrics_core.reading.formats.text.lists import as_lists, as_objects
from metrics_core.reading.formats.text.surely_words import SHEET_ERROR, stay_words
from metrics_core.reading.limits import shorten

_WHOLE = r"^-?\d{1,18}$"
_NUMBER = r"^-?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan|inf)$"
_PROBE, _MOST = 1000, 2000
_NOT_A_NUMBER = r"(?i)^[-+]?(?:1\.#(?:qnan|snan|ind)0*|nan(?:\(.*\))?|1\.#r)$"
_GAPS = r"(\d)[ '’\x{a0}\x{202f}\x{2009}](\d{3})"
_UNIT = r"^(.*[\d.])(?: *[%‰°€$£]| [A-Za-zµ]{1,6})$"


def mend(
    table: pa.Table, name: str = "file", *, padded: bool = False
) -> tuple[pa.Table, list[Message]]:
    """Read the columns of words again: decimal commas, per cent, units, lists, signs for missing.

    A column changes only where each of its cells can be read (see `stray_cells` for where most
    can). Where cells were `padded`, words lose the blanks around them.

    Raises
    ------
    InputError
        For more columns to read again than there is time for; `name` is that of the file.

    Examples
    --------
    >>> table, notes = mend(pa.table({"p": ["63.4 %", "7 %"], "q": ["0,5", "-"]}))
    >>> table.to_pylist()[0], [str(note) for note in notes]
    ({'p': 0.634, 'q': 0.5}, ['The column p holds per cent; 50 % is read as 0.5.'])
    """
    notes: list[Message] = []
    columns, titles = table.columns, table.column_names
    coded: dict[int, pa.DictionaryArray] = {}
    for position, column in enumerate(columns):
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            found = column.combine_chunks().dictionary_encode()
            chunked = isinstance(found, pa.ChunkedArray)
            coded[position] = found.combine_chunks() if chunked else found
    stay = stay_words([each.dictionary for each in coded.values()])
    if stay.count(False) > _MOST:
        raise InputError(
            shorten(name),
            "must have at most {most:,} columns of numbers with signs, units or brackets",
            Message("{n:,} such columns", {"n": stay.count(False)}),
            "Write plain numbers such as 0.5.", most=_MOST,
        )  # fmt: skip
    mended = False
    for (position, each), is_word in zip(coded.items(), stay, strict=True):
        if is_word:
            read = _trimmed(each, pc.utf8_trim_whitespace(each.dictionary), padded)
        else:
            read = _read(each, titles[position], padded, notes)
        if read is not None:
            columns[position], mended = read, True
    return pa.table(columns, names=titles) if mended else table, notes


def _read(
    coded: pa.DictionaryArray, title: str, padded: bool, notes: list[Message]
) -> pa.Array | None:
    """The cells in their new type, or None where they stay what they are."""
    known = coded.dictionary
    if len(known) > _PROBE and _are_words(known[:_PROBE], title):
        cells = pc.utf8_trim_whitespace(known) if padded else known
        return _trimmed(coded, cells, padded) or coded
    cells = pc.utf8_trim_whitespace(known)
    gone = pc.is_in(pc.utf8_lower(cells), pa.array(AMONG_NUMBERS))
    gone = pc.or_(gone, pc.is_in(cells, pa.array(MISSING)))
    if pc.any(pc.starts_with(cells, "#")).as_py():  # the expression takes long to be made ready
        gone = pc.or_(gone, pc.match_substring_regex(cells, SHEET_ERROR))
    rest = cells.filter(pc.invert(gone))
    if not len(rest):
        return None
    if (found := to_numbers(rest, title)) is not None:
        values, said = found
        notes.extend(said)
    else:
        values = as_objects(rest)
        if values is None:
            values = as_lists(rest, title, notes)
        if values is None:
            return _trimmed(coded, cells, padded)
    place = pc.subtract(pc.cumulative_sum(pc.cast(pc.invert(gone), pa.int32())), 1)
    return values.take(pc.if_else(gone, None, place).take(coded.indices))


def _are_words(probe: pa.Array, title: str) -> bool:
    """Whether none of the first texts is a number, and they are no lists."""
    cells = pc.utf8_trim_whitespace(probe)
    if pc.any(pc.match_substring_regex(probe, r'^\s+"')).as_py():
        return False
    gone = pc.is_in(pc.utf8_lower(cells), pa.array([*AMONG_NUMBERS, *MISSING]))
    cells = cells.filter(pc.invert(gone))
    if to_numbers(cells, title) is not None or as_objects(cells) is not None:
        return False
    if as_lists(cells, title, []) is not None:
        return False
    return not any(map(is_number, cells.to_pylist()))


def _trimmed(coded: pa.DictionaryArray, cells: pa.Array, padded: bool) -> pa.Array | None:
    """Words without the blanks and quotes around them; None where there are none."""
    quoted = pc.any(pc.match_substring(coded.dictionary, '"')).as_py()
    if not padded and not (
        quoted and pc.any(pc.match_substring_regex(coded.dictionary, r'^\s+"')).as_py()
    ):
        return None
    bare = pc.replace_substring_regex(cells, r'^"(.*)"$', r"\1") if quoted else cells
    bare = pc.if_else(pc.is_in(bare, pa.array(MISSING)), None, bare)
    return None if bare.equals(coded.dictionary) else bare.take(coded.indices)


def to_numbers(cells: pa.Array, title: str) -> tuple[pa.Array, list[Message]] | None:
    """Numbers in whatever writing all of the cells share, and what to say about them.

    Examples
    --------
    >>> to_numbers(pa.array(["0,5", "1.234,5"]), "p")[0].to_pylist()
    [0.5, 1234.5]
    >>> to_numbers(pa.array(["0.5", "cat"]), "p") is None
    True
    """
    said: list[Message] = []
    text = pc.replace_substring_regex(cells, "[\u2212\u2013]", "-")
    text = pc.replace_substring_regex(text, r"^\+|^[€$£] ?", "")
    text = pc.replace_substring_regex(text, r"^\*(\d)", r"\1")  # Weka's mark of what is predicted
    text = pc.replace_substring_regex(text, _NOT_A_NUMBER, "nan")
    text = pc.replace_substring_regex(text, r"(?i)^(-?)\+?(?:1\.#inf0*|inf(?:inity)?|∞)$", r"\1inf")
    text = pc.replace_substring_regex(text, r"^(-?[\d.,]+)[dD]([-+]?\d+)$", r"\1e\2")
    text = pc.replace_substring_regex(
        text, r"(?i)(\d) ?(?:pct|percent|per cent|prozent)\.?$", r"\1%"
    )
    per = pc.ends_with(text, "%"), pc.ends_with(text, "‰")
    hundredths = pc.any(per[0]).as_py() and _all(pc.or_(per[0], pc.equal(text, "0")))
    thousandths = not hundredths and _all(per[1])
    units = pc.unique(pc.replace_substring_regex(text, r"^.*[\d.] ?", ""))
    if len(units) == 1 and units[0].as_py():
        text = pc.replace_substring_regex(text, _UNIT, r"\1")
    elif hundredths:
        text = pc.replace_substring_regex(text, " ?%$", "")
    for _ in range(3):  # each pass sees every other gap of a long number
        text = pc.replace_substring_regex(text, _GAPS, r"\1\2")
    text = _points(text)
    if not _all(pc.match_substring_regex(text, _NUMBER)):
        return None
    if hundredths or thousandths:
        text = pc.replace_substring_regex(text, "^(.*)$", r"\1e-2" if hundredths else r"\1e-3")
        words = {"column": shorten(title)}
        said.append(
            Message("The column {column} holds per cent; 50 % is read as 0.5.", words)
            if hundredths
            else Message("The column {column} holds per mille; 500 ‰ is read as 0.5.", words)
        )
    elif len(units) == 1 and units[0].as_py():
        said.append(
            Message(
                "The unit {unit} after the numbers of the column {column} is left out.",
                {"unit": shorten(units[0].as_py()), "column": shorten(title)},
            )
        )
    whole = _all(pc.match_substring_regex(text, _WHOLE))
    return text.cast(pa.int64() if whole else pa.float64()), said


def _points(text: pa.Array) -> pa.Array:
    """Decimal points for decimal commas, and no marks between thousands."""
    if not pc.any(pc.match_substring(text, ",")).as_py():
        several = pc.match_substring_regex(text, r"^-?\d{1,3}(?:\.\d{3}){2,}$")
        if pc.any(several).as_py() and _all(
            pc.match_substring_regex(text, r"^-?\d{1,3}(?:\.\d{3})*$")
        ):
            return pc.replace_substring(text, ".", "")
        return text
    both = text.filter(pc.match_substring_regex(text, r"[.,].*[.,]"))
    comma = pc.match_substring_regex(text, r"^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
    plain = pc.match_substring_regex(text, r"^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$")
    zero = pc.match_substring_regex(text, r"^-?0,")
    last_is_point = len(both) and _all(pc.match_substring_regex(both, r"(?:,\d{3})+(?:\.\d+)?$"))
    if last_is_point or (_all(pc.or_(comma, plain)) and not pc.any(zero).as_py()):
        return pc.replace_substring(text, ",", "")
    text = pc.replace_substring_regex(text, r"\.(\d{3}[.,])", r"\1")
    text = pc.replace_substring_regex(text, r"\.(\d{3}[.,])", r"\1")
    return pc.replace_substring_regex(text, r"^([^,]*),([^,]*)$", r"\1.\2")


def _all(mask: pa.Array) -> bool:
    return bool(pc.all(mask).as_py())
