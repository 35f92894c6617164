"""The Training page through `app.py`, with runs that end at once instead of Keras."""

from __future__ import annotations

import json
import time
from dataclasses import replace

from metrics_core.errors import InputError
from metrics_core.live_keras import EXPERIMENTS

TRAINING = "pages/learn/training.py"


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
    assert numbers(lens)[:2] == ["0.9000", "0.4000"]


def test_leaving_the_page_ends_the_run_and_coming_back_shows_it(visit, quick):
    quick.upto, quick.outcome = 3, None
    lens = until(opened(visit).click("train"), "Epoch 2 of 10")
    lens.app.switch_page("pages/explore/metrics.py")
    left = time.monotonic()
    lens.run()
    while len(quick.stopped) < 2:
        assert time.monotonic() < left + 10
        time.sleep(0.01)
    lens.app.switch_page(TRAINING)
    lens.run()
    assert "This run was stopped because its page was left." in said(lens)
    assert "Stopped after epoch 2 of 10" in said(lens)


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


def test_a_link_to_training_outputs_shows_the_default_data_to_others(visit, quick):
    lens = visit(data="Training")
    assert lens.values["binary_accuracy"] == "0.7396"
    assert "Training" not in lens.app.button_group(key="data").options


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
    assert lens.app.slider(key="at_epoch").value == 10
    until(lens.set(run_epochs=4).click("train"), "Done: 4 epochs")
    assert lens.app.slider(key="at_epoch").value == 4
