"""What can happen in a room, and in which order: a state, actions, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from metrics_core.lessons.parts.lesson import Check, Lesson, Predict, Reveal

LOBBY = "lobby"
"""The step before the first one, while the class arrives."""
END = "sentence-to-keep"
"""The step after the last one."""
ROUNDS = 2
_NOTHING: Mapping[str, tuple[Phase, int]] = MappingProxyType({})


class Phase(StrEnum):
    """How far the class is with the step in view."""

    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"
    SHOWN = "shown"
    REVEALED = "revealed"


class Action(StrEnum):
    """What the teacher can do."""

    OPEN = "open"
    CLOSE = "close"
    SHOW = "show"
    AGAIN = "again"
    REVEAL = "reveal"
    RESET = "reset"
    NEXT = "next"
    BACK = "back"


_LEADS: Mapping[tuple[Phase, Action], Phase] = {
    (Phase.READY, Action.OPEN): Phase.OPEN,
    (Phase.OPEN, Action.CLOSE): Phase.CLOSED,
    (Phase.OPEN, Action.RESET): Phase.OPEN,
    (Phase.CLOSED, Action.SHOW): Phase.SHOWN,
    (Phase.CLOSED, Action.AGAIN): Phase.OPEN,
    (Phase.CLOSED, Action.REVEAL): Phase.REVEALED,
    (Phase.CLOSED, Action.RESET): Phase.OPEN,
    (Phase.SHOWN, Action.AGAIN): Phase.OPEN,
    (Phase.SHOWN, Action.REVEAL): Phase.REVEALED,
    (Phase.SHOWN, Action.RESET): Phase.OPEN,
}
"""What is done with a question, and where it leads."""


@dataclass(frozen=True)
class Plan:
    """The steps of a room in their order, and which of them ask.

    Attributes
    ----------
    steps : tuple of str
    asked : frozenset of str
    """

    steps: tuple[str, ...]
    asked: frozenset[str]


def plan_of(lesson: Lesson) -> Plan:
    """The steps of a lesson as a class takes them: what is true is shown where it was asked.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> plan = plan_of(lesson("six-probabilities"))
    >>> plan.steps[:4], "wrong-samples" in plan.asked
    (('lobby', 'read-1', 'wrong-samples', 'accuracy'), True)
    """
    steps = {
        name: step for name, step in lesson.named_steps.items() if not isinstance(step, Reveal)
    }
    asked = frozenset(name for name, step in steps.items() if isinstance(step, Predict | Check))
    return Plan((LOBBY, *steps, END), asked)


@dataclass(frozen=True)
class State:
    """Where a class is.

    Attributes
    ----------
    step : str
    phase : Phase
    round : int
        Of the votes on the step in view, from 1.
    left : mapping of str to (Phase, int)
        The same of the steps that were in view before, by name.
    """

    step: str = LOBBY
    phase: Phase = Phase.READY
    round: int = 1
    left: Mapping[str, tuple[Phase, int]] = field(default_factory=lambda: _NOTHING)

    @property
    def is_open(self) -> bool:
        """Whether votes are taken."""
        return self.phase is Phase.OPEN

    @property
    def shows_answers(self) -> bool:
        """Whether the class sees what it answered."""
        return self.phase in (Phase.SHOWN, Phase.REVEALED)

    @property
    def is_revealed(self) -> bool:
        """Whether the class sees what is true."""
        return self.phase is Phase.REVEALED

    @property
    def left_text(self) -> str:
        """`left` as a text, for the store."""
        return json.dumps({name: [str(phase), n] for name, (phase, n) in self.left.items()})

    @staticmethod
    def read_left(text: str) -> dict[str, tuple[Phase, int]]:
        """`left` from such a text.

        Examples
        --------
        >>> State.read_left(State(left={"accuracy": (Phase.REVEALED, 2)}).left_text)
        {'accuracy': (<Phase.REVEALED: 'revealed'>, 2)}
        """
        return {name: (Phase(phase), n) for name, (phase, n) in json.loads(text).items()}


def after(state: State, action: Action, plan: Plan) -> State | None:
    """Where an action leads; None where it cannot be done now.

    Votes are taken between `OPEN` and `CLOSE` only, so a step is not left while they are. A step
    that is come back to is as it was left.

    Examples
    --------
    >>> plan = Plan(("lobby", "accuracy", "sentence-to-keep"), frozenset({"accuracy"}))
    >>> state = after(State(), Action.NEXT, plan)
    >>> for action in (Action.OPEN, Action.CLOSE, Action.SHOW, Action.AGAIN):
    ...     state = after(state, action, plan)
    >>> state.step, str(state.phase), state.round
    ('accuracy', 'open', 2)
    >>> after(state, Action.NEXT, plan) is None
    True
    """
    if action in (Action.NEXT, Action.BACK):
        at = plan.steps.index(state.step) + (1 if action is Action.NEXT else -1)
        if state.is_open or not 0 <= at < len(plan.steps):
            return None
        left = {**state.left, state.step: (state.phase, state.round)}
        step = plan.steps[at]
        phase, number = left.pop(step, (Phase.READY, 1))
        return State(step, phase, number, left)
    leads = _LEADS.get((state.phase, action))
    if leads is None or state.step not in plan.asked:
        return None
    if action is Action.AGAIN:
        return replace(state, phase=leads, round=state.round + 1) if state.round < ROUNDS else None
    return replace(state, phase=leads)


def possible(state: State, plan: Plan) -> tuple[Action, ...]:
    """What can be done now.

    Examples
    --------
    >>> plan = Plan(("lobby", "accuracy"), frozenset({"accuracy"}))
    >>> [str(action) for action in possible(State("accuracy", Phase.CLOSED), plan)]
    ['show', 'again', 'reveal', 'reset', 'back']
    """
    return tuple(action for action in Action if after(state, action, plan) is not None)
