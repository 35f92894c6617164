"""The views of the page Doctor."""
