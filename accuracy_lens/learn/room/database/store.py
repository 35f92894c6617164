"""Rooms and votes in a database that outlives the server and that several servers share.

Whatever is written is one statement, or one transaction that begins with a write: nothing is read,
changed and written back. A room is steered by who holds its secret and saw its latest version.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, exists, func, select, update
from sqlalchemy.exc import IntegrityError

from accuracy_lens.learn.room.database.codes import digest, new_code, new_token
from accuracy_lens.learn.room.database.rules import Action, Phase, Plan, State, after
from accuracy_lens.learn.room.database.schema import ROOMS, VOTERS, VOTES, address, connect
from accuracy_lens.learn.room.database.statements import (
    in_round,
    lives,
    put_room,
    put_seat,
    put_vote,
    room_locked,
    seated,
    steers,
)

DAY = 24 * 3600.0
MOST_ROOMS, MOST_VOTERS, MOST_ANSWER = 200, 500, 2000
"""Rooms of a store, voters of a room, characters of an answer."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """A room as it stands.

    Attributes
    ----------
    code : str
    lesson : str
        Its name.
    state : State
    version : int
        Grows with whatever the teacher does.
    ahead : bool
        Whether students may go ahead by themselves.
    ends : float
        When it ends by itself, in seconds since 1970.
    """

    code: str
    lesson: str
    state: State
    version: int
    ahead: bool
    ends: float


Counts = Mapping[str, int]
"""How many gave an answer, by the answer."""


class Store:
    """The rooms of one database.

    Parameters
    ----------
    named : str, optional
        See `schema.address`.
    now : callable
        Seconds since 1970.

    Examples
    --------
    >>> import tempfile
    >>> from accuracy_lens.learn.room.database.rules import Plan
    >>> store = Store(tempfile.mkdtemp())
    >>> plan = Plan(("lobby", "accuracy"), frozenset({"accuracy"}))
    >>> code, secret = store.open_room("six-probabilities")
    >>> store.join(code, "a token")
    True
    >>> for action in (Action.NEXT, Action.OPEN):
    ...     room = store.steer(store.room(code), secret, action, plan)
    >>> store.vote(code, "accuracy", 1, "a token", "0.8")
    True
    >>> store.vote(code, "accuracy", 1, "a token", "5/6")
    True
    >>> store.counts(code, "accuracy", 1)
    {'5/6': 1}
    """

    def __init__(self, named: str | None = None, now: Callable[[], float] = time.time) -> None:
        self._engine = connect(address(named))
        self._dialect = self._engine.dialect.name
        self._now = now

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    # -- rooms

    def open_room(self, lesson: str, content: str = "") -> tuple[str, str] | None:
        """Open a room; its code and the teacher's secret, or None where there are too many.

        Parameters
        ----------
        lesson : str
            Its name.
        content : str
            The whole lesson, where it does not ship with the program.
        """
        self.purge()
        secret, start = new_token(), State()
        while True:
            code = new_code()
            values: dict[str, Any] = {
                "code": code, "secret": digest(code, secret), "lesson": lesson,
                "content": content, "step": start.step, "phase": str(start.phase),
                "round": start.round, "left": start.left_text, "version": 0, "ahead": False,
                "ends": self._now() + DAY,
            }  # fmt: skip
            try:
                with self._engine.begin() as connection:
                    done = connection.execute(put_room(values, MOST_ROOMS)).first()
                    return None if done is None else (code, secret)
            except IntegrityError:  # there is one of that code
                continue

    def room(self, code: str) -> Room | None:
        """The room of a code; None where there is none, or no longer."""
        columns = [c for c in ROOMS.c if c is not ROOMS.c.content]
        with self._engine.connect() as connection:
            row = connection.execute(select(*columns).where(lives(code, self._now()))).one_or_none()
        if row is None:
            return None
        state = State(row.step, Phase(row.phase), row.round, State.read_left(row.left))
        return Room(
            code=row.code, lesson=row.lesson, state=state, version=row.version, ahead=row.ahead,
            ends=row.ends,
        )  # fmt: skip

    def version(self, code: str) -> int | None:
        """The version of a room, for who only wants to know whether it is another."""
        with self._engine.connect() as connection:
            asked = select(ROOMS.c.version).where(lives(code, self._now()))
            return connection.scalar(asked)

    def content(self, code: str) -> str:
        """The whole lesson of a room, where it does not ship with the program."""
        with self._engine.connect() as connection:
            found = connection.scalar(select(ROOMS.c.content).where(lives(code, self._now())))
        return found or ""

    def is_steered_by(self, code: str, secret: str) -> bool:
        """Whether a secret is that of the teacher."""
        found = select(exists().where(steers(code, secret, self._now())))
        with self._engine.connect() as connection:
            return bool(connection.scalar(found))

    def steer(self, seen: Room, secret: str, action: Action, plan: Plan) -> bool:
        """Do something, if the room is still as the teacher saw it.

        A second press of a button, or one on another device at the same moment, does nothing.
        """
        state = after(seen.state, action, plan)
        if state is None:
            return False
        values: dict[str, Any] = {
            "step": state.step, "phase": str(state.phase), "round": state.round,
            "left": state.left_text,
        }  # fmt: skip
        with self._engine.begin() as connection:
            done = self._change(connection, seen, secret, values)
            if done and action is Action.RESET:
                connection.execute(
                    delete(VOTES).where(in_round(seen.code, state.step, state.round))
                )
        return done

    def let_ahead(self, seen: Room, secret: str, *, ahead: bool) -> bool:
        """Say whether students may go ahead by themselves."""
        with self._engine.begin() as connection:
            return self._change(connection, seen, secret, {"ahead": ahead})

    def end(self, code: str, secret: str) -> bool:
        """End a room and forget all of it."""
        with self._engine.begin() as connection:
            done = connection.execute(delete(ROOMS).where(steers(code, secret, self._now())))
            if done.rowcount:
                _forget(connection, [code])
        return bool(done.rowcount)

    def purge(self) -> None:
        """Forget the rooms whose day is over."""
        with self._engine.begin() as connection:
            over = delete(ROOMS).where(ROOMS.c.ends <= self._now()).returning(ROOMS.c.code)
            codes = list(connection.execute(over).scalars())
            _forget(connection, codes)

    # -- voters and votes

    def join(self, code: str, voter: str) -> bool:
        """Take a seat in a room, or the same one again; False where there is none."""
        if self.has_joined(code, voter):
            return True
        with self._engine.begin() as connection:
            if self._dialect != "sqlite":  # which has one writer at a time anyway
                connection.execute(room_locked(code, self._now()))
            connection.execute(put_seat(self._dialect, code, voter, MOST_VOTERS, self._now()))
            return bool(connection.scalar(select(seated(code, voter))))

    def has_joined(self, code: str, voter: str) -> bool:
        """Whether a voter has a seat in a room."""
        with self._engine.connect() as connection:
            return bool(connection.scalar(select(seated(code, voter))))

    def vote(self, code: str, step: str, number: int, voter: str, answer: str) -> bool:
        """Give an answer, in the place of the one before; False where it does not count.

        It counts while this round of this step is open, for who has a seat.
        """
        if not 0 < len(answer) <= MOST_ANSWER:
            return False
        put = put_vote(self._dialect, code, step, number, voter, answer, self._now())
        with self._engine.begin() as connection:
            return connection.execute(put).first() is not None

    def answer(self, code: str, step: str, number: int, voter: str) -> str:
        """What a voter answered; empty where there is nothing."""
        own = in_round(code, step, number) & (VOTES.c.voter == digest(code, voter))
        with self._engine.connect() as connection:
            return connection.scalar(select(VOTES.c.answer).where(own)) or ""

    def counts(self, code: str, step: str, number: int) -> dict[str, int]:
        """How many gave each answer."""
        return self.all_counts(code).get((step, number), {})

    def all_counts(self, code: str) -> dict[tuple[str, int], dict[str, int]]:
        """The same of every round, by step and number."""
        columns = (VOTES.c.step, VOTES.c.round, VOTES.c.answer)
        asked = select(*columns, func.count()).where(VOTES.c.room == code).group_by(*columns)
        found: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
        with self._engine.connect() as connection:
            for step, number, answer, n in connection.execute(asked.order_by(*columns)):
                found[step, number][answer] = n
        return dict(found)

    def turnout(self, code: str, step: str, number: int) -> tuple[int, int]:
        """How many have answered, and how many have a seat."""
        voted = select(func.count()).select_from(VOTES).where(in_round(code, step, number))
        seated = select(func.count()).select_from(VOTERS).where(VOTERS.c.room == code)
        with self._engine.connect() as connection:
            row = connection.execute(select(voted.scalar_subquery(), seated.scalar_subquery()))
            n_voted, n_seated = row.one()
        return n_voted, n_seated

    def _change(
        self, connection: Connection, seen: Room, secret: str, values: Mapping[str, Any]
    ) -> bool:
        same = steers(seen.code, secret, self._now()) & (ROOMS.c.version == seen.version)
        change = update(ROOMS).where(same).values(version=seen.version + 1, **values)
        return bool(connection.execute(change).rowcount)


def _forget(connection: Connection, codes: list[str]) -> None:
    connection.execute(delete(VOTES).where(VOTES.c.room.in_(codes)))
    connection.execute(delete(VOTERS).where(VOTERS.c.room.in_(codes)))
