"""Tables that people make, with the predicted classes."""

from __future__ import annotations

import numpy as np

from tests.core.reading.tools.columns import (
    KIND,
    MADE,
    RIGHT,
    RIGHT_3,
    ROW,
    SCORE,
    SHARES,
    SURE,
    TOP,
    TRUE,
    Case,
    P,
    Y,
    assert_right,
    fruit,
    words,
)
from tests.every import every

TRI = words(TRUE, "ok", "defect")
CASES = {
    "label beside target": Case({"target": Y, "label": P, "score": SURE}, "target"),
    "assigned": Case({"verdict": Y, "assigned": P, "likelihood": SCORE}, "verdict"),
    "confidence in per cent": Case(
        {"actual": Y, "predicted": P, "confidence": SURE * 100}, "actual", RIGHT
    ),
    "excel": Case(
        {"Patient": ROW, "Diagnosis": words(TRUE, "healthy", "sick"), "Model says":
         words(MADE, "healthy", "sick"), "Probability": SCORE, "Correct?": words(TRUE == MADE)},
        "Diagnosis", one="sick"),
    "three words and a score": Case(
        {"expected": fruit(KIND), "output": fruit(TOP), "confidence": SHARES.max(axis=1)},
        "expected", RIGHT_3),
    "gold label": Case({"gold_label": Y, "model_label": P, "prob": SURE}, "gold_label"),
    "class beside label": Case({"Class": P, "Label": Y, "Probability": SCORE}, "Label"),
    "annotator": Case(
        {"text": [f"s {i}" for i in ROW], "annotator": words(TRUE, "neg", "pos"),
         "model": words(MADE, "neg", "pos"), "score": SURE}, "annotator",
    ),
    "expert vs ai": Case(
        {"expert_reading": words(TRUE, "benign", "malignant"),
         "ai_reading": words(MADE, "benign", "malignant"), "ai_score": SCORE}, "expert_reading",
        one="malignant",
    ),
    "bool": Case(
        {"actual": words(TRUE, "false", "true"), "predicted": words(MADE, "false", "true"),
         "probability": SURE}, "actual",
    ),
    "numeric hard+conf": Case({"label": TRUE * 1, "pred": MADE * 1, "conf": SURE}, "label"),
    "multi hard+conf": Case(
        {"target": KIND, "pred_class": TOP, "pred_conf": SHARES.max(1)}, "target", RIGHT_3,
    ),
    "survived xy": Case(
        {"PassengerId": ROW + 1, "Survived_x": TRUE * 1, "Survived_y": MADE * 1}, "Survived_x",
    ),
    "grader": Case(
        {"question": [f"q{i}" for i in ROW], "correct_answer": fruit(KIND),
         "model_answer": fruit(TOP), "correct": (KIND == TOP) * 1}, "correct_answer", RIGHT_3,
    ),
    "gt det": Case(
        {"img": [f"a{i}.jpg" for i in ROW], "gt_class": fruit(KIND), "det_class": fruit(TOP),
         "det_score": SHARES.max(1)}, "gt_class", RIGHT_3,
    ),
    "human model": Case(
        {"human_label": TRI, "machine_label": words(MADE, "ok", "defect"),
         "machine_confidence": SURE}, "human_label",
    ),
    "label pred label": Case(
        {"label": TRI, "label_pred": words(MADE, "ok", "defect"), "label_prob": SURE}, "label",
        one="defect",
    ),
    "label prediction in order": Case({"prediction": P, "label": Y, "score": SCORE}, "label"),
    "numbers words": Case(
        {"digit": KIND, "pred_digit": TOP, "conf": SHARES.max(1)}, "digit", RIGHT_3,
    ),
    "sign": Case(
        {"Actual": words(TRUE, "-", "+"), "Predicted": words(MADE, "-", "+"), "P": SURE}, "Actual",
        one="+",
    ),
    "0/1 conf pct": Case(
        {"actual": TRUE * 1, "prediction": MADE * 1, "confidence": np.round(SURE * 100, 2)},
        "actual",
    ),
    "predicted = assigned": Case({"truth": Y, "assigned": P}, "truth"),
}  # fmt: skip


@every("name", CASES)
def test_columns_of_a_tool(name: str) -> None:
    assert_right(CASES[name])
