"""The Thresholds page through `app.py`: its answer, its tables, and that they move together."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics_core.sweep import Sweep, auc

PAGE = "pages/explore/thresholds.py"


@pytest.fixture
def turned(visit) -> Any:
    """Drop columns as a file, turn to the page, and give the visit."""

    def turn(**columns: object):
        lens = visit(data="upload")
        content = io.BytesIO()
        pq.write_table(pa.table(columns), content)
        lens.drop("outputs.parquet", content.getvalue())
        lens.click("use")
        lens.app.switch_page(PAGE)
        return lens.run()

    return turn


SCORES = np.array([0.1, 0.2, 0.3, 0.3, 0.6, 0.6, 0.7, 0.9], np.float32)
LABELS = np.array([0, 0, 1, 0, 1, 1, 0, 1])


def test_the_answer_names_the_accuracy_the_best_one_and_the_areas(turned):
    lens = turned(y_true=LABELS, y_pred=SCORES)
    area = auc(Sweep.of(SCORES, LABELS == 1))
    assert "Accuracy 0.7500 (6 of 8). The best that any threshold gives is 0.7500" in lens.texts
    assert "more frequent label gives 0.5000" in lens.texts
    assert f"Area under the ROC curve {area:.4f}" in lens.texts


def test_each_best_value_is_what_its_threshold_gives(turned):
    lens = turned(y_true=LABELS, y_pred=SCORES)
    best = lens.table("Best thresholds")
    row = best[best["Metric"] == "Recall"].iloc[0]
    assert (row["Best"], row["At this threshold"], row["Up to (exclusive)"]) == (
        "1.0000", "0.7500", "0.300000012",
    )  # fmt: skip
    for _, row in best.iterrows():
        lens.set(threshold=float(row["Threshold"]))
        here = lens.table("Best thresholds")
        assert here[here["Metric"] == row["Metric"]]["At this threshold"].item() == row["Best"]


def test_scores_equal_to_the_threshold_are_told_with_both_comparisons(turned):
    lens = turned(y_true=LABELS, y_pred=SCORES).set(threshold=0.6)
    assert (
        "2 scores equal 0.6: with > they are class 0 and the accuracy is 0.5000, "
        "with ≥ they are class 1 and it is 0.7500" in lens.texts
    )
    ties = lens.table("Ties")
    assert ties["Samples that share it"].tolist() == ["2", "2"]
    assert ties["Score"].tolist() == ["0.300000012", "0.600000024"]
    assert ties["Accuracy with >"].tolist() == ["0.7500", "0.5000"]
    assert ties["Accuracy with ≥"].tolist() == ["0.7500", "0.7500"]


def test_costs_move_the_best_threshold(turned):
    lens = turned(y_true=LABELS, y_pred=SCORES)
    plain = lens.table("Best thresholds").iloc[-1]
    assert plain["Best"] == "0.2500"
    lens.set(cost_fn=10.0)
    dear = lens.table("Best thresholds").iloc[-1]
    assert dear["Best"] == "0.2500"
    assert float(dear["Up to (exclusive)"]) < 0.31
    assert dear["At this threshold"] == "1.3750"


def test_weights_count_when_they_are_turned_on(turned):
    weights = np.array([1, 1, 5, 1, 1, 1, 1, 1.0])
    lens = turned(y_true=LABELS, y_pred=SCORES, sample_weight=weights)
    assert "Accuracy 0.7500 (6 of 8)" in lens.texts
    lens.set(weighted=True)
    assert "Accuracy 0.5000 (6 of 12)" in lens.texts


def test_weights_that_are_all_zero_are_told(turned):
    lens = turned(y_true=LABELS, y_pred=SCORES, sample_weight=np.zeros(8)).set(weighted=True)
    assert [box.value for box in lens.app.info] == [
        "Every sample weight is 0, so no threshold is better than another."
    ]


def test_labels_of_another_kind_are_told(turned):
    lens = turned(y_true=LABELS * 2, y_pred=SCORES)
    assert "labels that are 0 or 1" in lens.app.info[0].value


def test_one_class_is_swept_against_the_rest(turned):
    outputs = np.array([[0.7, 0.2, 0.1], [0.4, 0.5, 0.1], [0.6, 0.3, 0.1], [0.1, 0.1, 0.8]])
    columns = {f"p{c}": outputs[:, c].astype(np.float32) for c in range(3)}
    lens = turned(y_true=np.array([0, 1, 1, 2]), **columns)
    assert "Class 1 against all others, by its own output. Accuracy 0.5000 (2 of 4)" in lens.texts
    assert "the accuracy over all classes is 0.7500." in lens.texts
    lens.set(against=-1)
    said = "All 12 outputs of the 3 columns, each on its own. Accuracy 0.7500 (9 of 12)"
    assert said in lens.texts
    lens.set(against=1)
    lens.set(threshold=0.25)
    assert "Accuracy 1.0000 (4 of 4)" in lens.texts


def test_intervals_come_on_request_and_follow_the_seed(turned):
    rng = np.random.default_rng(3)
    labels = rng.random(300) < 0.4
    lens = turned(y_true=labels.astype(int), y_pred=(rng.random(300) * 0.7 + 0.3 * labels))
    assert not [frame for frame in lens.app.dataframe if frame.proto.alt == "Intervals"]
    lens.set(intervals=True)
    made = lens.table("Intervals").set_index("Metric")
    assert list(made.index) == [
        "Accuracy", "Precision", "Recall", "Specificity", "Area under the ROC curve",
        "Average precision",
    ]  # fmt: skip
    assert (made["From"].astype(float) < made["Value"].astype(float)).all()
    assert (made["Value"].astype(float) < made["To"].astype(float)).all()
    lens.set(bootstrap_seed=1)
    again = lens.table("Intervals").set_index("Metric")
    assert (again["From"] != made["From"]).tolist() == [False] * 4 + [True] * 2


def test_scores_that_are_nan_are_refused_with_their_rows(turned):
    scores = SCORES.copy()
    scores[[2, 5]] = np.nan
    lens = turned(y_true=LABELS, y_pred=scores)
    (error,) = lens.errors
    assert "2, 5" in error
    assert not lens.app.dataframe


def test_one_label_alone_has_no_areas_but_all_else(turned):
    lens = turned(y_true=np.ones(8, int), y_pred=SCORES)
    assert "Accuracy 0.5000 (4 of 8)" in lens.texts
    assert "Area" not in lens.texts
    assert len(lens.table("Best thresholds")) == 9


def test_logits_have_no_calibration_plot_until_a_sigmoid_is_added(turned):
    lens = turned(y_true=LABELS, y_pred=SCORES * 4 - 2)
    assert "No calibration plot" in lens.texts
    lens.set(activation="sigmoid")
    assert "No calibration plot" not in lens.texts


def test_class_indices_have_no_thresholds(turned):
    lens = turned(y_true=np.array([0, 3, 2]), y_pred=np.array([0, 3, 1]))
    assert [box.value for box in lens.app.info] == [
        "Class indices are compared as they are: there are no scores and no threshold."
    ]
