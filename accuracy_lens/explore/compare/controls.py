"""The controls of the Compare page -> the settings of A and of B."""

from __future__ import annotations

from accuracy_lens.explore.compare.pair import Pair
from accuracy_lens.explore.compare.sources import RELEASE, SETTINGS
from accuracy_lens.view import controls, widgets
from accuracy_lens.view.table import View
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import variant
from metrics_core.predictions import Predictions
from metrics_core.releases import find_release, release_names
from metrics_core.settings import Settings
from metrics_core.steps.activation import ACTIVATIONS


def pick_settings(data: Predictions, way: str) -> tuple[Settings, Settings]:
    """The settings of A, and those of B where it has its own."""
    activation = controls.pick_activation()
    of_a = controls.pick_settings(data, activation)
    if way == RELEASE:
        return of_a, of_a
    own = way == SETTINGS or widgets.toggle(
        View.b_own, say("B has settings of its own"),
        help=say("Otherwise the activation and the threshold of A hold for B too."),
    )  # fmt: skip
    if not own:
        return of_a, of_a
    of_b = widgets.segments(
        View.b_activation, say("Activation of B"), list(ACTIVATIONS),
        format_func=controls.activation_word,
    )  # fmt: skip
    threshold = widgets.number(
        View.b_threshold, say("Threshold of B"), step=0.05, format="%.6g", width=150
    )
    return of_a, of_a.changed(activation=of_b, threshold=float(threshold))


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


def pick_metric(pair: Pair) -> str:
    """The metric that the first line is about, and that says which samples are right."""
    names = pair.names
    first = pair.main if pair.main in names else names[0]
    widgets.keep_within(View.by, names, first)
    return widgets.select(
        View.by, say("Compare by"), names, default=first,
        format_func=lambda name: say(variant(name).title), width=260,
    )  # fmt: skip


def pick_seed() -> int:
    """Where the random draws of the bootstrap begin."""
    return int(widgets.number(View.bootstrap_seed, say("Seed"), 0, step=1, width=120))
