"""Counts of classes as matrix, sentences, tables, figures and thresholds in the address."""

from __future__ import annotations

import json

import numpy as np
import pytest

from accuracy_lens.components.charts import plotly_text, reject_figure, top_k_figure
from accuracy_lens.explore.classes import computed
from accuracy_lens.explore.classes.answers import (
    answer,
    averages_frame,
    class_frame,
    class_labels,
    effective_size,
    worst,
)
from accuracy_lens.explore.classes.charts import matrix_figure
from accuracy_lens.explore.classes.matrix import (
    ANY,
    NO_CLASS,
    OTHERS,
    matrix_of,
    most_confident_first,
    predicted_scores,
    rows_of_cell,
)
from accuracy_lens.explore.classes.thresholds import parse_thresholds, write_thresholds
from accuracy_lens.words.text import say
from metrics_core.counting.confusion import Confusion
from metrics_core.errors import InputError
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps

TRUE = np.array([0, 0, 0, 1, 1, 2, 2, 2, 2, 3])
DECIDED = np.array([0, 0, 3, 1, 1, 2, 2, 1, 1, 0])
FOUR = Confusion.of(TRUE, DECIDED, 4)


def test_all_classes_stand_in_class_order_with_their_counts():
    made = matrix_of(FOUR, "class-order", 30)
    assert made.rows == made.columns == (0, 1, 2, 3)
    assert made.counts.tolist() == FOUR.counts.tolist()
    assert made.others == ()


def test_size_puts_the_class_with_most_samples_first():
    assert matrix_of(FOUR, "size", 30).rows == (2, 0, 1, 3)


def test_confusion_puts_classes_side_by_side_that_are_taken_for_one_another():
    rows = matrix_of(FOUR, "confusion", 30).rows
    places = {name: rows.index(name) for name in range(4)}
    assert abs(places[1] - places[2]) == 1
    assert abs(places[0] - places[3]) == 1
    assert sorted(rows) == [0, 1, 2, 3]


def test_of_many_classes_those_in_the_most_confusions_are_shown_and_the_rest_gathered():
    true, decided = [0, 0, 1, 1, 1, 2, 2, 3, 3], [0, 1, 2, 2, 1, 2, 1, 3, 0]
    made = matrix_of(Confusion.of(true, decided, 4), "class-order", 2)
    assert made.rows == made.columns == (1, 2, OTHERS)
    assert made.others == (0, 3)
    assert made.counts.tolist() == [[1, 2, 0], [1, 1, 0], [1, 0, 3]]
    assert made.hits_of_others == 2


def test_no_answer_has_a_column_of_its_own():
    made = matrix_of(Confusion.of([0, 0, 1], [0, -1, 1], 2), "class-order", 30)
    assert made.columns == (0, 1, NO_CLASS)
    assert made.counts.tolist() == [[1, 0, 1], [0, 1, 0]]
    assert made.shares("true").tolist() == [[0.5, 0.0, 0.5], [0.0, 1.0, 0.0]]


def test_shares_of_rows_columns_and_all():
    true, decided = [0, 0, 0, 0, 1, 1, 1, 2, 2], [0, 0, 1, -1, 1, 1, 0, 2, -1]
    matrix = matrix_of(Confusion.of(true, decided, 4), "class-order", 30)
    assert matrix.shares("true")[:2].tolist() == [[0.5, 0.25, 0, 0, 0.25], [1 / 3, 2 / 3, 0, 0, 0]]
    assert matrix.shares("true")[3].tolist() == [0] * 5
    assert matrix.shares("all")[:, :4].sum() == pytest.approx(7 / 9, abs=1e-15)
    weights = [1.5, 1.5, 1.5, 1, 1, 1, 3, 1, 1]
    weighed = matrix_of(Confusion.of(true, decided, 3, weights), "class-order", 30)
    assert weighed.shares("predicted")[:, :3].tolist() == [
        [3 / 6, 1.5 / 3.5, 0],
        [3 / 6, 2 / 3.5, 0],
        [0, 0, 1],
    ]


@pytest.mark.parametrize("most", [2, 30])
def test_every_cell_lists_as_many_samples_as_it_counts(most):
    matrix = matrix_of(FOUR, "class-order", most)
    for row, true in enumerate(matrix.rows):
        for column, decided in enumerate(matrix.columns):
            rows = rows_of_cell(TRUE, DECIDED, matrix, true, decided)
            assert len(rows) == matrix.counts[row, column]
    assert len(rows_of_cell(TRUE, DECIDED, matrix, ANY, 1)) == 4
    assert rows_of_cell(TRUE, DECIDED, matrix, 3, ANY).tolist() == [9]


def test_the_score_of_the_predicted_class_orders_the_samples():
    scores = np.array([[0.6, 0.4], [0.2, 0.8], [0.9, 0.1]], "f4")
    predicted = np.array([0, 1, -1])
    assert predicted_scores(np.arange(3), scores, predicted) == pytest.approx([0.6, 0.8, 0.9])
    assert most_confident_first(np.arange(3), scores, predicted).tolist() == [2, 1, 0]
    assert most_confident_first(np.array([2, 0]), None, predicted).tolist() == [2, 0]


def test_a_low_score_is_sure_of_class_0():
    scores = np.array([-3.0, -1.0, -2.0])
    assert most_confident_first(np.arange(3), scores, np.zeros(3)).tolist() == [0, 2, 1]
    assert most_confident_first(np.arange(3), scores, np.ones(3)).tolist() == [1, 2, 0]


def test_the_answer_has_the_count_and_wilsons_interval():
    assert say(answer(FOUR)) == "6 of 10 right, 95 % interval 0.3127 to 0.8318."
    weighted = Confusion.of(TRUE, DECIDED, 4, weights=np.full(10, 0.5))
    assert say(answer(weighted)) == "3 of 5 right, 95 % interval 0.3127 to 0.8318."
    assert effective_size(weighted) == 10
    assert effective_size(Confusion.empty(3)) == 0


def test_the_worst_class_and_the_most_frequent_confusion_are_named():
    labels = class_labels(["a", "b", "c", "d"], 4)
    assert [say(line) for line in worst(FOUR, labels)] == [
        "Lowest recall: d with 0.0000, 0 of 1.",
        "Most frequent confusion: c is predicted as b, 2 of 4.",
    ]
    right = [say(line) for line in worst(Confusion.of([0, 2], [0, 2], 3), labels)]
    assert right == [
        "Lowest recall: a with 1.0000, 1 of 1.",
        "No sample is predicted as a wrong class.",
    ]


def test_every_class_is_called_by_something_that_no_other_is_called():
    assert class_labels(["a", "a", "any class", " ", "x\ny"], 5) == (
        "a (0)", "a (1)", "any class (2)", "(3)", "x y",
    )  # fmt: skip
    tricky = class_labels(["a (1)", "a", "a"], 3)
    assert len(set(tricky)) == 3
    assert class_labels(["\ud800", "b"], 2) == ("?", "b")


def test_the_table_of_classes_has_the_metrics_of_scikit_learn():
    frame = class_frame(FOUR.per_class(), class_labels(None, 4), 10.0)
    assert frame["samples"].tolist() == [3, 2, 4, 1]
    assert frame["predicted"].tolist() == [3, 4, 2, 1]
    assert frame["recall"].tolist() == pytest.approx([2 / 3, 1, 0.5, 0])
    assert frame["precision"].tolist() == pytest.approx([2 / 3, 0.5, 1, 0])
    assert frame["F1"].tolist() == pytest.approx([2 / 3, 2 / 3, 2 / 3, 0])
    assert frame["accuracy against the rest"].tolist() == pytest.approx([0.8, 0.8, 0.8, 0.8])
    assert frame["recall, 95 %"][1] == "0.3424 – 1.0000"


def test_averages_leave_out_classes_that_never_occur():
    metrics = Confusion.of(TRUE, DECIDED, 9).per_class()
    frame = averages_frame(metrics)
    assert frame["recall"].tolist() == pytest.approx([(2 / 3 + 1 + 0.5) / 4, 0.6])
    assert frame["F1"].tolist() == pytest.approx([0.5, 2 / 3 * 0.9])


def spec(figure):
    return json.loads(figure.to_json())


def test_right_is_blue_wrong_vermilion_and_what_is_gathered_grey():
    matrix = matrix_of(FOUR, "class-order", 2)
    blue, vermilion, grey, _ = spec(matrix_figure(matrix, None, class_labels(None, 4), (ANY, ANY)))[
        "data"
    ]
    for row in range(3):
        for column in range(3):
            cells = [trace["z"][row][column] for trace in (blue, vermilion, grey)]
            place = 2 if 2 in (row, column) else 0 if row == column else 1
            count = matrix.counts[row, column]
            assert [cell is not None for cell in cells] == [
                count > 0 and place == n for n in range(3)
            ]
            assert count == 0 or cells[place] == count
    for trace, colour in ((blue, "0,114,178"), (vermilion, "213,94,0"), (grey, "138,138,138")):
        assert trace["colorscale"][1][1].startswith(f"rgba({colour}")


def test_each_cell_can_be_clicked_and_says_its_numbers():
    matrix = matrix_of(FOUR, "class-order", 30)
    made = spec(matrix_figure(matrix, "true", class_labels(None, 4), (2, 1)))
    markers = made["data"][3]
    cells = {(true, decided): text for true, decided, text in markers["customdata"]}
    assert len(cells) == 16
    assert cells[2, 1] == (
        "2 predicted as 1: 2<br>50.00 % of the true class"
        "<br>50.00 % of the predicted class<br>20.00 % of all"
    )
    at = [[t, d] for t, d, _ in markers["customdata"]].index([2, 1])
    assert (markers["x"][at], markers["y"][at]) == (1, 2)
    (frame,) = made["layout"]["shapes"]
    assert (frame["x0"], frame["y0"]) == (0.5, 1.5)
    assert {note["text"] for note in made["layout"]["annotations"]} == {
        "66.7",
        "33.3",
        "100.0",
        "50.0",
    }


def test_names_of_classes_are_never_markup_in_a_figure():
    names = class_labels(['<a href="https://x.y">b</a>', "c & <b>d</b>"], 2)
    matrix = matrix_of(Confusion.of([0, 1], [1, 1], 2), "class-order", 30)
    text = matrix_figure(matrix, None, names, (ANY, ANY)).to_json()
    shown = json.dumps(json.loads(text)["data"]) + json.dumps(json.loads(text)["layout"]["xaxis"])
    assert "<a" not in shown
    assert "<b>" not in shown
    assert "&lt;b&gt;d&lt;/b&gt;" in shown
    assert plotly_text("&lt;") == "&amp;lt;"


def test_a_figure_of_a_thousand_classes_stays_small():
    rng = np.random.default_rng(0)
    many = Confusion.of(rng.integers(0, 1000, 20_000), rng.integers(0, 1000, 20_000), 1000)
    matrix = matrix_of(many, "confusion", 30)
    assert len(matrix.rows) == 31
    assert matrix.counts.sum() == 20_000
    assert len(matrix_figure(matrix, None, class_labels(None, 1000), (0, 0)).to_json()) < 300_000


def test_the_k_in_view_is_marked_on_its_curve():
    line, mark = spec(top_k_figure(np.array([0.5, 0.75, 1.0]), 2))["data"]
    assert (line["x"], line["y"]) == ([1, 2, 3], [0.5, 0.75, 1.0])
    assert (mark["x"], mark["y"]) == ([2], [0.75])
    assert spec(top_k_figure(np.array([0.5, 1.0]), 9))["data"][1]["x"] == [2]


def test_the_reject_curve_of_many_samples_has_few_points_and_keeps_its_ends():
    rng = np.random.default_rng(1)
    scores = rng.random((5000, 3), "f4")
    steps = Steps(Predictions.of(rng.integers(0, 3, 5000), scores, kind="sparse"))
    sweep, curve = computed.reject_curve.__wrapped__("x", "none", False, steps)
    assert 200 < len(curve.coverage) <= 400
    assert curve.coverage[0] == 1.0
    assert curve.coverage[-1] == 1 / 5000
    for place in (3, 100, -2):
        counts = sweep.at(float(curve.thresholds[place]))
        assert counts.predicted_share == curve.coverage[place]
        assert counts.precision == curve.accuracy[place]
    made = spec(reject_figure(curve.coverage, curve.accuracy, curve.thresholds, None))
    assert made["data"][0]["customdata"][0] is None
    assert made["data"][1]["x"] == []


def test_labels_are_counted_each_for_itself_with_and_without_weights():
    labels = np.array([[1, 0], [1, 1], [0, 0]], np.uint8)
    scores = np.array([[0.9, 0.6], [0.2, 0.7], [0.5, 0.1]], "f4")
    data = Predictions.of(labels, scores, kind="multi_label", sample_weight=[1.0, 2.0, 4.0])
    count = computed.label_table.__wrapped__
    made = count("x", "none", 0.5, False, Steps(data))
    assert made.counts.true_positives.tolist() == [1, 1]
    assert made.counts.false_positives.tolist() == [0, 1]
    assert made.counts.false_negatives.tolist() == [1, 0]
    assert made.counts.true_negatives.tolist() == [1, 1]
    assert made.n_effective == 3
    weighted = count("x", "none", 0.5, True, Steps(data))
    assert weighted.counts.true_positives.tolist() == [1, 2]
    assert weighted.counts.true_negatives.tolist() == [4, 4]
    assert weighted.per_class.recall.tolist() == pytest.approx([1 / 3, 1])
    assert weighted.per_class.recall_size.tolist() == pytest.approx([9 / 5, 1])
    assert weighted.n_effective == pytest.approx(49 / 21)


def test_labels_that_are_neither_0_nor_1_are_refused_by_row():
    data = Predictions.of([[1.0, 0.5], [1, 1]], [[0.9, 0.6], [0.2, 0.7]], kind="multi_label")
    with pytest.raises(InputError, match=r"0\.5 in row 0"):
        computed.label_table.__wrapped__("x", "none", 0.5, False, Steps(data))


def test_the_best_f1_of_each_class_is_reached_above_its_threshold():
    scores = np.array([[0.9, 0.1], [0.6, 0.4], [0.7, 0.3], [0.2, 0.8]], "f4")
    steps = Steps(Predictions.of([0, 1, 0, 1], scores))
    thresholds = dict(computed.best_class_thresholds.__wrapped__("x", "none", False, steps))
    assert 0.6 <= thresholds[0] < 0.7
    assert 0.3 <= thresholds[1] < 0.4


def test_thresholds_are_read_as_they_are_written():
    thresholds = {7: 0.25, 0: -1.5, 3: 1e-7}
    assert dict(parse_thresholds(write_thresholds(thresholds), 8)) == thresholds
    assert write_thresholds({}) == ""


@pytest.mark.parametrize(
    "text", ["a:1", "3", "3:", "8:0.5", "-1:0.5", "1:nan", "1:1e99", "1:0 1:1"]
)
def test_thresholds_that_cannot_be_meant_are_refused(text):
    with pytest.raises(InputError, match="each class once"):
        parse_thresholds(text, 8)
