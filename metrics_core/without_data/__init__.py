"""What can be said about reported metrics without any outputs: exact, from the counts alone."""

from metrics_core.without_data.figures import METRICS, Figure, fitting_sizes, nearest_counts
from metrics_core.without_data.groups import GroupAnswer, means_of_groups
from metrics_core.without_data.matrices import Answer, Matrix, possible_matrices

__all__ = [
    "METRICS",
    "Answer",
    "Figure",
    "GroupAnswer",
    "Matrix",
    "fitting_sizes",
    "means_of_groups",
    "nearest_counts",
    "possible_matrices",
]
