"""What a report is made of: sections of blocks, whatever it is written as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Cells = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Text:
    """A paragraph; `how` is ``plain``, ``strong`` or ``faint``."""

    words: str
    how: str = "plain"


@dataclass(frozen=True)
class Items:
    """A list of sentences, each behind its name where it has one."""

    items: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Rows:
    """A table: its head, its rows, and the columns that hold numbers."""

    head: Sequence[str]
    rows: Cells
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Strip:
    """The choice at each of the five steps, and why a step does not matter where it does not."""

    steps: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Code:
    """Lines of a program, under the name of its library."""

    title: str
    lines: str


@dataclass(frozen=True)
class Formula:
    """A formula in LaTeX."""

    latex: str


@dataclass(frozen=True)
class Bar:
    """A bar of a picture, in its units from the upper left; `side` is its class of colour."""

    x: float
    y: float
    width: float
    height: float
    side: str


@dataclass(frozen=True)
class Mark:
    """Words in a picture; `anchor` is ``start``, ``middle`` or ``end``."""

    x: float
    y: float
    words: str
    anchor: str = "middle"
    how: str = "label"


@dataclass(frozen=True)
class Line:
    """A line through points ``x,y``, with its class of stroke."""

    points: str
    how: str = "curve"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawing, and what it shows in words.

    Attributes
    ----------
    width, height : int
        Of its own units.
    title : str
        Read out instead of the drawing.
    bars, lines, marks : sequence
    below : str
    """

    width: int
    height: int
    title: str
    bars: Sequence[Bar] = ()
    lines: Sequence[Line] = ()
    marks: Sequence[Mark] = ()
    below: str = ""


@dataclass(frozen=True)
class Pictures:
    """Small drawings side by side."""

    pictures: Sequence[Picture]


@dataclass(frozen=True)
class Folded:
    """What is opened where it is wanted: a title and more blocks."""

    title: str
    blocks: Sequence[Block]


Block = Text | Items | Rows | Strip | Code | Formula | Picture | Pictures | Folded


@dataclass(frozen=True)
class Section:
    """A heading, its name for links within the report, and what stands below it."""

    name: str
    title: str
    blocks: Sequence[Block] = field(default_factory=tuple)

    @property
    def kinds(self) -> set[str]:
        """The kinds of its blocks."""
        return {type(block).__name__ for block in self.blocks}
