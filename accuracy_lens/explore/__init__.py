"""The views of the section Explore, a folder a page."""
