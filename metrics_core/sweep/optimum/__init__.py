"""The highest value of a metric over all thresholds, and where it is."""
