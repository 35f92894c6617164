"""What each release has of the metrics beside accuracy, as what changed since the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from metrics_core.releases.counted.rules import Counting

_THREE = {"Precision": "precision", "Recall": "recall", "AUC": "auc"}
_BY_CLASS = frozenset((name, name, reported) for name, reported in _THREE.items())
"""Strings that are the names of classes, which are reported in small letters."""
_AS_SPELLED = frozenset(
    (string, name, string)
    for string, name in (
        *((name, name) for name in (*_THREE, "BinaryIoU", "F1Score", "FBetaScore")),
        *((small, name) for name, small in _THREE.items()),
        ("f1_score", "F1Score"),
    )
)
"""Strings in either form, which are reported as they are spelled."""

_NONE = Counting()
_TF_1_14 = replace(
    _NONE,
    classes=frozenset({"Precision", "Recall", "AUC", "MeanIoU"}),
    absent=frozenset(
        {
            ("AUC", "multi_label"),
            ("AUC", "from_logits"),
            ("MeanIoU", "sparse_y_true"),
            ("MeanIoU", "sparse_y_pred"),
        }
    ),
    strings=_BY_CLASS,
)
_KERAS_2_3 = replace(_TF_1_14, strings=frozenset(), refused=frozenset({"MeanIoU"}))
_TF_2_12 = replace(
    _TF_1_14,
    classes=_TF_1_14.classes | {"PrecisionAtRecall", "BinaryIoU"},
    absent=frozenset(),
    strings=_BY_CLASS | {("BinaryIoU", "BinaryIoU", "binary_io_u")},
    buckets=True,
    keeps_class_axis=True,
)
_KERAS_3_15 = replace(
    _TF_2_12,
    classes=_TF_2_12.classes | {"F1Score", "FBetaScore"},
    strings=_AS_SPELLED,
    shapes_equal=False,
    whole_weights=True,
    drops_outside=True,
)

COUNTING: Mapping[str, Counting] = MappingProxyType(
    {
        "keras-1.0.8": _NONE,
        "keras-2.3.1": _KERAS_2_3,
        "tf.keras-1.4.0": _NONE,
        "tf.keras-1.12.0": _NONE,
        "tf.keras-1.14.0": _TF_1_14,
        "tf.keras-2.12.0": _TF_2_12,
        "keras-3.15.1": _KERAS_3_15,
    }
)
"""The releases that were run with these metrics or have none, oldest first within a line."""
