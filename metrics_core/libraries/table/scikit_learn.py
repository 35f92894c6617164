"""scikit-learn."""

from __future__ import annotations

from metrics_core.kinds import Kind
from metrics_core.libraries import curves
from metrics_core.libraries.averages import ADJUSTED, LABELLED_CLASSES, MEAN, SUM, Average
from metrics_core.libraries.forms.targets import (
    decided,
    decided_of_one,
    numbers_of_one,
    scored,
)
from metrics_core.libraries.library import Library, LibraryMetric, always
from metrics_core.libraries.question import Options
from metrics_core.messages import Message
from metrics_core.steps.choices.decision.tied_rank import HIGHEST_INDEX_FIRST


def _mean_or_sum(kind: Kind, options: Options) -> Average:
    return MEAN if options["normalize"] else SUM


def _balanced(kind: Kind, options: Options) -> Average:
    return ADJUSTED if options["adjusted"] else LABELLED_CLASSES


_DECIDED = (
    LibraryMetric(
        name="accuracy_score",
        options={"normalize": True},
        reads=decided,
        exact=always,
        average=_mean_or_sum,
    ),
    LibraryMetric(
        name="balanced_accuracy_score",
        options={"adjusted": False},
        reads=decided_of_one,
        average=_balanced,
    ),
    LibraryMetric(
        name="top_k_accuracy_score",
        options={"k": 2, "normalize": True, "labels": None},
        reads=scored,
        rank=HIGHEST_INDEX_FIRST,
        k="k",
        always_ranks=True,
        average=_mean_or_sum,
    ),
)
_PRECISION = LibraryMetric(
    name="precision_recall_curve", reads=numbers_of_one, curve=curves.precision_recall
)
_SOURCE = (
    "sklearn/metrics/_classification.py: accuracy_score, balanced_accuracy_score; "
    "sklearn/metrics/_ranking.py: top_k_accuracy_score, roc_curve"
)

ROWS = (
    Library(
        package="scikit-learn",
        title="scikit-learn",
        ran=("1.2.2",),
        changed=Message(
            "Takes predicted classes, no scores; of many labels all must be right; in the top k "
            "the last of equal scores comes first."
        ),
        source=_SOURCE,
        metrics=(
            *_DECIDED,
            LibraryMetric(name="roc_curve", reads=numbers_of_one, curve=curves.roc_above_highest),
            _PRECISION,
        ),
    ),
    Library(
        package="scikit-learn",
        title="scikit-learn",
        ran=("1.9.1",),
        changed=Message(
            "The first threshold of roc_curve is infinity; a matrix at every threshold is new."
        ),
        source=_SOURCE,
        metrics=(
            *_DECIDED,
            LibraryMetric(name="roc_curve", reads=numbers_of_one, curve=curves.roc),
            _PRECISION,
            LibraryMetric(
                name="confusion_matrix_at_thresholds", reads=numbers_of_one, curve=curves.matrices
            ),
        ),
    ),
)
