"""The controls of the Compare page -> the settings of A and of B."""

from __future__ import annotations

from dataclasses import dataclass

from accuracy_lens.explore.compare.beside.sources import RELEASE, SETTINGS
from accuracy_lens.explore.compare.pair import fitting
from accuracy_lens.explore.compare.releases import variant_of
from accuracy_lens.view.control_table import controls, widgets
from accuracy_lens.view.control_table.control import Control
from accuracy_lens.view.control_table.table import View
from accuracy_lens.view.control_table.threshold_place import ThresholdPlace
from accuracy_lens.view.events import LENS_B
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import variant
from metrics_core.doctor.case import MAIN
from metrics_core.predictions import Predictions
from metrics_core.reading.same_samples import SameSamples
from metrics_core.releases import find_release, release_names
from metrics_core.settings import Settings
from metrics_core.steps.activation import ACTIVATIONS


@dataclass(frozen=True)
class TwoSettings:
    """The settings of A and of B, and where their thresholds are drawn.

    Attributes
    ----------
    a, b : Settings
        With the thresholds as they stood.
    place_a : ThresholdPlace
    place_b : ThresholdPlace or None
        None where the threshold of A holds for B too.
    """

    a: Settings
    b: Settings
    place_a: ThresholdPlace
    place_b: ThresholdPlace | None = None

    @property
    def control_b(self) -> Control[float]:
        """The threshold of B."""
        return View.threshold if self.place_b is None else View.b_threshold

    def moved(self) -> tuple[Settings, Settings]:
        """Draw the thresholds; the settings with them."""
        of_a = self.place_a.moved(self.a)
        if self.place_b is not None:
            return of_a, self.place_b.moved(self.b)
        return of_a, self.b.changed(threshold=of_a.threshold)


def pick_settings(data: Predictions, way: str) -> TwoSettings:
    """The settings of A, and those of B where it has its own."""
    activation, place_a = controls.pick_activation(), ThresholdPlace()
    of_a = controls.pick_settings(data, activation, threshold=place_a.keep)
    if way == RELEASE:
        return TwoSettings(of_a, of_a, place_a)
    own = way == SETTINGS or widgets.toggle(
        View.b_own, say("B has settings of its own"),
        help=say("Otherwise the activation and the threshold of A hold for B too."),
    )  # fmt: skip
    if not own:
        return TwoSettings(of_a, of_a, place_a)
    of_b = widgets.segments(
        View.b_activation, say("Activation of B"), list(ACTIVATIONS),
        format_func=controls.activation_word,
    )  # fmt: skip
    place_b = ThresholdPlace(_pick_threshold_of_b, View.b_threshold)
    settings_of_b = of_a.changed(activation=of_b, threshold=place_b.keep())
    return TwoSettings(of_a, settings_of_b, place_a, place_b)


def _pick_threshold_of_b() -> float:
    threshold = widgets.number(
        View.b_threshold, say("Threshold of B"), step=0.05, format="%.6g", width=150
    )
    return float(threshold)


def move_b() -> None:
    """After the slider of the lens of B was let go: its own threshold is where it stands."""
    threshold = LENS_B.read()
    if threshold is not None:
        View.b_threshold.move(float(threshold))


def move_both() -> None:
    """The same where the threshold of A holds for B too."""
    controls.move_threshold(LENS_B.read())


def pick_releases() -> tuple[str, str]:
    """The releases that A and B stand for."""
    names = release_names()
    starts = {View.release_a: names[0], View.release_b: names[-1]}
    titles = {View.release_a: say("Release of A"), View.release_b: say("Release of B")}
    found = []
    for control, start in starts.items():
        widgets.keep_within(control, names, start)
        found.append(
            widgets.select(
                control, titles[control], names, default=start,
                format_func=lambda name: find_release(name).title, width=230,
            )
        )  # fmt: skip
    return found[0], found[1]


@dataclass(frozen=True)
class Picked:
    """The variant that is compared; of B where it is another one; where random draws begin."""

    name: str
    second: str
    seed: int


def pick_what(both: SameSamples, way: str) -> Picked:
    """What is compared of A and of B, or raise where a release refuses it."""
    if way == RELEASE:
        of_a, of_b = pick_releases()
        seed = pick_seed()
        return Picked(variant_of(both.a, of_a), variant_of(both.a, of_b), seed)
    return Picked(pick_metric(both), "", pick_seed())


def pick_metric(both: SameSamples) -> str:
    """The metric that the first line is about, and that says which samples are right."""
    names, main = fitting(both.a, both.b), MAIN[both.a.kind]
    first = main if main in names else names[0]
    widgets.keep_within(View.by, names, first)
    return widgets.select(
        View.by, say("Compare by"), names, default=first,
        format_func=lambda name: say(variant(name).title), width=260,
    )  # fmt: skip


def pick_seed() -> int:
    """Where the random draws of the bootstrap begin."""
    return int(widgets.number(View.bootstrap_seed, say("Seed"), 0, step=1, width=120))
