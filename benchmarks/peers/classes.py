"""Tasks with several classes: argmax accuracy, top k for every k, confusion counts."""

# ruff: noqa: PLC0415  (a library is imported where it takes part, if it does)

from __future__ import annotations

import numpy as np

from benchmarks.peers.binary import loaded, reading
from benchmarks.peers.contest import OURS, Answer, Contest, Contestant
from metrics_core.counting.confusion import Confusion
from metrics_core.counting.top_k import TopK
from metrics_core.evaluation import evaluate
from metrics_core.numeric.arrays import Array

K = 5
_SINGLE = 1e-6


def contests(bars: bool) -> list[Contest]:
    """All tasks on scores ``(n, C)``; the promises are made for a million rows of ten classes."""

    def least(times: float) -> float | None:
        return times if bars else None

    limit = Contestant("reading both arrays once", reading, close=None, limit=True)
    return [
        Contest(
            "argmax accuracy",
            [
                Contestant(OURS, _our_argmax),
                limit,
                Contestant("numpy", _numpy_argmax, least=least(2)),
                Contestant("keras.metrics", _keras_argmax, "keras", least(4), _SINGLE),
                Contestant("scikit-learn", _sklearn_argmax, "sklearn"),
                Contestant("torch", _torch_argmax, "torch"),
                Contestant("torchmetrics", _torchmetrics_argmax, "torchmetrics", close=_SINGLE),
                Contestant("numba, our rules", _numba_argmax, "numba"),
            ],
            kept_bytes=lambda outputs: 8 * len(outputs),
        ),
        Contest(
            "top k",
            [
                Contestant(f"{OURS}, every k", _our_top_k),
                limit,
                Contestant("numpy, every k", _numpy_top_k),
                Contestant(f"keras.metrics, k = {K}", _keras_top_k, "keras", least(2), _SINGLE),
                Contestant(f"scikit-learn, k = {K}", _sklearn_top_k, "sklearn", least(15)),
                Contestant(
                    f"torchmetrics, k = {K}", _torchmetrics_top_k, "torchmetrics", close=_SINGLE
                ),
                Contestant("numba, our rules, every k", _numba_top_k, "numba"),
            ],
        ),
        Contest(
            "confusion counts",
            [
                Contestant(OURS, _our_confusion),
                Contestant("numpy (bincount)", _numpy_confusion),
                Contestant("scikit-learn", _sklearn_confusion, "sklearn", least(5)),
                Contestant("tf.math.confusion_matrix", _tensorflow_confusion, "tensorflow"),
                Contestant("torchmetrics", _torchmetrics_confusion, "torchmetrics"),
                Contestant("numba, our rules", _numba_confusion, "numba"),
            ],
            kept_bytes=lambda outputs: 8 * outputs.shape[1] ** 2,
        ),
    ]


def _our_argmax(labels: Array, outputs: Array) -> Answer:
    data = loaded(labels, outputs)
    return lambda: evaluate(data, "sparse_categorical_accuracy").result


def _numpy_argmax(labels: Array, outputs: Array) -> Answer:
    return lambda: float((outputs.argmax(axis=1) == labels).mean())


def _keras_argmax(labels: Array, outputs: Array) -> Answer:
    from keras.metrics import SparseCategoricalAccuracy

    def work() -> float:
        metric = SparseCategoricalAccuracy()
        metric.update_state(labels, outputs)
        return float(metric.result())

    return work


def _sklearn_argmax(labels: Array, outputs: Array) -> Answer:
    from sklearn.metrics import accuracy_score

    return lambda: float(accuracy_score(labels, outputs.argmax(axis=1)))


def _torch_argmax(labels: Array, outputs: Array) -> Answer:
    import torch

    y, s = torch.from_numpy(labels), torch.from_numpy(outputs)
    return lambda: float((s.argmax(dim=1) == y).count_nonzero()) / len(y)


def _torchmetrics_argmax(labels: Array, outputs: Array) -> Answer:
    import torch
    from torchmetrics.functional.classification import multiclass_accuracy

    y, s = torch.from_numpy(labels), torch.from_numpy(outputs)
    return lambda: float(multiclass_accuracy(s, y, s.shape[1], average="micro"))


def _numba_argmax(labels: Array, outputs: Array) -> Answer:
    from benchmarks.peers.numba_loops import argmax_hits

    return lambda: argmax_hits(labels, outputs) / len(labels)


def _our_top_k(labels: Array, outputs: Array) -> Answer:
    return lambda: float(TopK.of(labels, outputs).accuracies[K - 1])


def _numpy_top_k(labels: Array, outputs: Array) -> Answer:
    def work() -> float:
        own = outputs[np.arange(len(labels)), labels]
        rank = (outputs > own[:, None]).sum(axis=1)
        counts = np.bincount(rank, minlength=outputs.shape[1])
        return float(np.cumsum(counts)[K - 1] / len(labels))

    return work


def _keras_top_k(labels: Array, outputs: Array) -> Answer:
    from keras.metrics import SparseTopKCategoricalAccuracy

    def work() -> float:
        metric = SparseTopKCategoricalAccuracy(K)
        metric.update_state(labels, outputs)
        return float(metric.result())

    return work


def _sklearn_top_k(labels: Array, outputs: Array) -> Answer:
    from sklearn.metrics import top_k_accuracy_score

    classes = range(outputs.shape[1])
    return lambda: float(top_k_accuracy_score(labels, outputs, k=K, labels=classes))


def _torchmetrics_top_k(labels: Array, outputs: Array) -> Answer:
    import torch
    from torchmetrics.functional.classification import multiclass_accuracy

    y, s = torch.from_numpy(labels), torch.from_numpy(outputs)
    return lambda: float(multiclass_accuracy(s, y, s.shape[1], average="micro", top_k=K))


def _numba_top_k(labels: Array, outputs: Array) -> Answer:
    from benchmarks.peers.numba_loops import ranks

    return lambda: float(np.cumsum(ranks(labels, outputs))[K - 1] / len(labels))


def _decided(labels: Array, outputs: Array) -> Array:
    """Decisions that are given, not counted: right for about half of the samples."""
    draw = np.random.default_rng(11)
    other = draw.integers(0, outputs.shape[1], len(labels))
    return np.where(draw.random(len(labels)) < 0.5, labels, other)


def _corner(counts: Array) -> float:
    return float(counts[0, 0]) + 1e-3 * float(counts[-1, 0])


def _our_confusion(labels: Array, outputs: Array) -> Answer:
    decided = _decided(labels, outputs)
    return lambda: _corner(Confusion.of(labels, decided, outputs.shape[1]).counts)


def _numpy_confusion(labels: Array, outputs: Array) -> Answer:
    decided, n_classes = _decided(labels, outputs), outputs.shape[1]

    def work() -> float:
        counts = np.bincount(labels * n_classes + decided, minlength=n_classes**2)
        return _corner(counts.reshape(n_classes, n_classes))

    return work


def _sklearn_confusion(labels: Array, outputs: Array) -> Answer:
    from sklearn.metrics import confusion_matrix

    decided, classes = _decided(labels, outputs), range(outputs.shape[1])
    return lambda: _corner(confusion_matrix(labels, decided, labels=classes))


def _tensorflow_confusion(labels: Array, outputs: Array) -> Answer:
    import tensorflow as tf

    decided, n_classes = _decided(labels, outputs), outputs.shape[1]
    return lambda: _corner(tf.math.confusion_matrix(labels, decided, n_classes).numpy())


def _torchmetrics_confusion(labels: Array, outputs: Array) -> Answer:
    import torch
    from torchmetrics.functional.classification import multiclass_confusion_matrix

    y, decided = torch.from_numpy(labels), torch.from_numpy(_decided(labels, outputs))
    n_classes = outputs.shape[1]
    return lambda: _corner(multiclass_confusion_matrix(decided, y, n_classes).numpy())


def _numba_confusion(labels: Array, outputs: Array) -> Answer:
    from benchmarks.peers.numba_loops import confusion

    decided = _decided(labels, outputs)
    return lambda: _corner(confusion(labels, decided, outputs.shape[1]))
