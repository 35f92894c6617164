"""The views of the page Thresholds."""
