"""The views of the page Metrics."""
