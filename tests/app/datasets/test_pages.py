"""Data sets that the operator named: read once, shown exactly, and why not on other pages."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics_core.counting.counts import CostMatrix
from metrics_core.datasets.places.named import SOURCES
from metrics_core.doctor.case import MAIN
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.sweep import Sweep, auc, average_precision, best_thresholds
from tests.app.datasets.reading import read, wait


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Two data sets: one output, and three classes."""
    rng = np.random.default_rng(8)
    scores = rng.random(3000, np.float32)
    labels = rng.random(3000) < scores
    outputs, classes = rng.random((600, 3)), rng.integers(0, 3, 600)
    (tmp_path / "churn").mkdir()
    (tmp_path / "animals").mkdir()
    for part in range(3):
        rows = slice(1000 * part, 1000 * (part + 1))
        table = pa.table({"label": labels[rows].astype(np.int8), "score": scores[rows]})
        pq.write_table(table, tmp_path / "churn" / f"part-{part}.parquet")
        some = slice(200 * part, 200 * (part + 1))
        columns = {f"prob_{each}": outputs[some, each] for each in range(3)}
        pq.write_table(
            pa.table({"label": classes[some], **columns}),
            tmp_path / "animals" / f"part-{part}.parquet",
        )
    monkeypatch.setenv(SOURCES, str(tmp_path))
    return scores, labels, outputs, classes


def drawn(lens):
    return {each.key for each in (*lens.app.selectbox, *lens.app.number_input)}


def test_the_picker_offers_data_sets_where_the_operator_names_some(visit, data, monkeypatch):
    lens = visit(data="dataset")
    assert lens.app.selectbox(key="dataset").options == ["animals", "churn"]
    assert "3 files are to be read, of these columns only." in lens.texts
    monkeypatch.delenv(SOURCES)
    options = visit().app.button_group(key="data").options
    assert list(options) == ["Scenario", "Generate", "Upload"]
    assert "has named no data sets" in visit(data="dataset").texts


def test_metrics_and_thresholds_are_those_of_all_rows(visit, data):
    scores, labels, *_ = data
    sweep = Sweep.of(scores, labels)
    lens = read(visit(data="dataset", dataset="churn"))
    assert lens.values["binary_accuracy"] == f"{sweep.at(0.5).accuracy:.4f}"
    assert lens.values["recall"] == f"{sweep.at(0.5).recall:.4f}"
    assert "Rows read: 3,000. Files: 3." in lens.texts
    lens.set(threshold=0.25)
    assert lens.values["binary_accuracy"] == f"{sweep.at(0.25).accuracy:.4f}"
    lens.app.switch_page("pages/explore/thresholds.py")
    lens.run()
    assert f"Area under the ROC curve {auc(sweep):.4f}" in lens.texts
    drawn = {each.proto.component_name for each in lens.app.get("bidi_component")}
    assert {"accuracy_lens_threshold", "accuracy_lens_curves"} <= drawn
    assert "No calibration plot" not in lens.texts
    best = lens.table("Best thresholds")
    assert best["Best"][0] == f"{best_thresholds(sweep)[0].value:.4f}"
    here, (right, wrong) = lens.component("threshold", "lens")["here"], sweep.at(0.25).parts[:2]
    assert (here["counts"]["tp"], here["counts"]["fp"]) == (right, wrong)
    assert here["ties"] == here["counts"]  # no score is 0.25


def test_the_matrix_and_the_rows_of_a_cell(visit, data):
    *_, outputs, classes = data
    lens = visit(data="dataset", dataset="animals")
    lens.app.switch_page("pages/explore/classes.py")
    lens = read(lens.run())
    predicted = outputs.argmax(axis=1)
    assert f"Accuracy {(predicted == classes).mean():.4f} over 3 classes" in lens.texts
    lens = wait(lens.set(true=2, decided=0, dataset_rows=True))
    rows = np.flatnonzero((classes == 2) & (predicted == 0))
    found = lens.table()
    assert (found["row"] + [200 * int(name[-9]) for name in found["file"]]).tolist() == (
        rows[:20].tolist()
    )
    lens = wait(lens.set(dataset_page=2))
    assert len(lens.table()) == len(rows[20:40])


def test_scores_that_rows_share_are_listed_with_both_comparisons(visit, tmp_path, monkeypatch):
    scores = np.float32([0.25, 0.25, 0.5, 0.5, 0.5, 0.75])
    labels = np.int8([0, 1, 1, 1, 0, 1])
    pq.write_table(pa.table({"label": labels, "score": scores}), tmp_path / "few.parquet")
    monkeypatch.setenv(SOURCES, str(tmp_path))
    lens = visit(data="dataset")
    lens.app.switch_page("pages/explore/thresholds.py")
    lens = read(lens.run())
    assert "3 scores equal 0.5: with > they are class 0" in lens.texts
    ties = lens.table("Ties")
    assert ties.to_numpy().tolist() == [
        ["0.5", "3", "0.5000", "0.6667"],
        ["0.25", "2", "0.6667", "0.6667"],
    ]


@pytest.mark.parametrize("n", [3000, 70_000])
def test_a_cost_has_its_best_threshold_also_where_not_all_are_kept(visit, tmp_path, monkeypatch, n):
    rng = np.random.default_rng(5)
    scores = rng.permutation(n).astype(np.float32) / n
    labels = rng.random(n) < scores
    table = pa.table({"label": labels.astype(np.int8), "score": scores})
    pq.write_table(table, tmp_path / "rows.parquet")
    monkeypatch.setenv(SOURCES, str(tmp_path))
    lens = visit(data="dataset")
    lens.app.switch_page("pages/explore/thresholds.py")
    lens = read(lens.run())
    kept_all = "every threshold is exact" in str(lens.component("threshold", "lens")["caption"])
    assert kept_all == (n == 3000)
    even = best_thresholds(Sweep.of(scores, labels))[-1]
    assert lens.table("Best thresholds")["Best"].iloc[-1] == f"{even.value:.4f}"
    lens = wait(lens.set(cost_fn=7.0))
    best = lens.table("Best thresholds")
    dear = best_thresholds(Sweep.of(scores, labels), cost=CostMatrix(fn=7.0))[-1]
    assert best["Best"].iloc[-1] == f"{dear.value:.4f}" != f"{even.value:.4f}"
    assert best["Threshold"].iloc[-1] == f"{dear.threshold:.6g}"
    lens.app.switch_page("pages/explore/metrics.py")
    assert lens.run().board_is_there  # nothing is read again


def test_the_class_of_the_sweep_is_chosen_where_it_is_shown(visit, data):
    *_, outputs, classes = data
    lens = read(visit(data="dataset", dataset="animals"))
    assert drawn(lens).isdisjoint({"against", "threshold"})
    lens.app.switch_page("pages/explore/thresholds.py")
    lens = wait(lens.run())
    assert drawn(lens) >= {"against", "threshold"}
    lens = wait(lens.set(against=2))
    area = auc(Sweep.of(outputs[:, 2], classes == 2))
    assert f"Area under the ROC curve {area:.4f}" in lens.texts
    lens.app.switch_page("pages/explore/metrics.py")
    lens.run()
    assert drawn(lens).isdisjoint({"against", "threshold"})
    assert "sparse_categorical_accuracy" in lens.values
    lens.app.switch_page("pages/explore/thresholds.py")
    assert f"Area under the ROC curve {area:.4f}" in lens.run().texts


def test_of_two_classes_the_second_is_positive_as_in_an_upload(visit, tmp_path, monkeypatch):
    rng = np.random.default_rng(9)
    labels = rng.random(800) < 0.3
    score = np.clip(rng.normal(0.3, 0.2, 800) + 0.4 * labels, 0, 1)
    named = [[{"label": "stay", "prob": 1 - each}, {"label": "go", "prob": each}] for each in score]
    table = pa.table({"label": np.where(labels, "go", "stay"), "probs": named})
    pq.write_table(table, tmp_path / "churn.parquet")
    monkeypatch.setenv(SOURCES, str(tmp_path))
    lens = read(visit(data="dataset"))
    assert lens.values["sparse_categorical_accuracy"] == f"{((score > 0.5) == labels).mean():.4f}"
    lens.app.switch_page("pages/explore/thresholds.py")
    lens.run()  # nothing is read again
    box = lens.app.selectbox(key="against")
    assert (box.label, box.value) == ("Positive class", 1)
    going = average_precision(Sweep.of(score, labels))
    assert f"average precision {going:.4f}" in lens.texts
    lens = wait(lens.set(against=0))
    staying = average_precision(Sweep.of(1 - score, ~labels))
    assert f"average precision {staying:.4f}" in lens.texts
    assert f"{going:.4f}" != f"{staying:.4f}"


def test_a_table_of_delta_is_refused_on_each_page(visit, data, tmp_path):
    (tmp_path / "churn" / "_delta_log").mkdir()
    (tmp_path / "churn" / "_delta_log" / "00000000000000000000.json").write_text("{}")
    lens = visit(data="dataset", dataset="churn")
    for page in ("explore/metrics", "explore/thresholds", "explain/doctor"):
        lens.app.switch_page(f"pages/{page}.py")
        (refused,) = lens.run().app.error
        assert "Got a Delta table, which keeps files that were replaced" in refused.value
        assert drawn(lens) == {"dataset"}
    assert "to be read" in visit(data="dataset", dataset="animals").texts


@pytest.mark.parametrize("page", ["compare", "which_accuracy"])
def test_pages_that_need_single_rows_say_why(visit, data, page):
    lens = visit(data="dataset", dataset="churn")
    folder = "explore" if page == "compare" else "explain"
    lens.app.switch_page(f"pages/{folder}/{page}.py")
    lens.run()
    (said,) = lens.app.info
    assert "A data set is read file by file and never held" in said.value


def test_the_doctor_says_what_counts_tell_and_what_they_do_not(visit, data):
    lens = visit(data="dataset", dataset="churn")
    lens.app.switch_page("pages/explain/doctor.py")
    lens = read(lens.run())
    assert "0 findings by the rules that need no single rows" in lens.texts
    titles = [each.label for each in lens.app.expander]
    assert any(title.startswith("Rules that found nothing: ") for title in titles)
    assert any(title.startswith("Rules that need single rows: ") for title in titles)


def test_what_is_wrong_in_a_file_is_one_sentence(visit, data, tmp_path):
    bad = pa.table({"label": [0, 1], "score": [0.5, float("nan")]})
    pq.write_table(bad, tmp_path / "churn" / "part-9.parquet")
    lens = read(visit(data="dataset", dataset="churn"))
    (said,) = lens.errors
    assert "NaN in row 1 of churn/part-9.parquet" in said


def test_a_name_that_is_no_data_set_reaches_nothing(visit, data):
    lens = visit(data="dataset", dataset="../../etc")
    assert lens.app.selectbox(key="dataset").value == "animals"


def test_rows_of_a_class_are_whole_numbers(visit, data):
    lens = visit(data="dataset", dataset="churn")
    lens.app.switch_page("pages/explore/classes.py")
    lens = read(lens.run())
    _, labels, *_ = data
    found = lens.table("Classes")["samples"]
    assert (found.tolist(), found.dtype.kind) == ([(~labels).sum(), labels.sum()], "i")


@pytest.fixture
def labelled(tmp_path, monkeypatch):
    """Two data sets of a label for each output: one-hot rows as lists, and several labels."""
    rng = np.random.default_rng(9)
    outputs = rng.random((600, 3)).round(3)
    hot, several = np.eye(3)[rng.integers(0, 3, 600)], (rng.random((600, 3)) < 0.4) * 1.0
    for name, labels in (("animals", hot), ("tags", several)):
        (tmp_path / name).mkdir()
        for part in range(2):
            some = slice(300 * part, 300 * (part + 1))
            columns = {"y_true": labels[some].tolist(), "y_pred": outputs[some].tolist()}
            if name == "tags":
                columns = {f"true_{each}": labels[some, each] for each in range(3)}
                columns |= {f"pred_{each}": outputs[some, each] for each in range(3)}
            pq.write_table(pa.table(columns), tmp_path / name / f"part-{part}.parquet")
    monkeypatch.setenv(SOURCES, str(tmp_path))
    return {"animals": Predictions.of(hot, outputs), "tags": Predictions.of(several, outputs)}


@pytest.mark.parametrize("name", ["animals", "tags"])
def test_cards_of_a_label_for_each_output_are_those_of_all_rows(visit, labelled, name):
    lens = read(visit(data="dataset", dataset=name))
    assert not lens.errors
    found = lens.values
    assert {"element_accuracy", "subset_accuracy", "precision", "f_beta"} <= found.keys()
    assert ("categorical_accuracy" in found) == ("balanced_accuracy" in found) == (name != "tags")
    assert ("Most wrong" in lens.texts) == (name != "tags")
    for variant, value in found.items():
        assert value == f"{evaluate(labelled[name], variant, Settings(k=3)).result:.4f}"
    lens.set(threshold=0.27)
    exact = evaluate(labelled[name], "subset_accuracy", Settings(threshold=0.27))
    assert lens.values["subset_accuracy"] == f"{exact.result:.4f}"
    lens.set(threshold=0.2756)
    assert "of which 0.2756 is none: the numbers are those of 0.27" in lens.texts
    assert lens.values["subset_accuracy"] == f"{exact.result:.4f}"


def test_classes_of_one_hot_labels_and_each_of_several_labels(visit, labelled):
    for name, said in (("animals", "over 3 classes"), ("tags", "each label of each sample")):
        lens = visit(data="dataset", dataset=name)
        lens.app.switch_page("pages/explore/classes.py")
        lens = read(lens.run())
        data = labelled[name]
        main = evaluate(data, MAIN[data.kind], Settings()).result
        assert f"Accuracy {main:.4f}" in lens.texts
        assert said in lens.texts
        table = lens.table("Classes")
        support = data.labels.sum(axis=0)
        assert table["samples"].tolist() == support.tolist()
        if name == "tags":
            right = ((data.outputs > 0.5) & (data.labels == 1)).sum(axis=0) / support
            assert table["recall"].tolist() == pytest.approx(right.tolist())
        lens.app.switch_page("pages/explain/doctor.py")
        lens.run()
        lens = wait(lens)
        assert not lens.errors
        assert "by the rules that need no single rows" in lens.texts


def test_other_columns_of_labels_than_outputs_are_refused_in_a_sentence(visit, labelled):
    lens = visit(data="dataset", dataset="tags")
    lens.app.multiselect(key="dataset_outputs-tags").set_value(["pred_0"])
    lens.run()
    assert any("3 columns of labels beside 1 of outputs" in said for said in lens.errors)


def test_a_threshold_that_was_not_counted_is_told_once_a_page(visit, tmp_path, monkeypatch):
    rng = np.random.default_rng(5)
    score = rng.permutation(70_000) / 70_000
    table = pa.table({"label": (rng.random(70_000) < score).astype(int), "score": score})
    pq.write_table(table, tmp_path / "rows.parquet")
    monkeypatch.setenv(SOURCES, str(tmp_path))
    lens = read(visit(data="dataset"))
    assert "Counted exactly at" not in lens.texts
    lens.set(threshold=0.123457)
    assert lens.texts.count("Counted exactly at") == 1
    for page in ("explore/thresholds", "explore/classes", "explain/doctor"):
        lens.app.switch_page(f"pages/{page}.py")
        lens = wait(lens.run())
        assert lens.texts.count("Counted exactly at") == 1
