"""Tables as people save them, drawn at random, of which the answer is known."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import numpy as np

LABELS = (
    "y_true", "label", "target", "actual", "class", "truth", "ground_truth", "outcome", "gt",
    "survived", "churn", "Exited", "is_fraud", "y", "TARGET", "species", "y_test", "true_label",
)  # fmt: skip
SCORES = (
    "y_pred", "pred", "prediction", "proba", "probability", "score", "prob_1", "y_score", "yhat",
    "output", "model_score", "risk_score", "scores", "logit", "propensity", "predicted_probability",
)  # fmt: skip
DECIDED = ("predicted", "pred_class", "prediction", "y_pred", "predicted_label", "Predicted Class")
TWO = (
    ("no", "yes"), ("False", "True"), ("negative", "positive"), ("ham", "spam"), ("N", "Y"),
    ("benign", "malignant"), ("stay", "churn"), ("0", "1"), ("<=50K", ">50K"), ("legit", "fraud"),
)  # fmt: skip
SEVERAL = (("cat", "dog", "fox"), ("low", "medium", "high"), ("A", "B", "C", "D"))


@dataclass(frozen=True)
class Planted:
    """A table and what is true of it.

    Attributes
    ----------
    content : bytes
        As CSV.
    labels : str
    outputs : frozenset of str
    accuracy : float
        Of the output above its middle, or of the highest output.
    middle : float
        0 for logits, else 0.5.
    """

    content: bytes
    labels: str
    outputs: frozenset[str]
    accuracy: float
    middle: float


def planted(seed: int) -> Planted:
    """One table."""
    random = np.random.default_rng(seed)
    n = int(random.choice([30, 80, 200]))
    title = str(random.choice(LABELS))
    several = random.random() < 0.4
    made = _several(random, n) if several else _two(random, n)
    given, outputs, beside, accuracy, middle = made
    columns = {title: given} | outputs | {t: c for t, c in beside.items() if t not in outputs}
    columns |= _others(random, n, columns)
    names = list(columns)
    if random.random() < 0.5:
        random.shuffle(names)
    text = io.StringIO()
    rows = csv.writer(text, delimiter=str(random.choice([",", ";", "\t"])))
    rows.writerow(names)
    rows.writerows(zip(*(columns[name].tolist() for name in names), strict=True))
    return Planted(text.getvalue().encode(), title, frozenset(outputs), accuracy, middle)


def _two(random, n):
    true = random.random(n) < random.choice([0.5, 0.3])
    true[:2] = False, True
    logit = random.normal(0, 1, n) + (2 * true - 1) * random.choice([0.5, 1, 2])
    score = (1 / (1 + np.exp(-logit))).round(int(random.integers(3, 8)))
    score[score == 0.5] = 0.501  # the higher of two would depend on their order
    zero, one = TWO[random.integers(len(TWO))]
    words = np.array([zero, one])
    whole = true.astype(int)
    forms = (whole, true, words[whole], 2 * whole - 1, true.astype(float), 2.0 * whole - 1)
    given = forms[random.integers(6)]
    decided = words[(score > 0.5).astype(int)] if given.dtype.kind == "U" else score > 0.5
    name, middle, beside = str(random.choice(SCORES)), 0.5, {}
    form = random.integers(4)
    if form == 0:
        pair = [f"prob_{zero}", f"prob_{one}"]
        outputs = {pair[0]: (1 - score).round(8), pair[1]: score}
    elif form == 1:
        outputs, middle = {name: logit.round(6)}, 0.0
    else:
        outputs = {name: score}
        if form == 2:
            beside = {str(random.choice(DECIDED)): np.asarray(decided)}
    value = next(reversed(outputs.values()))
    return given, outputs, beside, float(((value > middle) == true).mean()), middle


def _several(random, n):
    names = SEVERAL[random.integers(len(SEVERAL))]
    k = len(names)
    true = random.integers(0, k, n)
    true[:k] = np.arange(k)
    logits = random.normal(0, 1, (n, k))
    logits[np.arange(n), true] += random.choice([0.5, 1.5, 3])
    outputs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    form = random.integers(3)
    given = (true, true + 1, np.array(names)[true])[form]
    after = (range(k), range(1, k + 1), names)[form]
    stem = str(random.choice(["p_{}", "prob_{}", "p{}"] if form < 2 else ["p_{}", "P({})", "{}"]))
    columns = {stem.format(a): outputs[:, at].round(6) for at, a in enumerate(after)}
    top = np.stack(list(columns.values()), axis=1).argmax(axis=1)
    beside = {}
    if random.random() < 0.4:
        hard = (top, top + 1, np.array(names)[top])[form]
        beside = {str(random.choice(DECIDED)): hard}
    return given, columns, beside, float((top == true).mean()), 0.5


def _others(random, n, taken):
    able = {
        "id": np.arange(n) + 17,
        "uuid": np.array([f"{each:x}" for each in random.integers(1 << 40, 1 << 60, n)]),
        "age": random.integers(18, 90, n),
        "income": random.normal(50_000, 20_000, n).round(2),
        "ratio": random.random(n).round(3),
        "fold": random.integers(0, 5, n),
        "gender": np.array(["M", "F"])[random.integers(0, 2, n)],
        "is_member": random.integers(0, 2, n),
        "model": np.array(["v1"] * n),
        "loss": random.exponential(0.5, n).round(4),
        "segment": random.integers(1, 5, n),
        "text": np.array([f"some words {at}" for at in range(n)]),
    }
    chosen = random.choice(list(able), random.integers(0, 5), replace=False).tolist()
    return {title: able[title] for title in chosen if title not in taken}
