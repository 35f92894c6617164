"""What a library refuses to compute, in words."""

from __future__ import annotations

from metrics_core.messages import Message


class LibraryRefusal(Exception):  # noqa: N818
    """The library raises an error, has no such metric or argument, or gives several numbers.

    Parameters
    ----------
    template : str
        Why, as a sentence with named placeholders.
    missing : bool
        Whether there is no such metric or argument.
    several : bool
        Whether there is a number for each class or sample; with neither, the metric raises an
        error.
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

    def __init__(
        self, template: str, *, missing: bool = False, several: bool = False, **values: object
    ) -> None:
        self.missing, self.several = missing, several
        self.message = Message(template, values)
        super().__init__(str(self.message))
