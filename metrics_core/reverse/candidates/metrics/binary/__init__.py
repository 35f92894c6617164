"""Metrics of labels 0 and 1 beside one score each."""
