"""The views of the page Classes."""
