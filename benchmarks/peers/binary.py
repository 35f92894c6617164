"""Binary tasks: the accuracy at 0.5, and the area under the exact ROC curve."""

# ruff: noqa: PLC0415  (a library is imported where it takes part, if it does)

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.peers.contest import OURS, Answer, Contest, Contestant
from metrics_core.evaluation import evaluate
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps
from metrics_core.sweep.ranking import auc, roc
from metrics_core.sweep.views import sweep_of

_SINGLE = 1e-6
"""Peers that keep a mean in float32."""


def contests(bars: bool) -> list[Contest]:
    """All binary tasks.

    Parameters
    ----------
    bars : bool
        Whether the promises hold here: they are made for ten million rows.
    """

    def least(times: float) -> float | None:
        return times if bars else None

    limit = Contestant("reading both arrays once", reading, close=None, limit=True)
    return [
        Contest(
            "accuracy",
            [
                Contestant(OURS, _our_accuracy),
                replace(limit, least=least(0.5)),
                Contestant("numpy", _numpy_accuracy, least=least(3)),
                Contestant("keras.metrics", _keras_accuracy, "keras", least(5), _SINGLE),
                Contestant("scikit-learn", _sklearn_accuracy, "sklearn"),
                Contestant("torch", _torch_accuracy, "torch", close=_SINGLE),
                Contestant("torchmetrics", _torchmetrics_accuracy, "torchmetrics", close=_SINGLE),
                Contestant("numba", _numba_accuracy, "numba"),
            ],
            kept_bytes=len,
        ),
        Contest(
            "ROC, AUC",
            [
                Contestant(OURS, _our_auc),
                limit,
                Contestant("numpy (argsort, cumsum)", _numpy_auc, least=least(10), close=1e-9),
                Contestant("scikit-learn", _sklearn_auc, "sklearn", least(15)),
                Contestant("torchmetrics", _torchmetrics_auc, "torchmetrics", least(10), 1e-3),
                Contestant("numba (numpy's sort, loop)", _numba_auc, "numba"),
                Contestant("keras.metrics (200 thresholds)", _keras_auc, "keras", close=1e-2),
            ],
        ),
        Contest(
            "ROC as arrays of all points",
            [
                Contestant(OURS, _our_roc),
                Contestant("scikit-learn", _sklearn_roc, "sklearn"),
            ],
        ),
    ]


def bool_contests() -> list[Contest]:
    """The same with labels that are bool already, against those who can read them as they are."""
    limit = Contestant("reading both arrays once", reading, close=None, limit=True)
    return [
        Contest(
            "accuracy",
            [
                Contestant(OURS, _our_accuracy),
                replace(limit, least=0.5),
                Contestant("numpy", _numpy_accuracy, least=3),
                Contestant("keras.metrics", _keras_accuracy, "keras", 5, _SINGLE),
                Contestant("torch", _torch_accuracy, "torch"),
                Contestant("numba", _numba_accuracy, "numba"),
            ],
            kept_bytes=len,
        ),
        Contest("ROC, AUC", [Contestant(OURS, _our_auc), limit]),
    ]


def threshold_after_sweep(labels: Array, outputs: Array) -> list[float]:
    """Microseconds that one question takes after the sweep: 21 times the mean of 200 thresholds."""
    ask = sweep_of(Steps(loaded(labels, outputs))).at
    thresholds = np.random.default_rng(7).random((21, 200)).tolist()
    return [_mean_microseconds(ask, row) for row in thresholds]


def _mean_microseconds(ask: Callable[[float], object], thresholds: list[float]) -> float:
    start = time.process_time()
    for threshold in thresholds:
        ask(threshold)
    return 1e6 * (time.process_time() - start) / len(thresholds)


def loaded(labels: Array, outputs: Array) -> Predictions:
    """What the pages hold after a file was read: checked once and not copied.

    Arrays that can be written to would be copied; others than us want to be given such arrays.
    """
    for array in (labels, outputs):
        array.setflags(write=False)
    data = Predictions.of(labels, outputs)
    for array in (labels, outputs):
        array.setflags(write=True)
    return data


def reading(labels: Array, outputs: Array) -> Answer:
    """Look at every byte: the maximum of each array takes as long as C's memcmp, one thread."""
    return lambda: float(labels.max()) + float(outputs.max())


def _our_accuracy(labels: Array, outputs: Array) -> Answer:
    data = loaded(labels, outputs)
    return lambda: evaluate(data, "binary_accuracy").result


def _numpy_accuracy(labels: Array, outputs: Array) -> Answer:
    return lambda: float(((outputs > 0.5) == labels).mean())


def _keras_accuracy(labels: Array, outputs: Array) -> Answer:
    from keras.metrics import BinaryAccuracy

    def work() -> float:
        metric = BinaryAccuracy()
        metric.update_state(labels, outputs)
        return float(metric.result())

    return work


def _sklearn_accuracy(labels: Array, outputs: Array) -> Answer:
    from sklearn.metrics import accuracy_score

    return lambda: float(accuracy_score(labels, outputs > 0.5))


def _torch_accuracy(labels: Array, outputs: Array) -> Answer:
    import torch

    y, s = torch.from_numpy(labels), torch.from_numpy(outputs)
    return lambda: float((torch.gt(s, 0.5) == y).count_nonzero()) / len(y)


def _torchmetrics_accuracy(labels: Array, outputs: Array) -> Answer:
    import torch
    from torchmetrics.functional.classification import binary_accuracy

    y, s = torch.from_numpy(labels), torch.from_numpy(outputs)
    return lambda: float(binary_accuracy(s, y))


def _numba_accuracy(labels: Array, outputs: Array) -> Answer:
    from benchmarks.peers.numba_loops import binary_hits

    return lambda: binary_hits(labels, outputs, np.float32(0.5)) / len(labels)


def _our_auc(labels: Array, outputs: Array) -> Answer:
    data = loaded(labels, outputs)
    return lambda: auc(sweep_of(Steps(data)))


def _numpy_points(labels: Array, outputs: Array) -> tuple[Array, Array, Array]:
    """True and false positives at each distinct score, descending, and the scores."""
    order = np.argsort(-outputs)
    scores, label = outputs[order], labels[order]
    last = np.append(np.nonzero(np.diff(scores))[0], len(scores) - 1)
    found = np.cumsum(label)[last]
    return found, last + 1 - found, scores[last]


def _numpy_auc(labels: Array, outputs: Array) -> Answer:
    def work() -> float:
        found, wrong, _ = _numpy_points(labels, outputs)
        area = np.trapezoid(np.append(0, found), np.append(0, wrong))
        return float(area / found[-1] / wrong[-1])

    return work


def _sklearn_auc(labels: Array, outputs: Array) -> Answer:
    from sklearn.metrics import roc_auc_score

    return lambda: float(roc_auc_score(labels, outputs))


def _torchmetrics_auc(labels: Array, outputs: Array) -> Answer:
    import torch
    from torchmetrics.functional.classification import binary_auroc

    y, s = torch.from_numpy(labels), torch.from_numpy(outputs)
    return lambda: float(binary_auroc(s, y))


def _numba_auc(labels: Array, outputs: Array) -> Answer:
    from benchmarks.peers.numba_loops import area_of_keys

    def work() -> float:
        keys = outputs.view(np.uint32) << 1
        keys |= labels == 1
        keys.sort()
        return float(area_of_keys(keys))

    return work


def _keras_auc(labels: Array, outputs: Array) -> Answer:
    from keras.metrics import AUC

    def work() -> float:
        metric = AUC()
        metric.update_state(labels, outputs)
        return float(metric.result())

    return work


def _our_roc(labels: Array, outputs: Array) -> Answer:
    data = loaded(labels, outputs)

    def work() -> float:
        curve = roc(sweep_of(Steps(data)))
        return float(curve.y[len(curve.y) // 2])

    return work


def _sklearn_roc(labels: Array, outputs: Array) -> Answer:
    from sklearn.metrics import roc_curve

    def work() -> float:
        _, y, _ = roc_curve(labels, outputs, drop_intermediate=False)
        return float(y[len(y) // 2])

    return work
