"""Blocks on several threads: how many, in which order, what is raised, what is shared."""

from __future__ import annotations

import contextvars
import os
import threading
import time

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.numeric import threads
from metrics_core.numeric.large_arrays import BLOCK, compared, cut_rows
from metrics_core.numeric.threads import LARGE, cut, each_block, limit_threads, threads_for
from tests.every import every


@pytest.fixture(autouse=True)
def no_limit():
    limit_threads(None)
    yield
    limit_threads(None)


def test_large_arrays_take_a_thread_for_each_core_four_at_most(monkeypatch):
    for cores, taken in ((1, 1), (2, 2), (64, 4)):
        monkeypatch.setattr(threads, "_cores", cores)
        assert threads_for(LARGE) == taken
        assert threads_for(LARGE - 1) == threads_for(0) == 1
    assert [threads_for(0, n) for n in (1, 2, 9)] == [1, 2, 9]


@pytest.mark.parametrize("wrong", [0, -1, 1.5])
def test_threads_that_are_no_number_of_threads_are_refused(wrong):
    with pytest.raises(InputError, match=r"`threads` must be a whole number above 0\. Got"):
        threads_for(10, wrong)


def test_the_limit_holds_for_all_and_can_be_lifted(monkeypatch):
    monkeypatch.setattr(threads, "_cores", 8)
    limit_threads(2)
    assert [threads_for(LARGE), threads_for(LARGE, 3), threads_for(1, 1)] == [2, 2, 1]
    limit_threads(1)
    assert [threads_for(LARGE), threads_for(LARGE, 3)] == [1, 1]
    limit_threads(None)
    assert [threads_for(LARGE), threads_for(LARGE, 3)] == [4, 3]


def test_asking_how_many_threads_costs_next_to_nothing():
    start = time.process_time()
    for _ in range(10_000):
        threads_for(96)
    assert (time.process_time() - start) / 10_000 < 2e-6


@every("n_threads", [1, 2, 3, 50])
@every("n", [0, 1, 2, 40])
def test_results_come_in_the_order_of_the_blocks(n, n_threads):
    def slow_first(number):
        time.sleep(0.002 / (1 + number))
        return number

    assert each_block(slow_first, range(n), n_threads) == list(range(n))


def test_blocks_are_done_by_the_caller_and_by_others():
    both = threading.Barrier(2, timeout=20)
    names = each_block(lambda _: (both.wait(), threading.current_thread())[1], range(2), 2)
    assert len(set(names)) == 2
    assert threading.current_thread() in names


def test_what_is_done_within_a_block_may_use_threads_again():
    def inner(number):
        return sum(each_block(lambda each: each * number, range(10), 4))

    assert each_block(inner, range(30), 4) == [45 * number for number in range(30)]


@every("n_threads", [1, 2, 3])
def test_of_blocks_that_fail_the_first_says_why_and_the_rest_is_left(n_threads):
    done = []

    def work(number):
        if number in (7, 8):
            time.sleep(0.01 * (8 - number))
            raise ValueError(number)
        time.sleep(0.001)
        done.append(number)

    with pytest.raises(ValueError, match="7"):
        each_block(work, range(2000), n_threads)
    assert sorted(done)[:7] == list(range(7))
    assert len(done) < 1500
    assert each_block(abs, range(5), n_threads) == list(range(5))


def test_each_thread_sees_the_context_of_the_caller():
    name = contextvars.ContextVar("name", default="nobody")
    name.set("somebody")
    both = threading.Barrier(2, timeout=20)

    def work(_):
        both.wait()
        np.array([np.finfo("f4").max], "f4") * np.float32(2)
        return name.get(), np.geterr()["over"]

    with np.errstate(over="ignore", invalid="raise"):
        assert each_block(work, range(2), 2) == [("somebody", "ignore")] * 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_process_that_is_forked_off_has_threads_of_its_own():
    each_block(abs, range(8), 2)
    child = os.fork()
    if not child:
        os._exit(int(each_block(abs, range(8), 2) != list(range(8))))
    assert os.waitpid(child, 0)[1] == 0


@every("size", [1, 3, 10])
@every("n", [0, 1, 3, 10, 11])
def test_rows_are_cut_into_blocks_that_cover_them(n, size):
    parts = cut(n, size)
    assert np.array_equal(
        np.concatenate([np.arange(n)[:0], *(np.arange(n)[p] for p in parts)]), np.arange(n)
    )
    assert all(0 < part.stop - part.start <= size for part in parts)


@every("n_threads", [1, 2, 3])
@every("shape", [(0,), (1,), (BLOCK,), (BLOCK + 1,), (7, 3), (BLOCK, 3), (3, 1), (0, 4)])
def test_an_array_of_any_shape_is_compared_block_by_block(shape, n_threads):
    values = np.random.default_rng(1).choice([-np.inf, 0.0, 0.5, 1.0, np.nan], shape)
    expected = values > 0.5
    assert np.array_equal(compared(np.greater, values, 0.5, n_threads), expected)
    assert sum(part.stop - part.start for part in cut_rows(values)) == len(values)
