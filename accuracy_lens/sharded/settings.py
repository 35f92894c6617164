"""How a data set in view is looked at: the controls of the pages, as far as they matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import streamlit as st

from accuracy_lens.view.control_table import controls, widgets
from accuracy_lens.view.control_table.table import EVERY_OUTPUT, VIEW, View
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.counting.counts import Counts
from metrics_core.datasets.columns.asked import Asked, Columns
from metrics_core.datasets.counting.labels import LabelCounts
from metrics_core.datasets.looking import Look
from metrics_core.datasets.places.named import Named
from metrics_core.datasets.sweeping.found import Found
from metrics_core.reading.columns.positive import positive_of
from metrics_core.steps.activation import Activation
from metrics_core.steps.decision.threshold import effective_threshold


@dataclass(frozen=True, kw_only=True)
class InView:
    """A data set under a view.

    Attributes
    ----------
    data : Named
    asked : Asked
    threshold : float
        As it is typed.
    """

    data: Named
    asked: Asked
    threshold: float

    def as_it_came(self) -> InView:
        """The same outputs without an activation and without weights."""
        return replace(self, asked=replace(self.asked, activation="none", weighted=False))

    @property
    def several(self) -> bool:
        """Whether there are outputs for several classes."""
        return len(self.asked.columns.y_pred) > 1

    @property
    def limits(self) -> tuple[float, ...]:
        """Thresholds that are exact whatever the scores: those that pages begin with."""
        return (0.0, 0.5)

    @property
    def names(self) -> tuple[str, ...]:
        """What the classes are called."""
        return self.asked.columns.class_names


def pick(data: Named, columns: Columns, *, sweeps: bool) -> InView:
    """Draw the controls in a row.

    Parameters
    ----------
    data, columns
    sweeps : bool
        Whether the page shows the sweep: of several outputs a class is chosen for it, and other
        pages keep that one, so that the files need not be read again.
    """
    with st.container(key="dataset_row", horizontal=True, vertical_alignment="bottom"):
        class_index = _class_index(columns, drawn=sweeps)
        activation: Activation = "none"
        threshold = VIEW.threshold
        if not columns.of_classes:
            activation = controls.pick_activation()
            if sweeps or columns.label_each or len(columns.y_pred) == 1:  # else the highest counts
                threshold = controls.pick_threshold()
        weighted = columns.sample_weight is not None and widgets.toggle(
            View.weighted,
            "sample_weight",
            help=say("Whether each sample counts in proportion to its weight."),
        )
    asked = Asked(
        columns=columns,
        activation=activation,
        class_index=class_index,
        weighted=weighted,
        drop_missing=View.dataset_drop.of(data.name).read(),
    )
    return InView(data=data, asked=asked, threshold=threshold)


def _class_index(columns: Columns, *, drawn: bool) -> int | None:
    """The class that is swept against the rest; None for one output, and for every output.

    Until the visitor names another it is of two that whose name says so, else class 1, as in an
    upload, and the first of several.
    """
    if len(columns.y_pred) == 1:
        return None
    options = [*range(len(columns.y_pred)), EVERY_OUTPUT]
    names = columns.class_names
    two = len(columns.y_pred) == 2 and not columns.label_each
    known = positive_of(names) if two else None
    first = names.index(known) if known else int(len(columns.y_pred) == 2)
    widgets.keep_within(View.against, options, first)
    chosen = VIEW.against
    if drawn:
        chosen = widgets.select(
            View.against, say("Positive class") if two else say("One class against the rest"),
            options, default=first, width=230, format_func=lambda index: (
                say("every output, each on its own") if index == EVERY_OUTPUT else names[index]
            ),
        )  # fmt: skip
    if chosen not in options:
        return first
    return None if chosen == EVERY_OUTPUT else chosen


def at_threshold(view: InView, found: Found) -> tuple[float, Counts]:
    """The threshold in view, or the highest that was counted below it, and the counts there."""
    limit = float(effective_threshold(view.threshold, found.dtype))
    if found.exact_at(limit):
        return view.threshold, found.sweep.at(limit)
    stops = found.stops.scores
    nearest = float(stops[stops <= limit][-1])
    return nearest, found.sweep.at(nearest)


def at_labels(view: InView, labels: LabelCounts, dtype: np.dtype[Any]) -> tuple[float, int]:
    """The same where each output has a label of its own: the threshold, and its place."""
    limit = float(effective_threshold(view.threshold, dtype))
    place = labels.place(limit)
    nearest = labels.thresholds[place]
    return (view.threshold if nearest == limit else nearest), place


def tell_threshold(view: InView, look: Look, *, of_sweep: bool = False) -> None:
    """Say where the threshold in view was not counted, on a page that shows the numbers there.

    `of_sweep` is for a page that compares the scores of one class with it, of several.
    """
    if look.labels is not None and not of_sweep:
        n, nearest = len(look.labels.thresholds), at_labels(view, look.labels, look.found.dtype)[0]
    elif of_sweep or not view.several:
        n, nearest = len(look.found.stops.scores), at_threshold(view, look.found)[0]
    else:
        return
    if nearest == view.threshold:
        return
    st.caption(plain(say(
        "Counted exactly at {n:,} thresholds, of which {threshold} is none: the numbers are those "
        "of {nearest}, the nearest below it. Round numbers are among them.",
        n=n, threshold=f"{view.threshold:g}", nearest=f"{nearest:.9g}",
    )))  # fmt: skip
