"""A class in a room: everybody answers within ten seconds; no vote is lost, none counted twice."""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator

from accuracy_lens.learn.room.database.rules import Action, plan_of
from accuracy_lens.learn.room.database.schema import VARIABLE
from accuracy_lens.learn.room.database.store import Store
from benchmarks.crowds.student import Student
from benchmarks.process import serve
from benchmarks.report import Measure
from metrics_core.lessons.rows import lesson

LESSON, STEP = "six-probabilities", "accuracy"
ANSWERS = ("5/6", "0.83", "0.5", "0.875", "4/6", "1")
SECONDS = 10.0
PATIENCE = 120.0


def measure() -> Iterator[Measure]:
    """Thirty students, then two hundred, each class with a server and a store of its own."""
    for n, bar in ((30, 1.0), (200, None)):
        with tempfile.TemporaryDirectory() as folder:
            os.environ[VARIABLE] = folder
            store = Store(folder)
            with serve("accuracy_lens.serve.server") as server:
                students, cpu = asyncio.run(_class(store, server.url, n, server.cpu_seconds))
            del os.environ[VARIABLE]
            told = [student for student in students if student.told.is_set()]
            times = [student.seconds for student in told]
            counts = store.counts(students[0].code, STEP, 1)
            wrong = Counter(counts) - Counter(student.answer for student in told)
            lost = Counter(student.answer for student in told) - Counter(counts)
            store.close()
        times = times or [PATIENCE]
        p95 = sorted(times)[int(0.95 * (len(times) - 1))]
        yield Measure(f"{n} students: answer to “answered”, 95 of 100", [p95], "s", bar)
        yield Measure(f"{n} students: answer to “answered”", times, "s")
        yield Measure(f"{n} students: not told within {PATIENCE:.0f} s", [n - len(told)], "", 1)
        yield Measure(f"{n} students: votes that were told and are lost", [lost.total()], "", 1)
        yield Measure(f"{n} students: votes counted and not told", [wrong.total()], "", 1)
        yield Measure(f"{n} students: processor time of the server, of one core", [cpu], "x")


async def _class(store: Store, url: str, n: int, cpu: object) -> tuple[list[Student], float]:
    opened = store.open_room(LESSON)
    assert opened is not None
    code, secret = opened
    chance = random.Random(0)
    students = [
        Student(url, code, chance.uniform(0, SECONDS), chance.choice(ANSWERS)) for _ in range(n)
    ]
    tasks = []
    for student in students:
        tasks.append(asyncio.create_task(student.attend()))
        await asyncio.sleep(0.1)
    await _all(tasks, [student.seated for student in students])
    plan = plan_of(lesson(LESSON))
    while (room := store.room(code)) is not None and room.state.step != STEP:
        assert store.steer(room, secret, Action.NEXT, plan)
    await asyncio.sleep(5)
    room = store.room(code)
    assert room is not None
    start, used = time.perf_counter(), cpu()  # type: ignore[operator]
    assert store.steer(room, secret, Action.OPEN, plan)
    await _all(tasks, [student.told for student in students])
    share = (cpu() - used) / (time.perf_counter() - start)  # type: ignore[operator]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return students, share


async def _all(tasks: list[asyncio.Task[None]], events: list[asyncio.Event]) -> None:
    waiting = asyncio.gather(*(event.wait() for event in events))
    try:
        await asyncio.wait_for(waiting, PATIENCE)
    except TimeoutError:
        for task in tasks:
            if task.done():
                task.result()  # which says why
