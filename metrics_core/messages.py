"""Sentences as data: a template and its named values, made into text where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    """A sentence that can be translated: a `str.format` template and its values.

    Parameters
    ----------
    template : str
        The English sentence with named placeholders, for example ``"{count} of {total}"``.
    values : mapping of str to object
        What the placeholders stand for. A value may itself be a `Message`.

    Examples
    --------
    >>> str(Message("{count} of {total}", {"count": 91, "total": 96}))
    '91 of 96'
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)
