"""The visitor's own metric on the page Metrics."""
