"""The operator's own functions on the Metrics page."""

from __future__ import annotations

import json

import pytest

from accuracy_lens.report.metrics import metrics_json
from accuracy_lens.serve.custom_metrics import VARIABLE
from metrics_core.catalog.custom import remove_file
from metrics_core.settings import Settings

FILE = '''
def gap(y_true, y_pred):
    """How far the score is from the *label*."""
    return abs(y_true - y_pred)


def top_score(y_true, y_pred):
    """The highest score."""
    return y_pred.max()


def broken(y_true, y_pred):
    return {}["no such key"]
'''


@pytest.fixture
def own(tmp_path, monkeypatch):
    path = tmp_path / "my_metrics.py"
    path.write_text(FILE, encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(path))
    yield path
    remove_file(str(path))


def test_own_functions_are_cards_and_those_that_fail_say_why(visit, own):
    lens = visit()
    assert lens.cards["gap"]["title"] == "Gap"
    assert lens.values["gap"] == lens.values["mean_absolute_error"]
    assert lens.cards["top_score"]["count"] == "one value for 96 samples"
    assert "broken" not in lens.cards
    reason = lens.misfits["broken"]["reason"]
    assert reason.startswith("`broken` must run on these data without an error. Got line 13: Key")
    assert str(own) not in reason


@pytest.mark.parametrize(
    ("card", "sentence"),
    [("gap", "gap gives"), ("top_score", "top_score gives one value, ")],
)
def test_an_own_card_opens_with_its_formula_its_trace_and_its_code(visit, own, card, sentence):
    lens = visit(code="true").set(card=card, sample=3)
    assert lens.app.selectbox(key="card").value == card
    assert sentence in lens.texts
    assert f"{card} in my_metrics.py, line" in lens.texts
    assert any(f"from my_metrics import {card}" in block.value for block in lens.app.code)
    steps = lens.component("strip")
    assert steps is not None
    before = lens.values[card]
    lens.set(threshold=0.9)
    assert lens.values[card] == before
    assert card not in lens.component("board")["live"]
    lens.set(activation="sigmoid")
    assert lens.values[card] != before


def test_the_address_opens_an_own_card(visit, own):
    assert visit(card="Top score").app.selectbox(key="card").value == "top_score"


def test_a_card_comes_and_goes_with_the_data_that_its_function_can_take(visit, own):
    lens = visit().set(card="gap", scenario="ten-sigmoid-units")
    assert lens.values["top_score"]
    assert "Got shape (10000, 10) for 10000 samples" in lens.misfits["gap"]["reason"]
    assert lens.app.selectbox(key="card").value != "gap"


def test_a_wrong_file_shows_no_page_and_no_path(visit, own, caplog):
    own.write_text("def gap(y_true):\n    return 1\n", encoding="utf-8")
    lens = visit()
    (error,) = lens.errors
    assert "its log says why" in error
    assert not lens.board_is_there
    assert f"{own}, line 1: gap(y_true)" in caplog.text


def test_own_functions_are_in_the_table_of_samples_and_the_json_says_which_failed(visit, own):
    lens = visit()
    table = lens.table()
    gaps = [
        abs(label - score) for label, score in zip(table["label"], table["output"], strict=True)
    ]
    assert table["value_gap"].tolist() == pytest.approx([float(gap) for gap in gaps])
    source = lens.app.session_state["_source"]
    evaluations = lens.app.session_state["_evaluations"]
    by_name = {made.variant.name: made for made in evaluations.values()}
    content = json.loads(metrics_json(source.predictions, by_name, Settings(), {}))
    reasons = {row["name"]: row["reason"] for row in content["not_applicable"]}
    assert reasons["broken"] == "the function gives no number on these data"
    assert "gap" not in reasons
