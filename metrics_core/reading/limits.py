"""How much a file may need, and the refusals that every reader shares."""

from __future__ import annotations

from dataclasses import dataclass

from metrics_core.errors import InputError
from metrics_core.messages import Message

LONGEST = 160
"""Characters of a text of the file in a sentence, and of the name of a class."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds that are checked before memory is taken.

    Attributes
    ----------
    max_bytes : int
        Size of the file.
    max_rows, max_columns : int
        Samples, and values per sample (a list of C numbers counts as C columns).
    max_values : int
        Rows times columns.
    max_array_bytes : int
        Size of all arrays together, once they are opened.
    max_texts : int
        Different texts in one column of words.
    max_text_bytes : int
        The texts of all columns of words together, each as long as the longest of its column, at 4
        bytes a character; and the ids of all rows.
    max_text : int
        Characters in one cell of words.
    max_name : int
        Characters in the name of a column.
    max_depth : int
        How deep brackets may nest in JSON.

    Examples
    --------
    >>> LIMITS.max_rows
    10000000
    """

    max_bytes: int = 200 * 1024 * 1024
    max_rows: int = 10_000_000
    max_columns: int = 10_000
    max_values: int = 100_000_000
    max_array_bytes: int = 1024**3
    max_texts: int = 1_000_000
    max_text_bytes: int = 256 * 1024 * 1024
    max_text: int = 100_000
    max_name: int = 1000
    max_depth: int = 16


LIMITS = Limits()


def shorten(text: object) -> str:
    """Text on one line and short enough for a sentence.

    Examples
    --------
    >>> shorten("two\\nlines")
    'two lines'
    """
    line = " ".join(str(text).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def check_size(name: str, size: int, limits: Limits) -> None:
    """Refuse a file that is empty or larger than the limit."""
    if size == 0:
        raise InputError(name, "must not be empty", Message("0 bytes"), "Save the file again.")
    if size > limits.max_bytes:
        raise InputError(
            name,
            "must be at most {limit:,} MB",
            f"{size / 1024**2:,.1f} MB",
            "Save it as Parquet, as float32, or with fewer rows.",
            limit=limits.max_bytes // 1024**2,
        )


def _rows(count: int) -> Message:
    return Message("{n:,} row", {"n": count}, plural="{n:,} rows")


def _columns(count: int) -> Message:
    return Message("{n:,} column", {"n": count}, plural="{n:,} columns")


def check_columns(name: str, columns: int, limits: Limits) -> None:
    """Refuse more columns than the limit."""
    if columns > limits.max_columns:
        raise InputError(
            name,
            "must have at most {limit:,} columns",
            _columns(columns),
            "Keep only the labels, the outputs, the weight and the id.",
            limit=limits.max_columns,
        )


def check_shape(name: str, rows: int, columns: int, limits: Limits) -> None:
    """Refuse a declared or counted shape that is too large, or without rows."""
    check_columns(name, columns, limits)
    if rows < 1 or columns < 1:
        raise InputError(
            name,
            "must have at least one row and one column",
            Message(
                "{rows}, {columns}",
                {"rows": _rows(rows), "columns": _columns(columns)},
            ),
            "Write one row for each sample.",
        )
    if rows > limits.max_rows:
        raise InputError(
            name,
            "must have at most {limit:,} rows",
            _rows(rows),
            "Keep only some of the samples.",
            limit=limits.max_rows,
        )
    check_values(name, rows * columns, limits)


def check_values(name: str, values: int, limits: Limits) -> None:
    """Refuse more values, over all rows and columns, than the limit."""
    if values > limits.max_values:
        raise InputError(
            name,
            "must have at most {limit:,} values",
            Message("{n:,} value", {"n": values}, plural="{n:,} values"),
            "Keep only some of the samples or columns.",
            limit=limits.max_values,
        )


def check_bytes(name: str, size: int, limits: Limits) -> None:
    """Refuse content that needs more memory, once opened, than the limit."""
    if size > limits.max_array_bytes:
        raise InputError(
            name,
            "must take at most {limit:,} MB once opened",
            f"{size / 1024**2:,.1f} MB",
            "Keep only some of the samples, or save outputs as float32.",
            limit=limits.max_array_bytes // 1024**2,
        )


def check_classes(name: str, classes: int, limits: Limits) -> None:
    """Refuse more words for classes than there may be columns of outputs for them."""
    if classes > limits.max_columns:
        raise InputError(
            name,
            "must have at most {limit:,} classes",
            Message("{n:,} different words", {"n": classes}),
            "Choose the column of labels that names the classes.",
            limit=limits.max_columns,
        )


def check_names(name: str, columns: list[str], limits: Limits = LIMITS) -> None:
    """Refuse two columns of the same name, and a name that is no name but a text."""
    seen: set[str] = set()
    for column in columns:
        if len(column) > limits.max_name:
            raise InputError(
                name,
                "must have names of at most {limit:,} characters for its columns",
                Message("{n:,} characters", {"n": len(column)}),
                "Write the names of the columns into the first line, and texts below them.",
                limit=limits.max_name,
            )
        if column in seen:
            raise InputError(
                name,
                "must have a different name for each column",
                Message("{column} more than once", {"column": shorten(repr(column))}),
                "Rename or remove one of them.",
            )
        seen.add(column)


def malformed(name: str, format: str, reason: Message | Exception) -> InputError:
    """The refusal of a file that breaks the rules of its format.

    The words of a library that could not read it are none for a visitor.
    """
    return InputError(
        name,
        "must be a complete and valid {format} file",
        reason if isinstance(reason, Message) else Message("an unreadable part"),
        "Write the file again, and check that it opens in the program that wrote it.",
        format=format,
    )
