"""A class on two servers that share one store: whoever is asked, it is one room."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from accuracy_lens.learn.room.database.rules import Action, plan_of
from accuracy_lens.learn.room.database.schema import VARIABLE
from accuracy_lens.learn.room.database.store import Store
from benchmarks.crowds.student import Student
from benchmarks.process import serve
from metrics_core.lessons.rows import lesson
from tests import aside

LESSON, STEP = "six-probabilities", "accuracy"
ANSWERS = ("5/6", "0.5", "1", "5/6")


async def vote(store: Store, students: list[Student], code: str, secret: str) -> None:
    """Seat everybody, go to the question, open the vote, and wait until all are told."""
    tasks = [asyncio.create_task(student.attend()) for student in students]
    plan = plan_of(lesson(LESSON))
    try:
        await asyncio.wait_for(asyncio.gather(*(each.seated.wait() for each in students)), 120)
        while store.room(code).state.step != STEP:
            assert store.steer(store.room(code), secret, Action.NEXT, plan)
        assert store.steer(store.room(code), secret, Action.OPEN, plan)
        await asyncio.wait_for(asyncio.gather(*(each.told.wait() for each in students)), 120)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.long
def test_students_of_two_servers_are_one_class(address, store, monkeypatch):
    monkeypatch.setenv(VARIABLE, address)
    code, secret = store.open_room(LESSON)
    with serve("accuracy_lens.serve.server") as one, serve("accuracy_lens.serve.server") as other:
        students = [
            Student(server.url, code, 0.1 * at, answer)
            for server in (one, other)
            for at, answer in enumerate(ANSWERS)
        ]
        aside.run(vote(store, students, code, secret))
    assert store.counts(code, STEP, 1) == Counter(2 * ANSWERS)
