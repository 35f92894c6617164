"""The whole report of some outputs: what is computed, what is said of it, and how it is written."""

from accuracy_lens.report.whole.found import Subject, find_out
from accuracy_lens.report.whole.writing import FORMATS, write

__all__ = ["FORMATS", "Subject", "find_out", "write"]
