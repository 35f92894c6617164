"""What a library refuses to compute, in words."""

from __future__ import annotations

from metrics_core.messages import Message


class LibraryRefusal(Exception):  # noqa: N818
    """The library raises an error, or has no such metric or argument.

    Parameters
    ----------
    template : str
        Why, as a sentence with named placeholders.
    missing : bool
        Whether there is no such metric or argument; otherwise the metric raises an error.
    **values : object
        What the placeholders stand for.

    Attributes
    ----------
    message : Message
        The sentence as data, for translation.

    Examples
    --------
    >>> str(LibraryRefusal("There is no metric `{name}`.", missing=True, name="x"))
    'There is no metric `x`.'
    """

    def __init__(self, template: str, *, missing: bool = False, **values: object) -> None:
        self.missing = missing
        self.message = Message(template, values)
        super().__init__(str(self.message))
