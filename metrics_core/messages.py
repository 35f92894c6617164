"""Sentences as data: a template and its named values, made into text where they are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import index

COMMENT = re.compile(r"(?<=[ ]{2}# ).+$", re.MULTILINE)
"""The words of a comment behind code, which are translated by themselves."""


@dataclass(frozen=True)
class Message:
    """A sentence that can be translated: a `str.format` template and its values.

    Parameters
    ----------
    template : str
        The English sentence with named placeholders, for example ``"{count} of {total}"``.
    values : mapping of str to object
        What the placeholders stand for. A value may itself be a `Message`.
    plural : str
        The sentence for any value of ``n`` other than 1, where the number changes its words;
        `template` is then the one for 1. Empty where one sentence fits every number.

    Examples
    --------
    >>> str(Message("{count} of {total}", {"count": 91, "total": 96}))
    '91 of 96'
    >>> tie = Message("{n} sample ties", {"n": 2}, plural="{n} samples tie")
    >>> str(tie), tie.n
    ('2 samples tie', 2)
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    plural: str = field(default="", kw_only=True)

    @property
    def n(self) -> int:
        """The number that chooses between `template` and `plural`: the value ``n``."""
        return index(self.values["n"])  # type: ignore[arg-type]

    def __str__(self) -> str:
        template = self.plural if self.plural and self.n != 1 else self.template
        return template.format(**self.values)
