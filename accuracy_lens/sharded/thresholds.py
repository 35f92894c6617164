"""Thresholds of a data set: lens and curves from the thresholds that were kept, exact areas."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import numpy as np
import streamlit as st

from accuracy_lens.components import curves
from accuracy_lens.components.sentence import show_sentence
from accuracy_lens.components.threshold_lens.grid import Grid, finite_range, grid_for
from accuracy_lens.components.threshold_lens.lens import Drawing, show_lens, threshold_boundary
from accuracy_lens.explore.thresholds import answers, panel
from accuracy_lens.explore.thresholds.tables import ties_frame, ties_kept
from accuracy_lens.jobs.looks import cost_job
from accuracy_lens.sharded.reading import followed
from accuracy_lens.sharded.settings import InView, at_threshold
from accuracy_lens.view.control_table import controls, widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.counting.counts import CostMatrix
from metrics_core.datasets.looking import Look, Question
from metrics_core.datasets.sweeping.found import Found, cheapest
from metrics_core.messages import Message
from metrics_core.sweep.optimum.best import EVEN_COST, Best


def show(view: InView, look: Look) -> None:
    """Draw what the files were read for."""
    found, sweep = look.found, look.found.sweep
    threshold, counts = at_threshold(view, found)
    areas = {}
    if found.auc is not None and found.average_precision is not None:
        areas = {"auc": found.auc, "average_precision": found.average_precision}
    best = {row.name: row for row in found.best}
    said = answers.headline(counts, best["accuracy"], areas)
    show_sentence([said], counts, threshold, "said")
    stops = grid_of(found)
    tied = answers.at_threshold(sweep, threshold, inclusive=True) if found.complete else counts
    show_lens(
        Drawing(
            answers.spread_of(sweep),
            threshold_boundary(threshold),
            _sides(view),
            _kept(found),
            threshold=threshold,
            grid=stops,
            here=(counts, tied),
        ),
        on_threshold=controls.move_to_lens,
    )
    with widgets.expander(View.costs, say("What a prediction costs")):
        cost = panel.pick_cost()
    rows = _best(view, found, cost)
    positives, total = found.positives, found.positives + found.negatives
    curves.show_curves(
        curves.Linked(
            stops,
            threshold,
            curves.standard_plots(float(positives / total), {row.name: row for row in rows}),
            cost,
            look.calibration,
            counts,
            answers.plot_labels(areas),
        ),
        on_threshold=controls.move_to_point,
    )
    panel.tell_missing(curves=bool(areas), calibration=look.calibration is not None)
    panel.show_best(rows, counts, cost)
    sentence, shared = panel.place_ties()
    if found.complete:
        with sentence:
            st.markdown(plain(say(answers.ties_sentence(sweep, threshold))))
    with shared:
        panel.show_ties(ties_frame(ties_kept(found.shared, found.positives, found.negatives)))


def _best(view: InView, found: Found, cost: CostMatrix) -> tuple[Best, ...]:
    """The best thresholds; for costs that were not asked for with them the files are read again."""
    *others, even = found.best
    if cost == EVEN_COST:
        return (*others, even)
    cheap = cheapest(found, cost)
    if cheap is None:
        asked = replace(view.asked, cost=cost)
        key = (view.data.name, view.data.version, asked)
        question = Question(view.data.shards, asked)
        again = followed("cost", key, question, cost_job, say("Read again"))
        cheap = cast("Best | None", again)
    return tuple(others) if cheap is None else (*others, cheap)


def grid_of(found: Found) -> Grid:
    """The thresholds that were kept and are finite, as the lens and the curves take them."""
    if found.complete:
        return grid_for(found.sweep)
    stops = found.stops
    with np.errstate(over="ignore"):  # Keras compares with no other than these
        some = np.isfinite(stops.scores) & (stops.scores.astype(np.float32) == stops.scores)
    kept = stops.scores[some]
    low, high = finite_range(found.sweep)
    below = low - max(high - low, 1.0) / 100
    ones, zeros = (
        total - np.append(0, side[some])
        for total, side in ((found.positives, stops.ones), (found.negatives, stops.zeros))
    )
    nothing = np.zeros_like(ones)
    totals = float(found.positives), float(found.negatives)
    scores = np.append(0.0 if low > 0 else below, kept)
    return Grid(scores, ones, zeros, nothing, nothing, *totals, ties_known=False)


def _sides(view: InView) -> tuple[Message, Message]:
    if not view.several:
        return Message("label 1"), Message("label 0")
    index = view.asked.class_index
    if index is None:
        return Message("outputs with label 1"), Message("outputs with label 0")
    name = {"name": view.names[index]}
    return Message("label 1: class {name}", name), Message("label 0: any other class")


def _kept(found: Found) -> Message:
    values: dict[str, object] = {"n": len(found.stops.scores), "distinct": found.distinct}
    if found.complete:
        return Message("All {n:,} different scores were kept: every threshold is exact.", values)
    return Message(
        "{distinct:,} different scores: {n:,} thresholds were kept, and are exact; areas and best "
        "thresholds are those of all.",
        values,
    )
