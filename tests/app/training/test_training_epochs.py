"""One epoch of a run on the Training page: which is in view, and what is shown of it."""

from __future__ import annotations

import json

import pytest

from metrics_core.live_keras import EXPERIMENTS
from tests.app.training.training import METRICS, TRAINING, epoch, numbers, opened, said, until


def test_both_numbers_of_the_ten_sigmoids_stand_side_by_side_and_the_doctor_names_it(visit, quick):
    lens = until(opened(visit).click("train"), "Done: 10 epochs in 10.0 s")
    row = EXPERIMENTS["ten-sigmoids"]
    assert [settings for _, settings in quick.given] == [row.settings, row.against]
    lens.set(at_epoch=1)
    assert [metric.label for metric in lens.app.metric[:2]] == [
        "Binary accuracy",
        "Categorical accuracy",
    ]
    assert numbers(lens) == ["0.9000", "0.2000"] * 2
    assert "10 of 50" in [metric.delta for metric in lens.app.metric]
    assert "Doctor (serious): Element-wise accuracy on one-hot labels" in said(lens)
    lens.set(at_epoch=0)
    assert numbers(lens) == ["0.9000", "0.0000"] * 2


def test_every_figure_of_an_epoch_is_in_its_tables(visit, quick):
    lens = until(opened(visit).click("train"), "Done: 10 epochs")
    lens.set(at_epoch=2)
    lens.app.session_state["run_figures_0"] = True
    lens.run()
    printed = lens.table("Metrics that Keras printed: Ten sigmoid units, binary cross-entropy")
    assert printed["name"].tolist() == ["loss", "accuracy", "binary_accuracy"]
    assert printed["printed while training"].tolist() == ["1.8000", "0.2000", "0.9000"]
    assert printed["evaluate, validation samples"].tolist() == ["1.8000", "0.4000", "0.9000"]
    by_epoch = lens.table("Table of Metrics by epoch: Ten sigmoid units, binary cross-entropy")
    assert by_epoch["epoch"].tolist() == [*range(11)]
    assert by_epoch["accuracy, evaluate, validation samples"][2] == pytest.approx(0.4)
    assert by_epoch["accuracy, printed while training"].isna().tolist() == [True] + 10 * [False]
    spread = lens.table("Table of Outputs by label: Ten sigmoid units, binary cross-entropy")
    assert spread.iloc[:, 1:].sum().tolist() == [50, 450]
    counted = lens.table("Accuracy variants: Ten sigmoid units, binary cross-entropy")
    by_name = dict(zip(counted["variant"], counted["value"], strict=True))
    assert by_name["Categorical accuracy"] == "0.4000"
    assert by_name["Binary accuracy"] == "0.9000"
    assert by_name["Multi-label accuracy, exact match"] == "0.0000"


def test_the_samples_of_an_epoch_are_paged_with_their_verdicts(visit, quick):
    lens = until(opened(visit).click("train"), "Done: 10 epochs")
    lens.set(at_epoch=2)
    lens.app.session_state["run_samples_1"] = True
    lens.run()
    alt = "Samples: Softmax, categorical cross-entropy"
    table = lens.table(alt)
    assert table["row"].tolist() == list(range(20))
    assert table["Categorical accuracy"].tolist() == ["right"] * 20
    assert table["Binary accuracy"].tolist() == ["partly"] * 20
    lens.set(run_page_1=2)
    assert lens.table(alt)["row"].tolist() == list(range(20, 40))
    assert lens.table(alt)["Categorical accuracy"].tolist() == ["wrong"] * 20


def test_the_epoch_in_view_is_that_of_the_question_until_it_is_moved(visit, quick):
    lens = until(opened(visit).click("train"), "Done: 10 epochs")
    assert epoch(lens).value == 1
    assert numbers(lens)[:2] == ["0.9000", "0.2000"]
    lens.set(experiment="shuffled-labels")
    until(lens.click("train"), "Done: 10 epochs")
    assert epoch(lens).value == 10
    lens.set(at_epoch=4, run_seed=3)
    until(lens.click("train"), "Done: 10 epochs")
    assert epoch(lens).value == 4
    lens.set(experiment="batch-norm")
    until(lens.click("train"), "Done: 10 epochs")
    assert epoch(lens).value == 2


def test_a_link_names_the_epoch(visit, quick):
    lens = until(opened(visit, at_epoch=3).click("train"), "Done: 10 epochs")
    assert epoch(lens).value == 3


@pytest.mark.parametrize(("name", "ends_at"), [("ten-sigmoids", 1), ("dropout", 3)])
def test_the_slider_ends_at_the_last_epoch_of_a_stopped_run(visit, quick, name, ends_at):
    quick.upto, quick.outcome = 4, None
    lens = opened(visit).set(experiment=name)
    until(lens.click("train"), "Epoch 3 of 10")
    assert epoch(lens).max == 10
    until(lens.click("stop"), "You stopped this run.")
    assert (epoch(lens).value, epoch(lens).max) == (ends_at, 3)


def test_an_epoch_that_was_chosen_during_the_run_stays_when_it_is_stopped(visit, quick):
    quick.upto, quick.outcome = 4, None
    lens = until(opened(visit).click("train"), "Epoch 3 of 10").set(at_epoch=2)
    until(lens.click("stop"), "You stopped this run.")
    assert (epoch(lens).value, epoch(lens).max) == (2, 3)
    lens.app.switch_page(METRICS)
    lens.run()
    lens.app.switch_page(TRAINING)
    lens.run()
    assert (epoch(lens).value, epoch(lens).max) == (2, 3)


def test_logits_show_both_thresholds_and_the_plane(visit, quick):
    lens = opened(visit).set(experiment="threshold-on-logits")
    until(lens.click("train"), "Done: 10 epochs")
    assert [metric.label for metric in lens.app.metric] == [
        "Binary accuracy",
        "Binary accuracy, above 0",
    ]
    assert numbers(lens)[1] == "1.0000"
    assert float(numbers(lens)[0]) < 0.7
    planes = [json.loads(chart.proto.spec) for chart in lens.app.get("plotly_chart")]
    names = [trace.get("name") for trace in planes[2]["data"]]
    assert names == [None, "threshold 0.5", "threshold 0", "0: left", "1: right"]


def test_a_shorter_run_after_a_longer_one_and_an_uploaded_log_of_epochs_do_not_clash(visit, quick):
    lens = visit(data="upload")
    log = "epoch,y_true,y_pred\n" + "".join(f"{epoch},1,0.{epoch}\n" * 2 for epoch in range(1, 9))
    lens.drop("log.csv", log.encode()).click("use")
    assert lens.app.select_slider(key="epoch").value == 8
    lens.app.switch_page(TRAINING)
    until(lens.run().click("train"), "Done: 10 epochs")
    assert epoch(lens).max == 10
    until(lens.set(at_epoch=8, run_epochs=4).click("train"), "Done: 4 epochs")
    assert (epoch(lens).value, epoch(lens).max) == (1, 4)
