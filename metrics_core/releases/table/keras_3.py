"""Keras 3 on TensorFlow, each row as what changed since the row that it follows."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.messages import Message
from metrics_core.releases.rules.release import Run
from metrics_core.releases.table.keras_1_and_2 import BCE, CCE
from metrics_core.releases.table.tensorflow import TF_2_15

_KERAS_3_0 = replace(
    TF_2_15,
    name="keras-3.0.0",
    title="Keras 3.0.0",
    ran=(Run("3.0.0", "2023-11-28"),),
    changed=Message(
        "Labels (n,) and outputs (n, 1) both become (n,), so binary accuracy returns a single "
        "value for a batch and each batch counts once, whatever its size."
    ),
    source="keras/src/losses/loss.py: squeeze_to_same_rank, 85-98; "
    "keras/src/metrics/accuracy_metrics.py, 9-75",
    class_strings="spelled",
    binary_class_returns="row",
    same_dtypes=False,
    sparse_labels="squeeze_one",
    exact_shapes=False,
    exact_casts="labels",
    exact_returns="row",
    aligns_ranks="squeeze",
    threshold_inside=True,
    weighting="samplewise",
    weights_stretch=False,
    small_counts="raised",
    weights_become_columns="never",
    squeezes="never",
    column_labels="never",
    loss_same_shape=frozenset({BCE, CCE}),
    sparse_loss_by_rank=True,
    loss_aligns_weights=True,
)
_KERAS_3_3 = replace(
    _KERAS_3_0,
    name="keras-3.3.3",
    title="Keras 3.3.3",
    ran=(Run("3.3.3", "2024-04-26"),),
    changed=Message("Labels (n,) become (n, 1), so that each sample counts, not each batch."),
    source="keras/src/losses/loss.py: squeeze_or_expand_to_same_rank, 88-106",
    aligns_ranks="expand",
    small_counts="divide",
)
_KERAS_3_5 = replace(
    _KERAS_3_3,
    name="keras-3.5.0",
    title="Keras 3.5.0",
    ran=(Run("3.5.0", "2024-08-12"), Run("3.8.0", "2025-01-07")),
    changed=Message(
        "Functions return a value per element where they returned a mean; evaluate prints what it "
        "printed."
    ),
    source="keras/src/metrics/accuracy_metrics.py, 9-69; "
    "keras/src/metrics/reduction_metrics.py, 25-43",
    binary_returns="element",
    binary_class_returns="element",
    exact_returns="element",
    threshold_inside=False,
    weights_stretch=True,
)
_KERAS_3_15 = replace(
    _KERAS_3_5,
    name="keras-3.15.1",
    title="Keras 3.15.1",
    ran=(
        Run("3.9.0", "2025-03-04"),
        Run("3.12.0", "2025-10-27"),
        Run("3.15.1", "2026-07-29"),
    ),
    changed=Message(
        "argmax takes 0.0 before -0.0, and treats numbers too small for float32 otherwise."
    ),
    source="keras/src/backend/tensorflow/numpy.py: argmax; "
    "keras/src/trainers/compile_utils.py: is_binary_or_sparse_categorical, 40-50; "
    "keras/src/metrics/accuracy_metrics.py, 8-436; keras/src/metrics/reduction_metrics.py, 10-158",
    minus_zero_below_zero=True,
)

ROWS = (_KERAS_3_0, _KERAS_3_3, _KERAS_3_5, _KERAS_3_15)
