"""Scripts take turns: one at a time, none for ever, none lost."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.runtime.scriptrunner import exec_code, script_runner

from accuracy_lens.serve.taking.turns import Turns, take_turns

LONG = 60.0


def test_one_runs_at_a_time_and_all_run():
    inside, most, done = [], [], []

    def work(number):
        inside.append(number)
        most.append(len(inside))
        threading.Event().wait(0.002)
        inside.remove(number)
        done.append(number)
        return number

    in_turn = Turns(LONG).taken(work)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(in_turn, range(40))) == list(range(40))
    assert max(most) == 1
    assert sorted(done) == list(range(40))


def test_a_long_one_lets_the_others_begin_beside_it():
    turns, end, order = Turns(0.01), threading.Event(), []

    def long():
        order.append("long begins")
        assert end.wait(LONG)
        order.append("long ends")

    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(turns.taken(long))
        while not order:
            threading.Event().wait(0.001)
        for name in ("one", "two"):
            pool.submit(turns.taken(order.append), name).result(LONG)
        end.set()
        first.result(LONG)
    assert order == ["long begins", "one", "two", "long ends"]


def test_the_turn_of_one_that_fails_ends():
    turns = Turns(LONG)

    def fail():
        raise KeyError("so it is told")

    for _ in range(2):
        with pytest.raises(KeyError, match="so it is told"):
            turns.taken(fail)()
    assert turns.taken(len)("abc") == 3


def test_the_scripts_of_streamlit_take_them_once(monkeypatch):
    run = exec_code.exec_func_with_error_handling
    monkeypatch.setattr(script_runner, "exec_func_with_error_handling", run)
    for _ in range(2):
        take_turns()
        assert script_runner.exec_func_with_error_handling.__wrapped__ is run
