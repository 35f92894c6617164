"""The Metrics page through `app.py`: what it shows, and what the controls change."""

from __future__ import annotations

import csv
import io
import math

import pytest


def test_the_first_page_shows_the_96_outputs_with_their_made_up_labels(visit):
    lens = visit()
    assert lens.values["binary_accuracy"] == "0.7396"
    assert lens.cards["binary_accuracy"]["count"] == "71 of 96"
    assert "the labels are made up" in lens.texts
    assert r"= \frac{71}{96} = 0.7396" in lens.app.latex[0].value


@pytest.mark.parametrize(("threshold", "above"), [(0.0, 96), (0.5, 83)])
def test_the_threshold_decides_how_many_of_the_96_outputs_are_class_1(visit, threshold, above):
    lens = visit().set(threshold=threshold)
    assert lens.component("threshold", "lens")["caption"].startswith(f"{above} of 96 scores")
    assert lens.table()["thresholded"].sum() + 0 <= above
    assert lens.cards["precision"]["count"].endswith(f"of {above} predicted 1")


def test_rounding_makes_exactly_1_of_69_outputs(visit):
    lens = visit().set(card="binary_accuracy_rounded")
    assert lens.component("threshold", "lens")["caption"].startswith("69 of 96 scores")


def test_ten_sigmoid_units_score_nine_tenths_by_element_and_a_tenth_by_argmax(visit):
    lens = visit().set(scenario="ten-sigmoid-units")
    assert lens.values["binary_accuracy"] == "0.9000"
    assert lens.values["categorical_accuracy"] == "0.0998"
    assert lens.cards["binary_accuracy"]["count"] == "90,000 of 100,000 elements"


def test_a_move_says_what_changed_and_a_rerun_without_one_changes_nothing(visit):
    lens = visit()
    before = lens.values
    assert {card["change"] for card in lens.cards.values()} == {""}
    lens.set(threshold=1.0)
    change = float(lens.values["binary_accuracy"]) - float(before["binary_accuracy"])
    assert float(lens.cards["binary_accuracy"]["change"].split()[0]) == pytest.approx(
        change, abs=1e-4
    )
    assert lens.cards["mean_prediction"]["change"] == "unchanged"
    shown = lens.cards["binary_accuracy"]["change"]
    assert lens.run().cards["binary_accuracy"]["change"] == shown


def test_the_slider_stands_at_the_threshold_and_its_cards_say_what_the_server_says(visit):
    lens = visit().set(threshold=0.8)
    slider = lens.component("threshold", "lens")["slider"]
    assert slider["value"] == 0.8
    live = lens.component("board")["live"]
    place = slider["stops"].index(0.8)
    for name, card in live.items():
        assert card["values"][place] == lens.values[name]
        assert card["counts"][place] == lens.cards[name]["count"]


@pytest.mark.parametrize("activation", ["sigmoid", "softmax"])
def test_badges_say_what_an_activation_cannot_change(visit, activation):
    lens = visit(data="generate", kind="multi-class-indices").set(output="logits")
    before = lens.values
    lens.set(activation=activation)
    for name in ("sparse_categorical_accuracy", "sparse_top_k_categorical_accuracy"):
        assert lens.values[name] == before[name]
        assert lens.cards[name]["badges"] == [f"{activation}: no effect"]
    assert lens.values["mean_prediction"] != before["mean_prediction"]
    strip = lens.component("strip")["choices"]["sparse_categorical_accuracy"]
    assert strip[1]["choice"] == activation
    assert strip[1]["why"] == "it keeps the order, and only the order matters here"


def test_softmax_over_one_unit_is_always_1(visit):
    lens = visit().set(activation="softmax")
    assert lens.values["mean_prediction"] == "1.0000"
    assert lens.cards["binary_accuracy"]["badges"] == ["softmax: always 1"]


def test_a_variant_that_does_not_fit_says_why_and_offers_the_conversion(visit):
    lens = visit(data="generate", kind="multi-class-indices")
    card = lens.misfits["categorical_accuracy"]
    assert card["reason"] == "needs one-hot labels; these are class indices as labels"
    assert card["convert"] == "one_hot"
    sparse = lens.values["sparse_categorical_accuracy"]
    lens.set(labels="one-hot")
    assert lens.values["categorical_accuracy"] == sparse
    assert lens.misfits["sparse_categorical_accuracy"]["convert"] == "sparse"


def test_the_trace_of_a_sample_reads_the_numbers_of_the_card_in_view(visit):
    lens = visit().set(sample=3)
    assert "✗ Sample 3: 0.4314 is not above 0.5, so class 0; the label is 1: wrong" in lens.texts
    lens.set(threshold=0.4)
    assert "✓ Sample 3: 0.4314 is above 0.4, so class 1; the label is 1: right" in lens.texts


def test_the_table_filters_sorts_and_pages(visit):
    lens = visit().set(show="wrong")
    assert len(lens.table()) == 25
    assert all(list(cell) == ["wrong"] for cell in lens.table()["right_binary_accuracy"])
    lens.set(show="all", sort="score", descending=True)
    first = lens.table()["output"].tolist()
    assert first == sorted(first, reverse=True)
    assert math.isclose(first[0], 2.8160148, rel_tol=1e-6)
    lens.set(page=2)
    assert len(lens.table()) == 46
    assert lens.table()["output"].max() <= first[-1]


def test_variants_disagree_where_one_counts_a_sample_right_and_another_wrong(visit):
    lens = visit().set(scenario="binary-threshold")
    lens.set(threshold=0.65, show="disagree")
    rows = lens.table().filter(like="right_")
    assert len(rows) > 0
    assert all(len({tuple(cell) for cell in row}) == 2 for row in rows.to_numpy())


def test_a_page_beyond_the_filtered_rows_falls_back_to_one_that_exists(visit):
    lens = visit().set(page=2)
    lens.set(show="wrong")
    assert len(lens.table()) == 25


def test_a_scenario_opens_with_its_own_settings(visit):
    lens = visit().set(scenario="top-k")
    assert lens.app.number_input(key="k").value == 2
    assert lens.values["top_k_categorical_accuracy"] == "0.7500"
    lens.set(k=3)
    assert lens.values["top_k_categorical_accuracy"] == "1.0000"


def test_every_scenario_opens(visit):
    lens = visit()
    names = list(lens.app.selectbox(key="scenario").options)
    assert len(names) >= 13
    seen = set()
    for name in names:
        lens.app.selectbox(key="scenario").select(name)
        lens.run()
        seen.add(tuple(lens.values.items()))
    assert len(seen) >= len(names) - 2


def test_a_new_kind_of_data_keeps_no_setting_that_does_not_fit(visit):
    lens = visit().set(card="recall", sample=90)
    lens.set(scenario="sparse-argmax")
    assert lens.app.selectbox(key="card").value == "sparse_categorical_accuracy"
    assert lens.app.number_input(key="sample").value == 0


def test_the_code_on_the_page_gives_the_number_on_the_card(visit):
    lens = visit().set(threshold=0.7, card="recall")
    from metrics_core.scenarios import scenario

    data = scenario("no-activation").predictions()
    assert not lens.app.code
    lens.app.session_state["code"] = True
    numpy_lines = lens.run().app.code[1].value
    names = {"y_true": data.y_true, "y_pred": data.y_pred}
    exec(numpy_lines, names)
    assert f"{names['result']:.4f}" == lens.values["recall"]


def downloads(lens):
    """What is written on the buttons that download, by key."""
    buttons = [button.proto for button in lens.app.get("download_button")]
    return {button.id.rpartition("-")[2]: button.label for button in buttons}


def test_the_files_hold_the_samples_that_are_shown_or_all(visit, files):
    lens = visit().set(show="wrong", sort="score", descending=True)
    rows = list(csv.DictReader(io.StringIO(files["csv"]().decode())))
    assert len(rows) == 25
    assert downloads(lens)["csv"] == "25 samples as CSV"
    assert downloads(lens)["parquet"] == "25 samples as Parquet"
    assert [int(row["row"]) for row in rows] == lens.table()["row"].tolist()
    lens.set(export_all=True)
    assert downloads(lens)["csv"] == "96 samples as CSV"
    rows = list(csv.DictReader(io.StringIO(files["csv"]().decode())))
    assert [int(row["row"]) for row in rows] == list(range(96))


def test_a_long_id_is_cut_where_it_is_shown_and_whole_in_the_file(visit, files):
    long = "x" * 5000
    lens = visit(data="upload")
    lens.drop("long.csv", f"id,y_true,y_pred\n{long},0,0.2\nb  c,1,0.7\n".encode())
    lens.click("use")
    assert [len(text) for text in lens.table()["id"]] == [160, 4]
    assert f"Sample 0 ({'x' * 159}…)" in lens.texts
    assert long.encode() in files["csv"]()
