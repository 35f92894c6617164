"""What the cards, the strip and the lens say, for every row of the catalogue."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from accuracy_lens.components import five_steps
from accuracy_lens.components.threshold_lens.lens import (
    ROUNDING,
    Drawing,
    lens_data,
    threshold_boundary,
)
from accuracy_lens.components.threshold_lens.stops import ladder
from accuracy_lens.explore.metrics import cards
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import CATALOG, applicable, misfit
from metrics_core.evaluation import evaluate
from metrics_core.kinds import KINDS
from metrics_core.messages import Message
from metrics_core.overview.distribution import distribution
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps
from tests.every import every

RANDOM = np.random.default_rng(2)
WIDE = RANDOM.normal(size=(40, 4)).astype("f4")
CLASSES = RANDOM.integers(0, 4, 40)
ONE_HOT = np.eye(4, dtype="u1")[CLASSES]
WEIGHT = RANDOM.random(40)
DATA = {
    "binary": Predictions.of(CLASSES % 2, WIDE[:, 0], sample_weight=WEIGHT),
    "one_hot": Predictions.of(ONE_HOT, WIDE, sample_weight=WEIGHT),
    "sparse": Predictions.of(CLASSES, WIDE, sample_weight=WEIGHT),
    "multi_label": Predictions.of(RANDOM.integers(0, 2, (40, 4)), WIDE, kind="multi_label"),
    "class_indices": Predictions.of(CLASSES, CLASSES[::-1].copy()),
}


@every("kind", KINDS)
@every("activation", ["none", "sigmoid", "softmax"])
@every("aggregation", [None, "per_class", "batch_means"])
def test_every_variant_has_a_card_and_a_strip_in_plain_values(kind, activation, aggregation):
    data = DATA[kind]
    steps, plain = Steps(data, activation), Steps(data)
    made = {
        row.name: evaluate(
            data, row.name, steps=steps, activation=activation, aggregation=aggregation
        )
        for row in applicable(data)
    }
    board = cards.board(made, {}, steps, plain, "mean_prediction", {})
    assert json.loads(json.dumps(board, allow_nan=False)) == board
    assert [card["name"] for card in board["cards"]] == list(made)
    for name, evaluation in made.items():
        texts = [say(choice) for choice, _ in five_steps.step_choices(evaluation)]
        assert len(texts) == 5
        assert all(texts)
        assert "{" not in "".join([*texts, cards.count_words(evaluation).template[:0], name])


@pytest.mark.parametrize("kind", KINDS)
def test_a_variant_is_on_the_board_or_says_why_not(kind):
    wrong = {n: m for n, row in CATALOG.items() if (m := misfit(row, kind)) is not None}
    board = cards.misfit_board(wrong)
    assert {card["name"] for card in board["misfits"]} == set(wrong)
    for card in board["misfits"]:
        assert card["reason"].startswith("needs ")
        assert bool(card["remedy"]) == (card["convert"] is not None)


@pytest.mark.parametrize(
    ("name", "settings", "words"),
    [
        ("binary_accuracy", {}, "{total:.0f} of 40"),
        ("binary_accuracy", {"weighted": True}, "weight "),
        ("balanced_accuracy", {}, "mean of 2 classes"),
        ("recall", {}, "labelled 1"),
        ("precision", {}, "predicted 1"),
        ("mean_prediction", {}, "over 40"),
        ("binary_accuracy", {"aggregation": "batch_means", "batch_size": 16}, "mean of 3 batches"),
    ],
)
def test_the_count_says_what_was_counted(name, settings, words):
    made = evaluate(DATA["binary"], name, **settings)
    assert words.format(total=made.total) in say(cards.count_words(made))


def test_saturated_sigmoids_are_said_to_make_ties():
    data = Predictions.of([1, 1], np.array([[40.0, 50.0], [1.0, 2.0]], "f4"))
    badges = cards.badges(
        CATALOG["sparse_categorical_accuracy"], data, Steps(data, "sigmoid"), Steps(data)
    )
    assert [say(badge) for badge in badges] == ["sigmoid: 1 sample tied"]


def test_the_change_is_between_two_moves():
    made = evaluate(DATA["binary"], "binary_accuracy")
    card = cards.fitting_card(made, made.result - 0.25, [])
    assert card["change"] == "+0.2500 since the last move"
    assert cards.fitting_card(made, None, [])["change"] == ""
    assert cards.fitting_card(made, made.result, [])["change"] == "unchanged"


def test_the_lens_gets_counts_and_borders_and_no_samples():
    data = DATA["binary"]
    spread = distribution(data.outputs, data.labels != 0, 10)
    sides = Message("label 1"), Message("label 0")
    drawn = lens_data(Drawing(spread, threshold_boundary(0.25), sides, Message("x")))
    assert json.loads(json.dumps(drawn, allow_nan=False)) == drawn
    assert drawn["boundary"]["lines"] == [0.25]
    assert drawn["boundary"]["right"] == [[0.25, None], [None, 0.25]]
    assert drawn["slider"] is None
    assert sum(map(sum, drawn["counts"])) == 40
    rounding = lens_data(Drawing(spread, ROUNDING, sides, Message("x")))
    assert rounding["boundary"]["right"] == [[0.5, 1.5], [-0.5, 0.5]]
    assert not rounding["boundary"]["moves"]


@pytest.mark.parametrize("kind", ["binary", "one_hot", "multi_label"])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("activation", ["none", "sigmoid"])
def test_what_the_cards_say_while_the_slider_moves_is_what_the_server_says(
    kind, weighted, activation
):
    data = DATA[kind]
    settings = Settings(activation=activation, weighted=weighted, beta=2.0)
    steps = Steps(data, activation)
    made = ladder(steps, settings, -3.0, 3.0)
    assert "binary_accuracy" in made.cards
    assert "subset_accuracy" not in made.cards
    for place in range(0, len(made.stops), 7):
        moved = replace(settings, threshold=made.stops[place])
        for name, live in made.cards.items():
            evaluation = evaluate(data, name, moved, steps=steps)
            card = cards.fitting_card(evaluation, None, [])
            assert live["values"][place] == card["value"]
            assert live["counts"][place] == card["count"]
            assert live["results"][place] == pytest.approx(evaluation.result, abs=1e-12)


def test_labels_that_are_neither_0_nor_1_have_no_live_cards():
    data = Predictions.of([-1, 1], [0.2, 0.7])
    made = ladder(Steps(data), Settings(), 0.0, 1.0)
    assert made.cards == {}
    assert made.captions == ()
    assert len(made.stops) == 101
