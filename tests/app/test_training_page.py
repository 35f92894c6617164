"""The Training page through `app.py`, with runs that end at once instead of Keras."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest

from accuracy_lens.jobs.runs import registry
from accuracy_lens.words.text import say
from metrics_core.errors import InputError
from metrics_core.live_keras import EXPERIMENTS

TRAINING = "pages/learn/training.py"
METRICS = "pages/explore/metrics.py"


def opened(visit, **query):
    lens = visit()
    lens.app.switch_page(TRAINING)
    for name, value in query.items():
        lens.app.query_params[name] = value
    return lens.run()


def until(lens, text):
    """Poll, as the browser does, until something is said."""
    end = time.monotonic() + 20
    while text not in said(lens):
        assert time.monotonic() < end, said(lens)
        time.sleep(0.05)
        lens.run()
    return lens


def said(lens):
    bars = "\n".join(bar.proto.text for bar in lens.app.get("progress"))
    return f"{lens.texts}\n{bars}".replace("\\", "")


def epoch(lens):
    return lens.app.slider(key="at_epoch")


def numbers(lens):
    return [metric.value for metric in lens.app.metric]


def test_opening_the_page_asks_the_question_and_starts_nothing(visit, quick):
    lens = opened(visit)
    assert (
        "Why is the accuracy 0.90 after one epoch, when most digits are recognized wrongly?"
        in said(lens)
    )
    assert "Nine of the ten labels of a row are 0" in said(lens)
    assert quick.given == []
    assert lens.app.button(key="stop").disabled
    assert numbers(lens) == []


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


def test_a_stopped_run_keeps_what_it_reported(visit, quick):
    quick.upto, quick.outcome = 3, None
    lens = until(opened(visit).click("train"), "Epoch 2 of 10, 2.0 s")
    assert not lens.app.button(key="stop").disabled
    lens.click("stop")
    until(lens, "You stopped this run.")
    assert "Stopped after epoch 2 of 10" in said(lens)
    assert lens.app.button(key="stop").disabled
    assert numbers(lens)[:2] == ["0.9000", "0.2000"]
    lens.set(at_epoch=2)
    assert numbers(lens)[:2] == ["0.9000", "0.4000"]


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


def test_experiments_are_listed_by_their_titles_and_linked_by_their_names(visit, quick):
    lens = opened(visit, experiment="rare-class")
    titles = lens.app.selectbox(key="experiment_title")
    assert titles.options == [*(say(row.title) for row in EXPERIMENTS.values()), "Custom run"]
    assert titles.value == "rare-class"
    assert lens.app.selectbox(key="experiment").options == [*EXPERIMENTS, "your-own"]
    titles.set_value("labels-of-minus-one")
    lens.run()
    assert lens.app.selectbox(key="experiment").value == "labels-of-minus-one"
    assert lens.app.selectbox(key="run_dataset").value == "moons"
    assert "Why is the loss below 0" in said(lens)


def test_the_picker_is_put_aside_on_the_training_page_and_keeps_its_data(visit, quick):
    lens = visit(data="Generate", n=500)
    lens.app.switch_page(TRAINING)
    lens.run()
    assert "The Training page has data of its own." in said(lens)
    lens.app.switch_page(METRICS)
    lens.run()
    assert "500 samples" in said(lens)
    assert "The Training page has data of its own." not in said(lens)


def test_a_run_that_waits_shows_its_place(visit, quick):
    quick.places = 1
    quick.upto, quick.outcome = 2, None
    lens = until(opened(visit).click("train"), "Epoch 1 of 10")
    assert "Waiting: number 1 in the queue" in said(lens)


def test_a_refusal_of_keras_is_a_sentence(visit, quick):
    refused = InputError("settings", "must make a run that Keras accepts", "Shapes", "Change it.")
    quick.upto, quick.outcome = 1, (refused, "")
    lens = until(opened(visit).click("train"), "Ended after epoch 0 of 10")
    assert lens.errors[0] == (
        "`settings` must make a run that Keras accepts. Got Shapes. Change it."
    )
    assert not lens.app.button(key="train").disabled


def test_the_outputs_of_an_epoch_become_the_data_in_view(visit, quick):
    lens = until(opened(visit).click("train"), "Done: 10 epochs")
    lens.set(at_epoch=3).click("open_metrics_0")
    title = "digits, Ten sigmoid units, binary cross-entropy, epoch 3"
    assert lens.values["binary_accuracy"] == "0.9000"
    assert lens.values["categorical_accuracy"] == "0.6000"
    assert title in said(lens)
    assert lens.app.button_group(key="data").value == "Training"
    lens.app.switch_page("pages/explore/metrics.py")  # where the page in view has gone already
    lens.run().set(data="Scenario")
    assert lens.values["binary_accuracy"] == "0.7396"
    assert title not in said(lens)
    lens.set(data="Training")
    assert lens.values["categorical_accuracy"] == "0.6000"
    lens.app.switch_page(TRAINING)
    lens.run()
    assert lens.app.slider(key="at_epoch").value == 3
    assert numbers(lens)[:2] == ["0.9000", "0.6000"]


GONE = "are gone after a refresh"


@pytest.mark.parametrize("link", ["", "x", "dropout/3/1", "dropout/1/11", 'dropout/1/1/{"x":1}'])
def test_a_link_to_outputs_that_are_gone_says_so_and_shows_no_others(visit, quick, link):
    lens = visit(data="Training", trained=link)
    assert GONE in said(lens)
    assert not lens.app.get("bidi_component")
    assert [button.key for button in lens.app.button if button.key == "train_again"] == []
    assert "Go to Training" in [each.proto.label for each in lens.app.get("page_link")]
    lens.set(data="Scenario")
    assert lens.values["binary_accuracy"] == "0.7396"
    assert GONE not in said(lens)


def test_outputs_that_are_gone_are_trained_again_as_the_link_has_them(visit, quick):
    lens = opened(visit).set(experiment="dropout", run_seed=7, run_units=8)
    until(lens.click("train"), "Done: 10 epochs")
    lens.set(at_epoch=3).click("open_doctor_1")
    link = lens.app.text_input(key="trained").value
    assert link == 'dropout/2/3/{"hidden":[8],"seed":7}'
    asked = [settings for _, settings in quick.given]
    again = visit(data="Training", trained=link)
    assert "The link names epoch 3 of run 2: Dropout." in said(again)
    again.click("train_again")
    again.app.switch_page(TRAINING)  # where the page in view has gone already
    until(again, "Done: 10 epochs")
    assert [settings for _, settings in quick.given] == asked * 2
    assert epoch(again).value == 3
    again.click("open_metrics_1")
    assert "digits, No dropout, epoch 3" in said(again)
    assert GONE not in said(again)


def test_settings_change_both_runs_but_not_what_is_compared(visit, quick):
    lens = opened(visit).set(run_epochs=2, run_seed=7, run_units=8)
    keys = {widget.key for widget in lens.app.selectbox}
    assert "run_loss" not in keys
    assert "run_optimizer" in keys
    until(lens.click("train"), "Done: 2 epochs")
    row = EXPERIMENTS["ten-sigmoids"]
    changes = {"epochs": 2, "seed": 7, "hidden": (8,)}
    assert [s for _, s in quick.given] == [
        replace(row.settings, **changes),
        replace(row.against, **changes),
    ]
    lens.set(run_epochs=3)
    assert "The run below is from before the last change." in said(lens)


def test_an_experiment_sets_the_controls_and_ones_own_begins_with_them(visit, quick):
    lens = opened(visit).set(experiment="labels-of-minus-one")
    assert lens.app.selectbox(key="run_dataset").value == "moons"
    assert lens.app.selectbox(key="run_dataset").options == ["breast_cancer", "moons", "blobs"]
    lens.set(experiment="your-own")
    assert lens.app.selectbox(key="run_label_form").value == "signs"
    lens.set(run_label_form="binary", run_epochs=4)
    until(lens.click("train"), "Done: 4 epochs")
    ((_, settings),) = quick.given
    assert settings == replace(
        EXPERIMENTS["labels-of-minus-one"].settings, label_form="binary", epochs=4
    )
    assert lens.app.get("plotly_chart")
    lens.set(run_dataset="digits")
    assert lens.app.selectbox(key="run_label_form").value == "one_hot"


def test_settings_that_exclude_one_another_are_refused_before_a_run_starts(visit, quick):
    lens = opened(visit).set(experiment="your-own")
    lens.set(run_metrics=[])
    assert lens.errors[0] == ("`metrics` must be a tuple of 1 to 12 names. Got (). "
                           'Write ("accuracy",) for one.')  # fmt: skip
    assert lens.app.button(key="train").disabled
    lens.set(run_metrics=["accuracy"], run_dataset="own_images")
    assert lens.errors[0] == (
        "`images` must be uploaded before training. Got no file. Upload one in the settings."
    )


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


def test_the_program_is_that_of_the_settings(visit, quick):
    lens = opened(visit).set(run_epochs=3)
    codes = [code.value for code in lens.app.code]
    assert len(codes) == 2
    assert all("    epochs=3,\n" in code for code in codes)
    assert 'loss="binary_crossentropy"' in codes[0]
    assert 'loss="categorical_crossentropy"' in codes[1]


def test_a_shorter_run_after_a_longer_one_and_an_uploaded_log_of_epochs_do_not_clash(visit, quick):
    lens = visit(data="Upload")
    log = "epoch,y_true,y_pred\n" + "".join(f"{epoch},1,0.{epoch}\n" * 2 for epoch in range(1, 9))
    lens.drop("log.csv", log.encode()).click("use")
    assert lens.app.select_slider(key="epoch").value == 8
    lens.app.switch_page(TRAINING)
    until(lens.run().click("train"), "Done: 10 epochs")
    assert epoch(lens).max == 10
    until(lens.set(at_epoch=8, run_epochs=4).click("train"), "Done: 4 epochs")
    assert (epoch(lens).value, epoch(lens).max) == (1, 4)
