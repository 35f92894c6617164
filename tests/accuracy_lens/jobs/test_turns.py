"""Whose file is read next, and what happens to a pool whose processes are stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from accuracy_lens.jobs import folders
from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.turns import Turns
from accuracy_lens.jobs.workers import WorkerError, Workers


def order_of(jobs, seconds=30.0, held=0.0):
    """In what order jobs get their turn, which all wait while another one is at work."""
    turns, order, threads = Turns(1), [], []

    def work(whose, size):
        with turns.turn(whose, size, seconds):
            order.append((whose, size))

    with turns.turn("at work", 0, seconds):
        for count, job in enumerate(jobs):
            threads.append(threading.Thread(target=work, args=job))
            threads[-1].start()
            while len(turns._waiting) <= count:
                time.sleep(0.001)
        time.sleep(held)
    for thread in threads:
        thread.join(10)
    return order


def test_a_small_file_does_not_wait_for_the_seven_large_ones_before_it():
    large = [(f"visitor {number}", 900_000) for number in range(7)]
    assert order_of([*large, ("late", 30)])[0] == ("late", 30)


def test_who_had_a_turn_lets_the_others_go_first():
    jobs = [("a", 1), ("a", 2), ("a", 3), ("b", 100), ("c", 200)]
    assert order_of(jobs) == [("a", 1), ("b", 100), ("c", 200), ("a", 2), ("a", 3)]


def test_who_waited_for_half_of_the_time_is_next():
    jobs = [("large", 900), ("small", 1)]
    assert order_of(jobs, seconds=2.0, held=1.1) == jobs


def test_one_visitor_has_one_turn_at_a_time():
    turns = Turns(2)
    with turns.turn("a", 0, 1.0):
        with turns.turn("b", 0, 1.0):
            pass
        with pytest.raises(WorkerError, match="busy"), turns.turn("a", 0, 0.01):
            pass


def test_a_process_that_is_stopped_is_replaced():
    pool = Workers(WorkerLimits(workers=1, seconds=0.5, start_seconds=1.0, setup=""))
    try:
        child = pool.run(os.getpid)
        os.kill(child, signal.SIGSTOP)
        assert pool.run(pow, 2, 3) == 8
        assert pool.run(os.getpid) != child
    finally:
        pool.close()


def test_what_a_killed_server_left_is_deleted_at_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    mine, killed, old, living, other = (
        tmp_path / name
        for name in (
            f"{folders.prefix('job')}a",
            f"accuracy-lens-run-{gone.pid}-a",
            f"{folders.prefix('servers')}b",
            f"accuracy-lens-servers-{os.getppid()}-a",
            "another",
        )
    )
    for folder in (mine, killed, old, living, other):
        folder.mkdir()
        (folder / "upload").write_bytes(b"x")
    for folder in (old, living, other):
        os.utime(folder, (0, 0))
    folders.clean()
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(
        [mine.name, living.name, other.name]
    )


def test_so_many_jobs_wait_in_all_and_of_one_visitor():
    turns = Turns(1, most=3, most_each=2)
    with turns.turn("a", 1, 1.0):
        waiting = threading.Thread(target=lambda: take(turns, "a"))
        waiting.start()
        while not turns.waiting:
            time.sleep(0.001)
        with pytest.raises(WorkerError, match="own"):
            take(turns, "a")
        other = threading.Thread(target=lambda: take(turns, "b"))
        other.start()
        while turns.waiting < 2:
            time.sleep(0.001)
        with pytest.raises(WorkerError, match="busy"):
            take(turns, "c")
    for thread in (waiting, other):
        thread.join(10)
    take(turns, "a")
    assert (turns.waiting, turns.running) == (0, 0)


def take(turns, whose):
    with turns.turn(whose, 1, 30.0):
        pass
