"""The lessons with everything computed, once for all visitors: nothing in them is a visitor's."""

from __future__ import annotations

from accuracy_lens.view.caches import Size, shared_cache
from metrics_core.lessons.checks import fresh
from metrics_core.lessons.lesson import Check
from metrics_core.lessons.rows import lesson
from metrics_core.lessons.workings import Workings

_HOUR = 3600.0


@shared_cache(entries=12, size=Size(fixed=4 << 20), ttl=6 * _HOUR)
def workings(name: str) -> Workings:
    """A lesson on its own data."""
    return Workings(lesson(name))


@shared_cache(entries=40, size=Size(fixed=1 << 18), ttl=_HOUR)
def checked(name: str, step: str, seed: int) -> tuple[Workings, int]:
    """A lesson on the data of a check, and the seed that they are from."""
    check = lesson(name).named_steps[step]
    assert isinstance(check, Check)
    return fresh(workings(name), check, seed)
