"""The app in a notebook: arrays in, the pages in a frame below the cell."""

from accuracy_lens.notebook.launching import Launched, launch

__all__ = ["Launched", "launch"]
