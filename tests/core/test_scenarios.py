"""Every number that a scenario states, computed again."""

from __future__ import annotations

import re

import numpy as np
import pytest

from metrics_core.catalog.rows import CATALOG, misfit
from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate
from metrics_core.scenarios import SCENARIOS, scenario
from metrics_core.steps.activation import activate
from metrics_core.steps.decision.argmax import argmax
from metrics_core.steps.decision.rounding import round_half_even
from metrics_core.steps.decision.threshold import above
from tests.every import every

EXPECTED = [(name, index) for name, s in SCENARIOS.items() for index in range(len(s.expected))]
FACTS = [(name, index) for name, s in SCENARIOS.items() for index in range(len(s.facts))]
EACH = pytest.mark.parametrize("example", SCENARIOS.values(), ids=SCENARIOS)


def prose(example):
    return " ".join(
        str(part) for part in (example.title, example.question, *example.story, *example.notes)
    )


@every(("name", "index"), EXPECTED)
def test_each_variant_gives_what_the_scenario_expects(name, index):
    example = scenario(name)
    expected = example.expected[index]
    made = evaluate(example.predictions(), expected.variant, **expected.settings)
    assert made.result == pytest.approx(expected.value, rel=1e-6)
    if expected.total is not None:
        assert (made.total, made.count) == (expected.total, expected.count)


@every(("name", "index"), FACTS)
def test_each_fact_about_the_outputs_holds(name, index):
    example = scenario(name)
    fact = example.facts[index]
    data = example.predictions()
    scores = activate(data.y_pred, fact.activation)
    counted = {
        "above": lambda: above(scores, fact.number),
        "rounds_to": lambda: round_half_even(scores) == fact.number,
        "equals": lambda: scores == fact.number,
        "argmax_differs": lambda: argmax(scores) != argmax(data.y_true),
    }[fact.how]()
    assert (int(counted.sum()), counted.size) == (fact.count, fact.total)


@EACH
def test_every_count_in_the_prose_is_one_that_is_tested(example):
    known = {(f.count, f.total) for f in example.facts}
    known |= {(e.total, e.count) for e in example.expected}
    if example.name == "with-sigmoid":
        earlier = scenario("no-activation").expected
        known |= {(e.total, e.count) for e in earlier} | {(10, 96)}
    text = re.sub(r"(\d),(\d{3})", r"\1\2", prose(example))
    stated = {(int(a), int(b)) for a, b in re.findall(r"(\d+) of (\d+)\b", text)}
    assert stated <= known


@EACH
def test_a_scenario_is_whole_and_opens_on_a_card_that_fits(example):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", example.name)
    assert str(example.question).endswith("?")
    assert 2 <= len(example.story) <= 4
    assert example.notes
    assert example.view.card in {expected.variant for expected in example.expected}
    assert misfit(CATALOG[example.view.card], example.predictions().kind) is None
    assert all(str(expected.why).endswith(".") for expected in example.expected)
    assert "!" not in prose(example)


@EACH
def test_predictions_are_made_once_and_cannot_be_written_to(example):
    assert example.predictions() is example.predictions()
    assert not example.predictions().y_pred.flags.writeable


def test_the_order_goes_from_the_worked_examples_to_the_paradoxes():
    names = list(SCENARIOS)
    assert names[0] == "classes-against-classes"
    assert names.index("no-activation") + 1 == names.index("with-sigmoid")
    assert names[-1] == "ten-sigmoid-units"


def test_an_unknown_scenario_is_refused_with_the_names_that_exist():
    with pytest.raises(InputError, match=r"`scenario` must be one of .*top-k.* Got 'nothing'"):
        scenario("nothing")


def test_the_96_labels_are_made_as_the_notes_say():
    plain = scenario("no-activation").predictions()
    trained = scenario("with-sigmoid").predictions()

    def labels(seed):
        raw = np.random.PCG64(seed).random_raw(96) >> np.uint64(12)
        turned = (raw.astype(np.float64) + 0.5) * 2.0**-52 < 0.25
        return (plain.y_pred > 0.5) ^ turned

    def fall(made):
        before = np.count_nonzero(np.round(plain.y_pred) == made)
        return before - np.count_nonzero((trained.y_pred > 0.5) == made)

    first = next(seed for seed in range(100) if fall(labels(seed)) == 10)
    assert first == 7
    assert np.array_equal(plain.y_true, labels(7))
    assert np.array_equal(trained.y_true, plain.y_true)


def test_the_96_outputs_lie_where_the_story_says():
    plain = scenario("no-activation").predictions().y_pred
    trained = scenario("with-sigmoid").predictions().y_pred
    assert (plain.dtype, plain.shape) == (np.float32, (96,))
    assert (f"{plain.min():.4f}", f"{plain.max():.3f}") == ("0.0186", "2.816")
    assert (f"{trained.min():.3f}", f"{trained.max():.3f}") == ("0.260", "0.747")


def test_the_ten_units_give_the_printed_number_and_the_ranges_of_the_notes():
    data = scenario("ten-sigmoid-units").predictions()
    result = evaluate(data, "binary_accuracy").result
    assert float(np.float32(result)) == 0.8999999761581421
    ordered = np.sort(data.y_pred, axis=1)
    losers, winners = ordered[:, :-1], ordered[:, -1]
    assert (f"{losers.min():.3f}", f"{losers.max():.3f}") == ("0.010", "0.259")
    assert (f"{winners.min():.3f}", f"{winners.max():.3f}") == ("0.300", "0.489")


def test_a_threshold_below_the_winners_moves_the_element_accuracy_and_not_argmax():
    data = scenario("ten-sigmoid-units").predictions()
    low = evaluate(data, "binary_accuracy", threshold=0.29)
    assert low.total == 90000 + 998 - 9002
    assert evaluate(data, "categorical_accuracy", threshold=0.29).total == 998


def test_a_fact_reads_as_a_sentence():
    facts = scenario("sigmoid-of-zero").facts
    assert str(facts[0].text) == "After sigmoid: 5 of 10 outputs are exactly 0.5"
    assert str(facts[-1].text) == "3 of 10 outputs are above 0.0"
