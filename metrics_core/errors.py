"""The one error that the core raises for an input that it cannot use."""

from __future__ import annotations

from metrics_core.messages import Message

SENTENCE = Message("`{argument}` {rule}. Got {received}. {hint}")


class InputError(ValueError):
    """An input breaks a rule; the text names the argument, the rule, what came and the remedy.

    Parameters
    ----------
    argument : str
        Name of the argument, as the caller wrote it.
    rule : str or Message
        What must hold, as a template that begins with "must" or "needs" and has no full stop.
    received : object
        What came instead: a `Message` where it needs words, otherwise shown with ``str``, so pass
        ``repr(...)`` for text.
    hint : str or Message
        What to do about it, as one template sentence with its full stop.
    **values : object
        What the placeholders of a `rule` and a `hint` that are templates stand for.

    Examples
    --------
    >>> str(InputError("threshold", "must be a finite number", "nan", "Use {usual}.", usual=0.5))
    '`threshold` must be a finite number. Got nan. Use 0.5.'
    """

    def __init__(
        self,
        argument: str,
        rule: str | Message,
        received: object,
        hint: str | Message,
        **values: object,
    ) -> None:
        self.argument = argument
        self.rule = rule if isinstance(rule, Message) else Message(rule, values)
        self.received = received if isinstance(received, Message) else str(received)
        self.hint = hint if isinstance(hint, Message) else Message(hint, values)
        super().__init__(
            SENTENCE.template.format(
                argument=argument, rule=self.rule, received=self.received, hint=self.hint
            )
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the parts when the error crosses from a worker process."""
        return InputError, (self.argument, self.rule, self.received, self.hint)
