"""By rule: data that have the confusion, the view, and how serious it is."""

from __future__ import annotations

import numpy as np

from metrics_core.scenarios import scenario
from metrics_core.settings import Settings
from tests.core.doctor.samples import (
    BINARY,
    COLUMN,
    CRISP,
    IDENTITY,
    LOGITS,
    LOGITS_OF_FIVE,
    MULTI,
    ONE_HOT,
    ROLL,
    SEEN,
    SIGMOID,
    SOFTMAX,
    SPARSE,
    WAVERING,
    ZERO,
    C,
    L,
    P,
    Q,
    Y,
    data,
    in_batches,
    in_no_order,
    made,
    many_right,
    one_column,
    over_samples,
    padded,
    padded_sequences,
    replaced,
    sigmoid,
    softmax,
    sure,
    tail_of_mistakes,
    tied_rows,
)

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
    "labels-probably-wrong": [
        (made(separability=5, label_noise=0.06), SEEN, "note"),
        (made(separability=5, label_noise=0.06, output="logits"), ZERO, "note"),
        (made(kind="sparse", separability=6, label_noise=0.06), SEEN, "note"),
        (made(kind="one_hot", separability=6, label_noise=0.06), SEEN, "note"),
        (made(kind="multi_label", separability=5, label_noise=0.06), SEEN, "note"),
    ],
}
