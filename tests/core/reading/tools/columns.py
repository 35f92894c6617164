"""One model's outputs in the columns of many tools: from a CSV file to the right accuracy."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from metrics_core.reading import guess_roles, read_columns, to_predictions

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


@dataclass(frozen=True)
class Case:
    """The columns of a file, and what is right about them."""

    columns: dict[str, Sequence[object] | np.ndarray]
    labels: str | tuple[str, ...]
    right: float = RIGHT  # NaN: outputs that are not compared with 0.5, or one-hot labels
    one: str | None = None
    sure: bool | None = None


def text_of(case: Case) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(case.columns)
    writer.writerows(zip(*case.columns.values(), strict=True))
    return file.getvalue().encode()


def assert_right(case: Case) -> None:
    """The columns are taken for what they are, and the accuracy is the right one."""
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
    if not np.isnan(case.right):
        assert np.mean(pred == true) == pytest.approx(case.right), roles
    if case.one is not None:
        assert data.class_names is not None
        assert data.class_names[1] == case.one, roles
