"""The nine releases, each row as what changed since the row that it follows."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.messages import Message
from metrics_core.releases.release import Release

_BCE, _CCE, _MSE = "binary_crossentropy", "categorical_crossentropy", "mean_squared_error"
_SPARSE = "sparse_categorical_crossentropy"
_FUNCTIONS = frozenset(
    {
        "binary_accuracy",
        "categorical_accuracy",
        "sparse_categorical_accuracy",
        "top_k_categorical_accuracy",
        "mean_absolute_error",
        "mean_squared_error",
    }
)
_ERRORS = frozenset(
    {
        ("mae", "mean_absolute_error"),
        ("MAE", "mean_absolute_error"),
        ("mse", "mean_squared_error"),
        ("MSE", "mean_squared_error"),
    }
)
_BATCH_SCORES = frozenset({"precision", "recall", "fbeta_score", "fmeasure"})
_CLASSES = frozenset(
    {"Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy"}
)
_MORE_CLASSES = frozenset(
    {
        "TopKCategoricalAccuracy",
        "SparseTopKCategoricalAccuracy",
        "MeanAbsoluteError",
        "MeanSquaredError",
    }
)

_KERAS_1 = Release(
    name="keras-1.2.2",
    title="Keras 1.2.2",
    ran="1.2.2",
    stands_for=Message(
        "Keras 1.2.2, which was run. Earlier versions were not, and where between 1.2.2 and 2.0.8 "
        "the rules changed is not known."
    ),
    source="keras/engine/training.py: Model.compile, 699-713; keras/metrics.py, 5-171",
    functions=_FUNCTIONS | _BATCH_SCORES | {"matthews_correlation"},
    classes=frozenset(),
    loss_classes=frozenset(),
    resolves_by="loss",
    recognised_forms=frozenset({"string", "function"}),
    any_case=False,
    alias_functions=_ERRORS,
    class_strings="refused",
    string_only=frozenset(),
    short_name=True,
    weighted_prefix=False,
    rounds=True,
    threshold_argument=False,
    means_everything=True,
    binary_returns="row",
    binary_class_returns="row",
    same_dtypes=True,
    sparse_labels="max",
    matches_keep_shape=False,
    sparse_needs_float=True,
    minus_zero_below_zero=False,
    exact_shapes=False,
    exact_casts="labels",
    aligns_ranks=False,
    errors_cast=False,
    top_k_returns="batch",
    top_k_out_of_range="raises",
    top_k_labels="max",
    top_k_outputs="matrix",
    top_k_keeps_shape=False,
    totals="by_length",
    weighting="none",
    scalar_weight_counts_once=False,
    scalar_takes_weights=True,
    empty_total=float("nan"),
    weights_become_columns="never",
    squeezes="never",
    column_labels="always",
    target_check="shape",
    sizes_checked=frozenset(),
    one_column_refused=True,
    sparse_loss_casts=False,
    loss_squeezes=False,
    loss_same_shape=frozenset(),
    sparse_loss_by_rank=False,
    loss_aligns_weights=False,
    temporal_mode=True,
)
_KERAS_2_0 = replace(
    _KERAS_1,
    name="keras-2.0.8",
    title="Keras 2.0.8",
    ran="2.0.8",
    stands_for=Message(
        "Keras 2.0.8, which was run. Where between 1.2.2 and 2.0.8 its rules began, and between "
        "2.0.8 and 2.2.4 ended, is not known."
    ),
    source="keras/engine/training.py: handle_metrics, 897-912; keras/metrics.py, 20-41",
    functions=_FUNCTIONS | {"sparse_top_k_categorical_accuracy"},
    weighted_prefix=True,
    means_everything=False,
    weighting="share_of_nonzero",
)
_KERAS_2_2 = replace(
    _KERAS_2_0,
    name="keras-2.2.4",
    title="Keras 2.2.4",
    ran="2.2.4",
    stands_for=Message(
        "Keras 2.2.4, which was run, until 2.3.0. Where between 2.0.8 and 2.2.4 its rules began "
        "is not known."
    ),
    source="keras/engine/training.py: handle_metrics, 375-406; keras/metrics.py, 26-50",
    sparse_labels="flatten",
    top_k_labels="flatten",
)
_KERAS_2_3 = replace(
    _KERAS_2_2,
    name="keras-2.3.1",
    title="Keras 2.3.1",
    ran="2.3.1",
    stands_for=Message(
        "Keras 2.3.0 and 2.3.1, the last of the separate Keras 2; 2.3.1 was run. The notes of "
        "2.3.0 say that metrics became classes, reported by the name they are given."
    ),
    source="keras/engine/training_utils.py: get_metric_function, 985-1006; "
    "keras/metrics.py, 172-213, 1891-1928",
    functions=_KERAS_2_2.functions | {"accuracy"},
    classes=_CLASSES | _MORE_CLASSES,
    loss_classes=frozenset({_BCE, _CCE, _SPARSE, _MSE, "hinge"}),
    recognised_forms=frozenset({"string", "function", "class", "class_from_logits"}),
    short_name=False,
    weighted_prefix=False,
    threshold_argument=True,
    sparse_labels="squeeze",
    errors_cast=True,
    top_k_returns="row",
    top_k_out_of_range="never",
    totals="float32",
    weighting="broadcast",
    scalar_weight_counts_once=True,
    squeezes="ones",
)
_TF_1_13 = replace(
    _KERAS_2_2,
    name="tf.keras-1.13.1",
    title="tf.keras of TensorFlow 1.13.1",
    ran="1.13.1",
    stands_for=Message(
        "tf.keras of TensorFlow 1.13.1, which was run. Earlier versions were not, and where "
        "between 1.13.1 and 2.0.0 the rules changed is not known."
    ),
    source="tensorflow/python/keras/engine/training_utils.py: get_metric_function, 831-837; "
    "tensorflow/python/keras/metrics.py, 578-609, 1522-1571",
    functions=_KERAS_2_3.functions,
    classes=_CLASSES,
    loss_classes=frozenset({_BCE, _CCE, _MSE}),
    rounds=False,
    threshold_argument=True,
    sparse_labels="squeeze",
    sparse_needs_float=False,
    exact_shapes=True,
    exact_casts="outputs",
    top_k_labels="squeeze",
    totals="float32",
    weighting="broadcast",
    empty_total=0.0,
    squeezes="always",
    target_check="sizes",
    sizes_checked=frozenset({_BCE, _CCE}),
    sparse_loss_casts=True,
)
_TF_2_0 = replace(
    _TF_1_13,
    name="tf.keras-2.0.0",
    title="tf.keras of TensorFlow 2.0.0",
    ran="2.0.0",
    stands_for=Message(
        "tf.keras of TensorFlow 2.0.0, which was run. 2.1 was not: the loss stopped deciding "
        "after 2.0.0 and not later than 2.2.0."
    ),
    source="tensorflow_core/python/keras/engine/training_utils.py: get_metric_function, "
    "1019-1040; tensorflow_core/python/keras/metrics.py, 278-371, 2746-2805",
    classes=_CLASSES | _MORE_CLASSES,
    loss_classes=_KERAS_2_3.loss_classes,
    recognised_forms=_KERAS_2_3.recognised_forms,
    class_strings="spelled",
    short_name=False,
    weighted_prefix=False,
    errors_cast=True,
    top_k_returns="row",
    top_k_out_of_range="never",
    scalar_takes_weights=False,
    squeezes="ones",
    sizes_checked=frozenset({_BCE, _CCE, _MSE}),
    sparse_loss_casts=False,
    loss_squeezes=True,
)
_TF_2_2 = replace(
    _TF_2_0,
    name="tf.keras-2.2.0",
    title="tf.keras of TensorFlow 2.2.0",
    ran="2.2.0",
    stands_for=Message(
        "tf.keras of TensorFlow 2.2.0, which was run. Its rules began after 2.0.0; where between "
        "2.2.0 and 2.15.0 they ended is not known."
    ),
    source="tensorflow/python/keras/engine/compile_utils.py: "
    "MetricsContainer._get_metric_object, 437-457; tensorflow/python/keras/metrics.py, "
    "293-386, 3177-3295",
    resolves_by="shapes",
    alias_functions=_ERRORS | {("ACC", "accuracy")},
    class_strings="own",
    top_k_labels="flatten",
    top_k_outputs="sparse",
    weights_become_columns="always",
    target_check="none",
    one_column_refused=False,
    loss_same_shape=frozenset({_CCE}),
    temporal_mode=False,
)
_TF_2_15 = replace(
    _TF_2_2,
    name="tf.keras-2.15.0",
    title="tf.keras of TensorFlow 2.15.0",
    ran="2.15.0",
    stands_for=Message(
        "tf.keras of TensorFlow 2.15.0, which was run and is the last with Keras 2. Where between "
        "2.2.0 and 2.15.0 its rules began is not known."
    ),
    source="keras/src/engine/compile_utils.py: MetricsContainer._get_metric_object, 664-683; "
    "keras/src/metrics/accuracy_metrics.py, 354-465; keras/src/utils/metrics_utils.py, 917-1014",
    any_case=True,
    alias_functions=_ERRORS,
    binary_class_returns="element",
    matches_keep_shape=True,
    top_k_outputs="any",
    top_k_keeps_shape=True,
    weights_become_columns="matrix_outputs",
    column_labels="matrix_outputs",
)
_KERAS_3 = replace(
    _TF_2_15,
    name="keras-3.15.1",
    title="Keras 3.15.1",
    ran="3.15.1",
    stands_for=Message(
        "Keras 3.15.1 on TensorFlow, which was run. Other versions of Keras 3 and its other "
        "backends were not."
    ),
    source="keras/src/trainers/compile_utils.py: is_binary_or_sparse_categorical, 40-50; "
    "keras/src/metrics/accuracy_metrics.py, 8-436; keras/src/metrics/reduction_metrics.py, 10-158",
    class_strings="spelled",
    string_only=frozenset(
        {
            ("precision", "Precision"),
            ("recall", "Recall"),
            ("Precision", "Precision"),
            ("Recall", "Recall"),
        }
    ),
    binary_returns="element",
    same_dtypes=False,
    sparse_labels="squeeze_one",
    minus_zero_below_zero=True,
    exact_shapes=False,
    exact_casts="labels",
    aligns_ranks=True,
    weighting="samplewise",
    weights_become_columns="never",
    squeezes="never",
    column_labels="never",
    loss_same_shape=frozenset({_BCE, _CCE}),
    sparse_loss_by_rank=True,
    loss_aligns_weights=True,
)

RELEASES: dict[str, Release] = {
    row.name: row
    for row in (
        _KERAS_1,
        _KERAS_2_0,
        _KERAS_2_2,
        _KERAS_2_3,
        _TF_1_13,
        _TF_2_0,
        _TF_2_2,
        _TF_2_15,
        _KERAS_3,
    )
}
"""Every release by its name, oldest first within each line."""
