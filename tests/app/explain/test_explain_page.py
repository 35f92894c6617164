"""Explain a number: what is shown for numbers that the data gives, and for those it does not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.delta_generator import DeltaGenerator

from accuracy_lens.explain.number import typed
from metrics_core.libraries.usual import usual_answers
from metrics_core.reverse import Trials
from metrics_core.scenarios import SCENARIOS, scenario

PAGE = "pages/explain/number.py"
PRINTED, OWN = "Number that was printed", "Number you computed yourself"
TEN = {"scenario": SCENARIOS["ten-sigmoid-units"].title}


def explain(visit: Any, printed: str = "", own: str = "", **query: object) -> Any:
    lens = visit(**query)
    lens.app.switch_page(PAGE)
    lens.run()
    for key, text in (("explain_printed", printed), ("explain_own", own)):
        if text:
            type_in(lens, key, text)
    return lens


def type_in(lens: Any, key: str, text: str) -> None:
    lens.app.text_input(key=key).set_value(text)
    lens.run()


def test_two_numbers_of_ten_sigmoid_units_differ_in_decision_and_comparison(visit):
    lens = explain(visit, "0.8999999761581421", "0.0998", **TEN)
    assert "## They differ in the decision step: > 0.5 against highest output." in lens.texts
    assert (
        "## They differ in the comparison step: each element equal to the label against equal "
        "to the true class."
    ) in lens.texts
    named = "## 0.8999999761581421 is Binary accuracy, 0.0998 is Categorical accuracy."
    assert named in lens.texts
    steps = lens.app.table[0].value.set_index("step")
    assert steps["compared"].to_dict() == {
        "Outputs": "same", "Activation": "same", "Decision": "differs", "Comparison": "differs",
        "Aggregation": "same",
    }  # fmt: skip
    assert steps.loc["Decision", ["printed", "computed yourself"]].tolist() == [
        r"\> 0\.5", "highest output",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [("0.90", "0.10"), ("0.9", "0.1"), ("0.900", "0.100"), ("90% ", "10%"), ("90", "10")],
)
def test_coarse_numbers_of_ten_sigmoid_units_have_the_ordinary_story(visit, typed):
    lens = explain(visit, *typed, **TEN)
    assert "## They differ in the decision step: > 0.5 against highest output." in lens.texts
    printed, own = (number.strip() for number in typed)
    assert f"{printed} is Binary accuracy, {own} is Categorical accuracy." in lens.texts
    assert "How sure: very likely. " in lens.texts
    assert "No story is convincing" not in lens.texts
    assert "Other stories that come close" not in lens.texts
    for title in (PRINTED, OWN):
        offered = lens.table(f"Recipes: {title}")
        assert len(offered) >= 3
        assert not offered["Outputs"].str.contains("raised|lowered").any()
    assert lens.table(f"Recipes: {PRINTED}")["variant"][0] == "Binary accuracy"
    assert lens.table(f"Recipes: {OWN}")["variant"][0] == "Categorical accuracy"


def test_stories_that_come_close_stand_beside_the_headline(visit):
    lens = explain(visit, "0.6", "0.7", data="generate", kind="binary", n=40, separability=1.0)
    assert "Other stories that come close" in lens.texts
    assert lens.texts.count("How sure: ") == 3


def test_numbers_that_only_far_fetched_stories_give_are_said_not_to_convince(visit):
    lens = explain(visit, "0.35", "0.55", data="generate", kind="binary", n=40, separability=1.0)
    assert "No story is convincing. The least unusual one is this:" in lens.texts
    assert "How sure: a guess. " in lens.texts


def test_the_code_box_is_named_after_the_library_and_a_number_can_be_below_0(visit):
    content = b"y_true,y_pred\n" + b"0,0.2\n1,0.8\n1,0.4\n0,0.7\n1,0.1\n" * 9
    lens = explain_own(visit, content, "-0.15")
    table = lens.table(f"Recipes: {PRINTED}")
    assert table["variant"][0] in ("Cohen's kappa", "Matthews correlation")
    assert "scikit-learn" in lens.texts
    assert "sklearn.metrics" in lens.app.code[0].value
    type_in(lens, "explain_printed", "0.4")
    assert "Keras" in lens.texts


def test_data_that_are_not_the_visitors_are_said_to_be_first(visit):
    lens = explain(visit, "0.9000", **TEN)
    (warning,) = lens.app.warning
    assert warning.value.startswith("Load your own outputs first")
    lens.click("explain_load")
    assert lens.app.session_state["data"] == "upload"
    assert not lens.app.warning
    lens.drop("own.csv", b"y_true,y_pred\n" + b"0,0.2\n1,0.8\n1,0.4\n0,0.3\n" * 5)
    lens.click("use")
    assert not lens.app.warning
    assert lens.app.text_input(key="explain_printed").value == "0.9000"


def test_a_mean_over_the_classes_is_called_balanced_accuracy(visit):
    labels, outputs = "0,0,0,0,1,2", ("0.8,0.1,0.1", "0.1,0.2,0.7", "0.2,0.1,0.7")
    chosen = (0, 0, 0, 1, 1, 2)
    rows = [f"{y},{outputs[c]}" for y, c in zip(labels.split(","), chosen, strict=True)]
    content = "\n".join(["y_true,p0,p1,p2", *rows, ""]).encode()
    lens = explain_own(visit, content, "0.5833")
    assert lens.table(f"Recipes: {PRINTED}")["variant"][0] == "Balanced accuracy"
    assert "0.5833 is Balanced accuracy: " in lens.texts


def explain_own(visit: Any, content: bytes, printed: str) -> Any:
    lens = visit(data="upload").drop("own.csv", content)
    lens.click("use")
    lens.app.switch_page(PAGE)
    lens.run()
    type_in(lens, "explain_printed", printed)
    return lens


def test_the_table_ranks_ten_recipes_with_value_releases_and_chance(visit):
    lens = explain(visit, "0.8999999761581421", **TEN)
    table = lens.table(f"Recipes: {PRINTED}")
    assert table["rank"].tolist() == list(range(1, 11))
    first = table.iloc[0]
    assert first["variant"] == "Binary accuracy"
    assert first["exact value"] == "0.9"
    assert first["releases"] == "tf.keras 1.12.0–2.15.0, Keras 3.0.0–3.15.1"
    assert first["by chance"] == "unlikely (2 %)"
    assert re.search(r"\b\d{2,3} kinds of calculation give 0.8999999761581421", lens.texts)
    assert not lens.app.get("progress")


def test_the_recipe_that_is_picked_gives_steps_and_code(visit):
    lens = explain(visit, "0.8999999761581421", **TEN)
    assert [block.value for block in lens.app.code] == [
        lens_code("metric = keras.metrics.BinaryAccuracy(threshold=0.5)")
    ]
    lens.set(explain_printed_recipe=2)
    assert "**Binary accuracy by rounding**" in lens.texts
    assert "1. Decision: round, halves to even" in lens.texts
    type_in(lens, "explain_printed", "0.0998")
    assert lens.app.number_input(key="explain_printed_recipe").value == 1
    assert "1. Decision: highest output" in lens.texts


def test_numpy_code_is_written_only_while_its_box_is_open(visit):
    lens = explain(visit, explain_printed="0.0998", explain_printed_numpy="true", **TEN)
    keras, numpy = (block.value for block in lens.app.code)
    assert "CategoricalAccuracy()" in keras
    assert "np.argmax(y_pred, axis=1)" in numpy


def lens_code(line: str) -> str:
    return f"import keras\n\n{line}\nresult = float(metric(y_true, y_pred))\nprint(result)"


def test_thresholds_that_give_the_number_are_listed(visit):
    lens = explain(visit, "0.8999999761581421", **TEN)
    table = lens.table(f"Thresholds: {PRINTED}")
    assert f"Intervals of thresholds that give it: {len(table)}" in lens.texts
    named = table.groupby("metric").size()
    assert named["Binary accuracy"] == 2
    elements = table[table["metric"] == "Binary accuracy"]
    assert elements["from"].tolist() == ["0.489", "0.14489843"]
    assert elements["up to (exclusive)"].tolist() == ["unbounded"] * 2
    assert elements["Activation"].tolist() == ["none", "softmax"]
    assert not table["Outputs"].str.contains("class").any()


def test_a_number_that_nothing_gives_names_what_lies_outside_and_the_nearest(visit):
    lens = explain(visit, "0.6123457", "0.0998", **TEN)
    assert "0 kinds of calculation give 0.6123457" in lens.texts
    assert "None of the kinds of calculation tried gives it." in lens.texts
    (tried,) = (line for line in lens.texts.splitlines() if line.startswith("- **Metrics**"))
    assert {"Binary accuracy", "Categorical accuracy", "Balanced accuracy"} <= set(
        tried.partition(": ")[2].split("; ")
    )
    (decided,) = (line for line in lens.texts.splitlines() if line.startswith("- **Decision**"))
    assert {"highest output", "> 0.5", "> any threshold"} <= set(
        decided.partition(": ")[2].split("; ")
    )
    assert "- Training mode: with dropout" in lens.texts
    assert "They differ" not in lens.texts
    nearest = lens.table(f"Nearest: {PRINTED}")
    assert len(nearest) == 5
    assert "rank" not in nearest
    gaps = (nearest["exact value"].astype(float) - 0.6123457).abs()
    assert gaps.is_monotonic_increasing
    assert 0 < gaps[0] < 1e-4
    assert lens.table(f"Recipes: {OWN}")["variant"][0] == "Categorical accuracy"


def test_text_that_is_no_number_is_refused_in_a_sentence(visit):
    lens = explain(visit, "abc", "0.0998", **TEN)
    (error,) = lens.errors
    assert error == (
        "`Number that was printed` must be a number such as 0.9000, 90.00 % or 9.0e-1. Got 'abc'. "
        "Type the number as it was printed."
    )
    assert lens.table(f"Recipes: {OWN}")["exact value"][0] == "0.0998"


def test_a_link_with_both_numbers_opens_the_answer(visit):
    query = {"explain_printed": "89.99999761581421 %", "explain_own": "0.0998"}
    lens = explain(visit, **TEN, **query, explain_own_recipe=2)
    assert lens.app.text_input(key="explain_own").value == "0.0998"
    assert "They differ in the decision step: > 0.5 against highest output" in lens.texts
    assert lens.app.number_input(key="explain_own_recipe").value == 2
    assert "1. Aggregation: mean over the classes, weighted by their samples" in lens.texts


def test_per_cent_is_read_as_a_share_and_says_so_where_it_was_left_out(visit):
    lens = explain(visit, "90", **TEN)
    assert "90 is read as 90 per cent." in lens.texts
    assert lens.table(f"Recipes: {PRINTED}")["variant"][0] == "Binary accuracy"
    type_in(lens, "explain_printed", "90 %")
    assert "is read as" not in lens.texts
    type_in(lens, "explain_printed", "12345.6")
    assert "is read as" not in lens.texts
    assert "None of the kinds of calculation tried gives it." in lens.texts


@pytest.fixture
def asked(monkeypatch):
    """What is tried on the data, and which numbers are searched among it, in their order."""
    calls: list[tuple[float, int] | str] = []
    build, search = Trials.__init__, Trials.search

    def built(self: Trials, data: Any, **how: Any) -> None:
        calls.append("all is tried")
        build(self, data, **how)

    def searched(self: Trials, value: float, **how: Any) -> Any:
        calls.append((value, how["digits"]))
        return search(self, value, **how)

    monkeypatch.setattr(Trials, "__init__", built)
    monkeypatch.setattr(Trials, "search", searched)
    return calls


def test_all_is_tried_once_and_each_number_searched_once_for_its_digits(visit, asked):
    lens = explain(visit, "0.09980", "9.980 %", **TEN)
    lens.run()
    assert asked == ["all is tried", (0.0998, 5)]
    assert "They do not differ: both numbers come from the same recipe." in lens.texts
    type_in(lens, "explain_own", "0.10")
    assert asked == ["all is tried", (0.0998, 5), (0.1, 2)]


def test_what_was_tried_on_much_data_is_not_kept(visit, asked, monkeypatch):
    monkeypatch.setattr(typed, "MOST_KEPT", 99_999)
    explain(visit, "0.09980", "0.10", **TEN)
    assert asked == ["all is tried", (0.0998, 5), "all is tried", (0.1, 2)]


def test_a_long_search_shows_how_far_it_is_and_then_clears_the_bar(visit, monkeypatch):
    shown: list[float] = []
    draw = DeltaGenerator.progress

    def noted(self: Any, value: float, *how: Any) -> Any:
        shown.append(value)
        return draw(self, value, *how)

    monkeypatch.setattr(DeltaGenerator, "progress", noted)
    monkeypatch.setattr(typed, "_PATIENCE", -1.0)
    lens = explain(visit, "0.099800", **TEN)
    assert (shown[0], shown[-1]) == (0.0, 1.0)
    assert shown == sorted(shown)
    assert not lens.app.get("progress")


def test_nothing_is_searched_until_a_number_is_typed(visit):
    lens = explain(visit, **TEN)
    assert not lens.app.dataframe
    assert not lens.app.code
    assert not lens.errors


def test_calls_of_libraries_that_give_the_number_are_listed(visit):
    data = scenario("no-activation").predictions()
    value = next(
        found.value for found in usual_answers(data)
        if found.usual.call == 'Accuracy(task="binary")'
    )  # fmt: skip
    lens = explain(visit, f"{value:.4f}")
    listed = lens.texts.replace("\\", "")
    assert "Calls of libraries that give it on these outputs" in listed
    assert '- torchmetrics 0.10.0–1.9.0: Accuracy(task="binary")' in listed
