"""Columns that services and workbenches write, and the files of competitions."""

from __future__ import annotations

import numpy as np

from tests.core.reading.tools.columns import (
    AGE,
    FEE,
    FRUIT,
    KIND,
    MADE,
    NOT,
    RIGHT,
    RIGHT_3,
    ROW,
    SCORE,
    SEX,
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

RANDOM = np.random.default_rng(12)
LATE = (SCORE > 0.31).astype(int)
CASES = {
    "azure features": Case(
        {"age": AGE, "sex": SEX, "income": words(TRUE, "<=50K", ">50K"),
         "Scored Labels": words(MADE, "<=50K", ">50K"), "Scored Probabilities": SCORE},
        "income", one=">50K",
    ),
    "azure multiclass": Case(
        {"species": fruit(KIND),
         **{f'Scored Probabilities for Class "{w}"': SHARES[:, i] for i, w in enumerate(FRUIT)},
         "Scored Labels": fruit(TOP)}, "species", RIGHT_3,
    ),
    "azure automl": Case(
        {"y_orig": TRUE * 1, "y_predicted": MADE * 1, "prob0": NOT, "prob1": SCORE}, "y_orig",
    ),
    "h2o": Case({"predict": LATE, "p0": NOT, "p1": SCORE, "default": TRUE * 1}, "default"),
    "h2o words": Case(
        {"predict": words(LATE), "No": NOT, "Yes": SCORE, "cal_No": NOT, "cal_Yes": SCORE,
         "bad_loan": Y}, "bad_loan",
    ),
    "datarobot": Case(
        {"row_id": ROW, "readmitted_True_PREDICTION": SCORE, "readmitted_False_PREDICTION": NOT,
         "readmitted_PREDICTION": words(MADE, "False", "True"), "THRESHOLD": [0.5] * N,
         "POSITIVE_CLASS": ["True"] * N, "readmitted": words(TRUE, "False", "True")},
        "readmitted",
    ),
    "dataiku": Case(
        {"tenure": AGE, "fee": FEE, "Churn": Y, "proba_No": NOT, "proba_Yes": SCORE,
         "prediction": P}, "Churn", one="Yes",
    ),
    "dataiku num": Case(
        {"default": TRUE * 1, "proba_0": NOT, "proba_1": SCORE, "prediction": LATE,
         "prediction_correct": words(LATE == TRUE, "false", "true"),
         "error_decile": RANDOM.integers(0, 10, N)}, "default",
    ),
    "knime": Case(
        {"Age": AGE, "Churn": TRUE * 1, "P (Churn=0)": NOT, "P (Churn=1)": SCORE,
         "Prediction (Churn)": MADE * 1}, "Churn",
    ),
    "knime conf": Case(
        {"Churn": Y, "Prediction (Churn)": P, "Prediction (Churn) (Confidence)": SURE}, "Churn",
        one="Yes",
    ),
    "rapidminer": Case(
        {"id": ROW, "label": Y, "prediction(label)": P, "confidence(No)": NOT,
         "confidence(Yes)": SCORE, "age": AGE}, "label", one="Yes",
    ),
    "orange": Case(
        {"fee": FEE, "churn": Y, "Logistic Regression": P, "Logistic Regression (No)": NOT,
         "Logistic Regression (Yes)": SCORE, "Fold": ROW % 10}, "churn", one="Yes",
    ),
    "orange multi": Case(
        {"sepal": FEE, "iris": fruit(KIND), "Random Forest": fruit(TOP),
         **{f"Random Forest ({w})": SHARES[:, i] for i, w in enumerate(FRUIT)},
         "Tree": fruit(RANDOM.integers(0, 3, N)),
         **{f"Tree ({w})": np.round(RANDOM.random(N), 3) for w in FRUIT}}, "iris", RIGHT_3,
    ),
    "bigquery": Case(
        {"predicted_churn": P, "predicted_churn_probs.Yes": SCORE,
         "predicted_churn_probs.No": NOT, "churn": Y, "age": AGE}, "churn",
    ),
    "vertex": Case(
        {"age": AGE, "species": fruit(KIND),
         **{f"species_{w}_score": SHARES[:, i] for i, w in enumerate(FRUIT)}}, "species", RIGHT_3,
    ),
    "gcp cls": Case(
        {"Churn": Y, "predicted_Churn": P, "Churn_Yes_score": SCORE, "Churn_No_score": NOT},
        "Churn",
    ),
    "aws ml": Case({"trueLabel": TRUE * 1, "bestAnswer": MADE * 1, "score": SCORE}, "trueLabel"),
    "sagemaker": Case(
        {"features.0": AGE, "label": TRUE * 1, "SageMakerOutput.score": SCORE,
         "SageMakerOutput.predicted_label": MADE * 1}, "label",
    ),
    "sm clarify": Case(
        {"Target": TRUE * 1, "f": AGE, "predicted_label": MADE * 1, "score": SCORE}, "Target",
    ),
    "autopilot": Case(
        {"age": AGE, "y": Y, "predicted_label": P, "probability": SURE}, "y", one="Yes"),
    "rekognition": Case(
        {"ground_truth": Y, "Name": P, "Confidence": SURE * 100}, "ground_truth", RIGHT,
    ),
    "kaggle": Case({"id": ROW, "target_x": TRUE * 1, "target_y": SCORE}, "target_x"),
    "kaggle solution": Case(
        {"id": ROW, "Usage": fruit(RANDOM.integers(0, 2, N), ("Public", "Private")),
         "label_sol": TRUE * 1, "label_sub": SCORE}, "label_sol",
    ),
}  # fmt: skip


@every("name", CASES)
def test_columns_of_a_tool(name: str) -> None:
    assert_right(CASES[name])
