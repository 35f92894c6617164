"""The one error that the core raises for an input that it cannot use."""

from __future__ import annotations

from metrics_core.messages import Message

SENTENCE = "`{argument}` {rule}. Got {received}. {hint}"


class InputError(ValueError):
    """An input breaks a rule; the text names the argument, the rule, what came and the remedy.

    Parameters
    ----------
    argument : str
        Name of the argument, as the caller wrote it.
    rule : str
        What must hold, as a template that begins with "must" or "needs" and has no full stop.
    received : object
        What came instead; shown with ``str``, so pass ``repr(...)`` for text.
    hint : str
        What to do about it, as one template sentence with its full stop.
    **values : object
        What the placeholders of `rule` and `hint` stand for.

    Examples
    --------
    >>> str(InputError("threshold", "must be a finite number", "nan", "Use {usual}.", usual=0.5))
    '`threshold` must be a finite number. Got nan. Use 0.5.'
    """

    def __init__(
        self, argument: str, rule: str, received: object, hint: str, **values: object
    ) -> None:
        self.argument = argument
        self.rule = Message(rule, values)
        self.received = str(received)
        self.hint = Message(hint, values)
        super().__init__(
            SENTENCE.format(
                argument=argument, rule=self.rule, received=self.received, hint=self.hint
            )
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the parts when the error crosses from a worker process."""
        parts = (self.argument, self.rule.template, self.received, self.hint.template)
        return _rebuild, (parts, dict(self.rule.values))


def _rebuild(parts: tuple[str, str, str, str], values: dict[str, object]) -> InputError:
    argument, rule, received, hint = parts
    return InputError(argument, rule, received, hint, **values)
