"""A class trains: thirty who press the same experiment, then thirty with settings of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from benchmarks.crowds.trainee import Trainee
from benchmarks.process import Server, serve
from benchmarks.report import Measure

STUDENTS = 30
SAME_SECONDS = 20.0
THIRD = 1 / 3
PATIENCE = 1800.0
OWN = "your-own"
KINDS = ("digits", "moons", "blobs")
EPOCHS = (3, 6, 10)


def measure() -> Iterator[Measure]:
    """One server for both classes; its worker has trained before."""
    with serve("accuracy_lens.serve.server") as server:
        asyncio.run(_train(server, [{"experiment": OWN, "run_epochs": "5"}], "done"))
        cpu = server.cpu_seconds()
        same = asyncio.run(_train(server, [{"experiment": "ten-sigmoids"}] * STUDENTS, "done"))
        cpu = server.cpu_seconds() - cpu
        first = min(each.at["pressed"] for each in same)
        seen = [each.at["trained"] - first for each in same]
        name = f"{STUDENTS} press the same"
        yield Measure(f"{name}: first press to first epoch", seen, "s", SAME_SECONDS, "highest")
        yield Measure(f"{name}: processor time of the server, from opening to the end", [cpu], "s")

        different = asyncio.run(_train(server, [_own(i) for i in range(STUDENTS)], "began"))
    waited = [each for each in different if "placed" in each.at]
    name = f"{STUDENTS} press different ones"
    placed = [each.at["placed"] - each.at["pressed"] for each in waited]
    yield Measure(f"{name}: press to place in the queue", placed, "s")
    yield Measure(f"{name}: waited", [each.at["began"] - each.at["placed"] for each in waited], "s")
    untold = sum(each.told is None and "soon" not in each.at for each in waited)
    yield Measure(f"{name}: were told no time", [untold], "", 1)
    off = [_off(each) for each in waited if each.told is not None]
    yield Measure(f"{name}: first time told, off by", off, "x", THIRD, "highest")


def _own(i: int) -> dict[str, str]:
    """A run of its own; three sets of data and three lengths."""
    return {
        "experiment": OWN,
        "run_dataset": KINDS[i % 3],
        "run_epochs": str(EPOCHS[i // 3 % 3]),
        "run_seed": str(i),
    }


def _off(trainee: Trainee) -> float:
    """The error of a time over the time that it really was."""
    assert trainee.told is not None
    real = trainee.at["began"] - trainee.at["told"]
    return abs(trainee.told - real) / real


async def _train(server: Server, queries: list[dict[str, str]], until: str) -> list[Trainee]:
    """Open the page one after the other, press all at once, and wait for all."""
    trainees = [Trainee(server.url, query) for query in queries]
    tasks = []
    for trainee in trainees:
        tasks.append(asyncio.create_task(trainee.visit()))
        await _all([trainee], "ready", tasks)
    await asyncio.gather(*(trainee.press() for trainee in trainees))
    await _all(trainees, until, tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return trainees


async def _all(trainees: list[Trainee], event: str, tasks: list[asyncio.Task[None]]) -> None:
    waiting = asyncio.gather(*(getattr(each, event).wait() for each in trainees))
    try:
        await asyncio.wait_for(waiting, PATIENCE)
    except TimeoutError:
        for task in tasks:
            if task.done():
                task.result()  # which says why
        late = [each for each in trainees if not getattr(each, event).is_set()]
        raise RuntimeError(f"{len(late)} never {event}; {late[0].failed}") from None
