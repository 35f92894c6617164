"""The views of the page Training."""
