"""The views of the section Explain, a folder a page."""
