"""A vote is counted once or told to be lost, whoever else writes and whatever ends a server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from accuracy_lens.learn.room.database import store as stores
from accuracy_lens.learn.room.database.rules import Action, Phase
from accuracy_lens.learn.room.database.schema import FILE, address
from accuracy_lens.learn.room.database.store import DAY, MOST_ANSWER, Store
from tests.accuracy_lens.learn.room.conftest import Class

ROOT = Path(__file__).parents[4]
OPEN = (Action.NEXT, Action.OPEN)
VOTES = """
import sys
from accuracy_lens.learn.room.database.store import Store
named, code, first, last = sys.argv[1:]
store = Store(named)
for voter in range(int(first), int(last)):
    assert store.join(code, f"voter {voter}")
print("ready", flush=True)
for turn in range(100_000):
    for voter in range(int(first), int(last)):
        if not store.vote(code, "first", 1, f"voter {voter}", f"{turn}"):
            sys.exit()
        print(voter, turn, flush=True)
"""


def test_the_last_answer_before_closing_counts_once(room):
    for voter in ("a", "b"):
        assert room.store.join(room.code, voter)
    assert not room.vote("a", "0.1")  # not open yet
    assert room.do(*OPEN)
    assert room.vote("a", "0.1")
    assert room.vote("a", "0.2")
    assert room.vote("b", "0.2")
    assert room.do(Action.CLOSE)
    assert not room.vote("b", "0.3")
    assert room.counts() == {"0.2": 2}
    assert room.store.answer(room.code, "first", 1, "a") == "0.2"
    assert room.store.answer(room.code, "first", 1, "c") == ""
    assert room.store.turnout(room.code, "first", 1) == (2, 2)


def test_a_vote_is_for_the_round_that_is_open_and_from_who_has_a_seat(room):
    room.store.join(room.code, "a")
    room.do(*OPEN)
    assert not room.vote("stranger", "1")
    assert not room.vote("a", "1", number=2)
    assert not room.vote("a", "1", step="second")
    assert not room.store.vote("ZZZZZZ", "first", 1, "a", "1")
    assert not room.vote("a", "")
    assert not room.vote("a", "x" * (MOST_ANSWER + 1))
    assert room.counts() == {}
    assert room.vote("a", "1")
    assert room.do(Action.CLOSE, Action.SHOW, Action.AGAIN)
    assert not room.vote("a", "2")
    assert room.vote("a", "2", number=2)
    assert room.store.all_counts(room.code) == {("first", 1): {"1": 1}, ("first", 2): {"2": 1}}


def test_a_reset_takes_the_votes_of_its_round_alone(room):
    room.store.join(room.code, "a")
    room.do(*OPEN)
    room.vote("a", "1")
    room.do(Action.CLOSE, Action.AGAIN)
    room.vote("a", "2", number=2)
    assert room.do(Action.RESET)
    assert room.store.all_counts(room.code) == {("first", 1): {"1": 1}}
    assert room.vote("a", "3", number=2)


def test_two_presses_at_once_are_one(room):
    seen = room.store.room(room.code)
    assert room.store.steer(seen, room.secret, Action.NEXT, room.plan)
    assert not room.store.steer(seen, room.secret, Action.NEXT, room.plan)
    assert room.store.room(room.code).state.step == "first"


def test_who_has_no_secret_steers_nothing(room):
    seen = room.store.room(room.code)
    other = Class(room.store)
    for secret in ("", other.secret, stores.digest(room.code, room.secret)):
        assert not room.store.is_steered_by(room.code, secret)
        assert not room.store.steer(seen, secret, Action.NEXT, room.plan)
        assert not room.store.let_ahead(seen, secret, ahead=True)
        assert not room.store.end(room.code, secret)
    assert room.store.is_steered_by(room.code, room.secret)
    assert room.store.room(room.code) == seen
    assert room.store.let_ahead(seen, room.secret, ahead=True)
    assert room.store.room(room.code).ahead
    other.store.end(other.code, other.secret)


def test_neither_secret_nor_token_lies_in_the_file(tmp_path):
    store = Store(str(tmp_path))
    room = Class(store)
    store.join(room.code, "token-of-a-voter")
    room.do(*OPEN)
    room.vote("token-of-a-voter", "0.5")
    store.close()
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert room.code.encode() in kept
    assert room.secret.encode() not in kept
    assert b"token-of-a-voter" not in kept


@pytest.mark.parametrize("over", ["ended", "a day"])
def test_a_room_that_is_over_leaves_nothing(address, over):
    clock = [0.0]
    store = Store(address, now=lambda: clock[0])
    room = Class(store)
    store.join(room.code, "a")
    room.do(*OPEN)
    room.vote("a", "1")
    if over == "ended":
        assert store.end(room.code, room.secret)
    else:
        clock[0] = DAY
        assert store.room(room.code) is None
        store.purge()
        clock[0] = 0.0
    assert store.room(room.code) is None
    assert not store.is_steered_by(room.code, room.secret)
    assert not store.join(room.code, "b")
    assert not room.vote("a", "2")
    assert store.all_counts(room.code) == {}
    assert store.turnout(room.code, "first", 1) == (0, 0)
    store.close()


def test_seats_and_rooms_are_limited(store, monkeypatch):
    monkeypatch.setattr(stores, "MOST_VOTERS", 20)
    room = Class(store)
    with ThreadPoolExecutor(8) as pool:
        seated = list(pool.map(lambda n: store.join(room.code, f"{n % 40}"), range(80)))
    assert sum(seated) == 40  # twice each of twenty
    assert store.turnout(room.code, "first", 1) == (0, 20)
    monkeypatch.setattr(stores, "MOST_ROOMS", 1)
    assert store.open_room("another") is None
    store.end(room.code, room.secret)


def test_thirty_students_at_once_lose_no_vote(room):
    voters = [f"student {n}" for n in range(30)]
    for voter in voters:
        room.store.join(room.code, voter)
    room.do(*OPEN)
    begin = threading.Barrier(30)

    def answer(voter):
        begin.wait()
        return [room.vote(voter, f"{n}") for n in range(5)]

    with ThreadPoolExecutor(30) as pool:
        told = list(pool.map(answer, voters))
    assert told == [[True] * 5] * 30
    assert room.counts() == {"4": 30}


def test_what_two_processes_are_told_is_what_is_counted(room, address):
    """They vote without end; the third closes meanwhile, and what was told until then counts."""

    def student(first, last):
        command = [sys.executable, "-c", VOTES, address, room.code, str(first), str(last)]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    assert room.do(*OPEN)
    with student(0, 5) as one, student(5, 10) as two:
        heard = [process.stdout.readline() + process.stdout.readline() for process in (one, two)]
        assert all(text.startswith("ready\n") for text in heard)
        while room.store.turnout(room.code, "first", 1)[0] < 10:
            time.sleep(0.1)
        assert room.do(Action.CLOSE)
        told = "".join(process.stdout.read() for process in (one, two))
        told = "".join(text.removeprefix("ready\n") for text in heard) + told
    last = dict(line.split() for line in told.splitlines())
    kept = {n: room.store.answer(room.code, "first", 1, f"voter {n}") for n in range(10)}
    assert {n: answer for n, answer in kept.items() if answer} == {
        int(voter): turn for voter, turn in last.items()
    }
    assert sum(room.counts().values()) == len(last) == 10


def test_a_server_that_is_killed_keeps_what_it_told(room, address):
    room.do(*OPEN)
    command = [sys.executable, "-c", VOTES, address, room.code, "0", "3"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        told = [process.stdout.readline() for _ in range(31)][1:]
        os.kill(process.pid, signal.SIGKILL)
        told += process.stdout.read().splitlines(keepends=True)
    last = dict(line.split() for line in told if line.endswith("\n"))
    after = Store(address)
    found = after.room(room.code)
    assert (found.state.step, found.state.phase) == ("first", Phase.OPEN)
    for voter, turn in last.items():  # one more may have been written, and not been told
        assert int(after.answer(room.code, "first", 1, f"voter {voter}")) - int(turn) in (0, 1)
    after.close()


def test_the_file_lies_where_the_operator_says(tmp_path, monkeypatch):
    monkeypatch.setenv("ACCURACY_LENS_STORE", str(tmp_path / "new"))
    assert address().database == str(tmp_path / "new" / FILE)
    monkeypatch.delenv("ACCURACY_LENS_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert address().database == str(tmp_path / "accuracy-lens" / FILE)
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    assert "accuracy-lens" in address().database
    assert str(tmp_path) not in address().database
