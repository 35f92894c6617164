"""What a file may ask for, and the refusals that every reader shares."""

from __future__ import annotations

from dataclasses import dataclass

from metrics_core.errors import InputError

_SHOWN = 160


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds that are checked before memory is taken.

    Attributes
    ----------
    max_bytes : int
        Size of the file.
    max_rows, max_columns : int
        Samples, and values a sample (a list of C numbers counts as C columns).
    max_values : int
        Rows times columns.
    max_array_bytes : int
        Size of all arrays together, once they are opened.
    max_texts : int
        Different texts in one column of words.
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
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def check_size(name: str, size: int, limits: Limits) -> None:
    """Refuse a file that is empty or larger than the limit."""
    if size == 0:
        raise InputError(name, "must have content", "0 bytes", "Save the file again.")
    if size > limits.max_bytes:
        raise InputError(
            name,
            "must be at most {limit:,} MB",
            f"{size / 1024**2:,.1f} MB",
            "Save it as Parquet, as float32, or with fewer rows.",
            limit=limits.max_bytes // 1024**2,
        )


def check_columns(name: str, columns: int, limits: Limits) -> None:
    """Refuse more columns than the limit."""
    if columns > limits.max_columns:
        raise InputError(
            name,
            "must have at most {limit:,} columns",
            f"{columns:,} columns",
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
            f"{rows:,} rows, {columns:,} columns",
            "Write one row for each sample.",
        )
    if rows > limits.max_rows:
        raise InputError(
            name,
            "must have at most {limit:,} rows",
            f"{rows:,} rows",
            "Keep a part of the samples.",
            limit=limits.max_rows,
        )
    check_values(name, rows * columns, limits)


def check_values(name: str, values: int, limits: Limits) -> None:
    """Refuse more values, over all rows and columns, than the limit."""
    if values > limits.max_values:
        raise InputError(
            name,
            "must have at most {limit:,} values",
            f"{values:,} values",
            "Keep a part of the samples or of the columns.",
            limit=limits.max_values,
        )


def check_bytes(name: str, size: int, limits: Limits) -> None:
    """Refuse content that takes more memory, once opened, than the limit."""
    if size > limits.max_array_bytes:
        raise InputError(
            name,
            "must open to at most {limit:,} MB",
            f"{size / 1024**2:,.1f} MB",
            "Keep a part of the samples, or save outputs as float32.",
            limit=limits.max_array_bytes // 1024**2,
        )


def check_names(name: str, columns: list[str]) -> None:
    """Refuse two columns of the same name."""
    seen: set[str] = set()
    for column in columns:
        if column in seen:
            raise InputError(
                name,
                "must have a different name for each column",
                f"{shorten(repr(column))} more than once",
                "Rename or remove one of them.",
            )
        seen.add(column)


def malformed(name: str, format: str, reason: object) -> InputError:
    """The refusal of a file that its own format does not allow."""
    return InputError(
        name,
        "must be a whole and valid {format} file",
        shorten(reason) or "an unreadable part",
        "Write the file again, and check that it opens where it was made.",
        format=format,
    )
