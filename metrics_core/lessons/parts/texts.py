"""Sentences of a lesson: templates whose placeholders are names of its values, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter

SPEC = re.compile(r"(,|[+]?,?\.[0-9]{1,2}[fg%]|g|)")
"""How a number may be written: with thousands separators, decimals, or per cent."""


@dataclass(frozen=True)
class Text:
    """A template that is filled with the values of the lesson.

    Attributes
    ----------
    template : str
        For example ``"{right} of {n} are right."``
    plural : str
        The sentence for any number but 1; empty where one sentence fits every number.
    n : str
        The value that chooses between the two.
    """

    template: str
    plural: str = ""
    n: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The values that it needs, each once."""
        found = [*placeholders(self.template), *placeholders(self.plural)]
        return tuple(dict.fromkeys([*(name for name, _ in found), *filter(None, [self.n])]))


def placeholders(template: str) -> list[tuple[str, str]]:
    """Names and formats of the placeholders of a template.

    Raises
    ------
    ValueError
        For a placeholder that is more than a name and a plain format: an attribute, an index, a
        conversion, a width.

    Examples
    --------
    >>> placeholders("{right} of {n:,}")
    [('right', ''), ('n', ',')]
    """
    found = []
    for _, name, spec, conversion in Formatter().parse(template):
        if name is None:
            continue
        if not name.isidentifier() or conversion or not SPEC.fullmatch(spec or ""):
            raise ValueError(template)
        found.append((name, spec or ""))
    return found
