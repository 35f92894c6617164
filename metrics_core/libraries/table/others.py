"""Gradient boosting and libraries around PyTorch and JAX, each with its own accuracy."""

from __future__ import annotations

import math

from metrics_core.libraries.forms import plain
from metrics_core.libraries.forms.targets import decided_of_one
from metrics_core.libraries.library import Library, LibraryMetric, always
from metrics_core.messages import Message
from metrics_core.steps.choices.decision.argmax_of_libraries import FIRST_NOT_PASSED
from metrics_core.steps.choices.decision.at_least import AT_LEAST
from metrics_core.steps.choices.decision.tied_rank import AFTER_TIES, CHOSEN_BY_TORCH

_OBJECTIVE = {"objective": "reg:squarederror"}
_XGBOOST = Library(
    package="xgboost",
    title="XGBoost",
    ran=("1.7.6", "3.2.0"),
    changed=Message("error is 1 minus the accuracy above 0.5; error@t takes another threshold."),
    source="src/metric/elementwise_metric.cu: EvalError; src/metric/multiclass_metric.cu",
    metrics=(
        LibraryMetric(
            name="error",
            options=_OBJECTIVE | {"threshold": 0.5},
            reads=plain.objective_of_one,
            threshold="threshold",
            is_error=True,
        ),
        LibraryMetric(
            name="merror",
            options={"num_class": None},
            reads=plain.margins_of_classes,
            class_decision=FIRST_NOT_PASSED,
            is_error=True,
        ),
    ),
)
_LIGHTGBM = Library(
    package="lightgbm",
    title="LightGBM",
    ran=("3.3.5", "4.7.0"),
    changed=Message(
        "Without an objective the raw score meets 0.5; among the top k, equal scores count against "
        "the true class."
    ),
    source="src/metric/binary_metric.hpp: BinaryErrorMetric; src/metric/multiclass_metric.hpp: "
    "MultiErrorMetric",
    metrics=(
        LibraryMetric(
            name="binary_error",
            options={"objective": "none"},
            reads=plain.objective_of_one,
            is_error=True,
        ),
        LibraryMetric(
            name="multi_error",
            options={"num_class": None, "multi_error_top_k": 1},
            reads=plain.numbers_of_classes,
            rank=AFTER_TIES,
            k="multi_error_top_k",
            always_ranks=True,
            is_error=True,
        ),
    ),
)
_CATBOOST = Library(
    package="catboost",
    title="CatBoost",
    ran=("1.2", "1.2.10"),
    changed=Message("Takes raw scores and compares them with 0; weights count by default."),
    source="catboost/libs/metrics/metric.cpp: TAccuracyMetric",
    metrics=(
        LibraryMetric(
            name="Accuracy",
            options={"proba_border": 0.5},
            reads=plain.scores_of_either,
            class_decision=FIRST_NOT_PASSED,
            threshold="proba_border",
            threshold_as=lambda border: -math.log(1 / border - 1),
        ),
    ),
)
_IGNITE = Library(
    package="pytorch-ignite",
    title="PyTorch-Ignite",
    ran=("0.5.5",),
    changed=Message("Refuses probabilities of one output: they are to be rounded first."),
    source="ignite/metrics/accuracy.py; ignite/metrics/top_k_categorical_accuracy.py",
    metrics=(
        LibraryMetric(
            name="Accuracy",
            options={"is_multilabel": False, "round": False},
            reads=plain.decided_or_classes,
            exact=always,
        ),
        LibraryMetric(
            name="TopKCategoricalAccuracy",
            options={"k": 5},
            reads=plain.scores_of_classes,
            rank=CHOSEN_BY_TORCH,
            k="k",
            always_ranks=True,
        ),
    ),
)
_FASTAI = Library(
    package="fastai",
    title="fastai",
    ran=("2.8.12",),
    changed=Message("accuracy_multi applies a sigmoid by itself unless it is told not to."),
    source="fastai/metrics.py: accuracy, accuracy_multi, top_k_accuracy",
    metrics=(
        LibraryMetric(name="accuracy", reads=plain.outputs_of_last_axis),
        LibraryMetric(name="error_rate", reads=plain.outputs_of_last_axis, is_error=True),
        LibraryMetric(
            name="accuracy_multi",
            options={"thresh": 0.5, "sigmoid": True},
            reads=plain.elements_after_sigmoid,
            threshold="thresh",
        ),
        LibraryMetric(
            name="top_k_accuracy",
            options={"k": 5},
            reads=plain.outputs_of_last_axis,
            rank=CHOSEN_BY_TORCH,
            k="k",
            always_ranks=True,
        ),
    ),
)

_FLAX = Library(
    package="flax",
    title="Flax",
    ran=("0.12.8",),
    changed=Message("With a threshold, 1 from the threshold on (>=); a single output needs one."),
    source="flax/nnx/training/metrics.py: Accuracy",
    metrics=(
        LibraryMetric(
            name="Accuracy",
            options={"threshold": None},
            reads=plain.outputs_or_one,
            decision=AT_LEAST,
            threshold="threshold",
        ),
    ),
)
_CLU = Library(
    package="clu",
    title="CLU",
    ran=("0.0.12",),
    changed=Message("Takes a row of outputs for each label only."),
    source="clu/metrics.py: Accuracy",
    metrics=(LibraryMetric(name="Accuracy", reads=plain.outputs_or_one),),
)
_EVALUATE = Library(
    package="evaluate",
    title="Hugging Face evaluate",
    ran=(),
    documented="0.4",
    changed=Message("Hands predicted classes to accuracy_score of scikit-learn."),
    source="huggingface.co/spaces/evaluate-metric/accuracy",
    metrics=(LibraryMetric(name="accuracy", reads=decided_of_one),),
)
_SPARK = Library(
    package="pyspark",
    title="Spark ML",
    ran=(),
    documented="3.5",
    changed=Message("The share of rows whose prediction equals the label; weights may be given."),
    source="org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator: accuracy",
    metrics=(LibraryMetric(name="accuracy", reads=plain.pairs),),
)

ROWS = (_XGBOOST, _LIGHTGBM, _CATBOOST, _IGNITE, _FASTAI, _FLAX, _CLU, _EVALUATE, _SPARK)
