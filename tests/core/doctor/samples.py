"""Predictions with and without a confusion, for the rules of the doctor."""

from __future__ import annotations

import numpy as np

from metrics_core.generate import GeneratorSettings, generate
from metrics_core.predictions import Predictions
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
