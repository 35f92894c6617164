"""A training run and the other pages: it goes on, its outputs are opened, and trained again."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from accuracy_lens.jobs.runs import registry
from tests.app.training.training import METRICS, TRAINING, epoch, numbers, opened, said, until


def back_links(lens):
    return [link for link in lens.app.get("page_link") if link.proto.label == "Back to the run"]


def test_a_run_goes_on_while_the_visitor_is_on_another_page(visit, quick):
    quick.upto, quick.outcome = 3, None
    lens = until(opened(visit).click("train"), "Epoch 2 of 10")
    lens.app.switch_page(METRICS)
    lens.run()
    assert "A training run goes on." in said(lens)
    assert len(back_links(lens)) == 1
    quick.upto, quick.outcome = 99, (None, "")
    until(lens, "The training run has ended.")
    assert quick.stopped == []
    lens.app.switch_page(TRAINING)
    assert "Done: 10 epochs" in said(lens.run())
    lens.app.switch_page(METRICS)
    lens.run()
    assert "training run" not in said(lens)
    assert back_links(lens) == []


def test_a_run_that_failed_meanwhile_is_said_on_other_pages(visit, quick):
    quick.upto, quick.outcome = 3, None
    lens = until(opened(visit).click("train"), "Epoch 2 of 10")
    lens.app.switch_page("pages/explain/doctor.py")
    lens.run()
    quick.outcome = ("memory", "")
    until(lens, "The training run has ended before its last epoch.")


def test_a_page_elsewhere_keeps_the_run_alive_for_longer_than_its_own(visit, quick):
    registry.RUNS.limits = replace(registry.RUNS.limits, silence_seconds=1.0)
    quick.upto, quick.outcome = 3, None
    lens = until(opened(visit).click("train"), "Epoch 2 of 10")
    lens.app.switch_page(METRICS)
    lens.run()
    time.sleep(1.5)
    assert "A training run goes on." in said(lens.run())
    lens.app.switch_page(TRAINING)
    lens.run()
    time.sleep(1.5)
    assert "because nothing more was heard from the browser" in said(lens.run())


def test_the_picker_is_put_aside_on_the_training_page_and_keeps_its_data(visit, quick):
    lens = visit(data="generate", n=500)
    lens.app.switch_page(TRAINING)
    lens.run()
    assert "The Training page has data of its own." in said(lens)
    lens.app.switch_page(METRICS)
    lens.run()
    assert "500 samples" in said(lens)
    assert "The Training page has data of its own." not in said(lens)


def test_the_outputs_of_an_epoch_become_the_data_in_view(visit, quick):
    lens = until(opened(visit).click("train"), "Done: 10 epochs")
    lens.set(at_epoch=3).click("open_metrics_0")
    title = "digits, Ten sigmoid units, binary cross-entropy, epoch 3"
    assert lens.values["binary_accuracy"] == "0.9000"
    assert lens.values["categorical_accuracy"] == "0.6000"
    assert title in said(lens)
    assert lens.app.button_group(key="data").value == "training"
    lens.app.switch_page("pages/explore/metrics.py")  # where the page in view has gone already
    lens.run().set(data="scenario")
    assert lens.values["binary_accuracy"] == "0.7396"
    assert title not in said(lens)
    lens.set(data="training")
    assert lens.values["categorical_accuracy"] == "0.6000"
    lens.app.switch_page(TRAINING)
    lens.run()
    assert lens.app.slider(key="at_epoch").value == 3
    assert numbers(lens)[:2] == ["0.9000", "0.6000"]


GONE = "are gone after a refresh"


@pytest.mark.parametrize("link", ["", "x", "dropout/3/1", "dropout/1/11", 'dropout/1/1/{"x":1}'])
def test_a_link_to_outputs_that_are_gone_says_so_and_shows_no_others(visit, quick, link):
    lens = visit(data="training", trained=link)
    assert GONE in said(lens)
    assert not lens.board_is_there
    assert [button.key for button in lens.app.button if button.key == "train_again"] == []
    assert "Go to Training" in [each.proto.label for each in lens.app.get("page_link")]
    lens.set(data="scenario")
    assert lens.values["binary_accuracy"] == "0.7396"
    assert GONE not in said(lens)


def test_outputs_that_are_gone_are_trained_again_as_the_link_has_them(visit, quick):
    lens = opened(visit).set(experiment="dropout", run_seed=7, run_units=8)
    until(lens.click("train"), "Done: 10 epochs")
    lens.set(at_epoch=3).click("open_doctor_1")
    link = lens.app.text_input(key="trained").value
    assert link == 'dropout/2/3/{"hidden":[8],"seed":7}'
    asked = [settings for _, settings in quick.given]
    again = visit(data="training", trained=link)
    assert "The link names epoch 3 of run 2: Dropout." in said(again)
    again.click("train_again")
    again.app.switch_page(TRAINING)  # where the page in view has gone already
    again.run()
    assert again.app.query_params["run_seed"] == "7"
    assert again.app.query_params["run_units"] == "8"
    until(again, "Done: 10 epochs")
    assert [settings for _, settings in quick.given] == asked  # kept, and so not trained again
    assert epoch(again).value == 3
    again.click("open_metrics_1")
    assert "digits, No dropout, epoch 3" in said(again)
    assert GONE not in said(again)
