"""Timed comparisons, run by ``make bench``; no part of the tests."""

from accuracy_lens.processor import avoid_slow_sort

avoid_slow_sort()
