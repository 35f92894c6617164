"""The Compare page: B beside the data in view, from every place it can come from."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from accuracy_lens.jobs.runs import registry
from accuracy_lens.jobs.runs.reports import KeptReports
from accuracy_lens.jobs.runs.run_queue import Run
from accuracy_lens.view.state import Source
from metrics_core.predictions import Predictions
from tests.app.training.quick import report
from tests.app.training.training import opened as trainings
from tests.app.training.training import until
from tests.app.view.test_choices import opened
from tests.numpy_files import npz

COMPARE = "pages/explore/compare.py"
RANDOM = np.random.default_rng(11)
N = 200
LABELS = RANDOM.integers(0, 2, N)
GOOD = np.clip(0.4 * LABELS + 0.6 * RANDOM.random(N), 0, 1).round(3)
POOR = np.clip(0.2 * LABELS + 0.8 * RANDOM.random(N), 0, 1).round(3)


def head(lens):
    """The main answer."""
    (said,) = [
        e.value.replace("\\", "")
        for e in lens.app.markdown
        if e.value.startswith("## ")
        and any(word in e.value for word in ("better", "apart", "the same", "no test"))
    ]
    return said.removeprefix("## ")


def rows_of(*columns, header):
    lines = [header, *(",".join(map(str, row)) for row in zip(*columns, strict=True))]
    return "\n".join(lines).encode()


def upload(visit, content, name="a.csv"):
    lens = visit(data="upload").drop(name, content).click("use")
    lens.app.switch_page(COMPARE)
    return lens.run()


def test_a_scenario_beside_another_of_the_same_labels(visit):
    lens = opened(visit, COMPARE, scenario="no-activation")
    assert lens.app.selectbox(key="b").value == "scenario"
    assert lens.app.selectbox(key="b_scenario").value == "with-sigmoid"
    assert "96 samples are joined by row." in lens.texts
    table = lens.table("Metrics in A and B")
    row = table[table["metric"] == "Binary accuracy"].iloc[0]
    assert row["A"] == "0.7396"
    assert lens.component("strip", "strip_A")["lit"] == 0


def test_other_settings_part_at_the_decision_and_the_link_opens_them(visit):
    lens = opened(visit, COMPARE, scenario="binary-threshold", b="settings")
    assert head(lens).startswith("A and B are the same")
    lens.set(b_threshold=0.1)
    assert "part at step 3, Decision" in lens.texts
    assert lens.component("strip", "strip_B")["choices"]["binary_accuracy"][2]["choice"] == "> 0.1"
    assert lens.component("strip", "strip_A")["lit"] == 2
    again = opened(visit, COMPARE, scenario="binary-threshold", b="settings", b_threshold=0.1)
    assert head(again) == head(lens)
    assert again.errors == []


def test_the_lenses_stand_at_one_threshold_or_at_one_each_with_exact_counts(visit):
    lens = upload(visit, rows_of(LABELS, GOOD, POOR, header="y_true,prob_a,prob_b"))
    a, b = (lens.component("threshold", side) for side in ("lens", "lens_b"))
    assert a["reach"] == b["reach"] == [min(GOOD.min(), POOR.min()), max(GOOD.max(), POOR.max())]
    assert a["address"]["name"] == b["address"]["name"] == "threshold"
    lens.set(threshold=0.4321, b_own=True, b_threshold=0.2468)
    for side, scores, threshold in (("lens", GOOD, 0.4321), ("lens_b", POOR, 0.2468)):
        drawn = lens.component("threshold", side)
        assert drawn["slider"]["value"] == threshold
        predicted = scores > threshold
        counts = {"tp": predicted & (LABELS == 1), "fp": predicted & (LABELS == 0)}
        for name, mask in counts.items():
            assert drawn["here"]["counts"][name] == np.count_nonzero(mask), side
    assert drawn["address"]["name"] == "b_threshold"
    assert lens.component("strip", "strip_B")["control"] == "b_threshold"
    lens.set(by="mean_prediction")
    assert lens.component("threshold", "lens")["slider"] is None


def test_a_second_group_of_columns_and_all_groups_with_holm(visit):
    middle = ((GOOD + POOR) / 2).round(3)
    content = rows_of(range(N), LABELS, GOOD, POOR, middle, header="id,y_true,prob_a,prob_b,prob_c")
    lens = upload(visit, content)
    assert lens.app.selectbox(key="b").value == "columns"
    assert head(lens).startswith("A is better, and these data can tell: Binary accuracy")
    assert lens.app.selectbox(key="b_columns").options == ["prob_b", "prob_c"]
    lens.set(b_columns=1, every_b=True)
    assert lens.app.query_params["b_columns"] == "index-1"
    several = lens.table("A beside each of the others")
    assert list(several["B"]) == ["prob_b", "prob_c"]
    assert "Holm" in lens.texts


def test_a_cell_that_is_missing_leaves_its_row_out_of_both(visit):
    holes = ["" if row in (3, 5) else POOR[row] for row in range(N)]
    lens = upload(visit, rows_of(LABELS, 1 - GOOD, holes, header="y_true,prob_a,prob_b"))
    assert lens.errors == []
    assert "198 samples are joined by id." in lens.texts
    assert "Without a partner, and left out: 2 of A, 0 of B." in lens.texts


def test_another_epoch(visit):
    epochs = np.repeat([1, 2, 3], N)
    scores = np.concatenate([POOR, (GOOD + POOR) / 2, GOOD])
    content = rows_of(epochs, np.tile(LABELS, 3), scores, header="epoch,y_true,y_pred")
    lens = upload(visit, content)
    assert lens.app.selectbox(key="b_epoch").value == 1
    assert "A: a.csv, epoch 3 of 3 · B: epoch 1" in lens.texts
    assert head(lens).startswith("A is better")
    lens.set(every_b=True)
    assert list(lens.table("A beside each of the others")["B"]) == ["epoch 1", "epoch 2"]


def test_a_second_file_is_joined_by_id_and_what_does_not_match_is_said(visit):
    lens = upload(visit, rows_of(range(N), LABELS, GOOD, header="id,y_true,prob"))
    lens.set(b="file")
    assert "Drop the file of B" in lens.app.info[0].value
    order = RANDOM.permutation(N)[:-3]
    labels = LABELS[order].copy()
    labels[0] = 1 - labels[0]
    lens.drop("b.csv", rows_of(order, labels, POOR[order], header="id,y_true,prob"))
    assert "197 samples are joined by id." in lens.texts
    assert "left out: 3 of A, 0 of B." in lens.texts
    assert "B labels 1 sample otherwise; the labels of A count." in lens.texts
    assert lens.app.query_params["b_file"].startswith("b.csv/197/")
    lens.click("remove_b")
    assert "b_file" not in lens.app.query_params
    lens.drop("only.csv", rows_of(range(N), POOR, header="id,prob"))
    assert "B labels" not in lens.texts
    assert head(lens).startswith("A is better")
    lens.click("remove_b").drop("bad.csv", b"words\nno\nyes\n")
    assert "must have" in lens.errors[0]


def test_several_files_at_once_with_holm(visit):
    lens = upload(visit, npz(y_true=LABELS, y_pred=GOOD), "a.npz").set(b="file")
    middle, bad = npz(y_pred=(GOOD + POOR) / 2), npz(words=np.array(["x"] * N))
    lens.drop("b.npz", npz(y_pred=POOR), ("c.npz", middle), ("d.npz", bad))
    assert "d.npz" in lens.errors[0]
    assert lens.app.selectbox(key="b_which").options == ["b.npz", "c.npz"]
    assert "B: c.npz" in lens.texts
    lens.set(b_which=0, every_b=True)
    assert "B: b.npz" in lens.texts
    assert list(lens.table("A beside each of the others")["B"]) == ["b.npz", "c.npz"]
    lens.click("remove_b")
    assert "B: c.npz" in lens.texts


def test_another_number_of_rows_without_ids_is_refused(visit):
    lens = upload(visit, npz(y_true=LABELS, y_pred=GOOD), "a.npz").set(b="file")
    lens.drop("b.npz", npz(y_true=LABELS[:9], y_pred=GOOD[:9]))
    assert "must have the 200 samples of the data in view" in lens.errors[0]


def test_a_link_to_a_second_file_says_which(visit):
    lens = opened(visit, COMPARE, b="file", b_file="b.csv/197/0123456789ab")
    assert "This link compares with b.csv (197 rows); drop that file here." in lens.texts


def test_an_interval_that_leaves_0_out_while_the_test_does_not_decide_is_said_to_be_close(visit):
    lens = opened(visit, COMPARE, scenario="no-activation", b="settings", b_threshold=0.3)
    assert head(lens).startswith("These data cannot tell A and B apart")
    assert "The interval leaves 0 out and the test does not reach 0.05" in lens.texts


def handed_over(scores, link):
    data = Predictions.of(LABELS, scores)
    return Source(predictions=data, title=f"Run, {link}", origin={"link": link})


def test_outputs_of_training_beside_those_that_were_handed_over_before(visit):
    lens = visit(data="training", trained="x")
    lens.app.session_state["_trained"] = handed_over(GOOD, "epoch 2")
    lens.app.session_state["_trained_before"] = handed_over(POOR, "epoch 1")
    lens.app.switch_page(COMPARE)
    lens.run()
    assert lens.app.selectbox(key="b").value == "training"
    assert "A: Run, epoch 2 · B: Run, epoch 1" in lens.texts
    assert head(lens).startswith("A is better")


def test_any_epoch_of_any_run_that_is_kept(visit, quick):
    lens = until(trainings(visit).click("train"), "Done: 10 epochs")
    until(lens.set(experiment="dropout").click("train"), "Done: 10 epochs")
    lens.set(at_epoch=3).click("open_compare_0")
    assert lens.app.selectbox(key="b").value == "training"
    assert lens.app.selectbox(key="a_epoch").value == 3
    runs = lens.app.selectbox(key="b_run")
    assert len(runs.options) == 3
    assert any("Dropout 0.5" in each for each in runs.options)
    lens.app.switch_page(COMPARE)  # where the page in view has gone already
    lens.run().set(b_run="dropout-0.5", b_run_epoch=5)
    assert "epoch 3 · B: digits" in lens.texts
    assert "epoch 5" in lens.texts
    assert head(lens).startswith("B is better")
    lens.set(a_epoch=5)
    assert "epoch 5 · B: digits" in lens.texts
    assert head(lens).startswith("A and B are the same")
    lens.set(every_b=True)
    assert len(lens.table("A beside each of the others")) == 3
    assert lens.errors == []


def test_runs_on_images_of_others_and_runs_of_other_samples_are_not_offered(visit, quick):
    lens = until(trainings(visit).click("train"), "Done: 10 epochs")
    _, state = registry.RUNS.kept()[0]
    registry.RUNS._shared.clear()
    other = replace(state.settings, seed=5)
    own = replace(state.settings, dataset="own_images")
    registry.RUNS._shared.add((other, None), done_run(other, [report(other, 1)]))
    registry.RUNS._shared.add((own, "digest"), done_run(own, state.reports))
    assert len(registry.RUNS.kept()) == 2
    lens.click("open_compare_0")
    assert "a run of Training" not in lens.app.selectbox(key="b").options
    registry.RUNS._shared.add((state.settings, None), done_run(state.settings, state.reports))
    lens.app.switch_page(COMPARE)
    assert "a run of Training" in lens.run().app.selectbox(key="b").options


def done_run(settings, reports):
    run = Run(settings, print, KeptReports(10**6), phase="done")
    for each in reports:
        run.kept.add(each, 1)
    return run


def test_two_releases_of_keras(visit):
    lens = opened(visit, COMPARE, b="release")
    assert "part at step 3, Decision" in lens.texts
    assert "A: Binary accuracy by rounding" in lens.texts
    assert head(lens).startswith("B is better, and these data can tell: Binary accuracy 0.7396")


@pytest.mark.parametrize("kind", ["multi-class-indices", "multi-class-one-hot", "multi-label"])
def test_every_kind_has_metrics_curves_and_samples(visit, kind):
    lens = opened(visit, COMPARE, data="generate", kind=kind, n=150, classes=3)
    assert lens.errors == []
    assert len(lens.app.get("plotly_chart")) == 4
    for side in ("lens", "lens_b"):
        assert sum(map(sum, lens.component("threshold", side)["counts"])) > 0
    names = list(lens.table("Metrics in A and B")["metric"])
    assert names[-2:] == ["Area under the ROC curve", "Average precision"]
    assert len(lens.table("Samples in A and in B")) > 0


def test_class_indices_weights_nan_and_one_sample_are_no_error(visit):
    cases = {
        "indices": npz(y_true=np.array([0, 2, 1]), y_pred=np.array([0, 2, 2])),
        "one": npz(y_true=LABELS[:1], y_pred=GOOD[:1]),
        "nan": npz(y_true=LABELS, y_pred=np.where(LABELS == 0, np.nan, GOOD)),
        "weights": npz(y_true=LABELS, y_pred=GOOD, sample_weight=np.zeros(N)),
        "alone": npz(y_true=np.ones(N, int), y_pred=GOOD),
    }
    for name, content in cases.items():
        lens = upload(visit, content, f"{name}.npz").set(b="settings")
        assert lens.errors == [], name
        if name == "weights":
            lens.set(weighted=True)
            assert lens.errors == [], name
        assert head(lens).startswith("A and B are the same"), name


def test_samples_that_are_right_in_one_alone_are_listed_traced_and_written(visit, files):
    content = rows_of(LABELS, GOOD, POOR, header="y_true,prob_a,prob_b")
    lens = upload(visit, content)
    right_a, right_b = (GOOD > 0.5) == LABELS, (POOR > 0.5) == LABELS
    lens.set(apart="b")
    only = np.flatnonzero(right_b & ~right_a)
    table = lens.table("Samples in A and in B")
    assert table["row"].tolist() == only.tolist()[:50]
    assert set(table["A: right"]) == {"✗"}
    assert f"{len(only)} of {N} samples" in lens.texts
    written = list(csv.DictReader(io.StringIO(files["apart_csv"]().decode())))
    assert [int(row["row"]) for row in written] == only.tolist()
    assert [float(row["B: output"]) for row in written] == POOR[only].tolist()
    lens.set(sample=int(only[0]))
    assert "part at step 1, Outputs, and the decisions differ." in lens.texts
    assert lens.texts.count(f"Sample {only[0]}:") == 2
