"""What a card says of each step of every row: the choice in words, its fraction, its code."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.catalog.rows import CATALOG
from metrics_core.codegen.keras_code import keras_code
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.choices.aggregation import AVERAGES, BATCH_MEANS, PER_CLASS
from metrics_core.trace import trace
from tests.every import every

SETTINGS = Settings(threshold=0.625, k=3, beta=2, batch_size=16)
FROM_SCORES = "this number is computed from the scores"
NO_LABEL = "the label does not matter"

DECISIONS = {
    "threshold": "> 0.625",
    "round": "round, halves to even",
    "argmax": "highest output",
    "rank": "rank of the true class",
    "none": "none",
}
COMPARISONS = {
    "equal": "equal to the label",
    "equal_output": "equal to the label",
    "equal_as_positive": "equal to the label (0, or not 0)",
    "all_equal": "all elements equal",
    "equal_class": "equal to the true class",
    "in_top_k": "true class in the top 3",
    "absolute_error": "distance to the label",
    "squared_error": "squared distance to the label",
    "none": "none",
}
AGGREGATIONS = {
    "mean": "mean",
    "per_class": "mean of each class, then of the classes",
    "predicted_positive": "mean over those predicted 1",
    "actual_positive": "mean over those labelled 1",
    "f_beta": "mean over those predicted 1, and those labelled 1 times beta²",
}
FITS = [(row, kind) for row in CATALOG.values() for kind in row.needs]
IDS = [f"{row.name}-{kind}" for row, kind in FITS]


@every(("row", "kind"), FITS, ids=IDS)
def test_each_step_is_named_in_a_few_words(row, kind):
    decision = row.decision_for(kind)
    assert str(decision.words(SETTINGS)) == DECISIONS[decision.name]
    assert str(row.comparison.words(SETTINGS)) == COMPARISONS[row.comparison.name]
    assert str(row.aggregation.words(SETTINGS)) == AGGREGATIONS[row.aggregation.name]


@every(("row", "kind"), FITS, ids=IDS)
def test_a_step_that_does_not_matter_says_why(row, kind):
    without = row.decision_for(kind).without
    assert (without and str(without)) == (
        FROM_SCORES if row.decision_for(kind).name == "none" else None
    )
    without = row.comparison.without
    assert (without and str(without)) == (NO_LABEL if row.name == "mean_prediction" else None)


def test_the_tables_name_every_choice_and_no_other():
    assert {row.decision_for(kind).name for row, kind in FITS} == set(DECISIONS)
    assert {row.comparison.name for row in CATALOG.values()} == set(COMPARISONS)
    assert {row.aggregation.name for row in CATALOG.values()} == set(AGGREGATIONS)
    assert AVERAGES == {"per_class": PER_CLASS, "batch_means": BATCH_MEANS}
    assert str(BATCH_MEANS.words(SETTINGS)) == "mean of batches of 16, then of the batches"


USES = {
    "threshold": "binary_accuracy element_accuracy subset_accuracy precision recall f_beta",
    "k": "top_k_categorical_accuracy sparse_top_k_categorical_accuracy",
    "beta": "f_beta",
}


@every(("row", "kind"), FITS, ids=IDS)
def test_a_row_feels_the_settings_that_it_says_it_uses(row, kind):
    used = {setting for setting, names in USES.items() if row.name in names.split()}
    if (row.name, kind) == ("balanced_accuracy", "binary"):
        used = {"threshold"}
    assert set(row.uses(kind)) == used


FRACTIONS = {
    "precision": ("3 of 4 predicted 1", "0 of 0: nothing was predicted 1"),
    "recall": ("3 of 4 labelled 1", "0 of 0: no sample is 1"),
    "f_beta": ("3 of 4, with beta", "0 of 0: no sample is 1, and nothing was predicted 1"),
}


@every("row", [*CATALOG.values()], ids=CATALOG)
def test_a_mean_over_some_says_of_whom_and_what_it_means_that_there_are_none(row):
    counted, nothing = row.aggregation.fraction("3", "4"), row.aggregation.nothing
    said = None if counted is None else (str(counted), str(nothing))
    assert said == FRACTIONS.get(row.name)
    assert (counted is None) == (nothing is None)


SCORES = np.array([[0.7, 0.2, 0.1], [0.625, 0.375, 0.0], [1.5, 0.6, 0.8]], "f4")
CLASSES = [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
DATA = {
    "binary": Predictions.of([0, 1, 1], SCORES[:, 0], kind="binary"),
    "one_hot": Predictions.of(CLASSES, SCORES, kind="one_hot"),
    "multi_label": Predictions.of([[0, 1, 1], [0, 0, 1], [1, 0, 1]], SCORES, kind="multi_label"),
    "sparse": Predictions.of([1, 2, 0], SCORES, kind="sparse"),
    "class_indices": Predictions.of([1, 2, 0], [1, 0, 1], kind="class_indices"),
}
ROWS_COMPARED = "No threshold: the outputs of one row are compared with each other."
NOTHING = "Nothing is decided here: the scores themselves count."
CAPTIONS = {
    "threshold": {1: "2 of 3 scores are above 0.625.", 3: "3 of 9 scores are above 0.625."},
    "round": {1: "2 of 3 scores round to exactly 1.", 3: "4 of 9 scores round to exactly 1."},
    "argmax": {3: ROWS_COMPARED},
    "rank": {3: ROWS_COMPARED},
    "none": {1: NOTHING, 3: NOTHING},
}


@every(("row", "kind"), FITS, ids=IDS)
def test_the_caption_says_what_was_decided_of_all_scores(row, kind):
    made = evaluate(DATA[kind], row.name, SETTINGS)
    said = str(made.decision.caption(made.decisions, SETTINGS))
    assert said == CAPTIONS[made.decision.name][DATA[kind].n_outputs]


def test_counts_in_captions_have_commas():
    data = Predictions.of(np.ones(2_000, "i8"), np.full(2_000, 0.75, "f4"), kind="binary")
    for name, expected in (
        ("binary_accuracy", "2,000 of 2,000 scores are above 0.625."),
        ("binary_accuracy_rounded", "2,000 of 2,000 scores round to exactly 1."),
    ):
        made = evaluate(data, name, SETTINGS)
        assert str(made.decision.caption(made.decisions, SETTINGS)) == expected


SENTENCES = {
    ("binary_accuracy", "one_hot"): "1 of the 3 elements of this sample are right",
    ("binary_accuracy_rounded", "one_hot"): "1 of the 3 elements of this sample are right",
    ("accuracy", "one_hot"): "0 of the 3 elements of this sample are right",
    ("categorical_accuracy", "one_hot"): (
        "output 0 is the highest (0.7000), so class 0; the label is 1: wrong"
    ),
    ("subset_accuracy", "one_hot"): "1 of 3 elements are right and all must be: wrong",
    ("top_k_categorical_accuracy", "one_hot"): (
        "outputs higher than the 0.2000 of class 1: 1; fewer than 3 are needed: right"
    ),
    ("balanced_accuracy", "binary"): ("0.7000 is above 0.625, so class 1; the label is 0: wrong"),
    ("balanced_accuracy", "class_indices"): "the output 1 must equal the label 1 exactly: right",
    ("mean_absolute_error", "binary"): "the score 0.7000 and the label 0 differ by 0.7000",
    ("mean_absolute_error", "one_hot"): ("the mean distance between scores and labels is 0.5333"),
    ("mean_squared_error", "binary"): (
        "the score 0.7000 and the label 0 differ by 0.4900 when squared"
    ),
    ("mean_squared_error", "one_hot"): (
        "the mean squared distance between scores and labels is 0.3800"
    ),
    ("mean_prediction", "binary"): "the score is 0.7000; the label does not matter",
    ("mean_prediction", "sparse"): "the score is 0.3333; the label does not matter",
}
EQUATIONS = {
    ("binary_accuracy", "one_hot"): r"\frac{1}{3}",
    ("binary_accuracy_rounded", "one_hot"): r"\frac{1}{3}",
    ("accuracy", "one_hot"): r"\frac{0}{3}",
    ("categorical_accuracy", "one_hot"): r"[\,1 = \arg\max_c s_c\,] = [\,1 = 0\,] = 0",
    ("subset_accuracy", "one_hot"): r"[\,1 = 3\,] = 0",
    ("top_k_categorical_accuracy", "one_hot"): (
        r"[\,\#\{c : s_c > 0.2000\} < 3\,] = [\,1 < 3\,] = 1"
    ),
    ("balanced_accuracy", "binary"): r"[\,0 = [\,0.7000 > 0.625\,]\,] = 0",
    ("balanced_accuracy", "class_indices"): r"[\,1 = 1\,] = 1",
    ("mean_absolute_error", "binary"): r"\lvert 0.7000 - 0 \rvert = 0.7000",
    ("mean_absolute_error", "one_hot"): "0.5333",
    ("mean_squared_error", "binary"): r"\lvert 0.7000 - 0 \rvert^2 = 0.4900",
    ("mean_squared_error", "one_hot"): "0.3800",
    ("mean_prediction", "binary"): "0.7000",
    ("mean_prediction", "sparse"): "0.3333",
}


@pytest.mark.parametrize(("name", "kind"), SENTENCES)
def test_the_trace_of_the_first_sample_says_how_it_was_compared(name, kind):
    seen = trace(evaluate(DATA[kind], name, SETTINGS), 0)
    assert str(seen.sentence) == SENTENCES[name, kind]
    assert seen.equation == EQUATIONS[name, kind]


RESHAPED = "y_true, y_pred = y_true.reshape(-1, 1), y_pred.reshape(-1, 1)"
FLAT = "y_true = y_true.reshape(-1)"
CAST = 'scores = keras.ops.cast(y_pred, "float32")'
BINARY = "metric = keras.metrics.BinaryAccuracy(threshold=0.625)"
ROUNDED = ["decided = keras.ops.round(y_pred)", "metric = keras.metrics.Accuracy()"]
ALL = [
    "decided = keras.ops.greater(y_pred, 0.625)",
    "matches = keras.ops.all(keras.ops.equal(y_true, decided), axis=1)",
    "metric = keras.metrics.Mean()",
]
F_BETA = 'metric = keras.metrics.FBetaScore(average="micro", beta=2.0, threshold=0.625)'
BY_CLASS = [
    "means = []",
    "for c in np.unique(labels):",
    "    metric.reset_state()",
    "    means.append(float(metric(y_true, y_pred, sample_weight=(labels == c))))",
    "result = sum(means) / len(means) if means else 0.0",
]
KERAS = {
    "binary_accuracy": ([BINARY], "y_true, y_pred"),
    "binary_accuracy_rounded": (ROUNDED, "y_true, decided"),
    "accuracy": (["metric = keras.metrics.Accuracy()"], "y_true, y_pred"),
    "categorical_accuracy": (["metric = keras.metrics.CategoricalAccuracy()"], "y_true, y_pred"),
    "sparse_categorical_accuracy": (
        ["metric = keras.metrics.SparseCategoricalAccuracy()"],
        "y_true, y_pred",
    ),
    "top_k_categorical_accuracy": (
        [CAST, "metric = keras.metrics.TopKCategoricalAccuracy(k=3)"],
        "y_true, scores",
    ),
    "sparse_top_k_categorical_accuracy": (
        [CAST, "metric = keras.metrics.SparseTopKCategoricalAccuracy(k=3)"],
        "y_true, scores",
    ),
    "element_accuracy": ([BINARY], "y_true, y_pred"),
    "subset_accuracy": (ALL, "matches"),
    "precision": (["metric = keras.metrics.Precision(thresholds=0.625)"], "y_true, y_pred"),
    "recall": (["metric = keras.metrics.Recall(thresholds=0.625)"], "y_true, y_pred"),
    "f_beta": ([F_BETA], "y_true, y_pred"),
    "mean_absolute_error": (
        [CAST, "metric = keras.metrics.MeanAbsoluteError()"],
        "y_true, scores",
    ),
    "mean_squared_error": ([CAST, "metric = keras.metrics.MeanSquaredError()"], "y_true, scores"),
    "mean_prediction": (["metric = keras.metrics.Mean()"], "y_pred"),
}
BALANCED = {
    "binary": ["labels = y_true.reshape(-1)", BINARY],
    "one_hot": [
        "labels = np.argmax(y_true, axis=1)",
        "metric = keras.metrics.CategoricalAccuracy()",
    ],
    "sparse": ["labels = y_true", "metric = keras.metrics.SparseCategoricalAccuracy()"],
    "class_indices": ["labels = y_true.reshape(-1)", "metric = keras.metrics.Accuracy()"],
}


@every(("row", "kind"), FITS, ids=IDS)
def test_the_keras_code_names_the_metric_that_keras_has_for_it(row, kind):
    shaped = {"binary": [RESHAPED], "class_indices": [RESHAPED], "sparse": [FLAT]}.get(kind, [])
    if row.name == "balanced_accuracy":
        head, body = ["import keras", "import numpy as np"], [*BALANCED[kind], *BY_CLASS]
    else:
        lines, given = KERAS[row.name]
        head, body = ["import keras"], [*lines, f"result = float(metric({given}))"]
    expected = [*head, "", *shaped, *body, "print(result)"]
    assert keras_code(row, kind, SETTINGS, has_weight=False).splitlines() == expected


@pytest.mark.parametrize(
    ("name", "metric"),
    [
        ("precision", "Precision(thresholds=0.5)"),
        ("recall", "Recall(thresholds=0.5)"),
        ("f_beta", 'FBetaScore(average="micro", beta=2.0, threshold=0.5)'),
    ],
)
@pytest.mark.parametrize("threshold", [-1.0, 0.0, 2.0, 0.3])
def test_a_threshold_that_keras_refuses_or_rounds_is_applied_before_its_metric(
    name, metric, threshold
):
    settings = SETTINGS.changed(threshold=threshold)
    code = keras_code(CATALOG[name], "multi_label", settings, has_weight=False)
    limit = "np.float32(0.3)" if threshold == 0.3 else threshold
    assert f"decided = keras.ops.greater(y_pred, {limit})" in code
    assert f"metric = keras.metrics.{metric}" in code
    assert "result = float(metric(y_true, decided))" in code
