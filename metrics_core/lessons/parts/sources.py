"""The data of a lesson: a worked example, drawn from a seed, written out, or a recorded run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

import numpy as np

from metrics_core.generate import GeneratorSettings, generate
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.scenarios import scenario

MAX_CELLS = 200_000
"""Outputs of the data of one lesson."""
MAX_FRESH_CELLS = 2000
"""Outputs of fresh data, which many seeds may be tried for and which somebody has to read."""


class Source(Protocol):
    """Where predictions come from."""

    @property
    def title(self) -> Message | None:
        """What a reader calls them, where they have a name."""

    def predictions(self) -> Predictions:
        """Labels and outputs."""


@dataclass(frozen=True)
class OfScenario:
    """The data of a worked example.

    Examples
    --------
    >>> OfScenario("binary-threshold").predictions().n_samples
    6
    """

    name: str
    called: Message | None = None

    @property
    def title(self) -> Message | None:
        """What a lesson calls them; else the title of the example."""
        return self.called or scenario(self.name).title

    def predictions(self) -> Predictions:
        """Labels and outputs of the example."""
        return scenario(self.name).predictions()


@dataclass(frozen=True)
class Generated:
    """Data drawn from a seed.

    Attributes
    ----------
    settings : GeneratorSettings
    decimals : int or None
        Decimals that the outputs are rounded to, so that some are equal; None leaves them.
    weights : tuple of float
        What a sample can weigh, each as likely; empty for data without weights.

    Examples
    --------
    >>> settings = GeneratorSettings(n_samples=4, seed=1)
    >>> Generated(settings, decimals=1, weights=(1, 2)).predictions().sample_weight.tolist()
    [1.0, 1.0, 1.0, 2.0]
    """

    settings: GeneratorSettings
    decimals: int | None = None
    weights: tuple[float, ...] = ()
    title: Message | None = None

    def predictions(self) -> Predictions:
        """Labels and outputs of the seed."""
        data = generate(self.settings)
        if self.decimals is not None:
            rounded = np.round(data.y_pred.astype(np.float64), self.decimals) + 0.0
            data = replace(data, y_pred=_kept(rounded.astype(np.float32)))
        if self.weights:
            raw: Any = np.random.PCG64([self.settings.seed, 4]).random_raw(data.n_samples)
            drawn = (raw >> np.uint64(33)) % len(self.weights)
            data = replace(data, sample_weight=_kept(np.array(self.weights, np.float64)[drawn]))
        return data

    def of_seed(self, seed: int) -> Generated:
        """The same from another seed."""
        return replace(self, settings=replace(self.settings, seed=seed % 2**32))


@dataclass(frozen=True)
class Written:
    """Labels and outputs that are written out, as arguments of `Predictions.of`."""

    arguments: Mapping[str, Any] = field(hash=False)
    title: Message | None = None

    def predictions(self) -> Predictions:
        """Labels and outputs; the outputs are float32, as those of a model are."""
        arguments = dict(self.arguments)
        return Predictions.of(
            arguments.pop("y_true"), np.array(arguments.pop("y_pred"), np.float32), **arguments
        )


@dataclass(frozen=True)
class Recorded:
    """What a live experiment gave on its validation set after the last epoch, recorded.

    Attributes
    ----------
    experiment : str
        Name of a row of `metrics_core.live_keras.experiments`.
    run : {"first", "second"}

    Examples
    --------
    >>> Recorded("unscaled-inputs", "second").predictions().n_classes
    10
    """

    experiment: str
    run: str
    title: Message | None = None

    def predictions(self) -> Predictions:
        """Class indices and the outputs of the last epoch."""
        arrays = recording(self.experiment)
        return Predictions.of(arrays["labels"].astype(np.int64), arrays[f"{self.run}_outputs"])

    def by_epoch(self, name: str) -> Array:
        """The validation ``accuracy`` or ``loss`` before the first epoch and after each."""
        return recording(self.experiment)[f"{self.run}_{name}"]


@cache
def recording(experiment: str) -> dict[str, Array]:
    """The arrays of a recorded experiment.

    Examples
    --------
    >>> sorted(recording("unscaled-inputs"))[:2]
    ['first_accuracy', 'first_loss']
    """
    path = files("metrics_core").joinpath("lessons", "data", "recorded", f"{experiment}.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return {name: _kept(arrays[name]) for name in arrays.files}


def recorded() -> tuple[str, ...]:
    """The experiments of which there is a recording.

    Examples
    --------
    >>> "unscaled-inputs" in recorded()
    True
    """
    names = (
        path.name
        for path in files("metrics_core").joinpath("lessons", "data", "recorded").iterdir()
    )
    return tuple(sorted(name.removesuffix(".npz") for name in names if name.endswith(".npz")))


def _kept(values: Array) -> Array:
    values.setflags(write=False)
    return values
