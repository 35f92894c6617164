"""Columns that programs of statistics write: R, Weka, MATLAB, Stata, SPSS and SAS."""

from __future__ import annotations

from tests.core.reading.tools.columns import (
    AGE,
    FRUIT,
    KIND,
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
    "caret": Case(
        {"pred": P, "obs": Y, "No": NOT, "Yes": SCORE, "rowIndex": ROW, "mtry": [2] * N,
         "Resample": [f"Fold{i % 5}" for i in ROW]}, "obs", one="Yes",
    ),
    "tidymodels": Case(
        {"id": ["train/test split"] * N, ".pred_Yes": SCORE, ".pred_No": NOT, ".row": ROW,
         ".pred_class": P, "churn": Y, ".config": ["pre0_mod0"] * N}, "churn",
    ),
    "yardstick": Case(
        {"truth": words(TRUE, "Class2", "Class1"), "Class1": SCORE, "Class2": NOT,
         "predicted": words(MADE, "Class2", "Class1")}, "truth",
    ),
    "mlr3": Case(
        {"row_ids": ROW, "truth": words(TRUE, "neg", "pos"), "response": words(MADE, "neg", "pos"),
         "prob.neg": NOT, "prob.pos": SCORE}, "truth", one="pos",
    ),
    "ranger": Case(
        {"truth": fruit(KIND), "response": fruit(TOP),
         **{f"prob.{w}": SHARES[:, i] for i, w in enumerate(FRUIT)}}, "truth", RIGHT_3,
    ),
    "pROC": Case({"response": TRUE * 1, "predictor": SCORE}, "response"),
    "R glm": Case({"age": AGE, "died": Y, "fitted": SCORE}, "died", one="Yes"),
    "dupe": Case({"observed": Y, "predicted.class": P, "predicted.prob": SURE}, "observed"),
    "weka": Case(
        {"inst#": ROW + 1, "actual": words(TRUE, "1:neg", "2:pos"),
         "predicted": words(MADE, "1:neg", "2:pos"), "error": words(TRUE != MADE, "", "+"),
         "prediction": SURE}, "actual", one="pos",
    ),
    "weka three": Case(
        {"inst#": ROW + 1, "actual": fruit(KIND, ("1:apple", "2:fig", "3:pear")),
         "predicted": fruit(TOP, ("1:apple", "2:fig", "3:pear")),
         "error": words(KIND != TOP, "", "+"), "prediction": SHARES.max(axis=1)},
        "actual", RIGHT_3,
    ),
    "matlab": Case(
        {"YTrue": TRUE * 1, "YPred": MADE * 1, "Scores_1": NOT, "Scores_2": SCORE}, "YTrue"
    ),
    "stata": Case({"foreign": TRUE * 1, "mpg": AGE, "phat": SCORE}, "foreign"),
    "spss": Case({"default": TRUE * 1, "PRE_1": SCORE, "PGR_1": MADE * 1, "age": AGE}, "default"),
    "modeler": Case({"Age": AGE, "Drug": Y, "$C-Drug": P, "$CC-Drug": SURE}, "Drug", one="Yes"),
    "sas miner": Case(
        {"BAD": TRUE * 1, "F_BAD": TRUE * 1, "I_BAD": MADE * 1, "P_BAD1": SCORE, "P_BAD0": NOT,
         "_WARN_": [""] * N}, "BAD",
    ),
    "sas em": Case(
        {"TARGET": Y, "EM_CLASSIFICATION": P, "EM_EVENTPROBABILITY": SCORE,
         "EM_PROBABILITY": SURE}, "TARGET"),
    "em": Case(
        {"BAD": TRUE * 1, "P_BAD1": SCORE, "P_BAD0": NOT, "I_BAD": MADE * 1,
         "EM_EVENTPROBABILITY": SCORE, "EM_PROBABILITY": SURE, "EM_CLASSIFICATION": MADE * 1},
        "BAD",
    ),
    "sas proc": Case({"_FROM_": Y, "_INTO_": P, "IP_No": NOT, "IP_Yes": SCORE}, "_FROM_"),
}  # fmt: skip


@every("name", CASES)
def test_columns_of_a_tool(name: str) -> None:
    assert_right(CASES[name])
