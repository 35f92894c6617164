"""The table of pages: for the navigation, and for the server, which knows their addresses."""

from __future__ import annotations

from dataclasses import dataclass

from metrics_core.messages import Message

MISSING = "no_such_page"
"""Names in a query the page that a link named and that is not there."""


@dataclass(frozen=True)
class PageRow:
    """One page.

    Attributes
    ----------
    section : Message
        What it stands under.
    title : Message
    script : str
    path : str
        Its address below that of the server.
    """

    section: Message
    title: Message
    script: str
    path: str


_EXPLORE, _EXPLAIN, _LEARN = Message("Explore"), Message("Explain"), Message("Learn")
METRICS = PageRow(_EXPLORE, Message("Metrics"), "pages/explore/metrics.py", "metrics")
"""Opens by default, at the address of the server."""
THRESHOLDS = PageRow(_EXPLORE, Message("Thresholds"), "pages/explore/thresholds.py", "thresholds")
CLASSES = PageRow(_EXPLORE, Message("Classes"), "pages/explore/classes.py", "classes")
WHICH = PageRow(
    _EXPLAIN, Message("Which accuracy?"), "pages/explain/which_accuracy.py", "which_accuracy"
)
NUMBER = PageRow(
    _EXPLAIN, Message("Explain a number"), "pages/explain/number.py", "explain_a_number"
)
DOCTOR = PageRow(_EXPLAIN, Message("Doctor"), "pages/explain/doctor.py", "doctor")
TRAINING = PageRow(_LEARN, Message("Training"), "pages/learn/training.py", "training")
PAGES = (METRICS, THRESHOLDS, CLASSES, WHICH, NUMBER, DOCTOR, TRAINING)
