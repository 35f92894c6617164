"""Synthetic predictions from a seed: the same settings always give the same arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.portable_math import Floats, exp, log, normal_quantile, sigmoid, softmax
from metrics_core.predictions import Predictions

GeneratedKind = Literal["binary", "sparse", "one_hot", "multi_label"]
Output = Literal["logits", "probabilities"]
MAX_CELLS = 20_000_000
_WHOLE = {"n_samples": (1, 1_000_000), "n_classes": (2, 1000), "seed": (0, 2**32 - 1)}
_RANGES = {
    "balance": (0.0, 1.0),
    "separability": (0.0, 10.0),
    "calibration": (0.1, 10.0),
    "label_noise": (0.0, 0.5),
}
_BLOCK = 65_536
_RAREST = 1e-6
_LN_100 = 4.605170185988092


@dataclass(frozen=True, kw_only=True)
class GeneratorSettings:
    """What synthetic predictions depend on: plain values that fit into a link and a cache key.

    Attributes
    ----------
    kind : {"binary", "sparse", "one_hot", "multi_label"}
        As in `Predictions`. ``sparse`` and ``one_hot`` give the same samples.
    n_samples : int
        1 to 1,000,000. A larger number keeps the first rows as they were.
    n_classes : int
        2 to 1000, with at most 20,000,000 outputs in all. Not used for ``binary``.
    seed : int
        0 to 2**32 - 1.
    balance : float
        0 to 1. Binary: probability of class 1. Multi-label: probability of each label. Multi-class:
        0 makes all classes equally frequent; class 0 is 100**balance times as frequent as the last.
    separability : float
        0 to 10: distance between two classes in standard deviations (d'). 0 is chance.
    calibration : float
        0.1 to 10; the true log-odds are multiplied by it. 1 is calibrated, above 1 over-confident,
        below 1 under-confident. Calibrated means: against the labels before `label_noise`.
    label_noise : float
        0 to 0.5: probability that a label is replaced by another one (multi-label: each element).
    output : {"logits", "probabilities"}
        Probabilities are the sigmoid (binary, multi-label) or softmax (multi-class) of the logits.

    Raises
    ------
    InputError
        If a setting is of another type or out of its range.

    Examples
    --------
    >>> GeneratorSettings(kind="sparse", n_classes=5, seed=3).n_samples
    1000
    """

    kind: GeneratedKind = "binary"
    n_samples: int = 1000
    n_classes: int = 3
    seed: int = 0
    balance: float = 0.5
    separability: float = 2.0
    calibration: float = 1.0
    label_noise: float = 0.0
    output: Output = "probabilities"

    def __post_init__(self) -> None:
        _check_choice("kind", self.kind, get_args(GeneratedKind))
        _check_choice("output", self.output, get_args(Output))
        for name, (low, high) in _WHOLE.items():
            _check_range(name, getattr(self, name), low, high, int)
        for name, (lowest, highest) in _RANGES.items():
            _check_range(name, getattr(self, name), lowest, highest, (int, float))
        if self.n_samples * self.n_outputs > MAX_CELLS:
            raise InputError(
                "n_classes",
                "must keep samples times classes at {limit:,} or fewer",
                Message(
                    "{samples:,} × {classes:,}",
                    {"samples": self.n_samples, "classes": self.n_classes},
                ),
                "Choose fewer samples or fewer classes.",
                limit=MAX_CELLS,
            )

    @property
    def n_outputs(self) -> int:
        """Outputs per sample: 1 for binary, else the number of classes."""
        return 1 if self.kind == "binary" else self.n_classes


def generate(settings: GeneratorSettings) -> Predictions:
    """Draw labels and the outputs of a model that sees a noisy signal of them.

    The signal of a class has a normal distribution with standard deviation 1, and the means of
    two classes are `separability` apart. The logits are the true log-odds of label 1 (binary,
    multi-label), or the logarithms of the true class probabilities up to a constant of the row
    (multi-class), times `calibration`. Where `balance` makes a label certain, its log-odds
    are those of a label of one in a million.

    Parameters
    ----------
    settings : GeneratorSettings
        Every value of it counts; two that are equal give equal arrays.

    Returns
    -------
    Predictions
        ``y_pred`` is float32: ``(n,)`` for binary, else ``(n, n_classes)``. ``y_true`` is uint8,
        or int64 for ``sparse``.

    Notes
    -----
    The arrays depend on the settings alone, bit for bit: the random bits are the raw stream of
    numpy's PCG64, which numpy guarantees, and everything after it is IEEE 754 float64 arithmetic
    (`metrics_core.numeric.portable_math`) with one rounding to float32 at the end. numpy's own
    distributions, ``exp`` and ``log`` are not used because they may change.

    Examples
    --------
    >>> data = generate(GeneratorSettings(n_samples=4, seed=1))
    >>> data.y_true.tolist(), [f"{p:.4f}" for p in data.y_pred]
    ([0, 0, 1, 0], ['0.0537', '0.1929', '0.8848', '0.0176'])
    """
    shape = (
        (settings.n_samples,)
        if settings.kind == "binary"
        else (settings.n_samples, settings.n_classes)
    )
    y_pred = np.empty(shape, np.float32)
    sparse = settings.kind == "sparse"
    y_true = np.empty(settings.n_samples, np.int64) if sparse else np.empty(shape, np.uint8)
    elements = settings.kind in ("binary", "multi_label")
    draw = (_element_draws if elements else _class_draws)(settings)
    rows = max(1, _BLOCK // settings.n_outputs)
    for start in range(0, settings.n_samples, rows):
        part = slice(start, min(start + rows, settings.n_samples))
        labels, logits = draw((part.stop - start, *shape[1:]))
        if settings.output == "probabilities":
            logits = sigmoid(logits) if elements else softmax(logits)
        y_pred[part] = logits
        y_true[part] = labels if elements or sparse else _one_hot(labels, settings.n_classes)
    y_true.setflags(write=False)
    y_pred.setflags(write=False)
    return Predictions.of(y_true, y_pred, kind=settings.kind)


Draw = Callable[[tuple[int, ...]], tuple[Array, Floats]]


def _element_draws(settings: GeneratorSettings) -> Draw:
    """Labels 0 and 1, each with the log-odds of its signal."""
    label, signal, noise, _ = _streams(settings.seed)
    share = np.clip(np.array([settings.balance]), _RAREST, 1 - _RAREST)
    prior = log(share) - log(1 - share)

    def draw(shape: tuple[int, ...]) -> tuple[Array, Floats]:
        ones = label(shape) < settings.balance
        distance = normal_quantile(signal(shape)) + settings.separability * (ones - 0.5)
        logits = (settings.separability * distance + prior) * settings.calibration
        return ones ^ (noise(shape) < settings.label_noise), logits

    return draw


def _class_draws(settings: GeneratorSettings) -> Draw:
    """Class indices, with the logarithms of the class probabilities given one signal per class."""
    label, signal, noise, other = _streams(settings.seed)
    n_classes = settings.n_classes
    indices = np.arange(n_classes, dtype=np.float64)
    frequency = exp(-settings.balance * _LN_100 / (n_classes - 1) * indices)
    edges = np.cumsum(frequency)
    edges /= edges[-1]
    prior = log(frequency)
    height = settings.separability / np.sqrt(2.0)

    def draw(shape: tuple[int, ...]) -> tuple[Array, Floats]:
        rows = np.arange(shape[0])
        labels = np.searchsorted(edges[:-1], label(shape[:1]), side="right")
        signals = normal_quantile(signal(shape))
        signals[rows, labels] += height
        logits = (height * signals + prior) * settings.calibration
        replaced = noise(shape[:1]) < settings.label_noise
        step = 1 + (other(shape[:1]) * (n_classes - 1)).astype(np.int64)
        return np.where(replaced, (labels + step) % n_classes, labels), logits

    return draw


def _streams(seed: int) -> list[Callable[[tuple[int, ...]], Floats]]:
    """Four independent streams of uniform numbers above 0 and below 1, of 52 bits each."""

    def stream(number: int) -> Callable[[tuple[int, ...]], Floats]:
        bits = np.random.PCG64([seed, number])

        def uniforms(shape: tuple[int, ...]) -> Floats:
            raw: Any = bits.random_raw(int(np.prod(shape)))
            whole: Floats = (raw >> np.uint64(12)).astype(np.float64)
            whole += 0.5
            whole *= 2.0**-52
            return whole.reshape(shape)

        return uniforms

    return [stream(number) for number in range(4)]


def _one_hot(labels: Array, n_classes: int) -> Array:
    rows: Array = labels[:, None] == np.arange(n_classes)
    return rows


def _check_choice(argument: str, value: str, names: tuple[str, ...]) -> None:
    if value not in names:
        raise InputError(
            argument,
            "must be one of {names}",
            repr(value),
            "Check the spelling.",
            names=", ".join(names),
        )


def _check_range(
    argument: str, value: float, low: float, high: float, types: type | tuple[type, ...]
) -> None:
    """Refuse other types (bool included), NaN, and numbers out of range; both ends are allowed."""
    if isinstance(value, bool) or not isinstance(value, types) or not low <= value <= high:
        raise InputError(
            argument,
            "must be a whole number from {low} to {high}"
            if types is int
            else "must be a number from {low} to {high}",
            repr(value),
            "Choose a value in this range.",
            low=low,
            high=high,
        )
