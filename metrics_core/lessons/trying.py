"""How far somebody is who moves the controls of a task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from metrics_core.lessons.parts.conditions import Progress
from metrics_core.lessons.parts.lesson import Try
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message


@dataclass(frozen=True)
class Attempt:
    """Where the numbers of a task stand with some settings.

    Attributes
    ----------
    reached : bool
    progress : tuple of Progress
        One for each condition of the goal.
    words : tuple of Message
        What is said once it is reached; empty before.
    """

    reached: bool
    progress: tuple[Progress, ...]
    words: tuple[Message, ...]


def attempt(workings: Workings, task: Try, settings: Mapping[str, object]) -> Attempt:
    """Compute a task with the settings of the view.

    Parameters
    ----------
    workings : Workings
    task : Try
    settings : mapping of str to object
        The controls, by the names of fields of `Settings`; others of the view may be among them.

    Raises
    ------
    InputError
        If a setting is out of its range.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> workings = Workings(lesson("six-probabilities"))
    >>> task = next(step for step in workings.lesson.steps if isinstance(step, Try))
    >>> [attempt(workings, task, {"threshold": t}).reached for t in (0.5, 0.65)]
    [False, True]
    """
    moved = {name: settings[name] for name in task.controls if name in settings}
    there = workings.with_settings(task.moves, **moved)
    progress = tuple(condition.progress(there) for condition in task.goal)
    reached = all(each.reached for each in progress)
    return Attempt(reached, progress, there.texts(task.reached) if reached else ())
