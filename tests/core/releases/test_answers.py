"""What every release answers to shapes, dtypes and weights of all sorts, drawn once by a seed.

`answers.json` holds the answers of the code whose answers to all recorded cases are those of real
releases: for each case those that differ, and a letter for each row of the table; here more shapes
meet than were recorded, so that no rule goes by unseen.
``python -m tests.core.releases.test_answers`` writes it anew, for a change that is meant.
"""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from pathlib import Path

import numpy as np

from metrics_core.messages import Message
from metrics_core.releases import (
    RELEASES,
    KerasRefusal,
    call_function,
    compiled_accuracy,
    run_class,
)
from tests.every import every

LETTERS = string.ascii_lowercase
FILE = Path(__file__).with_name("answers.json")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
N = 5
OUTPUT_SHAPES = [(N,), (N, 1), (N, 3), (N, 3), (N, 2, 1), (N, 2, 3)]
LABEL_SHAPES = [(N,), (N, 1), (N, 3), (N, 2), (N, 2, 1), (N, 2, 3), (N, 1, 1)]
WEIGHT_SHAPES = [None, None, (N,), (N,), (N, 1), (N, 2)]
NAMED = [
    "accuracy", "acc", "Accuracy", "binary_accuracy", "BinaryAccuracy", "categorical_accuracy",
    "sparse_categorical_accuracy", "SparseCategoricalAccuracy", "top2_categorical_accuracy",
    "top_k_categorical_accuracy", "sparse_top2_categorical_accuracy", "Precision", "Recall", "mae",
    "mse", "mean_pred", "precision", "recall", "fmeasure", "fbeta_score", "matthews_correlation",
]  # fmt: skip
FUNCTIONS = [
    "accuracy", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy",
    "top_k_categorical_accuracy", "sparse_top_k_categorical_accuracy", "mean_absolute_error",
    "mean_squared_error", "precision", "recall", "fbeta_score", "matthews_correlation",
]  # fmt: skip
CLASSES = [
    "Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy",
    "TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy", "MeanSquaredError",
]  # fmt: skip
LOSSES = [
    "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy",
    "mean_squared_error", "hinge",
]  # fmt: skip
FORMS = ["string"] * 5 + ["function", "class", "class_from_logits", "custom", "custom"]
OPTIONS = {
    "binary": [{}, {"threshold": 0.3}, {"threshold": 0.5}],
    "Binary": [{}, {"threshold": 0.3}],
    "top_k": [{}, {"k": 1}, {"k": 2}],
    "TopK": [{}, {"k": 1}, {"k": 2}],
    "fbeta": [{}, {"beta": 2.0}, {"beta": 0.0}, {"beta": -1.0}],
}


def arrays(draw, *, matched):
    """Labels, outputs and weights; `matched`: labels that are at home beside the outputs."""
    shape = OUTPUT_SHAPES[draw.randint(len(OUTPUT_SHAPES))]
    outputs = np.round(draw.random_sample(shape) * 1.4 - 0.1, 1)
    outputs = outputs.astype(["f4", "f8", "f4"][draw.randint(3)])
    columns = shape[-1] if len(shape) > 1 else 1
    label_shape = LABEL_SHAPES[draw.randint(len(LABEL_SHAPES))]
    if matched:
        label_shape = [shape, shape[:-1] or shape, (*(shape[:-1] or shape), 1)][draw.randint(3)]
    top = 2 if label_shape[-1:] == shape[-1:] else max(2, columns)
    labels = draw.randint(0, top, label_shape)
    if draw.randint(12) == 0:
        labels = labels * 2 - 1
    labels = labels.astype(["i4", "f4", "u1", "f8"][draw.randint(4)])
    weight_shape = WEIGHT_SHAPES[draw.randint(len(WEIGHT_SHAPES))]
    weights = None if weight_shape is None else draw.randint(0, 4, weight_shape) / 2
    return labels, outputs, weights


def option_of(draw, name, at):
    """An option that the function takes, seldom another one."""
    fits = [key for key in OPTIONS if key in name] if at % 20 else list(OPTIONS)
    every = [option for key in fits for option in OPTIONS[key]] or [{}]
    return every[draw.randint(len(every))]


def cases():
    draw = np.random.RandomState(11)
    for at in range(420):
        labels, outputs, weights = arrays(draw, matched=at % 6 > 0)
        column = outputs.ndim == 1 or outputs.shape[-1] == 1
        fits = [LOSSES[0], LOSSES[3]] if column else [*LOSSES[:2], *LOSSES[3:]]
        fits = fits if labels.shape == outputs.shape or column else [LOSSES[2]]
        fits = fits if at % 6 else LOSSES
        asked = {
            "loss": fits[draw.randint(len(fits))],
            "metric": NAMED[draw.randint(len(NAMED))] if at % 2 else "accuracy",
            "loss_form": FORMS[draw.randint(len(FORMS))],
            "batch_size": [2, 3, 32][draw.randint(3)],
            "weighted": bool(draw.randint(2)),
            "sample_weight_mode": "temporal" if draw.randint(6) == 0 else None,
        }
        yield compiled_accuracy, (labels, outputs), asked | {"sample_weight": weights}
    for at in range(160):
        labels, outputs, _ = arrays(draw, matched=at % 6 > 0)
        name = FUNCTIONS[draw.randint(len(FUNCTIONS))]
        yield call_function, (name, labels, outputs), option_of(draw, name, at)
    for at in range(160):
        labels, outputs, weights = arrays(draw, matched=at % 6 > 0)
        name = CLASSES[draw.randint(len(CLASSES))]
        weights = 2.0 if draw.randint(6) == 0 else weights
        option = option_of(draw, name, at) | {
            "sample_weight": weights,
            "batch_size": [None, 2, 3][draw.randint(3)],
        }
        yield run_class, (name, labels, outputs), option


CASES = list(cases())


def numbers_in(value):
    return NUMBER.findall(re.sub(r"(?<=\d),(?=\d{3})", "", str(value)))


def answer(ask, data, asked, release):
    """A number with what came with it, or the refusal."""
    try:
        return ask(*data, release=release, **asked)
    except KerasRefusal as refusal:
        return refusal


def written(found):
    if isinstance(found, KerasRefusal):
        told = [number for value in found.message.values.values() for number in numbers_in(value)]
        return " ".join([found.stage, *sorted(told)])
    if isinstance(found, float):
        return f"{found:.6g}"
    if isinstance(found, np.ndarray):
        return f"{found.dtype.name} {found.shape} " + " ".join(f"{x:.6g}" for x in found.flat)
    matches = "" if found.matches is None else f" {found.matches.shape} {found.matches.sum():g}"
    named = f"{found.value:.6g} {found.resolved} {found.variant} {found.reported_name}"
    return named + matches


def tells(found, expected):
    """Whether an answer is the expected one; a refusal has its stage and tells its numbers."""
    if not isinstance(found, KerasRefusal):
        return written(found) == expected
    stage, *numbers = expected.split()
    told = Counter(numbers_in(found))
    whole = isinstance(found.message, Message) and None not in found.message.values.values()
    return found.stage == stage and whole and not Counter(numbers) - told


EXPECTED = json.loads(FILE.read_text("utf-8")) if FILE.exists() else []


@every("first", range(0, len(CASES), 74))
@every("release", RELEASES)
def test_a_release_answers_what_it_answered(release, first):
    column = list(RELEASES).index(release)
    wrong = []
    for at in range(first, min(first + 74, len(CASES))):
        distinct, which = EXPECTED[at]
        expected = distinct[LETTERS.index(which[column])]
        found = answer(*CASES[at], release)
        if not tells(found, expected):
            wrong.append((CASES[at], expected, written(found)))
    assert not wrong


if __name__ == "__main__":
    lines = []
    for case in CASES:
        row = [written(answer(*case, release)) for release in RELEASES]
        distinct = list(dict.fromkeys(row))
        which = "".join(LETTERS[distinct.index(found)] for found in row)
        lines.append(json.dumps([distinct, which]))
    FILE.write_text("[\n" + ",\n".join(lines) + "\n]\n", "utf-8")
