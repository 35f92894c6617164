"""A and B, each under its settings, and every metric of both."""

from __future__ import annotations

from dataclasses import dataclass, field

from accuracy_lens.view.caches import DATA, Size, session_cache
from metrics_core.catalog.rows import CATALOG, misfit
from metrics_core.compare import (
    Difference,
    compare,
)
from metrics_core.doctor.case import MAIN
from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation, evaluate
from metrics_core.predictions import Predictions
from metrics_core.reading.same_samples import SameSamples, same_samples
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps

_TWO = Size(sample=DATA.sample, output=DATA.output + 8)
Key = tuple[str, str, str, str]
"""Digests of A and of B, and their settings."""


@dataclass(frozen=True, eq=False)
class Pair:
    """A and B, each under its settings.

    Attributes
    ----------
    a, b : Steps
    settings : pair of Settings
    """

    a: Steps
    b: Steps
    settings: tuple[Settings, Settings]
    _kept: dict[tuple[str, str], tuple[Evaluation, Evaluation]] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What tells it from every other pair; texts, which are quickly looked up."""
        a, b = map(repr, self.settings)
        return self.a.predictions.digest, self.b.predictions.digest, a, b

    @property
    def sides(self) -> tuple[tuple[Steps, Settings], tuple[Steps, Settings]]:
        """The steps of each with its settings."""
        return (self.a, self.settings[0]), (self.b, self.settings[1])

    @property
    def data(self) -> Predictions:
        """A: its labels are those of both."""
        return self.a.predictions

    def evaluations(self, name: str, other: str = "") -> tuple[Evaluation, Evaluation]:
        """A variant of both, or one of A and another of B; numbers are kept, arrays are not."""
        if (name, other) not in self._kept:
            (a, of_a), (b, of_b) = self.sides
            self._kept[name, other] = (
                evaluate(a.predictions, name, of_a, steps=a),
                evaluate(b.predictions, other or name, of_b, steps=b),
            )
        return self._kept[name, other]

    @property
    def names(self) -> list[str]:
        """The variants that fit both."""
        return fitting(self.a.predictions, self.b.predictions)

    @property
    def main(self) -> str:
        """The variant that a reader looks at first."""
        return MAIN[self.data.kind]


def fitting(a: Predictions, b: Predictions) -> list[str]:
    """The variants that fit both."""
    kinds = {a.kind, b.kind}
    return [row.name for row in CATALOG.values() if not any(misfit(row, kind) for kind in kinds)]


@session_cache(entries=1, size=_TWO)
def joined(digest_a: str, digest_b: str, _a: Predictions, _b: Predictions) -> SameSamples:
    """The outputs of both, row by row of the same samples."""
    return same_samples(_a, _b)


Known = dict[tuple[str, str, str, str, int], Difference | None]
"""Differences by the variants of A and of B, the settings that matter to them, and the seed."""


def difference(
    pair: Pair, name: str, seed: int, other: str = "", known: Known | None = None
) -> Difference | None:
    """A variant in both; None where a custom metric fails on them.

    Only the settings that matter to it are told apart, so that a move of the threshold leaves the
    others as they are.

    Parameters
    ----------
    known : dict, optional
        Differences of the same two sets of outputs; is added to.
    """
    row, kind = CATALOG[name], pair.data.kind
    used = {*row.uses(kind), *(CATALOG[other].uses(kind) if other else ())}
    unused = {"threshold": 0.5, "k": 5, "beta": 1.0}
    a, b = (
        repr(each.changed(**{field: value for field, value in unused.items() if field not in used}))
        for each in pair.settings
    )
    known = {} if known is None else known
    place = (name, other, a, b, seed)
    if place not in known:
        digests = (pair.a.predictions.digest, pair.b.predictions.digest)
        known[place] = _difference((*digests, a, b), name, other, seed, pair)
    return known[place]


@session_cache(entries=96)
def _difference(key: Key, name: str, other: str, seed: int, _pair: Pair) -> Difference | None:
    try:
        return compare(*_pair.evaluations(name, other), seed=seed)
    except InputError:
        if CATALOG[name].comparison.custom:
            return None
        raise
