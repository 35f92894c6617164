"""tf.keras of TensorFlow 1 and 2, each row as what changed since the row that it follows."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.messages import Message
from metrics_core.releases.rules.release import Run
from metrics_core.releases.table.keras_1_and_2 import (
    BCE,
    CCE,
    CLASSES,
    ERRORS,
    KERAS_2_0,
    KERAS_2_2,
    KERAS_2_3,
    MORE_CLASSES,
    MSE,
)

_TF_1_8 = replace(
    KERAS_2_0,
    name="tf.keras-1.8.0",
    title="tf.keras of TensorFlow 1.8.0",
    ran=(Run("1.4.0", "2017-11-01"), Run("1.8.0", "2018-04-28")),
    changed=Message("The first tf.keras that was run: a copy of Keras 2.0.8, rounding included."),
    source="tensorflow/python/keras/_impl/keras/metrics.py",
)
_TF_1_12 = replace(
    _TF_1_8,
    name="tf.keras-1.12.0",
    title="tf.keras of TensorFlow 1.12.0",
    ran=(Run("1.12.0", "2018-11-06"),),
    changed=Message(
        "Outputs are compared with 0.5 where they were rounded; the weighted mean of each batch is "
        "divided by the sum of its weights."
    ),
    source="tensorflow/python/keras/metrics.py: binary_accuracy; "
    "tensorflow/python/keras/engine/training_utils.py: weighted_masked_objective",
    classes=CLASSES - {"Accuracy"},
    rounds=False,
    threshold_argument=True,
    sparse_dtypes="as_argmax",
    weighting="batch_means",
    scalar_takes_weights=False,
    empty_total=0.0,
    small_counts="empty",
    weights_follow="outputs",
    squeezes="always",
    ranks_assumed=True,
)
_TF_1_13 = replace(
    KERAS_2_2,
    name="tf.keras-1.13.1",
    title="tf.keras of TensorFlow 1.13.1",
    ran=(Run("1.13.1", "2019-02-26"),),
    changed=Message(
        "evaluate adds up totals over all batches, so top-k, which returns a value per batch, "
        "counts each batch once."
    ),
    source="tensorflow/python/keras/engine/training_utils.py: get_metric_function, 831-837; "
    "tensorflow/python/keras/metrics.py, 578-609, 1522-1571",
    functions=KERAS_2_3.functions,
    classes=CLASSES,
    loss_classes=frozenset({BCE, CCE, MSE}),
    rounds=False,
    threshold_argument=True,
    sparse_labels="squeeze",
    sparse_dtypes="any",
    exact_shapes=True,
    exact_casts="outputs",
    top_k_labels="squeeze",
    totals="float32",
    weighting="broadcast",
    scalar_takes_weights=False,
    empty_total=0.0,
    weights_follow="outputs",
    squeezes="always",
    target_check="sizes",
    sizes_checked=frozenset({BCE, CCE}),
    sparse_loss_casts=True,
)
_TF_1_14 = replace(
    _TF_1_13,
    name="tf.keras-1.14.0",
    title="tf.keras of TensorFlow 1.14.0",
    ran=(Run("1.14.0", "2019-06-19"),),
    changed=Message(
        "Top-k functions return a value per sample, and losses given as objects are recognised."
    ),
    source="tensorflow/python/keras/engine/training_utils.py: get_metric_function, 813-846; "
    "tensorflow/python/keras/metrics.py, 276-342, 2714-2772",
    classes=CLASSES | MORE_CLASSES,
    loss_classes=KERAS_2_3.loss_classes,
    recognised_forms=KERAS_2_3.recognised_forms,
    class_strings="own",
    errors_cast=True,
    top_k_returns="row",
    top_k_out_of_range="never",
    weights_follow="given_outputs",
    squeezes="ones",
    ranks_assumed=True,
    sizes_checked=frozenset({BCE, CCE, MSE}),
    sparse_loss_casts=False,
)
_TF_1_15 = replace(
    _TF_1_14,
    name="tf.keras-1.15.0",
    title="tf.keras of TensorFlow 1.15.0",
    ran=(Run("1.15.0", "2019-10-16"),),
    changed=Message("Weights are refused for a metric that returns a single value for a batch."),
    source="tensorflow_core/python/keras/metrics.py: Reduce.update_state",
    weights_follow="values",
)
_TF_2_0 = replace(
    _TF_1_15,
    name="tf.keras-2.0.0",
    title="tf.keras of TensorFlow 2.0.0",
    ran=(Run("2.0.0", "2019-09-30"),),
    changed=Message(
        "The metric is reported by the name that it is given, where it was acc; labels with one "
        "axis less than the outputs are taken."
    ),
    source="tensorflow_core/python/keras/engine/training_utils.py: get_metric_function, "
    "1019-1040; tensorflow_core/python/keras/metrics.py, 278-371, 2746-2805",
    class_strings="spelled",
    short_name=False,
    weighted_prefix=False,
    ranks_assumed=False,
    loss_squeezes=True,
)
_TF_2_1 = replace(
    _TF_2_0,
    name="tf.keras-2.1.0",
    title="tf.keras of TensorFlow 2.1.0",
    ran=(Run("2.1.0", "2020-01-08"),),
    changed=Message("The string ACC names the function of exact equality; it was unknown before."),
    source="tensorflow_core/python/keras/metrics.py: ACC",
    alias_functions=ERRORS | {("ACC", "accuracy")},
)
_TF_2_2 = replace(
    _TF_2_1,
    name="tf.keras-2.2.0",
    title="tf.keras of TensorFlow 2.2.0",
    ran=(Run("2.2.0", "2020-05-07"), Run("2.3.0", "2020-07-27"), Run("2.4.0", "2020-12-14")),
    changed=Message(
        "The shapes of labels and outputs decide what accuracy means, in the new loop of "
        "Model.fit; the loss no longer does."
    ),
    source="tensorflow/python/keras/engine/compile_utils.py: "
    "MetricsContainer._get_metric_object, 437-457; tensorflow/python/keras/metrics.py, "
    "293-386, 3177-3295",
    resolves_by="shapes",
    class_strings="own",
    top_k_labels="flatten",
    top_k_outputs="sparse",
    weights_become_columns="always",
    target_check="none",
    one_column_refused=False,
    loss_same_shape=frozenset({CCE}),
    temporal_mode=False,
)
_TF_2_6 = replace(
    _TF_2_2,
    name="tf.keras-2.6.0",
    title="tf.keras of TensorFlow 2.6.0",
    ran=(Run("2.6.0", "2021-08-11"), Run("2.8.0", "2022-02-02")),
    changed=Message("The strings Accuracy and ACC are spellings of accuracy."),
    source="keras/engine/compile_utils.py: MetricsContainer._get_metric_object",
    any_case=True,
    alias_functions=ERRORS,
)
TF_2_15 = replace(
    _TF_2_6,
    name="tf.keras-2.15.0",
    title="tf.keras of TensorFlow 2.15.0",
    ran=(
        Run("2.12.0", "2023-03-22"),
        Run("2.14.0", "2023-09-26"),
        Run("2.15.0", "2023-11-14"),
    ),
    changed=Message(
        "Top-k of sparse labels keeps their shape, and the class BinaryAccuracy counts elements; "
        "evaluate prints what it printed."
    ),
    source="keras/src/engine/compile_utils.py: MetricsContainer._get_metric_object, 664-683; "
    "keras/src/metrics/accuracy_metrics.py, 354-465; keras/src/utils/metrics_utils.py, 917-1014",
    binary_class_returns="element",
    matches_keep_shape=True,
    top_k_outputs="any",
    top_k_keeps_shape=True,
    weights_become_columns="matrix_outputs",
    column_labels="matrix_outputs",
)

ROWS = (
    _TF_1_8,
    _TF_1_12,
    _TF_1_13,
    _TF_1_14,
    _TF_1_15,
    _TF_2_0,
    _TF_2_1,
    _TF_2_2,
    _TF_2_6,
    TF_2_15,
)
