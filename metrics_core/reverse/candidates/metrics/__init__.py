"""Metrics that are no mean over the samples' matches, for every kind of data."""
