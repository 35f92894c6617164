"""The libraries beside Keras: one row for the versions of each that compute alike."""

from metrics_core.libraries.answer import LibraryAnswer
from metrics_core.libraries.asking import ask, find_library
from metrics_core.libraries.library import Library, LibraryMetric
from metrics_core.libraries.question import Question
from metrics_core.libraries.refusal import LibraryRefusal
from metrics_core.libraries.table import LIBRARIES

__all__ = [
    "LIBRARIES",
    "Library",
    "LibraryAnswer",
    "LibraryMetric",
    "LibraryRefusal",
    "Question",
    "ask",
    "find_library",
]
