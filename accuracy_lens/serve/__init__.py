"""The web server around the app."""

from accuracy_lens.processor import avoid_slow_sort

avoid_slow_sort()
