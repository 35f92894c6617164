"""The visitor's custom metric on the page Metrics."""
