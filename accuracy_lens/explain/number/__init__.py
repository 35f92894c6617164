"""The views of the page Explain a number."""
