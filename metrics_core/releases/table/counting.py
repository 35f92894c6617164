"""What each release has of the metrics beside accuracy, as what changed since the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from metrics_core.releases.counted.rules import Counting

_F_SCORES = frozenset({"F1Score", "FBetaScore"})


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
_TF_1_13 = replace(_NONE, classes=frozenset({"Precision", "Recall"}))
_TF_1_14 = replace(
    _TF_1_13,
    classes=_TF_1_13.classes | {"AUC", "MeanIoU"},
    absent=frozenset({("AUC", "multi_label"), ("AUC", "from_logits")}),
    strings=_BY_CLASS,
)
_TF_2_1 = replace(_TF_1_14, classes=_TF_1_14.classes | {"PrecisionAtRecall"})
_TF_2_6 = replace(_TF_2_1, absent=frozenset(), buckets=True)
_TF_2_12 = replace(
    _TF_2_6,
    classes=_TF_2_6.classes | {"BinaryIoU"},
    strings=_BY_CLASS | {("BinaryIoU", "BinaryIoU", "binary_io_u")},
    inside=False,
    keeps_class_axis=True,
)
_KERAS_3_0 = replace(
    _TF_2_12,
    classes=_TF_2_12.classes | _F_SCORES,
    strings=_AS_SPELLED,
    shapes_equal=False,
    whole_weights=True,
)
_KERAS_3_15 = replace(_KERAS_3_0, drops_outside=True)

COUNTING: Mapping[str, Counting] = MappingProxyType(
    {
        "keras-1.0.8": _NONE,
        "tf.keras-1.4.0": _NONE,
        "tf.keras-1.12.0": _NONE,
        "tf.keras-1.13.1": _TF_1_13,
        "tf.keras-1.14.0": _TF_1_14,
        "tf.keras-2.1.0": _TF_2_1,
        "tf.keras-2.6.0": _TF_2_6,
        "tf.keras-2.12.0": _TF_2_12,
        "keras-3.0.0": _KERAS_3_0,
        "keras-3.15.1": _KERAS_3_15,
    }
)
"""The releases that were run with these metrics, oldest first within a line."""
