"""Tables that people make, with scores alone."""

from __future__ import annotations

import numpy as np

from tests.core.reading.tools.columns import (
    AGE,
    FEE,
    FRUIT,
    KIND,
    LOGITS,
    NOT,
    RIGHT_3,
    ROW,
    SCORE,
    SEX,
    SHARES,
    TRUE,
    Case,
    N,
    Y,
    assert_right,
    fruit,
    words,
)
from tests.every import every

RANDOM = np.random.default_rng(12)
TRI = words(TRUE, "ok", "defect")
CASES = {
    "churn list": Case(
        {"customer": ROW + 7000, "tenure_months": AGE, "fee": FEE, "Churned": Y,
         "churn_score": SCORE}, "Churned", one="Yes",
    ),
    "case and control": Case(
        {"group": words(TRUE, "control", "case"), "prob_case": SCORE}, "group", one="case"
    ),
    "unknown words": Case({"truth": words(TRUE, "zebra", "ant"), "score": SCORE}, "truth"),
    "plus and minus one": Case({"y": words(TRUE, "neg", "pos"), "decision": SCORE}, "y"),
    "many integers": Case(
        {"visits": RANDOM.integers(0, 9, N), "rooms": RANDOM.integers(1, 5, N), "sold": TRUE * 1,
         "probability": SCORE}, "sold"),
    "other feature of two values": Case(
        {"sex": SEX, "smoker": words(RANDOM.random(N) < 0.5, "no", "yes"), "relapse": Y,
         "p": SCORE}, "relapse"),
    "true and false": Case(
        {"is_fraud": words(TRUE, "False", "True"), "fraud_prob": SCORE}, "is_fraud"
    ),
    "reverse name": Case(
        {"outcome": words(TRUE, "lives", "dies"), "p_dies": SCORE}, "outcome", one="dies"
    ),
    "numbered labels": Case(
        {"label": fruit(KIND, ("LABEL_0", "LABEL_1", "LABEL_2")),
         **{f"logit_{i}": LOGITS[:, i] for i in range(3)}}, "label", RIGHT_3),
    "classes by other case": Case(
        {"truth": fruit(KIND), **{w.upper(): SHARES[:, i] for i, w in enumerate(FRUIT)}},
        "truth", RIGHT_3),
    "label_id": Case({"text_id": ROW, "label_id": TRUE * 1, "score": SCORE}, "label_id"),
    "class_id": Case({"image_id": ROW, "class_id": KIND,
         **{f"p{i}": SHARES[:, i] for i in range(3)}}, "class_id", RIGHT_3),
    "survived": Case(
        {"PassengerId": ROW + 1, "Pclass": RANDOM.integers(1, 4, N), "Sex": SEX,
         "Survived": TRUE * 1, "pred_proba": SCORE}, "Survived",
    ),
    "p only of no": Case({"churn": Y, "P(No)": NOT, "P(Yes)": SCORE}, "churn", one="Yes"),
    "true false cols": Case(
        {"default": words(TRUE, "false", "true"), "prob_false": NOT, "prob_true": SCORE}, "default",
    ),
    "one hot reversed": Case(
        {**{f"pred_{w}": SHARES[:, i] for i, w in reversed(list(enumerate(FRUIT)))},
         "fruit": fruit(KIND)}, "fruit", RIGHT_3,
    ),
    "labels from 1": Case(
        {"label": KIND + 1, **{f"p_{i + 1}": SHARES[:, i] for i in range(3)}}, "label", RIGHT_3,
    ),
    "labels p descending": Case({"y": TRUE * 1, "p1": SCORE, "p0": NOT}, "y"),
    "quality": Case(
        {"wine_id": ROW, "alcohol": FEE, "quality": words(TRUE, "bad", "good"),
         "good_probability": SCORE}, "quality", one="good",
    ),
    "spam": Case({"type": words(TRUE, "ham", "spam"), "spamminess": SCORE}, "type", one="spam"),
    "gender feature": Case(
        {"gender": SEX, "region": fruit(RANDOM.integers(0, 3, N)),
         "contract": fruit(RANDOM.integers(0, 2, N)), "left_company": Y, "risk": SCORE},
        "left_company", one="Yes",
    ),
    "credit risk": Case(
        {"amount": AGE * 100, "duration": AGE, "risk": words(TRUE, "good", "bad"), "pd": SCORE},
        "risk",
    ),
    "logit": Case(
        {"label": TRUE * 1, "logit": np.log(SCORE / (1 - SCORE))}, "label", right=float("nan"),
        sure=True,
    ),
    "ts": Case({"ds": ["2024-01-01"] * N, "event": TRUE * 1, "event_probability": SCORE}, "event"),
    "two models": Case(
        {"y": TRUE * 1, "model_a": SCORE, "model_b": np.round(RANDOM.random(N), 3)}, "y",
    ),
    "id shaped label": Case(
        {"sample_id": ROW, "category_id": KIND, "score_0": SHARES[:, 0], "score_1": SHARES[:, 1],
         "score_2": SHARES[:, 2]}, "category_id", RIGHT_3,
    ),
    "minus one": Case(
        {"y": np.where(TRUE, 1, -1), "decision_function": SCORE - 0.5}, "y", right=float("nan"),
    ),
    "share features": Case(
        {**{f"f{i}": np.round(RANDOM.random(N), 4) for i in range(6)}, "target": TRUE * 1,
         "pred": SCORE}, "target",
    ),
    "unnamed score": Case({"age": AGE, "bmi": FEE, "diabetes": TRUE * 1, "xgb": SCORE}, "diabetes"),
    "unnamed score words": Case(
        {"age": AGE, "sex": SEX, "diabetes": Y, "xgb": SCORE}, "diabetes", one="Yes",
    ),
    "scored first": Case({"score": SCORE, "class": TRI}, "class"),
    "logit features": Case(
        {"x1": FEE, "x2": AGE, "y": TRUE * 1, "prob": SCORE, "residual": np.round(TRUE - SCORE, 4)},
        "y",
    ),
    "german": Case(
        {"Klasse": words(TRUE, "nein", "ja"), "Wahrscheinlichkeit": SCORE}, "Klasse", one="ja",
    ),
    "diagn": Case(
        {"patient_id": ROW, "age": AGE, "site": fruit(RANDOM.integers(0, 3, N)),
         "biopsy": words(TRUE, "benign", "malignant"), "cnn_output": SCORE,
         "radiologist": words(RANDOM.random(N) < 0.5, "benign", "malignant")}, "biopsy",
        one="malignant",
    ),
    "fold label": Case({"fold": ROW % 5, "y": TRUE * 1, "oof": SCORE}, "y"),
    "positive prob col": Case(
        {"review": [f"r{i}" for i in ROW], "stars": RANDOM.integers(1, 6, N),
         "sentiment": words(TRUE, "neg", "pos"), "pos": SCORE}, "sentiment", one="pos",
    ),
    "neg prob col": Case(
        {"sentiment": words(TRUE, "neg", "pos"), "prob_neg": NOT}, "sentiment", one="neg",
    ),
    "result": Case(
        {"result": words(TRUE, "loss", "win"), "win_probability": SCORE}, "result", one="win",
    ),
    "approved": Case(
        {"loan_status": words(TRUE, "Rejected", "Approved"), "model_score": SCORE}, "loan_status",
        one="Approved",
    ),
    "numeric strings": Case({"Y": TRUE * 1.0, "YHAT": SCORE}, "Y", sure=True),
}  # fmt: skip


@every("name", CASES)
def test_columns_of_a_tool(name: str) -> None:
    assert_right(CASES[name])
