"""Counts of decisions and labels, and the figures that follow from them."""
