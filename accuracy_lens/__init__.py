"""The app around `metrics_core`: what a visitor sees, and what serves it.

`launch` shows it in a notebook; `log_predictions` writes what it reads, from any training loop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accuracy_lens.logs import log_predictions
    from accuracy_lens.notebook import launch

__all__ = ["__version__", "launch", "log_predictions"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """What is public is imported when it is asked for: nothing else here needs it."""
    if name == "launch":
        from accuracy_lens.notebook import launch  # noqa: PLC0415

        return launch
    if name == "log_predictions":
        from accuracy_lens.logs import log_predictions  # noqa: PLC0415

        return log_predictions
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
