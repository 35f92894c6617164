"""The lessons with everything computed: those that ship with the program once for all visitors."""

from __future__ import annotations

from accuracy_lens.learn.lessons import own, placed
from accuracy_lens.view.caches import Size, shared_cache
from metrics_core.lessons.checks import fresh
from metrics_core.lessons.parts.lesson import Check, Lesson
from metrics_core.lessons.rows import lesson, lessons
from metrics_core.lessons.workings import Workings

_HOUR = 3600.0


def find(name: str) -> Lesson | None:
    """A lesson by the name that the address has for it; None where there is none."""
    return placed.lesson(name) if name.startswith(placed.PREFIX) else own.known().get(name)


def workings(name: str) -> Workings:
    """A lesson on its own data."""
    if name.startswith(placed.PREFIX):
        found = placed.workings(name)
        assert found is not None
        return found
    return own.workings() if name == own.NAME else shipped(name)


def checked(name: str, step: str, seed: int) -> tuple[Workings, int]:
    """A lesson on the data of a check, and the seed that they are from."""
    if name in lessons():
        return shipped_check(name, step, seed)
    return _drawn(workings(name), step, seed)


@shared_cache(entries=12, size=Size(fixed=4 << 20), ttl=6 * _HOUR)
def shipped(name: str) -> Workings:
    """A lesson that ships with the program on its own data."""
    return Workings(lesson(name))


@shared_cache(entries=40, size=Size(fixed=1 << 18), ttl=_HOUR)
def shipped_check(name: str, step: str, seed: int) -> tuple[Workings, int]:
    """The same on the data of a check, and the seed that they are from."""
    return _drawn(shipped(name), step, seed)


def _drawn(found: Workings, step: str, seed: int) -> tuple[Workings, int]:
    check = found.lesson.named_steps[step]
    assert isinstance(check, Check)
    return fresh(found, check, seed)
