"""The command line: `accuracy-lens`, and what each of its commands prints."""

from accuracy_lens.processor import avoid_slow_sort

avoid_slow_sort()
