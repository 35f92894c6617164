"""A store in a file, and the same in PostgreSQL where it is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from accuracy_lens.learn.room.database.rules import Action, Plan
from accuracy_lens.learn.room.database.store import Store

PLAN = Plan(("lobby", "first", "read", "second", "end"), frozenset({"first", "second"}))
PROGRAMS = [*Path("/usr/lib/postgresql").glob("*/bin"), Path("/usr/local/bin")]


def program(name: str) -> str | None:
    found = (shutil.which(name, path=str(folder)) for folder in PROGRAMS)
    return next((path for path in found if path), shutil.which(name))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL that is there for these tests alone."""
    initdb, server = program("initdb"), program("pg_ctl")
    if initdb is None or server is None:
        pytest.skip("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory(prefix="rooms") as folder:
        user = None
        if os.getuid() == 0:  # which PostgreSQL refuses
            names = {each.pw_name: each.pw_uid for each in pwd.getpwall()}
            if "postgres" not in names:
                pytest.skip("PostgreSQL does not run as root")
            user = names["postgres"]
            os.chown(folder, user, -1)

        def run(*command: str) -> None:
            subprocess.run(
                command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, timeout=120,
            )  # fmt: skip

        data = f"{folder}/data"
        run(initdb, "-D", data, "-A", "trust", "-U", "teacher")
        run(server, "-D", data, "-o", f"-k {folder} -c listen_addresses=''", "-w", "start")
        try:
            yield f"postgresql://teacher@/postgres?host={folder}"
        finally:
            run(server, "-D", data, "-m", "immediate", "stop")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    return str(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres")


@pytest.fixture
def store(address):
    made = Store(address)
    yield made
    made.close()


class Class:
    """A room with its teacher."""

    def __init__(self, store: Store, plan: Plan = PLAN) -> None:
        self.store, self.plan = store, plan
        opened = store.open_room("a-lesson")
        assert opened is not None
        self.code, self.secret = opened

    def do(self, *actions: Action) -> bool:
        return all(
            self.store.steer(self.store.room(self.code), self.secret, action, self.plan)
            for action in actions
        )

    def vote(self, voter: str, answer: str, step: str = "first", number: int = 1) -> bool:
        return self.store.vote(self.code, step, number, voter, answer)

    def counts(self, step: str = "first", number: int = 1) -> dict[str, int]:
        return self.store.counts(self.code, step, number)


@pytest.fixture
def room(store):
    made = Class(store)
    yield made
    store.end(made.code, made.secret)
