"""What a release refuses to compute, in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, Never

from metrics_core.messages import Message

Stage = Literal["missing", "compile", "evaluate", "call"]


class KerasRefusal(Exception):  # noqa: N818
    """The release raises an error, or has nothing of that name.

    Parameters
    ----------
    stage : {"missing", "compile", "evaluate", "call"}
        ``missing``: the release has no such function, class or loss. The others say when it
        raises.
    template : str
        What it raises, as a sentence with named placeholders.
    **values : object
        What the placeholders stand for.

    Attributes
    ----------
    message : Message
        The sentence as data, for translation.

    Examples
    --------
    >>> str(KerasRefusal("missing", "{release} has no `{name}`.", release="Keras 1", name="x"))
    'Keras 1 has no `x`.'
    """

    def __init__(self, stage: Stage, template: str, **values: object) -> None:
        self.stage: Stage = stage
        self.message = Message(template, values)
        super().__init__(str(self.message))

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the parts when the refusal crosses from a worker process."""
        return _rebuild, (self.stage, self.message.template, dict(self.message.values))


def refuse(template: str, **values: object) -> Never:
    """Raise the refusal of a running metric or loss."""
    raise KerasRefusal("evaluate", template, **values)


@contextmanager
def while_calling() -> Iterator[None]:
    """Say of refusals inside that they come from a direct call."""
    try:
        yield
    except KerasRefusal as refusal:
        message = refusal.message
        raise KerasRefusal("call", message.template, **message.values) from None


def _rebuild(stage: Stage, template: str, values: dict[str, object]) -> KerasRefusal:
    return KerasRefusal(stage, template, **values)
