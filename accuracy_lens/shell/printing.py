"""Text for people, as columns of a terminal; JSON for programs."""

from __future__ import annotations

import io
import sys
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

import metrics_core
from accuracy_lens.report.metrics import data_entry, strict_json
from accuracy_lens.shell.data import Data
from accuracy_lens.words.text import say

_WIDTH = 160
"""Columns where the output is no terminal, as in the log of a CI."""


def shown(text: object) -> str:
    r"""Text without what steers a terminal, so that a name in a file cannot.

    Examples
    --------
    >>> shown("a\x1b[31mb\n")
    'a\ufffd[31mb\ufffd'
    """
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(each) in ("Cc", "Cf") else each
        for each in str(text)
    )


def table(
    head: Sequence[str], rows: Iterable[Sequence[object]], numbers: Collection[int] = ()
) -> None:
    """Print rows as aligned columns; cells are broken where the terminal is too narrow.

    Parameters
    ----------
    head : sequence of str
    rows : iterable of sequence
    numbers : collection of int
        The columns that are aligned at their right ends.

    Examples
    --------
    >>> table(["metric", "value"], [["recall", "0.5"], ["准确率", "0.75"]], [1])
    metric   value
    ──────────────
    recall     0.5
    准确率    0.75
    """
    drawn = Table(box=box.SIMPLE_HEAD, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False)
    for number, title in enumerate(head):
        drawn.add_column(Text(shown(title)), justify="right" if number in numbers else "left")
    for row in rows:
        drawn.add_row(*(Text(shown(cell)) for cell in row))
    width = None if sys.stdout.isatty() else _WIDTH
    with io.StringIO() as text:
        Console(file=text, width=width or Console().width, color_system=None).print(drawn)
        lines = [line.rstrip() for line in text.getvalue().splitlines()]
    click.echo("\n".join(line for line in lines if line))


def write(text: str = "") -> None:
    """One paragraph or line of text."""
    click.echo(text)


def write_line(text: str) -> None:
    """A sentence, which may hold names from a file."""
    click.echo(shown(text))


def write_head(data: Data) -> None:
    """The data line, and what was assumed or left out."""
    write_line(say("{title}: {line}", title=data.title, line=data.line))
    for note in data.notes:
        write_line(say(note))
    write()


def write_json(data: Data | None, content: Mapping[str, object]) -> None:
    """An object with the version and the data before what a command says."""
    head: dict[str, object] = {"version": metrics_core.__version__}
    if data is not None:
        head |= {"source": data.origin, "data": data_entry(data.predictions)}
    click.echo(strict_json(head | dict(content)))
