"""The refusal of a formula, which knows the place that it is about."""

from __future__ import annotations

from metrics_core.errors import InputError

_LONGEST = 60


class FormulaError(InputError):
    """A formula breaks a rule; the place in the text comes with the sentence.

    Parameters
    ----------
    rule, hint : str
        As in `InputError`.
    text : str
        The whole formula.
    column, end : int
        The place: ``text[column:end]``, from 0.
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
        self, rule: str, text: str, column: int, end: int, hint: str, **values: object
    ) -> None:
        self.column, self.end = column, end
        self._parts = (rule, text, column, end, hint, values)
        part = text[column:end]
        shown = part if len(part) <= _LONGEST else f"{part[:_LONGEST]}…"
        place = {"character": column + 1}
        super().__init__(
            "formula", f"{rule} (character {{character}})", repr(shown), hint, **place, **values
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the place when the error crosses from a worker process."""
        return _rebuild, self._parts


def _rebuild(
    rule: str, text: str, column: int, end: int, hint: str, values: dict[str, object]
) -> FormulaError:
    return FormulaError(rule, text, column, end, hint, **values)
