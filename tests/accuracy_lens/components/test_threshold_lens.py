"""The stops of the lens are real scores with exact counts, and few bytes whatever n is."""

from __future__ import annotations

import json

import numpy as np
import pytest
from streamlit.components.v2.bidi_component.serialization import serialize_mixed_data
from streamlit.proto.BidiComponent_pb2 import BidiComponent

from accuracy_lens.components.threshold_lens.grid import COLUMNS, Grid, grid_for
from accuracy_lens.components.threshold_lens.lens import Drawing, lens_data, threshold_boundary
from accuracy_lens.components.threshold_lens.stops import ladder
from metrics_core.messages import Message
from metrics_core.overview.distribution import distribution
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps
from metrics_core.sweep import Sweep

MOST_BYTES = 64 * 1024


def sample(n: int, dtype: str = "f4", seed: int = 7) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    positive = random.random(n) < 0.3
    logits = random.normal(size=n) + np.where(positive, 1.0, -1.0)
    return (1 / (1 + np.exp(-logits))).astype(dtype), positive


def drawing(scores, positive, grid: Grid | None) -> Drawing:
    labels = (Message("label 1"), Message("label 0"))
    spread = distribution(scores, positive)
    return Drawing(spread, threshold_boundary(0.5), labels, Message("Scores."), grid=grid)


def sent(data: dict[str, object]) -> BidiComponent:
    """What Streamlit puts on the wire for a component's data."""
    message = BidiComponent()
    serialize_mixed_data(data, message)
    return message


def assert_exact(grid: Grid, scores, positive, weights=None) -> None:
    weight = np.ones(len(scores)) if weights is None else weights
    for place, threshold in enumerate(grid.thresholds):
        cut = np.float32(threshold)
        above, at = scores > cut, scores == cut
        assert grid.above_1[place] == pytest.approx(weight[above & positive].sum(), rel=1e-12)
        assert grid.above_0[place] == pytest.approx(weight[above & ~positive].sum(), rel=1e-12)
        assert grid.at_1[place] == pytest.approx(weight[at & positive].sum(), abs=1e-9)
        assert grid.at_0[place] == pytest.approx(weight[at & ~positive].sum(), abs=1e-9)


def test_few_different_scores_are_all_stops_with_one_more_below():
    scores, positive = sample(500)
    grid = grid_for(Sweep.of(scores, positive))
    assert grid.thresholds[0] == 0.0
    assert np.array_equal(grid.thresholds[1:], np.unique(scores).astype(float))
    assert_exact(grid, scores, positive)
    assert grid.above_1[0] == positive.sum()
    assert grid.above_0[0] == (~positive).sum()
    assert grid.above_1[-1] == grid.above_0[-1] == 0


def test_of_many_scores_those_are_stops_that_the_screen_can_part():
    scores, positive = sample(300_000)
    grid = grid_for(Sweep.of(scores, positive))
    assert 1_000 < len(grid.thresholds) <= 1_201
    assert np.isin(grid.thresholds[1:].astype("f4"), scores).all()
    assert_exact(Grid(*(column[::40] for column in arrays(grid)), 0, 0), scores, positive)
    low, high = scores.min(), scores.max()
    for column in range(0, COLUMNS, 30):
        edge = low + (high - low) * (column + 1) / COLUMNS
        inside = scores[(scores <= edge) & (scores > edge - (high - low) / COLUMNS)]
        if len(inside):
            assert np.isin(inside.max(), grid.thresholds)
    parts = np.diff(np.searchsorted(np.sort(scores), grid.thresholds))
    assert parts.max() <= len(scores) / 300 + 1, "a step hides many scores"


def arrays(grid: Grid) -> list[np.ndarray]:
    return [grid.thresholds, grid.above_1, grid.above_0, grid.at_1, grid.at_0]


def test_counts_follow_the_matrix_of_the_core():
    scores, positive = sample(400)
    grid = grid_for(Sweep.of(scores, positive), [0.5])
    place = grid.thresholds.tolist().index(0.5)
    whole = Sweep.of(scores, positive).at(0.5)
    assert grid.above_1[place] == whole.true_positives
    assert grid.above_0[place] == whole.false_positives
    assert (grid.positives, grid.negatives) == (whole.positives, whole.negatives)


def test_a_threshold_is_compared_as_keras_does_and_keeps_its_own_text():
    scores = np.array([0.3, 0.1, 0.7], "f4")
    grid = grid_for(Sweep.of(scores, np.array([True, False, True])), [0.3, 0.2])
    assert grid.thresholds.tolist() == [0.0, float(np.float32(0.1)), 0.2, 0.3, float(scores[2])]
    assert grid.above_1.tolist() == [2, 2, 2, 1, 0]
    assert grid.at_1.tolist() == [0, 0, 0, 1, 1]


def test_a_double_score_is_cut_at_the_float32_that_keras_would_use():
    scores, positive = sample(300, "f8")
    grid = grid_for(Sweep.of(scores, positive))
    assert np.array_equal(grid.thresholds, grid.thresholds.astype("f4").astype(float))
    assert_exact(grid, scores, positive)


def test_extra_stops_come_in_order_and_infinite_ones_stay_out():
    scores, positive = sample(2_000)
    sweep = Sweep.of(scores, positive)
    grid = grid_for(sweep)
    more = grid.including(sweep, [2.0, -1.0, np.inf, 0.5])
    assert (np.diff(more.thresholds) > 0).all()
    assert {2.0, -1.0, 0.5} <= set(more.thresholds.tolist())
    assert np.isfinite(more.thresholds).all()
    again = more.including(sweep, [0.5])
    assert np.array_equal(again.thresholds, more.thresholds)
    assert_exact(more, scores, positive)


def test_infinite_scores_are_counted_and_no_stop():
    scores = np.array([-np.inf, -1.0, 2.0, np.inf], "f4")
    positive = np.array([False, True, False, True])
    grid = grid_for(Sweep.of(scores, positive))
    assert grid.thresholds[1:].tolist() == [-1.0, 2.0]
    assert grid.thresholds[0] < -1
    assert_exact(grid, scores, positive)


@pytest.mark.parametrize("scores", [[], [0.5], [0.0, 0.0]])
def test_few_or_no_scores_make_a_grid(scores):
    grid = grid_for(Sweep.of(np.array(scores, "f4"), np.ones(len(scores), bool)), [0.5])
    assert 0.5 in grid.thresholds
    assert grid.above_1[0] == grid.positives == len(scores)


def test_weights_are_summed():
    scores, positive = sample(200)
    weights = np.random.default_rng(1).random(200)
    grid = grid_for(Sweep.of(scores, positive, weights))
    assert grid.weighted
    assert_exact(grid, scores, positive, weights)
    words = lens_data(drawing(scores, positive, grid))["words"]
    assert isinstance(words, dict)
    assert words["above"] == "Weight {above} of {n} is above {threshold}."


@pytest.mark.parametrize("weighted", [False, True])
def test_a_million_different_scores_are_sent_in_less_than_64_kib(weighted):
    n = 1_000_000
    scores = np.random.default_rng(0).permutation(np.arange(n)).astype("f4")
    positive = np.random.default_rng(1).random(n) < 0.5
    weights = np.random.default_rng(2).random(n) if weighted else None
    grid = grid_for(Sweep.of(scores, positive, weights), [0.5, 0.25, 123.5])
    message = sent(lens_data(drawing(scores, positive, grid)))
    assert message.WhichOneof("data") == "mixed", "the data became a string"
    assert len(message.SerializeToString()) <= MOST_BYTES
    assert isinstance(json.loads(message.mixed.json), dict)


def test_the_table_holds_the_very_numbers():
    scores, positive = sample(5_000)
    grid = grid_for(Sweep.of(scores, positive), [0.5])
    table = grid.table()
    assert table["threshold"].to_numpy().tolist() == grid.thresholds.tolist()
    assert table["above_1"].to_numpy().tolist() == grid.above_1.tolist()
    assert str(table["at_0"].type) == "uint32"
    assert grid.table(ties=False).column_names == ["threshold", "above_1", "above_0"]


def test_without_a_grid_the_lens_stops_at_the_ladder():
    scores, positive = sample(200)
    steps = Steps(Predictions.of(positive.astype("i4"), scores), "none")
    rungs = ladder(steps, Settings(), 0.0, 1.0)
    made = drawing(scores, positive, None)
    data = lens_data(
        Drawing(made.spread, made.boundary, made.labels, made.caption, True, rungs, 0.5)
    )
    assert isinstance(data["slider"], dict)
    assert data["slider"]["stops"][:2] == [0.0, 0.01]
    assert "grid" not in data
    assert sent(data).WhichOneof("data") == "json"


def test_what_the_browser_fills_in_stands_in_whole_sentences():
    scores, positive = sample(200)
    grid = grid_for(Sweep.of(scores, positive))
    words = lens_data(drawing(scores, positive, grid))["words"]
    assert isinstance(words, dict)
    assert words["bin"] == "Scores from {low} to {high}: {first} (label 1), {second} (label 0)."
    assert words["cells"]["fp"] == "label 0, predicted 1: {count}"
    assert words["file"] == "scores-at-{threshold}"
