"""What each release has of the metrics beside accuracy, as what changed since the one before."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.releases.counted.rules import Counting

_F_SCORES = frozenset({"F1Score", "FBetaScore"})


def _own(*classes: str) -> frozenset[tuple[str, str, str]]:
    """Classes by their names, reported in small letters."""
    words = {"AUC": "auc", "BinaryIoU": "binary_io_u"}
    return frozenset((name, name, words.get(name, name.lower())) for name in classes)


def _spelled(*classes: str) -> frozenset[tuple[str, str, str]]:
    """Classes by their names, in whatever letters, reported as they are spelled."""
    words = {"AUC": "auc", "BinaryIoU": "binary_io_u", "F1Score": "f1_score"}
    return frozenset(
        (word, name, word) for name in classes for word in {name, words.get(name, name.lower())}
    )


TF_1_14 = Counting(
    classes=frozenset({"Precision", "Recall", "AUC", "MeanIoU"}),
    absent=frozenset({("AUC", "multi_label"), ("AUC", "from_logits")}),
    strings=_own("Precision", "Recall", "AUC"),
)
TF_2_12 = replace(
    TF_1_14,
    classes=TF_1_14.classes | {"PrecisionAtRecall", "BinaryIoU"},
    absent=frozenset(),
    buckets=True,
    inside=False,
    keeps_class_axis=True,
)
KERAS_3_0 = replace(
    TF_2_12,
    classes=TF_2_12.classes | _F_SCORES,
    strings=_spelled("Precision", "Recall", "AUC", "BinaryIoU", "F1Score", "FBetaScore"),
    shapes_equal=False,
    whole_weights=True,
    drops_outside=True,
)
