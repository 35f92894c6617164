"""Metrics that are no rows of the catalogue, each with its words and its code."""
