"""The views of the section Learn, a folder a page."""
