"""Metrics of rows of several outputs."""
