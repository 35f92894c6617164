"""Thinned curves draw the same pixels as whole ones, from exact cuts."""

from __future__ import annotations

import json

import numpy as np
import pytest
from streamlit.components.v2.bidi_component.serialization import serialize_mixed_data
from streamlit.proto.BidiComponent_pb2 import BidiComponent

from accuracy_lens.components.curves import Linked, curves_data, standard_plots, thresholds_to_draw
from accuracy_lens.components.curves.thin import coordinates, thin
from metrics_core.counting.counts import CostMatrix, Counts
from metrics_core.sweep import Sweep, best_thresholds, reliability, roc_band

COST = CostMatrix(fn=4.0)
WIDTH = 320


def made_of(n: int, seed: int = 3, digits: int | None = None) -> Sweep:
    random = np.random.default_rng(seed)
    positive = random.random(n) < 0.4
    logits = random.normal(size=n) + np.where(positive, 0.7, -0.7)
    scores = (1 / (1 + np.exp(-logits))).astype("f4")
    return Sweep.of(scores if digits is None else scores.round(digits), positive)


def raster(x, y, low: float, high: float, width: int) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and highest point of a line in every column, with where it enters and leaves."""
    if x[0] > x[-1]:
        x, y = x[::-1], y[::-1]
    edges = low + (high - low) * np.arange(1, width) / width
    column = np.searchsorted(edges, x, side="right")
    lowest, highest = np.full(width, np.inf), np.full(width, -np.inf)
    np.minimum.at(lowest, column, y)
    np.maximum.at(highest, column, y)
    after = np.clip(np.searchsorted(x, edges), 1, len(x) - 1)
    slope = (edges - x[after - 1]) / np.maximum(x[after] - x[after - 1], 1e-300)
    crossing = y[after - 1] + np.clip(slope, 0, 1) * (y[after] - y[after - 1])
    for side in (slice(0, -1), slice(1, None)):
        lowest[side] = np.minimum(lowest[side], crossing)
        highest[side] = np.maximum(highest[side], crossing)
    return lowest, highest


@pytest.mark.parametrize("falling", [False, True])
@pytest.mark.parametrize("n", [1, 4, 5, 60, 20_000])
def test_a_thinned_line_has_first_last_lowest_and_highest_of_each_column(n, falling):
    random = np.random.default_rng(n)
    x, y = np.sort(random.random(n)), random.random(n).round(3)
    if falling:
        x = x[::-1].copy()
    kept = thin(x, y, 0.0, 1.0, 50)
    assert (np.diff(kept) > 0).all()
    assert len(kept) <= 200
    column = np.searchsorted(np.arange(1, 50) / 50, x, side="right")
    for place in np.unique(column):
        rows = np.flatnonzero(column == place)
        ours = kept[column[kept] == place]
        assert (ours[0], ours[-1]) == (rows[0], rows[-1])
        assert (y[ours].min(), y[ours].max()) == (y[rows].min(), y[rows].max())


def test_every_plot_draws_the_pixels_of_all_cuts_from_few_of_them():
    sweep = made_of(200_000)
    plots = standard_plots(0.4)
    pairs = [pair for plot in plots for pair in plot.curves]
    drawn = thresholds_to_draw(sweep, pairs, COST, WIDTH)
    assert sweep.distinct > 150_000
    assert len(drawn.thresholds) < 6_000
    named = coordinates(COST)
    result = sweep.result
    every, few = (
        result.counts,
        Counts(
            drawn.above_1,
            drawn.above_0,
            drawn.negatives - drawn.above_0,
            drawn.positives - drawn.above_1,
        ),
    )
    thresholds = result.thresholds.astype(float)
    thresholds[0] = drawn.thresholds[0]
    for across, up in pairs:
        if across == "threshold":
            x, ours = thresholds, drawn.thresholds
            low, high = float(sweep.low), float(sweep.high)
        else:
            x, ours, low, high = named[across](every), named[across](few), 0.0, 1.0
        whole = raster(x[1:], named[up](every)[1:], low, high, WIDTH)
        thinned = raster(ours[1:], named[up](few)[1:], low, high, WIDTH)
        np.testing.assert_allclose(thinned, whole, rtol=0, atol=1e-12, err_msg=f"{across} {up}")


def test_what_is_drawn_are_exact_cuts_and_the_ends_are_there():
    sweep = made_of(30_000, digits=3)
    drawn = thresholds_to_draw(sweep, [("false_positive_rate", "recall")], width=40)
    for place in range(0, len(drawn.thresholds), 7):
        exact = sweep.at(drawn.thresholds[place])
        assert drawn.above_1[place] == exact.true_positives
        assert drawn.above_0[place] == exact.false_positives
    assert (drawn.above_1[0], drawn.above_0[0]) == (sweep.positives, sweep.negatives)
    assert (drawn.above_1[-1], drawn.above_0[-1]) == (0, 0)


def test_one_row_and_one_label_can_be_drawn():
    for scores, labels in (([0.5], [True]), ([0.2, 0.4], [False, False]), ([], [])):
        sweep = Sweep.of(np.array(scores, "f4"), np.array(labels, bool))
        drawn = thresholds_to_draw(sweep, [("false_positive_rate", "recall"), ("threshold", "f1")])
        assert len(drawn.thresholds) == len(scores) + 1


def test_the_data_are_sent_as_a_table_and_plain_values():
    sweep = made_of(3_000)
    best = {row.name: row for row in best_thresholds(sweep, cost=COST)}
    plots = standard_plots(0.4, best, roc_band(sweep, n_resamples=20))
    drawn = thresholds_to_draw(sweep, [pair for plot in plots for pair in plot.curves], COST)
    linked = Linked(drawn.including(sweep, [0.5]), 0.5, plots, COST, reliability(sweep, 50))
    message = BidiComponent()
    data = curves_data(linked)
    serialize_mixed_data(data, message)
    assert message.WhichOneof("data") == "mixed"
    plain = json.loads(message.mixed.json)
    assert [plot["name"] for plot in plain["plots"]] == [plot.name for plot in plots]
    assert [mark["line"] for mark in plain["plots"][0]["best"]] == ["youden"]
    assert [mark["line"] for mark in plain["plots"][3]["best"]] == ["cost"]
    assert len(plain["plots"][2]["best"]) == 8
    assert len(plain["plots"][0]["band"][0]) == 201
    assert 0.5 in linked.stops.thresholds


def test_empty_bins_of_the_calibration_are_left_out():
    sweep = Sweep.of(np.array([0.05, 0.06, 0.95], "f4"), np.array([False, True, True]))
    linked = Linked(thresholds_to_draw(sweep, []), 0.5, (), reliability=reliability(sweep, 10))
    bins = curves_data(linked)["reliability"]
    assert isinstance(bins, dict)
    assert bins["left"] == [0, 9]
    assert bins["share"] == [0.5, 1.0]
    assert bins["weight"] == [2, 1]
    assert bins["notes"][0] == "2 with mean score 0.0550: 0.5000 label 1"
    json.dumps(bins, allow_nan=False)


def test_one_label_alone_has_figures_and_a_cost_but_no_curve_that_needs_both():
    for share in (0.0, 1.0):
        assert [plot.name for plot in standard_plots(share)] == ["figures", "cost"]
