"""Thresholds of a data set: lens and curves from the thresholds that were kept, exact areas."""

from __future__ import annotations

import numpy as np
import streamlit as st

from accuracy_lens.components import curves
from accuracy_lens.components.threshold_lens.grid import Grid, finite_range, grid_for
from accuracy_lens.components.threshold_lens.lens import Drawing, show_lens, threshold_boundary
from accuracy_lens.explore.thresholds import answers, panel
from accuracy_lens.sharded.settings import InView, at_threshold
from accuracy_lens.view import controls
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.datasets.looking import Look
from metrics_core.datasets.sweeping.found import Found
from metrics_core.messages import Message
from metrics_core.sweep.best import EVEN_COST


def show(view: InView, look: Look) -> None:
    """Draw what the files were read for."""
    found, sweep = look.found, look.found.sweep
    threshold, counts = at_threshold(view, found)
    areas = {}
    if found.auc is not None and found.average_precision is not None:
        areas = {"auc": found.auc, "average_precision": found.average_precision}
    best = {row.name: row for row in found.best}
    st.markdown(plain(say(answers.headline(counts, best["accuracy"], areas))))
    stops = grid_of(found)
    show_lens(
        Drawing(
            answers.spread_of(sweep),
            threshold_boundary(threshold),
            _sides(view),
            _kept(found),
            threshold=threshold,
            grid=stops,
        ),
        on_threshold=controls.move_to_lens,
    )
    positives, total = found.positives, found.positives + found.negatives
    curves.show_curves(
        curves.Linked(
            stops,
            threshold,
            curves.standard_plots(float(positives / total), best),
            EVEN_COST,
            look.calibration,
            counts,
            answers.plot_labels(areas),
        ),
        on_threshold=controls.move_to_point,
    )
    panel.tell_missing(curves=bool(areas), calibration=look.calibration is not None)
    panel.show_best(found.best, counts, EVEN_COST)


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
