"""The statements of the store that decide and write at once, and their conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Insert,
    Select,
    Table,
    and_,
    exists,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from accuracy_lens.learn.room.database.codes import digest
from accuracy_lens.learn.room.database.rules import Phase
from accuracy_lens.learn.room.database.schema import ROOMS, VOTERS, VOTES


def lives(code: str, now: float) -> ColumnElement[bool]:
    """Whether it is the room of a code, and its day is not over."""
    return and_(ROOMS.c.code == code, ROOMS.c.ends > now)


def steers(code: str, secret: str, now: float) -> ColumnElement[bool]:
    """The same, and whether a secret is that of its teacher."""
    return and_(lives(code, now), ROOMS.c.secret == digest(code, secret))


def in_round(code: str, step: str, number: int) -> ColumnElement[bool]:
    """Whether a vote is of a round."""
    return and_(VOTES.c.room == code, VOTES.c.step == step, VOTES.c.round == number)


def seated(code: str, voter: str) -> ColumnElement[bool]:
    """Whether a voter has a seat in a room."""
    return exists().where(VOTERS.c.room == code, VOTERS.c.voter == digest(code, voter))


def room_locked(code: str, now: float) -> Select[Any]:
    """A room whose seats nobody else takes until the transaction ends."""
    return select(ROOMS.c.code).where(lives(code, now)).with_for_update()


def put_room(values: Mapping[str, Any], most: int) -> Executable:
    """Add a room, if there are not too many; gives a row if it did."""
    n_rooms = select(func.count()).select_from(ROOMS).scalar_subquery()
    row = select(*(literal(values[column.name], column.type) for column in ROOMS.c))
    put = insert(ROOMS).from_select(list(ROOMS.c), row.where(n_rooms < most))
    return put.returning(ROOMS.c.code)


def put_seat(dialect: str, code: str, voter: str, most: int, now: float) -> Insert:
    """Add a voter to a room, if there are not too many; nothing where it has a seat."""
    taken = select(func.count()).select_from(VOTERS).where(VOTERS.c.room == code)
    row = select(ROOMS.c.code, literal(digest(code, voter))).where(
        lives(code, now), taken.scalar_subquery() < most
    )
    put = _insert(dialect, VOTERS).from_select(list(VOTERS.c), row)
    return put.on_conflict_do_nothing()


def put_vote(
    dialect: str, code: str, step: str, number: int, voter: str, answer: str, now: float
) -> Executable:
    """Add a vote, or put it in the place of the one before, if its round is open.

    Gives a row if it did.

    PostgreSQL holds the room meanwhile, so that it is not closed between question and writing;
    SQLite has one writer at a time.
    """
    is_open = and_(
        lives(code, now), ROOMS.c.step == step, ROOMS.c.round == number,
        ROOMS.c.phase == str(Phase.OPEN), seated(code, voter),
    )  # fmt: skip
    row: Select[Any] = select(
        ROOMS.c.code, ROOMS.c.step, ROOMS.c.round, literal(digest(code, voter)), literal(answer)
    ).where(is_open)
    row = row.with_for_update(read=True, of=ROOMS)
    put = _insert(dialect, VOTES).from_select(list(VOTES.c), row)
    put = put.on_conflict_do_update(
        index_elements=["room", "step", "round", "voter"], set_={"answer": put.excluded.answer}
    )
    return put.returning(VOTES.c.voter)


def _insert(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
