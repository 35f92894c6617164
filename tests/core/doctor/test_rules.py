"""Each rule of the doctor: data that have the confusion, and data that nearly do."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.doctor import RULES, examine
from metrics_core.evaluation import evaluate
from metrics_core.generate import GeneratorSettings, generate
from metrics_core.predictions import Predictions
from metrics_core.scenarios import scenario
from metrics_core.settings import Settings


def made(n_samples=1000, **settings):
    return generate(GeneratorSettings(n_samples=n_samples, **settings))


def data(y_true, y_pred, **options):
    return Predictions.of(y_true, y_pred, **options)


def sigmoid(logits):
    return 1 / (1 + np.exp(-logits.astype("f8")))


def softmax(logits):
    exps = np.exp(logits.astype("f8"))
    return exps / exps.sum(axis=1, keepdims=True)


BINARY = made()
LOGITS = made(output="logits")
SPARSE = made(kind="sparse", n_classes=5, separability=4)
ONE_HOT = SPARSE.to_one_hot()
MULTI = made(kind="multi_label", n_classes=6, balance=0.3)
CRISP = made(separability=6, calibration=3)
Y, P, L = BINARY.y_true, BINARY.y_pred, LOGITS.y_pred
COLUMN = P[:, None]
C, Q = SPARSE.y_true, SPARSE.y_pred
ROLL = np.array([1, 2, 3, 4, 0])
IDENTITY = np.eye(5, dtype="u1")


def replaced(values, where, by):
    values = np.array(values)
    values[where] = by
    return values


def padded(y_true, y_pred, n, label, output):
    return data(
        np.concatenate([y_true, np.full(n, label, y_true.dtype)]),
        np.concatenate([y_pred, np.full((n, *y_pred.shape[1:]), output, y_pred.dtype)]),
    )


def tail_of_mistakes(n):
    """Right everywhere, then `n` mistakes in a row at the end, with batches of 32."""
    labels = np.tile([0, 1], 48 + n)[: 96 + n]
    outputs = labels * 0.5 + 0.2 + np.linspace(0, 0.1, 96 + n)
    outputs[96:] = 1 - outputs[96:]
    return data(labels, outputs)


def one_column():
    return data((C == 2).astype(int), Q)


def tied_rows():
    """Class 0 shares the second place with two others in every row."""
    rows = np.tile([0.2, 0.4, 0.2, 0.2], (40, 1)) + np.linspace(0, 0.01, 40)[:, None]
    return data(np.tile([0, 1], 20), rows)


def unrelated(n, classes):
    """Few rows and many classes, so that some renaming fits by chance; no row is right."""
    random = np.random.RandomState(5)
    labels = random.randint(0, classes, n)
    decided = (labels + random.randint(1, 3, n)) % classes
    return data(labels, np.eye(classes)[decided] * 0.5 + 0.02)


def many_right(n, share):
    labels = np.tile([0, 1], n // 2)
    right = np.arange(n) < share * n
    side = np.where(right, labels, 1 - labels)
    return labels, side


def sure(n, share, confidence):
    labels, side = many_right(n, share)
    return data(labels, np.where(side == 1, confidence, 1 - confidence))


def over_samples(logits):
    return softmax(logits.T).T


def in_batches(logits, size):
    return np.concatenate([over_samples(logits[at : at + size]) for at in range(0, 1000, size)])


def padded_sequences(n, of_padding=1.0, of_others=0.7):
    """Sequences of three to eight labels 1 to 3, padded with 0 to ten, one after the other."""
    random = np.random.RandomState(7)
    lengths = random.randint(3, 9, n)
    labels = np.concatenate([[*random.randint(1, 4, m), *[0] * (10 - m)] for m in lengths])
    right = random.random_sample(10 * n) < np.where(labels == 0, of_padding, of_others)
    decided = np.where(right, labels, (labels + 1) % 4)
    noise = random.random_sample((10 * n, 4))
    return data(labels, np.eye(4)[decided] * 0.6 + 0.08 + noise / 50)


def in_no_order(predictions):
    rows = np.random.RandomState(8).permutation(predictions.n_samples)
    return data(predictions.y_true[rows], predictions.y_pred[rows])


LOGITS_OF_FIVE = np.log(Q) + np.random.RandomState(6).normal(size=(1000, 1)) * 2
WAVERING = softmax(np.random.RandomState(9).normal(size=(600, 4)))
SEEN = Settings()
ZERO = Settings(threshold=0.0)
SIGMOID = Settings(activation="sigmoid")
SOFTMAX = Settings(activation="softmax")
CUT = 0.6224593312018546

FIRES = {
    "not-finite": [
        (data(Y, replaced(P, [3, 7], np.nan)), SEEN, "serious"),
        (data(Y, replaced(P, [3], np.inf)), SEEN, "warning"),
        (data(replaced(Y.astype("f4"), [5], np.nan), P), SEEN, "serious"),
        (data(C, replaced(Q, (4, 1), np.nan)), SEEN, "serious"),
    ],
    "constant-outputs": [
        (data(Y, np.full(1000, 0.4)), SEEN, "serious"),
        (data(C, np.tile([0.1, 0.2, 0.3, 0.3, 0.1], (1000, 1))), SEEN, "serious"),
    ],
    "one-unit-softmax": [
        (LOGITS, SOFTMAX, "serious"),
        (data(Y[:, None], np.ones((1000, 1))), SEEN, "serious"),
        (data(Y, replaced(np.ones(1000, "f4"), [1, 5], np.float32(0.99999994))), SEEN, "serious"),
    ],
    "labels-from-one": [
        (data(C + 1, Q), SEEN, "serious"),
        (data(Y + 1, P), SEEN, "serious"),
        (data(C[C < 4] + 1, Q[C < 4]), SEEN, "serious"),
        (data(C + 1, Q.argmax(axis=1)), SEEN, "serious"),
    ],
    "labels-minus-one": [
        (data(2 * Y.astype(int) - 1, P), SEEN, "serious"),
        (data(2 * MULTI.y_true.astype(int) - 1, MULTI.y_pred), SEEN, "serious"),
    ],
    "labels-out-of-range": [
        (data(replaced(C, [3, 9], 7), Q), SEEN, "serious"),
        (data(replaced(Y, [0], 2), P), SEEN, "serious"),
        (data(C, Q.argmax(axis=1).astype("f4")), SEEN, "serious"),
        (data(replaced(MULTI.y_true, (0, 1), 3), MULTI.y_pred), SEEN, "serious"),
    ],
    "regression-targets": [
        (data(L, P), SEEN, "serious"),
        (data(P, P), SEEN, "serious"),
        (data(np.arange(1000) % 90, L), SEEN, "serious"),
    ],
    "smoothed-labels": [
        (data(Y * 0.9 + 0.05, P), SEEN, "serious"),
        (data(ONE_HOT.y_true * 0.9 + 0.02, Q), SEEN, "note"),
    ],
    "one-hot-or-sparse": [
        (ONE_HOT.as_kind("multi_label"), SEEN, "warning"),
        (data(ONE_HOT.y_true.ravel(), Q.ravel()), SEEN, "serious"),
        (one_column(), SEEN, "serious"),
    ],
    "classes-permuted": [
        (data(C, Q[:, ROLL]), SEEN, "serious"),
        (data(ONE_HOT.y_true[:, ROLL], Q), SEEN, "serious"),
        (data(1 - CRISP.y_true, CRISP.y_pred), SEEN, "serious"),
        (data(ROLL[C], Q.argmax(axis=1)), SEEN, "serious"),
    ],
    "labels-shuffled": [
        (data(np.roll(C, 3), Q), SEEN, "serious"),
        (data(CRISP.y_true[::-1], CRISP.y_pred), SEEN, "serious"),
        (data(np.random.RandomState(1).permutation(CRISP.y_true), CRISP.y_pred), SEEN, "serious"),
    ],
    "logits-cut": [
        (LOGITS, SEEN, "serious"),
        (scenario("no-activation").predictions(), SEEN, "warning"),
        (made(kind="multi_label", output="logits"), SEEN, "serious"),
    ],
    "double-sigmoid": [
        (BINARY, SIGMOID, "serious"),
        (data(Y, sigmoid(P)), SEEN, "serious"),
        (data(MULTI.y_true, sigmoid(MULTI.y_pred)), SEEN, "serious"),
        (data(C, sigmoid(Q)), SEEN, "warning"),
    ],
    "double-softmax": [
        (SPARSE, SOFTMAX, "warning"),
        (SPARSE, SIGMOID, "warning"),
        (data(C, softmax(Q)), SEEN, "warning"),
        (data(ONE_HOT.y_true, softmax(Q).astype("f4")), SEEN, "warning"),
    ],
    "element-wise-one-hot": [
        (scenario("ten-sigmoid-units").predictions(), SEEN, "serious"),
        (ONE_HOT, SEEN, "note"),
    ],
    "argmax-multi-hot": [(MULTI, SEEN, "warning")],
    "logits-rounded": [(LOGITS, SEEN, "warning"), (LOGITS, ZERO, "note")],
    "rows-not-one": [
        (data(C, Q * 0.9), SEEN, "warning"),
        (data(C, replaced(Q, (17, 2), 0.99)), SEEN, "warning"),
    ],
    "padding": [
        (data(replaced(C.astype(int), [4, 5, 6], -1), Q), SEEN, "warning"),
        (data(replaced(Y.astype(int), [9], 255), P), SEEN, "warning"),
        (padded(C, Q, 60, 0, 0.2), SEEN, "warning"),
        (padded(Y, P, 60, 0, 0.0), SEEN, "warning"),
        (data(replaced(ONE_HOT.y_true, slice(0, 40), 0), Q), SEEN, "warning"),
    ],
    "weights-ignored": [
        (data(Y, P, sample_weight=np.where((P > 0.5) == Y, 1.0, 5.0)), SEEN, "warning"),
        (scenario("sample-weights").predictions(), SEEN, "warning"),
    ],
    "majority-class": [
        (scenario("rare-class").predictions(), SEEN, "warning"),
        (scenario("binary-threshold").predictions(), SEEN, "note"),
    ],
    "bad-confidence": [
        (sure(400, 0.8, 0.999), SEEN, "warning"),
        (sure(400, 0.95, 0.6), SEEN, "warning"),
    ],
    "class-missing": [
        (data(C[C != 2], Q[C != 2]), SEEN, "warning"),
        (data(np.zeros(50, int), P[:50]), SEEN, "warning"),
    ],
    "k-too-large": [(SPARSE, SEEN, "note"), (ONE_HOT, Settings(k=6), "warning")],
    "top-k-ties": [(tied_rows(), Settings(k=2), "warning")],
    "argmax-ties": [(data([0, 1, 2, 0], [[0.4, 0.4, 0.2]] * 3 + [[0, 1, 0]]), SEEN, "warning")],
    "threshold-ties": [
        (data(Y, replaced(P, slice(0, 50), 0.5)), SEEN, "warning"),
        (data(Y, replaced(L, [8], 0)), ZERO, "note"),
    ],
    "float16-at-threshold": [
        (data(Y, replaced(P, slice(0, 50), 0.50001).astype("f2")), SEEN, "warning")
    ],
    "few-samples": [
        (data(*many_right(8, 0.75)), SEEN, "warning"),
        (data(*many_right(200, 0.75)), SEEN, "note"),
    ],
    "batch-means": [
        (tail_of_mistakes(2), SEEN, "note"),
        (tail_of_mistakes(2), Settings(aggregation="batch_means"), "warning"),
    ],
    "tail-dropped": [(tail_of_mistakes(2), SEEN, "note")],
    "broadcast": [
        (data(Y, COLUMN), SEEN, "note"),
        (data(C[:, None], Q), SEEN, "note"),
    ],
    "exact-match": [(BINARY, SEEN, "note"), (ONE_HOT, SEEN, "note"), (MULTI, SEEN, "note")],
    "categorical-one-unit": [(data(Y[:, None], COLUMN), SEEN, "note")],
    "outputs-scaled": [
        (data(Y, P * 100), SEEN, "serious"),
        (data(Y, P * 100), SIGMOID, "serious"),
        (data(Y, np.rint(P * 255)), SEEN, "serious"),
        (data(MULTI.y_true, MULTI.y_pred * 100), SEEN, "serious"),
        (data(Y, np.rint(P * 100).astype(int)), SEEN, "serious"),
        (data(Y, (P > 0.5) * 255), SEEN, "serious"),
        (data(C, Q * 100), SEEN, "note"),
        (data(ONE_HOT.y_true, np.rint(Q * 100)), SOFTMAX, "warning"),
    ],
    "log-probabilities": [
        (data(C, np.log(Q)), SEEN, "note"),
        (data(Y, np.log(P)), SEEN, "serious"),
    ],
    "softmax-over-samples": [
        (data(C, over_samples(LOGITS_OF_FIVE)), SEEN, "serious"),
        (data(ONE_HOT.y_true, in_batches(LOGITS_OF_FIVE, 100)), SEEN, "serious"),
        (made(kind="sparse", n_classes=5, balance=0.8, output="logits"), SEEN, "note"),
    ],
    "labels-two-values": [
        (data(Y.astype(int) * 255, P), SEEN, "serious"),
        (data(Y * 2 + 2, P), SEEN, "serious"),
        (data(Y * 100, P * 100), SEEN, "serious"),
        (data(MULTI.y_true.astype(int) * 255, MULTI.y_pred), SEEN, "serious"),
    ],
    "labels-from-outputs": [
        (data((P > 0.5).astype(int), P), SEEN, "serious"),
        (data((L > 0).astype(int), L), ZERO, "serious"),
        (data(WAVERING.argmax(axis=1), WAVERING), SEEN, "serious"),
    ],
    "repeated-column": [
        (data(Y, np.column_stack([P, P])), SEEN, "serious"),
        (data(C, Q[:, [0, 1, 2, 3, 1]]), SEEN, "serious"),
    ],
    "crowded-scores": [
        (data(Y, 0.6 + P / 100), SEEN, "warning"),
        (data(Y, P**20), SEEN, "warning"),
    ],
    "padding-label": [
        (padded_sequences(100), SEEN, "warning"),
        (in_no_order(padded_sequences(100)), SEEN, "note"),
    ],
    "nothing-predicted": [
        (data(MULTI.y_true, MULTI.y_pred / 3), SEEN, "warning"),
    ],
    "decisions": [
        (data(Y, (P > 0.5).astype("f4")), SEEN, "note"),
        (data(MULTI.y_true, (MULTI.y_pred > 0.5).astype(int)), SEEN, "note"),
        (data(C, IDENTITY[Q.argmax(axis=1)]), SEEN, "note"),
    ],
    "rounded-outputs": [
        (data(Y, np.round(P, 2)), SEEN, "note"),
        (data(C, np.round(Q, 1)), SEEN, "note"),
    ],
}

MISSES = {
    "not-finite": [(BINARY, SEEN), (data(Y, replaced(P, [0], 3e38)), SEEN)],
    "constant-outputs": [
        (data(Y, replaced(np.full(1000, 0.4), [999], 0.41)), SEEN),
        (data([0, 1], [0.4, 0.4]), SEEN),
    ],
    "one-unit-softmax": [
        (data(Y[:, None], replaced(np.ones((1000, 1)), [9], 0.9999)), SEEN),
        (data(np.ones(9, int), np.ones(9)), SEEN),
        (data(Y, np.column_stack([1 - P, P])), SOFTMAX),
    ],
    "labels-from-one": [
        (data(C[C > 0], Q[C > 0]), SEEN),
        (data(np.ones(50, int), P[:50]), SEEN),
        (data(C[C > 0], Q[C > 0].argmax(axis=1)), SEEN),
    ],
    "labels-minus-one": [
        (data(replaced(2 * Y.astype(int) - 1, [0], 0), P), SEEN),
        (data(np.ones(50, int), P[:50]), SEEN),
    ],
    "labels-out-of-range": [
        (SPARSE, SEEN),
        (data(Y.astype("f4"), P), SEEN),
        (data(C + 1, Q), SEEN),
        (data(replaced(C.astype(int), [4], -1), Q), SEEN),
    ],
    "regression-targets": [
        (data(Y * 0.9 + 0.05, P), SEEN),
        (data(C.astype("f8"), Q), SEEN),
        (data(np.arange(1000) % 90, np.arange(1000.0) % 90), SEEN),
    ],
    "smoothed-labels": [
        (data(Y.astype("f8"), P), SEEN),
        (data(Y * 0.3 + 0.1, P), SEEN),
        (data(replaced(Y * 0.9 + 0.05, [0], 0.5), P), SEEN),
    ],
    "one-hot-or-sparse": [
        (MULTI, SEEN),
        (data(np.tile([0, 0, 1], 50), P[:150]), SEEN),
        (data(replaced(ONE_HOT.y_true.ravel(), [0, 1, 2], 1), Q.ravel()), SEEN),
        (data(C[C < 2], Q[C < 2]), SEEN),
        (SPARSE, SEEN),
    ],
    "classes-permuted": [
        (made(kind="sparse", n_classes=5, separability=0.3), SEEN),
        (data(C, np.where(IDENTITY[0] == 1, 0.9, Q * 0.1)), SEEN),
        (data(C + 1, Q), SEEN),
        (data(Y, np.full(1000, 0.4)), SEEN),
        (unrelated(30, 15), SEEN),
    ],
    "labels-shuffled": [
        (scenario("ten-sigmoid-units").predictions(), SEEN),
        (data(Y, 0.4 + 0.2 * np.random.RandomState(1).random_sample(1000)), SEEN),
        (CRISP, SEEN),
        (data(Y, np.full(1000, 0.999)), SEEN),
    ],
    "logits-cut": [
        (LOGITS, ZERO),
        (LOGITS, SIGMOID),
        (BINARY, SEEN),
        (data(Y, np.where(Y == 1, 0.95, 0.2) + np.linspace(-0.3, 0.3, 1000)), SEEN),
    ],
    "double-sigmoid": [
        (LOGITS, SIGMOID),
        (data(Y, replaced(sigmoid(P), [0], 0.49)), SEEN),
        (data(Y, 0.5 + P * 0.1), SEEN),
        (data((np.arange(200) % 10 > 0).astype(int), np.linspace(0.51, 0.72, 200)), SEEN),
    ],
    "double-softmax": [
        (SPARSE, SEEN),
        (made(kind="sparse", output="logits", n_classes=5), SOFTMAX),
        (data(C, softmax(3 * Q)), SEEN),
        (made(kind="sparse", n_classes=5, separability=0.1), SEEN),
        (data(C[C < 3], softmax(np.array([[0.95, 0, -0.04]]) + Q[C < 3, :3] / 1000)), SEEN),
    ],
    "element-wise-one-hot": [(data(IDENTITY[C], IDENTITY[C].astype("f4")), SEEN)],
    "argmax-multi-hot": [
        (ONE_HOT.as_kind("multi_label"), SEEN),
        (data([[1, 1], [0, 1]], [[0.9, 0.8], [0.1, 0.7]], kind="multi_label"), SEEN),
    ],
    "logits-rounded": [(BINARY, SEEN), (data(Y, P * 1.4), SEEN), (LOGITS, SIGMOID)],
    "rows-not-one": [
        (SPARSE, SEEN),
        (data(C, Q.astype("f2")), SEEN),
        (made(kind="sparse", output="logits"), SEEN),
    ],
    "padding": [
        (SPARSE, SEEN),
        (data(replaced(C.astype(int), [4], 7), Q), SEEN),
        (padded(C, Q, 4, 0, 0.2), SEEN),
        (padded(C, Q, 60, 3, 0.2), SEEN),
        (data(np.sort(Y), np.sort(np.round(P, 1))), SEEN),
        (MULTI, SEEN),
        (data(replaced(Y, slice(100, 160), 0), replaced(P, slice(100, 160), 0)), SEEN),
        (data(np.sort(Y), np.sort(np.round(P, 1)).clip(0.05, 0.95)), SEEN),
        (data(np.eye(20, 2, k=-14, dtype=int), np.full((20, 2), 0.4) * np.eye(20, 2)), SEEN),
    ],
    "weights-ignored": [
        (data(Y, P, sample_weight=np.full(1000, 2.5)), SEEN),
        (scenario("sample-weights").predictions(), Settings(weighted=True)),
        (BINARY, SEEN),
    ],
    "majority-class": [(BINARY, SEEN), (data(np.zeros(9, int), P[:9]), SEEN)],
    "bad-confidence": [
        (sure(400, 0.95, 0.95), SEEN),
        (sure(400, 0.6, 0.99), SEEN),
        (made(200), SEEN),
        *((made(40, separability=2.5, seed=seed), SEEN) for seed in range(8)),
    ],
    "class-missing": [(SPARSE, SEEN), (data([0, 1], Q[:2]), SEEN), (data(C + 1, Q), SEEN)],
    "k-too-large": [(SPARSE, Settings(k=4)), (made(kind="sparse", n_classes=6), SEEN)],
    "top-k-ties": [
        (tied_rows(), Settings(k=1)),
        (tied_rows(), Settings(k=4)),
        (SPARSE, Settings(k=2)),
    ],
    "argmax-ties": [(data([0, 1, 2], [[0.4, 0.3, 0.3]] * 2 + [[0, 1, 0]]), SEEN)],
    "threshold-ties": [
        (data(Y, replaced(P, slice(0, 50), np.float32(0.50000006))), SEEN),
        (data(Y, replaced(P, slice(0, 50), 0.5).astype("f2")), SEEN),
    ],
    "float16-at-threshold": [
        (data(Y, replaced(P, slice(0, 50), 0.5)), SEEN),
        (data([0, 1], np.array([0.4995, 0.501], "f2")), SEEN),
    ],
    "few-samples": [(data(*many_right(1200, 0.75)), SEEN), (data(*many_right(40, 1)), SEEN)],
    "batch-means": [
        (BINARY, Settings(batch_size=50)),
        (tail_of_mistakes(32), SEEN),
        (tail_of_mistakes(2), Settings(batch_size=500)),
    ],
    "tail-dropped": [(tail_of_mistakes(32), SEEN), (tail_of_mistakes(0), SEEN)],
    "broadcast": [
        (BINARY, SEEN),
        (data(Y[:, None], COLUMN), SEEN),
        (SPARSE, SEEN),
        (data(np.ones(20, int), np.full((20, 1), 0.9)), SEEN),
    ],
    "exact-match": [
        (data(Y, (P > 0.5).astype("f4")), SEEN),
        (data(Y, (P > 0.5).astype(int)), SEEN),
    ],
    "categorical-one-unit": [
        (BINARY, SEEN),
        (data(Y[:, None], Y[:, None] * 0.8 + 0.1), SEEN),
    ],
    "outputs-scaled": [
        (BINARY, SEEN),
        (LOGITS, SEEN),
        (data(Y, P * 100), Settings(threshold=50.0)),
        (data(Y, P * 40), SEEN),
        (data(Y, P * 255), SEEN),
        (data(Y, replaced(P * 100, [3], -0.1)), SEEN),
        (data(C, Q * 90), SEEN),
        (data(np.arange(1000) % 90, P * 100), SEEN),
        (data(Y, (P > 0.5) * 60), SEEN),
        (data(np.arange(1000) % 90, np.arange(1000) % 90), SEEN),
    ],
    "log-probabilities": [
        (data(C, np.log(Q) + 0.01), SEEN),
        (data(C, np.log(Q) - 0.01), SEEN),
        (data(Y, np.minimum(L, 0.0) - 1.0), SEEN),
        (LOGITS, SEEN),
        (data(Y, np.log(P)), Settings(threshold=-0.7)),
    ],
    "softmax-over-samples": [
        (SPARSE, SEEN),
        (data(C, Q * 0.9), SEEN),
        (data(C, replaced(over_samples(LOGITS_OF_FIVE), (0, 0), 0.5)), SEEN),
        (data(C, np.log(Q)), SOFTMAX),
    ],
    "labels-two-values": [
        (BINARY, SEEN),
        (data(replaced(Y.astype(int) * 255, [0], 1), P), SEEN),
        (data(2 * Y.astype(int) - 1, P), SEEN),
        (data(Y + 1, P), SEEN),
        (data(Y * 0.9 + 0.05, P), SEEN),
    ],
    "labels-from-outputs": [
        (BINARY, SEEN),
        (CRISP, SEEN),
        (data(replaced(P > 0.5, [5], P[5] <= 0.5).astype(int), P), SEEN),
        (data(Y, np.where(Y == 1, 0.6, 0.4) + np.linspace(-0.04, 0.04, 1000)), SEEN),
        (data(Y, np.where(Y == 1, 0.53, 0.2)), SEEN),
        (data((P > 0.5).astype(int), (P > 0.5).astype("f4")), SEEN),
    ],
    "repeated-column": [
        (SPARSE, SEEN),
        (data(C, replaced(Q[:, [0, 1, 2, 3, 1]], (999, 1), 0.5)), SEEN),
        (data(C[C < 3], np.where(np.arange(5) < 3, Q[C < 3], 0)), SEEN),
    ],
    "crowded-scores": [
        (BINARY, SEEN),
        (data(Y, 0.4 + P / 4), SEEN),
        (data(Y, np.full(1000, 0.4)), SEEN),
        (LOGITS, SEEN),
    ],
    "padding-label": [
        (SPARSE, SEEN),
        (padded_sequences(100, of_padding=0.9), SEEN),
        (padded_sequences(100, of_others=0.9), SEEN),
        (padded_sequences(9), SEEN),
    ],
    "nothing-predicted": [(MULTI, SEEN), (ONE_HOT.as_kind("multi_label"), SEEN)],
    "decisions": [
        (data(Y, replaced((P > 0.5).astype("f4"), [0], 0.25)), SEEN),
        (data(Y, np.ones(1000)), SEEN),
        (data(Y, (P > 0.5) * 2), SEEN),
    ],
    "rounded-outputs": [
        (BINARY, SEEN),
        (data(Y, replaced(np.round(P, 2), [7], 0.123)), SEEN),
        (data(Y[:199], np.round(P[:199], 2)), SEEN),
        (data(Y, np.round(P, 3)), SEEN),
        (data(Y, (P > 0.5).astype("f4")), SEEN),
    ],
}


def cases(table):
    return [
        pytest.param(name, *row, id=f"{name}-{at}")
        for name, rows in table.items()
        for at, row in enumerate(rows)
    ]


def finding(name, report):
    return next((found for found in report.findings if found.rule == name), None)


def test_every_rule_has_data_that_have_it_and_data_that_nearly_do():
    names = {rule.name for rule in RULES}
    assert set(FIRES) == names
    assert set(MISSES) == names


@pytest.mark.parametrize(("name", "predictions", "settings", "severity"), cases(FIRES))
def test_a_rule_names_its_confusion(name, predictions, settings, severity):
    found = finding(name, examine(predictions, settings=settings))
    assert found is not None
    assert found.severity == severity


@pytest.mark.parametrize(("name", "predictions", "settings"), cases(MISSES))
def test_a_rule_is_silent_on_a_near_miss(name, predictions, settings):
    report = examine(predictions, settings=settings)
    assert finding(name, report) is None
    rule = next(rule for rule in RULES if rule.name == name)
    assert (rule in report.checked) == (predictions.kind in rule.kinds)


@pytest.mark.parametrize(("name", "predictions", "settings", "severity"), cases(FIRES))
def test_a_finding_is_fit_to_be_shown(name, predictions, settings, severity):
    found = finding(name, examine(predictions, settings=settings))
    for message in (found.title, found.seen, found.consistent_with, found.remedy):
        assert "{" not in str(message)
    compile(found.code, name, "exec")
    assert found.rows.dtype == np.int64
    assert ((found.rows >= 0) & (found.rows < predictions.n_samples)).all()


@pytest.mark.parametrize(("name", "predictions", "settings", "severity"), cases(FIRES))
def test_the_remedy_applied_gives_the_promised_number(name, predictions, settings, severity):
    found = finding(name, examine(predictions, settings=settings))
    if not found.apply:
        return
    changes = dict(found.apply)
    treated = predictions.as_kind(changes.pop("labels", predictions.kind))
    variants = {
        "binary": "binary_accuracy",
        "multi_label": "element_accuracy",
        "class_indices": "accuracy",
        "sparse": "sparse_categorical_accuracy",
        "one_hot": "categorical_accuracy",
    }
    variant = variants[treated.kind]
    if name == "k-too-large":
        variant = variant.replace("categorical", "top_k_categorical")
    value = evaluate(treated, variant, settings.changed(**changes)).result
    assert f"{value:.4f}" in str(found.counterfactual)
    after = finding(name, examine(treated, settings=settings.changed(**changes)))
    assert after is None or after.severity == "note"


def counterfactual(name, predictions, settings=SEEN):
    return str(finding(name, examine(predictions, settings=settings)).counterfactual)


def test_the_other_number_is_that_of_the_data_before_the_confusion():
    crisp = evaluate(CRISP, "binary_accuracy").result
    right = evaluate(SPARSE, "sparse_categorical_accuracy").result
    elements = evaluate(MULTI, "element_accuracy").result
    assert f"{right:.4f}" in counterfactual("labels-from-one", data(C + 1, Q))
    assert f"{right:.4f}" in counterfactual("classes-permuted", data(C, Q[:, ROLL]))
    assert f"{right:.4f}" in counterfactual("labels-shuffled", data(C[::-1], Q))
    assert f"{right:.4f}" in counterfactual("padding", padded(C, Q, 60, 0, 0.2))
    assert f"{right:.4f}" in counterfactual("broadcast", data(C[:, None], Q))
    flat = data(ONE_HOT.y_true.ravel(), Q.ravel())
    assert f"{right:.4f}" in counterfactual("one-hot-or-sparse", flat)
    flipped = data(1 - CRISP.y_true, CRISP.y_pred)
    assert f"{crisp:.4f}" in counterfactual("classes-permuted", flipped)
    signs = data(2 * MULTI.y_true.astype(int) - 1, MULTI.y_pred)
    assert f"{elements:.4f}" in counterfactual("labels-minus-one", signs)


def test_a_naive_comparison_of_a_column_with_a_row_is_counted_exactly():
    decided = (COLUMN > 0.5).astype(int)
    naive = float((decided == Y).mean())
    found = finding("broadcast", examine(data(Y, COLUMN)))
    assert found.seen.values["naive"] == f"{naive:.4f}"
    assert found.seen.values["count"] == 1_000_000


def test_the_order_of_shuffled_labels_is_found_where_it_is_a_shift():
    for shift, where in ((2, "2 rows further down"), (-2, "2 rows further up")):
        found = finding("labels-shuffled", examine(data(np.roll(C, shift), Q)))
        assert where in str(found.consistent_with)
        assert found.sure == "certain"
    mixed = data(np.random.RandomState(1).permutation(C), Q)
    found = finding("labels-shuffled", examine(mixed))
    assert (found.sure, found.counterfactual) == ("possible", None)


def test_evidence_points_at_the_rows_that_show_it():
    found = finding("not-finite", examine(data(Y, replaced(P, [3, 7], np.nan))))
    assert found.rows.tolist() == [3, 7]
    found = finding("labels-out-of-range", examine(data(replaced(C, [3, 9], 7), Q)))
    assert found.rows.tolist() == [3, 9]
    found = finding("logits-cut", examine(LOGITS))
    assert ((L[found.rows] > 0) & (L[found.rows] <= 0.5)).all()


def test_labels_minus_one_are_counted():
    found = finding("labels-minus-one", examine(data(2 * Y.astype(int) - 1, P)))
    assert found.seen.n == np.count_nonzero(Y == 0)


def test_nan_says_what_it_counted_as():
    labels = np.tile([0, 0, 0, 1], 10)
    outputs = replaced(labels * 0.6 + 0.2, slice(0, 4), np.nan)
    found = finding("not-finite", examine(data(labels, outputs)))
    assert "In the 4 rows concerned, the share counted as right is 0.7500" in str(found.seen)
    assert str(found.counterfactual) == "without these rows: 1.0000 instead of 0.9750"
