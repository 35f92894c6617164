"""The refusal of a formula, which knows what part of the text it is about."""

from __future__ import annotations

from metrics_core.errors import InputError
from metrics_core.messages import Message

_LONGEST = 60


class FormulaError(InputError):
    """A formula breaks a rule; the position in the text comes with the sentence.

    Parameters
    ----------
    rule, hint : str or Message
        As in `InputError`.
    text : str
        The whole formula.
    column, end : int
        The part: ``text[column:end]``, from 0.
    **values : object
        What the placeholders of `rule` and `hint` stand for.

    Attributes
    ----------
    column, end : int

    Examples
    --------
    >>> str(FormulaError("must not divide", "a / b", 2, 3, "Use {other}.", other="*"))
    "`formula` must not divide (character 3). Got '/'. Use *."
    """

    def __init__(
        self,
        rule: str | Message,
        text: str,
        column: int,
        end: int,
        hint: str | Message,
        **values: object,
    ) -> None:
        self.column, self.end = column, end
        rule = rule if isinstance(rule, Message) else Message(rule, values)
        hint = hint if isinstance(hint, Message) else Message(hint, values)
        self._parts = (rule, text, column, end, hint)
        part = text[column:end]
        shown = part if len(part) <= _LONGEST else f"{part[:_LONGEST]}…"
        placed = Message("{rule} (character {n})", {"rule": rule, "n": column + 1})
        super().__init__("formula", placed, repr(shown), hint)

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the position when the error crosses from a worker process."""
        return FormulaError, self._parts
