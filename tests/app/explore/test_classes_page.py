"""The Classes page through `app.py`: what it says, and what the controls change."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import pytest

CLASSES = "pages/explore/classes.py"
TEN = {"data": "generate", "kind": "multi-class-indices"}
LABELS = [0, 0, 0, 1, 1, 2]
SCORES = [
    [0.7, 0.2, 0.1],
    [0.5, 0.4, 0.1],
    [0.3, 0.1, 0.6],
    [0.1, 0.8, 0.1],
    [0.6, 0.3, 0.1],
    [0.1, 0.1, 0.8],
]


def turn_to(lens: Any) -> Any:
    lens.app.switch_page(CLASSES)
    return lens.run()


def uploaded(visit: Any, **arrays: object) -> Any:
    sink = io.BytesIO()
    np.savez(sink, **{name: np.asarray(value) for name, value in arrays.items()})
    lens = visit(data="upload").drop("a.npz", sink.getvalue())
    lens.click("use")
    assert lens.errors == []
    return turn_to(lens)


def chart(lens: Any, place: int = 0) -> dict[str, Any]:
    return json.loads(lens.app.get("plotly_chart")[place].proto.spec)


def counts(lens: Any) -> list[list[float]]:
    """The matrix that is drawn, from its three heat maps."""
    maps = [np.array(trace["z"], float) for trace in chart(lens)["data"][:3]]
    return np.nansum(maps, axis=0).tolist()


def choose(lens: Any, true: int, decided: int) -> Any:
    return lens.set(true=true, decided=decided)


def test_the_answer_has_the_accuracy_the_worst_class_and_the_most_frequent_confusion(visit):
    lens = uploaded(visit, y_true=LABELS, y_pred=SCORES)
    assert "## Accuracy 0.6667" in lens.texts
    assert "4 of 6 right, 95 % interval 0.3000 to 0.9032." in lens.texts
    assert "Lowest recall: 1 with 0.5000, 1 of 2." in lens.texts
    assert "Most frequent confusion: 0 is predicted as 2, 1 of 3." in lens.texts
    assert counts(lens) == [[2, 0, 1], [1, 1, 0], [0, 0, 1]]
    strip = lens.component("strip")["choices"]["sparse_categorical_accuracy"]
    assert [step["choice"] for step in strip[1:]] == [
        "none", "highest output", "equal to the true class", "mean",
    ]  # fmt: skip


def test_the_accuracy_is_that_of_the_metrics_page(visit):
    lens = visit(**TEN)
    card = lens.values["sparse_categorical_accuracy"]
    assert f"## Accuracy {card}" in turn_to(lens).texts


def test_a_chosen_cell_lists_its_samples_with_the_surest_first(visit):
    lens = choose(uploaded(visit, y_true=LABELS, y_pred=SCORES), 0, 0)
    assert "0 predicted as 0: 2 samples" in lens.texts
    table = lens.table("Samples of a cell")
    assert table["row"].tolist() == [0, 1]
    assert table["predicted"].tolist() == ["0", "0"]
    assert table["score"].tolist() == pytest.approx([0.7, 0.5])
    choose(lens, 1, 2)
    assert "1 predicted as 2: 0 samples" in lens.texts
    choose(lens, -3, 2)
    assert lens.table("Samples of a cell")["row"].tolist() == [5, 2]


def test_a_click_on_a_cell_chooses_it_and_the_matrix_marks_it(visit):
    lens = uploaded(visit, y_true=LABELS, y_pred=SCORES)
    chart_state = lens.app.get("plotly_chart")[0]
    assert chart_state.proto.selection_mode
    assert "shapes" not in chart(lens)["layout"] or chart(lens)["layout"]["shapes"] == []
    choose(lens, 1, 0)
    (frame,) = chart(lens)["layout"]["shapes"]
    assert (frame["x0"], frame["y0"]) == (-0.5, 0.5)


def test_a_long_list_shows_200_and_tells_how_many_there_are(visit):
    lens = choose(turn_to(visit(n=5000, **TEN)), -3, 0)
    table = lens.table("Samples of a cell")
    total = sum(row[0] for row in counts(lens))
    assert total > 200
    assert len(table) == 200
    assert f"any class predicted as 0: {total:.0f} samples" in lens.texts
    assert "The 200 most confident are listed." in lens.texts
    assert np.all(np.diff(table["score"]) <= 0)


def test_cells_show_counts_or_shares(visit):
    lens = uploaded(visit, y_true=LABELS, y_pred=SCORES)
    by_row = counts(lens.set(cells="of-true-class"))
    assert np.ravel(by_row) == pytest.approx([200 / 3, 0, 100 / 3, 50, 50, 0, 0, 0, 100])
    by_column = counts(lens.set(cells="of-predicted"))
    assert np.sum(by_column, axis=0) == pytest.approx([100, 100, 100])
    assert np.sum(counts(lens.set(cells="of-all"))) == pytest.approx(100)


def test_of_more_than_thirty_classes_twenty_are_shown_and_can_be_more(visit):
    lens = turn_to(visit(classes=40, n=3000, **TEN))
    shown = np.array(counts(lens))
    assert shown.shape == (21, 21)
    assert shown.sum() == 3000
    assert chart(lens)["layout"]["xaxis"]["ticktext"][-1] == "others"
    assert np.array(counts(lens.set(most=30))).shape == (31, 31)
    choose(lens, -2, -2)
    assert f"others predicted as others: {counts(lens)[30][30]:.0f} samples" in lens.texts
    assert "others: 10." in lens.texts


def test_binary_outputs_are_decided_by_the_threshold_of_the_view(visit):
    lens = turn_to(visit().set(threshold=1.0))
    at = counts(lens)
    assert np.shape(at) == (2, 2)
    assert lens.app.number_input(key="threshold").value == 1.0
    lens.set(threshold=0.5)
    assert "## Accuracy 0.7396" in lens.texts
    assert counts(lens) == [[9, 21], [4, 62]] != at
    assert lens.table("Classes")["recall"].tolist() == pytest.approx([0.3, 62 / 66])
    assert [w.key for w in lens.app.number_input if w.key in ("k", "reject")] == []


def test_multi_hot_labels_get_two_by_two_tables_and_the_page_says_why(visit):
    lens = turn_to(visit(data="generate", kind="multi-label"))
    assert "There is no matrix of all labels" in lens.texts
    table = lens.table("Classes")
    assert len(table) == 10
    first = counts(lens)
    assert np.shape(first) == (2, 2)
    assert np.sum(first[1]) == table["samples"][0]
    lens.set(label=7)
    assert "## Label 7" in lens.texts
    made = counts(lens)
    assert [made[1][1] + made[0][1], made[1][1] + made[1][0]] == [
        table["predicted"][7], table["samples"][7],
    ]  # fmt: skip
    choose(lens, 0, 1)
    assert len(lens.table("Samples of a cell")) == min(200, made[0][1])
    assert "8,338 of 10,000 elements right" in lens.texts


def test_class_indices_on_both_sides_have_a_matrix_but_no_scores(visit):
    lens = uploaded(visit, y_true=[0, 1, 3, 3], y_pred=[0, 3, 3, 3])
    assert "## Accuracy 0.7500" in lens.texts
    assert np.diag(counts(lens)).tolist() == [1, 0, 0, 2]
    choose(lens, 3, 3)
    table = lens.table("Samples of a cell")
    assert table["row"].tolist() == [2, 3]
    assert "score" not in table
    assert len(lens.app.get("plotly_chart")) == 1


def test_a_label_out_of_range_is_named_and_nothing_breaks(visit):
    lens = uploaded(visit, y_true=[0, 1, 7], y_pred=SCORES[:3])
    (error,) = lens.errors
    assert "must be whole numbers from 0 to 2. Got 7 in row 2." in error


def test_weights_count_where_they_are_switched_on(visit):
    lens = uploaded(visit, y_true=LABELS, y_pred=SCORES, sample_weight=[1, 1, 4, 1, 1, 2])
    assert "## Accuracy 0.6667" in lens.texts
    lens.set(weighted=True)
    assert "## Accuracy 0.5000" in lens.texts
    assert "5 of 10 right" in lens.texts
    assert counts(lens)[0] == [2, 0, 4]


def test_the_k_in_view_and_every_other_k_have_their_accuracy(visit):
    lens = uploaded(visit, y_true=LABELS, y_pred=SCORES).set(k=2)
    assert "Top-2 accuracy 1.0000 (6 of 6)." in lens.texts
    line, mark = chart(lens, 1)["data"]
    assert line["y"] == pytest.approx([4 / 6, 1, 1])
    assert mark["x"] == [2]
    shown = lens.table("Table of Accuracy for every k")
    assert shown["k"].tolist() == [1, 2, 3]
    assert shown["accuracy"].tolist() == pytest.approx([4 / 6, 1, 1])
    assert lens.app.get("plotly_chart")[1].proto.alt == "Accuracy for every k: 1.0000 at k = 2"


def test_charts_have_tables_of_what_they_show(visit):
    lens = uploaded(visit, y_true=LABELS, y_pred=np.array(SCORES))
    matrix = lens.table("Table of Confusion matrix")
    assert matrix["true class"].tolist() == ["0", "1", "2"]
    columns = matrix[["predicted as 0", "predicted as 1", "predicted as 2"]]
    assert columns.to_numpy().tolist() == counts(lens) == [[2, 0, 1], [1, 1, 0], [0, 0, 1]]
    answers = lens.table("Table of Accuracy of the answers against coverage")
    at = dict(zip(answers["coverage"], answers["accuracy"], strict=True))
    assert at[1.0] == pytest.approx(4 / 6)
    assert at[0.5] == 1.0
    lens.app.switch_page("pages/explore/metrics.py")
    ranks = lens.run().table("Table of Rank of the true class")
    assert (ranks["rank"].tolist(), ranks["samples"].tolist()) == (["1", "2", "3"], [4, 2, 0])


def test_answers_only_above_a_score_are_fewer_and_better(visit):
    lens = uploaded(visit, y_true=LABELS, y_pred=np.array(SCORES)).set(reject=0.65)
    assert "Answered: 3 of 6 (0.5000). Accuracy of the answers: 1.0000 (3 right)." in lens.texts
    lens.set(reject=0.9)
    assert "Answered: 0 of 6 (0.0000)." in lens.texts


def test_thresholds_of_classes_leave_samples_without_an_answer(visit):
    lens = uploaded(visit, y_true=LABELS, y_pred=SCORES)
    assert "Without" not in lens.texts
    lens.app.text_input(key="cuts").set_value("0:0.65 1:0.35 2:0.9")
    lens.run()
    assert "Answered: 3 of 6 (0.5000)." in lens.texts
    assert "among all samples: 0.3333, without thresholds 0.6667." in lens.texts
    assert counts(lens) == [[1, 1, 0, 1], [0, 1, 0, 1], [0, 0, 0, 1]]
    assert chart(lens)["layout"]["xaxis"]["ticktext"][-1] == "no class"
    choose(lens, -3, -1)
    assert lens.table("Samples of a cell")["row"].tolist() == [5, 2, 4]
    choice = lens.component("strip")["choices"]["sparse_categorical_accuracy"][2]["choice"]
    assert choice == "highest output above its class's threshold"
    lens.click("reset_cuts")
    assert lens.app.text_input(key="cuts").value == ""
    assert "## Accuracy 0.6667" in lens.texts


def test_the_best_f1_of_each_class_is_filled_in(visit):
    lens = uploaded(visit, y_true=LABELS, y_pred=SCORES).click("best_cuts")
    cuts = dict(part.split(":") for part in lens.app.text_input(key="cuts").value.split())
    assert set(cuts) == {"0", "1", "2"}
    assert 0.1 <= float(cuts["0"]) < 0.3
    assert 0.6 <= float(cuts["2"]) < 0.8
    assert "without thresholds 0.6667" in lens.texts


def test_thresholds_that_cannot_be_read_are_refused_in_a_sentence(visit):
    lens = uploaded(visit, y_true=LABELS, y_pred=SCORES)
    lens.app.text_input(key="cuts").set_value("0=0.5")
    lens.run()
    (error,) = lens.errors
    assert "Write 3:0.7 5:0.25, or leave it empty." in error
    assert "## Accuracy 0.6667" in lens.texts


def test_one_hot_labels_give_the_same_matrix_as_class_indices(visit):
    lens = turn_to(visit(**TEN))
    before = counts(lens)
    assert counts(lens.set(labels="one-hot")) == before
    assert "categorical_accuracy" in lens.component("strip")["choices"]


def test_a_link_opens_the_same_view(visit):
    lens = turn_to(visit(true=4, decided=0, cells="of-all", order="size", k=3, **TEN))
    assert "4 predicted as 0: 10 samples" in lens.texts
    assert np.sum(counts(lens)) == pytest.approx(100)
    assert "Top-3 accuracy" in lens.texts
    supports = np.nansum(counts(lens), axis=1)
    assert np.all(np.diff(supports) <= 1e-9)


def test_a_chosen_class_that_other_data_do_not_have_is_forgotten(visit):
    lens = choose(turn_to(visit(**TEN)), 9, 9)
    lens.set(classes=3)
    assert lens.app.selectbox(key="true").value == -3
    assert "Click a cell" in lens.texts


def test_names_of_classes_are_shown_as_they_are_written(visit):
    names = ['<a href="//x.y">b</a>', "[c](//x.y)", "d"]
    lens = uploaded(visit, y_true=LABELS, y_pred=SCORES, class_names=np.array(names))
    raw = "\n".join(element.value for element in lens.app.markdown)
    assert r"\[c\]\(//x\.y\)" in raw
    assert "[c](" not in raw
    assert "<a" not in raw.replace("\\<", "")
    assert "<a" not in json.dumps(chart(lens)["data"])
    assert chart(lens)["layout"]["yaxis"]["ticktext"][0].startswith("&lt;a href=")
    assert lens.table("Classes")["class"].tolist() == names
    assert choose(lens, 1, 0).table("Samples of a cell")["predicted"].tolist() == [names[0]]
