"""The Training page through `app.py`, with runs that end at once instead of Keras."""

from __future__ import annotations

from dataclasses import replace

from accuracy_lens.words.text import say
from metrics_core.errors import InputError
from metrics_core.live_keras import EXPERIMENTS
from tests.app.training.training import numbers, opened, said, until


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


def test_experiments_are_listed_by_their_titles_and_linked_by_their_names(visit, quick):
    lens = opened(visit, experiment="rare-class")
    titles = lens.app.selectbox(key="experiment")
    assert titles.options == [*(say(row.title) for row in EXPERIMENTS.values()), "Custom run"]
    assert titles.value == "rare-class"
    titles.set_value("labels-of-minus-one")
    lens.run()
    assert lens.app.selectbox(key="experiment").value == "labels-of-minus-one"
    assert lens.app.selectbox(key="run_dataset").value == "moons"
    assert "Why is the loss below 0" in said(lens)


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
    assert lens.app.selectbox(key="run_dataset").options == ["breast cancer", "moons", "blobs"]
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


def test_the_program_is_that_of_the_settings(visit, quick):
    lens = opened(visit).set(run_epochs=3)
    codes = [code.value for code in lens.app.code]
    assert len(codes) == 2
    assert all("    epochs=3,\n" in code for code in codes)
    assert 'loss="binary_crossentropy"' in codes[0]
    assert 'loss="categorical_crossentropy"' in codes[1]
