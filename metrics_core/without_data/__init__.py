"""What can be said about reported metrics without any outputs: exact, from the counts alone."""

from metrics_core.without_data.groups import GroupAnswer, means_of_groups
from metrics_core.without_data.matrices import MOST_UNKNOWN, Answer, possible_matrices
from metrics_core.without_data.matrix import METRICS, Matrix
from metrics_core.without_data.reported_share import ReportedShare, fitting_sizes, nearest_counts

__all__ = [
    "METRICS",
    "MOST_UNKNOWN",
    "Answer",
    "GroupAnswer",
    "Matrix",
    "ReportedShare",
    "fitting_sizes",
    "means_of_groups",
    "nearest_counts",
    "possible_matrices",
]
