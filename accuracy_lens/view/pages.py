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
    answers : Message
        The question that it answers.
    """

    section: Message
    title: Message
    script: str
    path: str
    answers: Message


_EXPLORE, _EXPLAIN, _LEARN = Message("Explore"), Message("Explain"), Message("Learn")
METRICS = PageRow(
    _EXPLORE, Message("Metrics"), "pages/explore/metrics.py", "metrics",
    Message("What does each variant of accuracy give on these outputs, and what makes it differ?"),
)  # fmt: skip
"""Opens by default, at the address of the server."""
THRESHOLDS = PageRow(
    _EXPLORE, Message("Thresholds"), "pages/explore/thresholds.py", "thresholds",
    Message("What would every other threshold give, and which is the best?"),
)  # fmt: skip
CLASSES = PageRow(
    _EXPLORE, Message("Classes"), "pages/explore/classes.py", "classes",
    Message("Which class is mistaken for which, and how good is each class by itself?"),
)  # fmt: skip
COMPARE = PageRow(
    _EXPLORE, Message("Compare"), "pages/explore/compare.py", "compare",
    Message("Which of two sets of outputs is better, and at which samples and step do they part?"),
)  # fmt: skip
WHICH = PageRow(
    _EXPLAIN, Message("Which accuracy?"), "pages/explain/which_accuracy.py", "which_accuracy",
    Message("What did accuracy mean in a release of Keras, and what would each release print?"),
)  # fmt: skip
NUMBER = PageRow(
    _EXPLAIN, Message("Explain a number"), "pages/explain/number.py", "explain_a_number",
    Message("Which calculation gives the number that was printed, and why is mine another?"),
)  # fmt: skip
DOCTOR = PageRow(
    _EXPLAIN, Message("Doctor"), "pages/explain/doctor.py", "doctor",
    Message("What is probably wrong with these outputs, and what mends it?"),
)  # fmt: skip
LESSONS = PageRow(
    _LEARN, Message("Lessons"), "pages/learn/lessons.py", "lessons",
    Message("What do you expect, what is true, and which step makes the difference?"),
)  # fmt: skip
ROOM = PageRow(
    _LEARN, Message("Room"), "pages/learn/room.py", "room",
    Message("What does a class expect, and what after it has talked?"),
)  # fmt: skip
TRAINING = PageRow(
    _LEARN, Message("Training"), "pages/learn/training.py", "training",
    Message("How does each accuracy move while a real Keras model learns?"),
)  # fmt: skip
HELP = PageRow(
    _LEARN, Message("Help"), "pages/learn/help.py", "help",
    Message("What is what here, which files can be read, and where do they go?"),
)  # fmt: skip
PAGES = (
    METRICS,
    THRESHOLDS,
    CLASSES,
    COMPARE,
    WHICH,
    NUMBER,
    DOCTOR,
    LESSONS,
    ROOM,
    TRAINING,
    HELP,
)
