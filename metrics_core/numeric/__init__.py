"""Numpy tools that know nothing of metrics."""
