"""What a lesson computes: a row of the catalogue on some of its data, with its settings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from metrics_core.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """One way to a number, by the name that a lesson gives it.

    Attributes
    ----------
    name, data : str
        What the lesson calls it, and the data that it is computed on.
    variant : str
        Row of the catalogue; empty where a release chooses it.
    settings : Settings
    at_least : bool
        Whether a score equal to the threshold is class 1, as with ``>=``; no Keras does that.
    release, loss : str
        The Keras release whose ``accuracy`` it is and the loss of the model; empty for a row.

    Examples
    --------
    >>> recipe = Recipe(name="or_equal", data="six", variant="binary_accuracy", at_least=True)
    >>> recipe.used.threshold < recipe.settings.threshold
    True
    """

    name: str
    data: str
    variant: str = ""
    settings: Settings = field(default_factory=Settings)
    at_least: bool = False
    release: str = ""
    loss: str = ""

    @property
    def used(self) -> Settings:
        """The settings for `evaluate`: to be at least t in float32 is to be above the one below."""
        if not self.at_least:
            return self.settings
        below = np.nextafter(np.float32(self.settings.threshold), np.float32(-np.inf))
        return self.settings.changed(threshold=float(below))

    def changed(self, changes: dict[str, object]) -> Recipe:
        """The same with other settings."""
        return replace(self, settings=self.settings.changed(**changes))
