"""Blocks on several threads: in order, few at a time, and an error is raised."""

import threading

import pytest

from metrics_core.numeric.threads import cores, in_threads


@pytest.mark.parametrize("threads", [1, 2, 3, None])
def test_the_results_come_in_order(threads):
    assert list(in_threads(lambda n: n * n, range(100), threads)) == [n * n for n in range(100)]
    assert list(in_threads(lambda n: n, [], threads)) == []


def test_two_items_are_worked_on_at_once():
    meet = threading.Barrier(2, timeout=30)
    assert len(list(in_threads(lambda _: meet.wait(), range(4), 2))) == 4


def test_items_are_read_as_the_work_goes_on():
    read = []
    results = in_threads(lambda n: n, (read.append(n) or n for n in range(100)), 2)
    assert next(results) == 0
    assert len(read) <= 4
    results.close()


@pytest.mark.parametrize("threads", [1, 2])
def test_an_error_of_an_item_is_raised(threads):
    with pytest.raises(ZeroDivisionError):
        list(in_threads(lambda n: 1 / n, [1, 0, 2], threads))


def test_there_is_at_least_one_thread():
    assert cores() >= 1
