"""Columns that libraries write: those of Python, and LIBSVM."""

from __future__ import annotations

import numpy as np

from tests.core.reading.tools.columns import (
    AGE,
    FEE,
    FRUIT,
    KIND,
    LOGITS,
    MADE,
    NOT,
    RIGHT_3,
    ROW,
    SCORE,
    SHARES,
    SURE,
    TOP,
    TRUE,
    Case,
    N,
    P,
    Y,
    assert_right,
    fruit,
    words,
)
from tests.every import every

CASES = {
    "sklearn": Case({"y_test": TRUE * 1, "y_pred": MADE * 1, "y_proba": SCORE}, "y_test"),
    "sklearn both": Case(
        {"y_true": TRUE * 1, "proba_0": NOT, "proba_1": SCORE}, "y_true", sure=True
    ),
    "libsvm": Case({"y": np.where(TRUE, 1, -1), "1": SCORE, "-1": NOT}, "y", one="1"),
    "catboost": Case(
        {"SampleId": ROW, "Class": MADE * 1, "Probability": SCORE, "Label": TRUE * 1}, "Label"
    ),
    "lightgbm": Case({"objective": TRUE * 1, "lgb_pred": SCORE}, "objective"),
    "keras generator": Case({"filename": [f"{i}.png" for i in ROW], "class": fruit(KIND),
         **{w: SHARES[:, i] for i, w in enumerate(FRUIT)}}, "class", RIGHT_3),
    "tf serving": Case({"predictions": SCORE, "labels": TRUE * 1}, "labels", sure=True),
    "lightning": Case({"preds": SCORE, "targets": TRUE * 1}, "targets", sure=True),
    "fastai": Case(
        {"targs": KIND, **{f"preds_{i}": SHARES[:, i] for i in range(3)}}, "targs", RIGHT_3
    ),
    "evaluate": Case({"references": fruit(KIND), "predictions": fruit(TOP)}, "references", RIGHT_3),
    "hf pipeline": Case(
        {"text": [f"t {i}" for i in ROW], "gold": TRUE * 1,
         "label": words(MADE, "LABEL_0", "LABEL_1"), "score": SURE}, "gold",
    ),
    "sentiment hf": Case(
        {"sentence": [f"s{i}" for i in ROW], "sentiment": words(TRUE, "negative", "positive"),
         "label": words(MADE, "NEGATIVE", "POSITIVE"), "score": SURE}, "sentiment",
    ),
    "wandb": Case(
        {"id": ROW, "guess": fruit(TOP), "truth": fruit(KIND),
         **{f"score_{w}": SHARES[:, i] for i, w in enumerate(FRUIT)}}, "truth", RIGHT_3,
    ),
    "mlflow": Case({"prediction": MADE * 1, "target": TRUE * 1, "age": AGE, "fee": FEE}, "target"),
    "autogluon": Case({"class": words(TRUE, "0", "1"), "0": NOT, "1": SCORE}, "class"),
    "pycaret": Case(
        {"age": AGE, "Purchase": words(TRUE, "CH", "MM"),
         "prediction_label": words(MADE, "CH", "MM"), "prediction_score": SURE}, "Purchase",
    ),
    "pycaret 2": Case(
        {"age": AGE, "Purchase": words(TRUE, "CH", "MM"), "Label": words(MADE, "CH", "MM"),
         "Score": SURE}, "Purchase",
    ),
    "ludwig": Case(
        {"churn": Y, "churn_predictions": P, "churn_probabilities_No": NOT,
         "churn_probabilities_Yes": SCORE, "churn_probability": SURE}, "churn",
    ),
    "ludwig short": Case({"sick": Y, "sick_predictions": P, "sick_probability": SURE}, "sick"),
    "statsmodels": Case({"const": [1.0] * N, "x1": FEE, "admit": TRUE * 1, "yhat": SCORE}, "admit"),
    "spark": Case({"label": TRUE * 1.0, "probability_1": SCORE, "prediction": MADE * 1.0}, "label"),
    "spark words": Case(
        {"indexedLabel": TRUE * 1.0, "rawPrediction_0": -LOGITS[:, 0],
         "rawPrediction_1": LOGITS[:, 0], "probability_0": NOT, "probability_1": SCORE,
         "prediction": MADE * 1.0, "predictedLabel": P}, "indexedLabel",
    ),
}  # fmt: skip


@every("name", CASES)
def test_columns_of_a_tool(name: str) -> None:
    assert_right(CASES[name])
