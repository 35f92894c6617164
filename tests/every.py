"""Many small cases of one test, without what pytest spends on a test each."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any


def every(
    names: str | Sequence[str],
    cases: Iterable[Any],
    ids: Iterable[str] | Callable[[Any], str] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """As `pytest.mark.parametrize`, but one test goes through all cases.

    The cases after one that fails run too; the error names each that fails. Fixtures are those of
    the whole test, so that a test which needs a fresh one for each case is parametrised instead.
    """
    names = [name.strip() for name in names.split(",")] if isinstance(names, str) else [*names]
    rows = [tuple(case) if len(names) > 1 else (case,) for case in cases]
    say = ids if callable(ids) else shown
    called = [*ids] if ids is not None and not callable(ids) else None
    assert rows, "no case"
    assert called is None or len(called) == len(rows), "as many names as cases"

    def name_of(at: int) -> str:
        return called[at] if called else ", ".join(map(say, rows[at]))

    def loop_of(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def loop(**fixtures: Any) -> None:
            failed = []
            for at, row in enumerate(rows):
                try:
                    test(**fixtures, **dict(zip(names, row, strict=True)))
                except Exception as error:  # noqa: BLE001 - whatever a case raises
                    error.add_note(f"in the case [{name_of(at)}]")
                    failed.append((name_of(at), error))
            if failed:
                which = "; ".join(case for case, _ in failed[:10])
                text = f"{len(failed)} of {len(rows)} cases fail: {which}"
                raise ExceptionGroup(text, [error for _, error in failed[:10]])

        left = [
            parameter
            for name, parameter in inspect.signature(test).parameters.items()
            if name not in names
        ]
        loop.__signature__ = inspect.Signature(left)
        return loop

    return loop_of


def shown(value: object) -> str:
    """A value in a few words, as far as the name of a case needs it."""
    name = getattr(value, "__name__", None) or getattr(value, "name", None)
    text = name if isinstance(name, str) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
