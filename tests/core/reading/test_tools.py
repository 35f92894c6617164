"""What tools and people write: from their columns to the right accuracy, through a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from metrics_core.reading import guess_roles, read_columns, to_predictions
from tests.every import every

N = 90
RANDOM = np.random.default_rng(11)
TRUE = RANDOM.random(N) < 0.45
SCORE = np.round(1 / (1 + np.exp(-RANDOM.normal(np.where(TRUE, 1.3, -1.3), 1.0))), 4)
SCORE[np.abs(SCORE - 0.5) < 0.002] = 0.55
MADE = SCORE > 0.5
RIGHT = float(np.mean(MADE == TRUE))
SURE = np.where(MADE, SCORE, np.round(1 - SCORE, 4))
KIND = RANDOM.integers(0, 3, N)
LOGITS = RANDOM.normal(0, 1, (N, 3)) + 2.0 * np.eye(3)[KIND]
SHARES = np.round(np.exp(LOGITS) / np.exp(LOGITS).sum(axis=1, keepdims=True), 4)
TOP = SHARES.argmax(axis=1)
RIGHT_3 = float(np.mean(TOP == KIND))
AGE = RANDOM.integers(18, 80, N)
FEE = np.round(RANDOM.uniform(5, 90, N), 2)
SEX = np.where(RANDOM.random(N) < 0.5, "male", "female")
ROW = np.arange(N)
FRUIT = ("apple", "fig", "pear")


def words(flags: np.ndarray, no: str = "No", yes: str = "Yes") -> list[str]:
    return [yes if flag else no for flag in flags]


def fruit(codes: np.ndarray, names: Sequence[str] = FRUIT) -> list[str]:
    return [names[code] for code in codes]


Y, P = words(TRUE), words(MADE)
NOT = np.round(1 - SCORE, 4)
LABELS = np.stack([TRUE, RANDOM.random(N) < 0.3, RANDOM.random(N) < 0.6], axis=1).astype(int)
TAGS = np.round(np.clip(LABELS * 0.5 + RANDOM.random((N, 3)) * 0.6, 0, 1), 4)
RIGHT_TAGS = float(np.mean((TAGS > 0.5) == LABELS))
LATE = (SCORE > 0.31).astype(int)


@dataclass(frozen=True)
class Case:
    """The columns of a file, and what is right about them."""

    columns: dict[str, Sequence[object] | np.ndarray]
    labels: str | tuple[str, ...]
    right: float = RIGHT  # NaN: outputs that are not compared with 0.5, or one-hot labels
    one: str | None = None
    sure: bool | None = None


CASES = {
    "sklearn": Case({"y_test": TRUE * 1, "y_pred": MADE * 1, "y_proba": SCORE}, "y_test"),
    "sklearn both": Case(
        {"y_true": TRUE * 1, "proba_0": NOT, "proba_1": SCORE}, "y_true", sure=True
    ),
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
    "libsvm": Case({"y": np.where(TRUE, 1, -1), "1": SCORE, "-1": NOT}, "y", one="1"),
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
    "knime": Case(
        {"Age": AGE, "Churn": TRUE * 1, "P (Churn=0)": NOT, "P (Churn=1)": SCORE,
         "Prediction (Churn)": MADE * 1}, "Churn",
    ),
    "rapidminer": Case(
        {"id": ROW, "label": Y, "prediction(label)": P, "confidence(No)": NOT,
         "confidence(Yes)": SCORE, "age": AGE}, "label", one="Yes",
    ),
    "orange": Case(
        {"fee": FEE, "churn": Y, "Logistic Regression": P, "Logistic Regression (No)": NOT,
         "Logistic Regression (Yes)": SCORE, "Fold": ROW % 10}, "churn", one="Yes",
    ),
    "modeler": Case({"Age": AGE, "Drug": Y, "$C-Drug": P, "$CC-Drug": SURE}, "Drug", one="Yes"),
    "sas miner": Case(
        {"BAD": TRUE * 1, "F_BAD": TRUE * 1, "I_BAD": MADE * 1, "P_BAD1": SCORE, "P_BAD0": NOT,
         "_WARN_": [""] * N}, "BAD",
    ),
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
    "hf pipeline": Case(
        {"text": [f"t {i}" for i in ROW], "gold": TRUE * 1,
         "label": words(MADE, "LABEL_0", "LABEL_1"), "score": SURE}, "gold",
    ),
    "bigquery": Case(
        {"predicted_churn": P, "predicted_churn_probs.Yes": SCORE,
         "predicted_churn_probs.No": NOT, "churn": Y, "age": AGE}, "churn",
    ),
    "vertex": Case(
        {"age": AGE, "species": fruit(KIND),
         **{f"species_{w}_score": SHARES[:, i] for i, w in enumerate(FRUIT)}}, "species", RIGHT_3,
    ),
    "aws ml": Case({"trueLabel": TRUE * 1, "bestAnswer": MADE * 1, "score": SCORE}, "trueLabel"),
    "catboost": Case(
        {"SampleId": ROW, "Class": MADE * 1, "Probability": SCORE, "Label": TRUE * 1}, "Label"
    ),
    "sagemaker": Case(
        {"features.0": AGE, "label": TRUE * 1, "SageMakerOutput.score": SCORE,
         "SageMakerOutput.predicted_label": MADE * 1}, "label",
    ),
    "spark": Case({"label": TRUE * 1.0, "probability_1": SCORE, "prediction": MADE * 1.0}, "label"),
    "wandb": Case(
        {"id": ROW, "guess": fruit(TOP), "truth": fruit(KIND),
         **{f"score_{w}": SHARES[:, i] for i, w in enumerate(FRUIT)}}, "truth", RIGHT_3,
    ),
    "kaggle": Case({"id": ROW, "target_x": TRUE * 1, "target_y": SCORE}, "target_x"),
    "kaggle tags": Case(
        {"id": ROW, **{f"{n}_y": TAGS[:, i] for i, n in enumerate("abc")},
         **{f"{n}_x": LABELS[:, i] for i, n in enumerate("abc")}},
        ("a_x", "b_x", "c_x"), RIGHT_TAGS,
    ),
    "tags _true _pred": Case(
        {**{f"{n}_true": LABELS[:, i] for i, n in enumerate(FRUIT)},
         **{f"{n}_pred": TAGS[:, i] for i, n in enumerate(FRUIT)}},
        tuple(f"{n}_true" for n in FRUIT), RIGHT_TAGS,
    ),
    "churn list": Case(
        {"customer": ROW + 7000, "tenure_months": AGE, "fee": FEE, "Churned": Y,
         "churn_score": SCORE}, "Churned", one="Yes",
    ),
    "case and control": Case(
        {"group": words(TRUE, "control", "case"), "prob_case": SCORE}, "group", one="case"
    ),
    "unknown words": Case({"truth": words(TRUE, "zebra", "ant"), "score": SCORE}, "truth"),
    "label beside target": Case({"target": Y, "label": P, "score": SURE}, "target"),
    "assigned": Case({"verdict": Y, "assigned": P, "likelihood": SCORE}, "verdict"),
    "plus and minus one": Case({"y": words(TRUE, "neg", "pos"), "decision": SCORE}, "y"),
    "confidence in per cent": Case(
        {"actual": Y, "predicted": P, "confidence": SURE * 100}, "actual", RIGHT
    ),
}  # fmt: skip

KEPT = {
    "keras generator": Case({"filename": [f"{i}.png" for i in ROW], "class": fruit(KIND),
         **{w: SHARES[:, i] for i, w in enumerate(FRUIT)}}, "class", RIGHT_3),
    "autogluon": Case({"class": words(TRUE, "0", "1"), "0": NOT, "1": SCORE}, "class"),
    "mlflow": Case({"prediction": MADE * 1, "target": TRUE * 1, "age": AGE, "fee": FEE}, "target"),
    "lightning": Case({"preds": SCORE, "targets": TRUE * 1}, "targets", sure=True),
    "fastai": Case(
        {"targs": KIND, **{f"preds_{i}": SHARES[:, i] for i in range(3)}}, "targs", RIGHT_3
    ),
    "evaluate": Case({"references": fruit(KIND), "predictions": fruit(TOP)}, "references", RIGHT_3),
    "matlab": Case(
        {"YTrue": TRUE * 1, "YPred": MADE * 1, "Scores_1": NOT, "Scores_2": SCORE}, "YTrue"
    ),
    "spss": Case({"default": TRUE * 1, "PRE_1": SCORE, "PGR_1": MADE * 1, "age": AGE}, "default"),
    "sas em": Case(
        {"TARGET": Y, "EM_CLASSIFICATION": P, "EM_EVENTPROBABILITY": SCORE,
         "EM_PROBABILITY": SURE}, "TARGET"),
    "ludwig short": Case({"sick": Y, "sick_predictions": P, "sick_probability": SURE}, "sick"),
    "autopilot": Case(
        {"age": AGE, "y": Y, "predicted_label": P, "probability": SURE}, "y", one="Yes"),
    "excel": Case(
        {"Patient": ROW, "Diagnosis": words(TRUE, "healthy", "sick"), "Model says":
         words(MADE, "healthy", "sick"), "Probability": SCORE, "Correct?": words(TRUE == MADE)},
        "Diagnosis", one="sick"),
    "pROC": Case({"response": TRUE * 1, "predictor": SCORE}, "response"),
    "many integers": Case(
        {"visits": RANDOM.integers(0, 9, N), "rooms": RANDOM.integers(1, 5, N), "sold": TRUE * 1,
         "probability": SCORE}, "sold"),
    "other FEATURESure of two values": Case(
        {"sex": SEX, "smoker": words(RANDOM.random(N) < 0.5, "no", "yes"), "relapse": Y,
         "p": SCORE}, "relapse"),
    "true and false": Case(
        {"is_fraud": words(TRUE, "False", "True"), "fraud_prob": SCORE}, "is_fraud"
    ),
    "reverse name": Case(
        {"outcome": words(TRUE, "lives", "dies"), "p_dies": SCORE}, "outcome", one="dies"
    ),
    "three words and a score": Case(
        {"expected": fruit(KIND), "output": fruit(TOP), "confidence": SHARES.max(axis=1)},
        "expected", RIGHT_3),
    "numbered labels": Case(
        {"label": fruit(KIND, ("LABEL_0", "LABEL_1", "LABEL_2")),
         **{f"logit_{i}": LOGITS[:, i] for i in range(3)}}, "label", RIGHT_3),
    "classes by other case": Case(
        {"truth": fruit(KIND), **{w.upper(): SHARES[:, i] for i, w in enumerate(FRUIT)}},
        "truth", RIGHT_3),
    "label_id": Case({"text_id": ROW, "label_id": TRUE * 1, "score": SCORE}, "label_id"),
    "class_id": Case({"image_id": ROW, "class_id": KIND,
         **{f"p{i}": SHARES[:, i] for i in range(3)}}, "class_id", RIGHT_3),
    "gold label": Case({"gold_label": Y, "model_label": P, "prob": SURE}, "gold_label"),
    "class beside label": Case({"Class": P, "Label": Y, "Probability": SCORE}, "Label"),
}  # fmt: skip


NOISE = np.round(RANDOM.random((N, 6)), 4)
FEATURES = {f"f{i}": NOISE[:, i] for i in range(6)}
TRI = words(TRUE, "ok", "defect")
LATER = {
    "rekognition": Case(
        {"ground_truth": Y, "Name": P, "Confidence": SURE * 100}, "ground_truth", RIGHT
    ),
    "tf serving": Case({"predictions": SCORE, "labels": TRUE * 1}, "labels", sure=True),
    "statsmodels": Case({"const": [1.0] * N, "x1": FEE, "admit": TRUE * 1, "yhat": SCORE}, "admit"),
    "R glm": Case({"age": AGE, "died": Y, "fitted": SCORE}, "died", one="Yes"),
    "stata": Case({"foreign": TRUE * 1, "mpg": AGE, "phat": SCORE}, "foreign"),
    "annotator": Case(
        {
            "text": [f"s {i}" for i in ROW],
            "annotator": words(TRUE, "neg", "pos"),
            "model": words(MADE, "neg", "pos"),
            "score": SURE,
        },
        "annotator",
    ),
    "expert vs ai": Case(
        {
            "expert_reading": words(TRUE, "benign", "malignant"),
            "ai_reading": words(MADE, "benign", "malignant"),
            "ai_score": SCORE,
        },
        "expert_reading",
        one="malignant",
    ),
    "bool": Case(
        {
            "actual": words(TRUE, "false", "true"),
            "predicted": words(MADE, "false", "true"),
            "probability": SURE,
        },
        "actual",
    ),
    "numeric hard+conf": Case({"label": TRUE * 1, "pred": MADE * 1, "conf": SURE}, "label"),
    "multi hard+conf": Case(
        {"target": KIND, "pred_class": TOP, "pred_conf": SHARES.max(1)}, "target", RIGHT_3
    ),
    "sentiment hf": Case(
        {
            "sentence": [f"s{i}" for i in ROW],
            "sentiment": words(TRUE, "negative", "positive"),
            "label": words(MADE, "NEGATIVE", "POSITIVE"),
            "score": SURE,
        },
        "sentiment",
    ),
    "survived": Case(
        {
            "PassengerId": ROW + 1,
            "Pclass": RANDOM.integers(1, 4, N),
            "Sex": SEX,
            "Survived": TRUE * 1,
            "pred_proba": SCORE,
        },
        "Survived",
    ),
    "survived xy": Case(
        {"PassengerId": ROW + 1, "Survived_x": TRUE * 1, "Survived_y": MADE * 1}, "Survived_x"
    ),
    "p only of no": Case({"churn": Y, "P(No)": NOT, "P(Yes)": SCORE}, "churn", one="Yes"),
    "true false cols": Case(
        {"default": words(TRUE, "false", "true"), "prob_false": NOT, "prob_true": SCORE}, "default"
    ),
    "gcp cls": Case(
        {"Churn": Y, "predicted_Churn": P, "Churn_Yes_score": SCORE, "Churn_No_score": NOT}, "Churn"
    ),
    "one hot": Case(
        {
            **{f"true_{w}": 1 * (i == KIND) for i, w in enumerate(FRUIT)},
            **{f"pred_{w}": SHARES[:, i] for i, w in enumerate(FRUIT)},
        },
        tuple(f"true_{w}" for w in FRUIT),
        float("nan"),
    ),
    "one hot reversed": Case(
        {
            **{f"pred_{w}": SHARES[:, i] for i, w in reversed(list(enumerate(FRUIT)))},
            "fruit": fruit(KIND),
        },
        "fruit",
        RIGHT_3,
    ),
    "labels from 1": Case(
        {"label": KIND + 1, **{f"p_{i + 1}": SHARES[:, i] for i in range(3)}}, "label", RIGHT_3
    ),
    "labels p descending": Case({"y": TRUE * 1, "p1": SCORE, "p0": NOT}, "y"),
    "quality": Case(
        {
            "wine_id": ROW,
            "alcohol": FEE,
            "quality": words(TRUE, "bad", "good"),
            "good_probability": SCORE,
        },
        "quality",
        one="good",
    ),
    "spam": Case({"type": words(TRUE, "ham", "spam"), "spamminess": SCORE}, "type", one="spam"),
    "gender FEATURESure": Case(
        {
            "gender": SEX,
            "region": fruit(RANDOM.integers(0, 3, N)),
            "contract": fruit(RANDOM.integers(0, 2, N)),
            "left_company": Y,
            "risk": SCORE,
        },
        "left_company",
        one="Yes",
    ),
    "credit risk": Case(
        {"amount": AGE * 100, "duration": AGE, "risk": words(TRUE, "good", "bad"), "pd": SCORE},
        "risk",
    ),
    "logit": Case(
        {"label": TRUE * 1, "logit": np.log(SCORE / (1 - SCORE))},
        "label",
        right=float("nan"),
        sure=True,
    ),
    "sas proc": Case({"_FROM_": Y, "_INTO_": P, "IP_No": NOT, "IP_Yes": SCORE}, "_FROM_"),
    "ts": Case({"ds": ["2024-01-01"] * N, "event": TRUE * 1, "event_probability": SCORE}, "event"),
    "dupe": Case({"observed": Y, "predicted.class": P, "predicted.prob": SURE}, "observed"),
    "ranger": Case(
        {
            "truth": fruit(KIND),
            "response": fruit(TOP),
            **{f"prob.{w}": SHARES[:, i] for i, w in enumerate(FRUIT)},
        },
        "truth",
        RIGHT_3,
    ),
    "lightgbm": Case({"objective": TRUE * 1, "lgb_pred": SCORE}, "objective"),
    "two models": Case(
        {"y": TRUE * 1, "model_a": SCORE, "model_b": np.round(RANDOM.random(N), 3)}, "y"
    ),
    "id shaped label": Case(
        {
            "sample_id": ROW,
            "category_id": KIND,
            "score_0": SHARES[:, 0],
            "score_1": SHARES[:, 1],
            "score_2": SHARES[:, 2],
        },
        "category_id",
        RIGHT_3,
    ),
    "grader": Case(
        {
            "question": [f"q{i}" for i in ROW],
            "correct_answer": fruit(KIND),
            "model_answer": fruit(TOP),
            "correct": (KIND == TOP) * 1,
        },
        "correct_answer",
        RIGHT_3,
    ),
    "minus one": Case(
        {"y": np.where(TRUE, 1, -1), "decision_function": SCORE - 0.5}, "y", right=float("nan")
    ),
    "orange multi": Case(
        {
            "sepal": FEE,
            "iris": fruit(KIND),
            "Random Forest": fruit(TOP),
            **{f"Random Forest ({w})": SHARES[:, i] for i, w in enumerate(FRUIT)},
            "Tree": fruit(RANDOM.integers(0, 3, N)),
            **{f"Tree ({w})": np.round(RANDOM.random(N), 3) for w in FRUIT},
        },
        "iris",
        RIGHT_3,
    ),
    "share features": Case({**FEATURES, "target": TRUE * 1, "pred": SCORE}, "target"),
    "unnamed score": Case({"age": AGE, "bmi": FEE, "diabetes": TRUE * 1, "xgb": SCORE}, "diabetes"),
    "unnamed score words": Case(
        {"age": AGE, "sex": SEX, "diabetes": Y, "xgb": SCORE}, "diabetes", one="Yes"
    ),
    "knime conf": Case(
        {"Churn": Y, "Prediction (Churn)": P, "Prediction (Churn) (Confidence)": SURE},
        "Churn",
        one="Yes",
    ),
    "dataiku num": Case(
        {
            "default": TRUE * 1,
            "proba_0": NOT,
            "proba_1": SCORE,
            "prediction": LATE,
            "prediction_correct": words(LATE == TRUE, "false", "true"),
            "error_decile": RANDOM.integers(0, 10, N),
        },
        "default",
    ),
    "azure automl": Case(
        {"y_orig": TRUE * 1, "y_predicted": MADE * 1, "prob0": NOT, "prob1": SCORE}, "y_orig"
    ),
    "sm clarify": Case(
        {"Target": TRUE * 1, "f": AGE, "predicted_label": MADE * 1, "score": SCORE}, "Target"
    ),
    "kaggle solution": Case(
        {
            "id": ROW,
            "Usage": fruit(RANDOM.integers(0, 2, N), ("Public", "Private")),
            "label_sol": TRUE * 1,
            "label_sub": SCORE,
        },
        "label_sol",
    ),
    "gt det": Case(
        {
            "img": [f"a{i}.jpg" for i in ROW],
            "gt_class": fruit(KIND),
            "det_class": fruit(TOP),
            "det_score": SHARES.max(1),
        },
        "gt_class",
        RIGHT_3,
    ),
    "human model": Case(
        {
            "human_label": TRI,
            "machine_label": words(MADE, "ok", "defect"),
            "machine_confidence": SURE,
        },
        "human_label",
    ),
    "label pred label": Case(
        {"label": TRI, "label_pred": words(MADE, "ok", "defect"), "label_prob": SURE},
        "label",
        one="defect",
    ),
    "label prediction in order": Case({"prediction": P, "label": Y, "score": SCORE}, "label"),
    "scored first": Case({"score": SCORE, "class": TRI}, "class"),
    "spark words": Case(
        {
            "indexedLabel": TRUE * 1.0,
            "rawPrediction_0": -LOGITS[:, 0],
            "rawPrediction_1": LOGITS[:, 0],
            "probability_0": NOT,
            "probability_1": SCORE,
            "prediction": MADE * 1.0,
            "predictedLabel": P,
        },
        "indexedLabel",
    ),
    "em": Case(
        {
            "BAD": TRUE * 1,
            "P_BAD1": SCORE,
            "P_BAD0": NOT,
            "I_BAD": MADE * 1,
            "EM_EVENTPROBABILITY": SCORE,
            "EM_PROBABILITY": SURE,
            "EM_CLASSIFICATION": MADE * 1,
        },
        "BAD",
    ),
    "logit features": Case(
        {"x1": FEE, "x2": AGE, "y": TRUE * 1, "prob": SCORE, "residual": np.round(TRUE - SCORE, 4)},
        "y",
    ),
    "multilabel names": Case(
        {
            **{w: LABELS[:, i] for i, w in enumerate(FRUIT)},
            **{f"{w}_prob": TAGS[:, i] for i, w in enumerate(FRUIT)},
        },
        FRUIT,
        RIGHT_TAGS,
    ),
    "multilabel pred_": Case(
        {
            **{f"y_{w}": LABELS[:, i] for i, w in enumerate(FRUIT)},
            **{f"pred_{w}": TAGS[:, i] for i, w in enumerate(FRUIT)},
        },
        tuple(f"y_{w}" for w in FRUIT),
        RIGHT_TAGS,
    ),
    "multilabel gt_": Case(
        {
            "image": [f"{i}.jpg" for i in ROW],
            **{f"gt_{w}": LABELS[:, i] for i, w in enumerate(FRUIT)},
            **{f"score_{w}": TAGS[:, i] for i, w in enumerate(FRUIT)},
        },
        tuple(f"gt_{w}" for w in FRUIT),
        RIGHT_TAGS,
    ),
    "numbers words": Case(
        {"digit": KIND, "pred_digit": TOP, "conf": SHARES.max(1)}, "digit", RIGHT_3
    ),
    "sign": Case(
        {"Actual": words(TRUE, "-", "+"), "Predicted": words(MADE, "-", "+"), "P": SURE},
        "Actual",
        one="+",
    ),
    "0/1 conf pct": Case(
        {"actual": TRUE * 1, "prediction": MADE * 1, "confidence": np.round(SURE * 100, 2)},
        "actual",
    ),
    "german": Case(
        {"Klasse": words(TRUE, "nein", "ja"), "Wahrscheinlichkeit": SCORE}, "Klasse", one="ja"
    ),
    "diagn": Case(
        {
            "patient_id": ROW,
            "age": AGE,
            "site": fruit(RANDOM.integers(0, 3, N)),
            "biopsy": words(TRUE, "benign", "malignant"),
            "cnn_output": SCORE,
            "radiologist": words(RANDOM.random(N) < 0.5, "benign", "malignant"),
        },
        "biopsy",
        one="malignant",
    ),
    "fold label": Case({"fold": ROW % 5, "y": TRUE * 1, "oof": SCORE}, "y"),
    "positive prob col": Case(
        {
            "review": [f"r{i}" for i in ROW],
            "stars": RANDOM.integers(1, 6, N),
            "sentiment": words(TRUE, "neg", "pos"),
            "pos": SCORE,
        },
        "sentiment",
        one="pos",
    ),
    "neg prob col": Case(
        {"sentiment": words(TRUE, "neg", "pos"), "prob_neg": NOT}, "sentiment", one="neg"
    ),
    "result": Case(
        {"result": words(TRUE, "loss", "win"), "win_probability": SCORE}, "result", one="win"
    ),
    "approved": Case(
        {"loan_status": words(TRUE, "Rejected", "Approved"), "model_score": SCORE},
        "loan_status",
        one="Approved",
    ),
    "predicted = assigned": Case({"truth": Y, "assigned": P}, "truth"),
    "numeric strings": Case({"Y": TRUE * 1.0, "YHAT": SCORE}, "Y", sure=True),
}


def text_of(case: Case) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(case.columns)
    writer.writerows(zip(*case.columns.values(), strict=True))
    return file.getvalue().encode()


def accuracy(case: Case) -> tuple[object, float, str | None]:
    table = read_columns(text_of(case), "file.csv")
    roles = guess_roles(table)
    assert roles.labels == ((case.labels,) if isinstance(case.labels, str) else case.labels), roles
    if case.sure is not None:
        assert roles.sure is case.sure
    data = to_predictions(table, roles).predictions
    true, pred = data.y_true, data.y_pred
    if data.kind == "binary":
        pred = pred > (50 if pred.max() > 1 else 0.5)
    elif data.kind == "sparse":
        pred = pred.argmax(axis=1)
    elif data.kind == "multi_label":
        pred = pred > 0.5
    one = None if data.class_names is None else data.class_names[1]
    return roles, float(np.mean(pred == true)), one


@every("name", [*CASES, *KEPT, *LATER])
def test_columns_of_a_tool(name: str) -> None:
    case = {**CASES, **KEPT, **LATER}[name]
    roles, found, one = accuracy(case)
    if not np.isnan(case.right):
        assert found == pytest.approx(case.right), roles
    if case.one is not None:
        assert one == case.one, roles
