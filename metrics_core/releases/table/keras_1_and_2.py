"""Keras 1 and 2 of its own package, each row as what changed since the row that it follows."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.messages import Message
from metrics_core.releases.rules.release import Release, Run

BCE, CCE, MSE = "binary_crossentropy", "categorical_crossentropy", "mean_squared_error"
SPARSE = "sparse_categorical_crossentropy"
_FUNCTIONS = frozenset(
    {
        "binary_accuracy",
        "categorical_accuracy",
        "sparse_categorical_accuracy",
        "mean_absolute_error",
        "mean_squared_error",
    }
)
_TOP_K = _FUNCTIONS | {"top_k_categorical_accuracy"}
ERRORS = frozenset(
    {
        ("mae", "mean_absolute_error"),
        ("MAE", "mean_absolute_error"),
        ("mse", "mean_squared_error"),
        ("MSE", "mean_squared_error"),
    }
)
_BATCH_SCORES = frozenset(
    {"precision", "recall", "fbeta_score", "fmeasure", "matthews_correlation"}
)
CLASSES = frozenset(
    {"Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy"}
)
MORE_CLASSES = frozenset(
    {
        "TopKCategoricalAccuracy",
        "SparseTopKCategoricalAccuracy",
        "MeanAbsoluteError",
        "MeanSquaredError",
    }
)

_KERAS_1_0 = Release(
    name="keras-1.0.8",
    title="Keras 1.0.8",
    ran=(Run("1.0.8", "2016-08-28"),),
    changed=Message("The first release that was run: outputs are rounded, and the loss decides."),
    source="keras/engine/training.py: Model.compile; keras/metrics.py, 5-18",
    functions=_FUNCTIONS,
    classes=frozenset(),
    loss_classes=frozenset(),
    resolves_by="loss",
    recognised_forms=frozenset({"string", "function"}),
    any_case=False,
    alias_functions=ERRORS,
    class_strings="refused",
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
    sparse_dtypes="float32",
    flags_are_bool=False,
    minus_zero_below_zero=False,
    exact_shapes=False,
    exact_casts="labels",
    exact_returns="element",
    aligns_ranks="never",
    threshold_inside=False,
    errors_cast=False,
    top_k_returns="batch",
    top_k_out_of_range="raises",
    top_k_labels="max",
    top_k_outputs="matrix",
    top_k_keeps_shape=False,
    totals="by_length",
    weighting="none",
    weights_stretch=True,
    scalar_weight_counts_once=False,
    scalar_takes_weights=True,
    empty_total=float("nan"),
    small_counts="divide",
    weights_follow="values",
    weights_become_columns="never",
    squeezes="never",
    ranks_assumed=False,
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
_KERAS_1_2 = replace(
    _KERAS_1_0,
    name="keras-1.2.2",
    title="Keras 1.2.2",
    ran=(Run("1.1.2", "2016-11-26"), Run("1.2.2", "2017-02-10")),
    changed=Message(
        "Top-k accuracy, precision, recall and F-scores are new; accuracy is as it was."
    ),
    source="keras/engine/training.py: Model.compile, 699-713; keras/metrics.py, 5-171",
    functions=_TOP_K | _BATCH_SCORES,
)
_KERAS_2_0_0 = replace(
    _KERAS_1_2,
    name="keras-2.0.0",
    title="Keras 2.0.0",
    ran=(Run("2.0.0", "2017-03-14"),),
    changed=Message(
        "Functions return a value per sample; precision, recall and F-scores, which were means of "
        "batches, are gone, as the release notes say."
    ),
    source="keras/metrics.py, 18-34",
    functions=_TOP_K,
    means_everything=False,
    flags_are_bool=True,
)
_KERAS_2_0_2 = replace(
    _KERAS_2_0_0,
    name="keras-2.0.2",
    title="Keras 2.0.2",
    ran=(Run("2.0.2", "2017-03-21"),),
    changed=Message("Argmax accuracies return 0 and 1 where 2.0.0 returned booleans."),
    source="keras/metrics.py, 22-32",
    flags_are_bool=False,
)
KERAS_2_0 = replace(
    _KERAS_2_0_2,
    name="keras-2.0.8",
    title="Keras 2.0.8",
    ran=(Run("2.0.8", "2017-08-25"), Run("2.1.6", "2018-04-23"), Run("2.2.0", "2018-06-06")),
    changed=Message(
        "weighted_metrics is new: each batch is divided by the number of its weights that are not "
        "0. So is top-k accuracy of sparse labels."
    ),
    source="keras/engine/training.py: handle_metrics, 897-912; keras/metrics.py, 20-41",
    functions=_TOP_K | {"sparse_top_k_categorical_accuracy"},
    weighted_prefix=True,
    weighting="share_of_nonzero",
)
KERAS_2_2 = replace(
    KERAS_2_0,
    name="keras-2.2.4",
    title="Keras 2.2.4",
    ran=(Run("2.2.4", "2018-10-03"),),
    changed=Message(
        "Sparse labels are flattened, so (n,) labels work in a direct call and labels of several "
        "time steps fail; before, the highest label along the last axis was taken."
    ),
    source="keras/engine/training.py: handle_metrics, 375-406; keras/metrics.py, 26-50",
    sparse_labels="flatten",
    top_k_labels="flatten",
)
_KERAS_2_2_5 = replace(
    KERAS_2_2,
    name="keras-2.2.5",
    title="Keras 2.2.5",
    ran=(Run("2.2.5", "2019-08-22"),),
    changed=Message(
        "Sparse labels only lose a last axis of length 1, so labels of several time steps work "
        "again; top-k functions return a value per sample."
    ),
    source="keras/metrics.py, 33-53",
    sparse_labels="squeeze",
    top_k_returns="row",
    top_k_out_of_range="never",
)
KERAS_2_3 = replace(
    _KERAS_2_2_5,
    name="keras-2.3.1",
    title="Keras 2.3.1",
    ran=(Run("2.3.0", "2019-09-17"), Run("2.3.1", "2019-10-07")),
    changed=Message(
        "Metrics became classes, as the release notes say: totals run over all batches, weights "
        "divide by their sum, and the metric is reported by the name that it is given."
    ),
    source="keras/engine/training_utils.py: get_metric_function, "
    "985-1006; keras/metrics.py, 172-213, 1891-1928",
    functions=KERAS_2_2.functions | {"accuracy"},
    classes=CLASSES | MORE_CLASSES,
    loss_classes=frozenset({BCE, CCE, SPARSE, MSE, "hinge"}),
    recognised_forms=frozenset({"string", "function", "class", "class_from_logits"}),
    short_name=False,
    weighted_prefix=False,
    threshold_argument=True,
    errors_cast=True,
    totals="float32",
    weighting="broadcast",
    scalar_weight_counts_once=True,
    squeezes="ones",
)

ROWS = (
    _KERAS_1_0,
    _KERAS_1_2,
    _KERAS_2_0_0,
    _KERAS_2_0_2,
    KERAS_2_0,
    KERAS_2_2,
    _KERAS_2_2_5,
    KERAS_2_3,
)
