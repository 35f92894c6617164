"""What runs reported, in frames and sentences; and the images that a visitor drops in."""

from __future__ import annotations

import contextlib
import warnings
from dataclasses import replace

import numpy as np
import pytest

from accuracy_lens.jobs import parsing
from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.runs.visit import RunState
from accuracy_lens.jobs.turns import Turns
from accuracy_lens.jobs.workers import Workers
from accuracy_lens.learn.training import answers, by_epoch, variants
from accuracy_lens.learn.training.charts import curves_figure, plane_figure, spread_figure
from accuracy_lens.learn.training.settings.controls import compared, control_values
from accuracy_lens.learn.training.settings.images import load_images, read_images
from accuracy_lens.view.control_table.table import CONTROLS
from accuracy_lens.words.text import say
from metrics_core.doctor import examine
from metrics_core.errors import InputError
from metrics_core.live_keras import EXPERIMENTS, EpochReport, RunSettings
from metrics_core.messages import Message
from tests.every import every
from tests.numpy_files import npy, npz


def made(epoch=1, outputs=((0.2,), (-0.4,), (0.7,)), labels=((1,), (0,), (1,)), kind="binary"):
    logs = {"loss": 0.5, "accuracy": 0.25, "val_loss": 0.7, "val_accuracy": 0.75} if epoch else {}
    return EpochReport(
        epoch=epoch, logs=logs,
        train={"loss": 0.4, "accuracy": 0.5}, val={"loss": 0.7, "accuracy": 0.75},
        outputs=np.array(outputs, np.float32), labels=np.array(labels, np.float32), kind=kind,
        class_names=("a", "b"), boundary=None, warned=(), seconds=2.5,
    )  # fmt: skip


def state(phase, *epochs, **others):
    reports = tuple(made(epoch) for epoch in epochs)
    known = {"settings": RunSettings(epochs=4), "position": None, "came": len(epochs), **others}
    return RunState(phase=phase, reports=reports, **known)


QUEUED = "Waiting: number 3 in the queue"


@pytest.mark.parametrize(
    ("run", "share", "words"),
    [
        (state("queued", position=3), 0.0, QUEUED),
        (state("queued", position=3, wait=7.4), 0.0, f"{QUEUED}, begins soon"),
        (state("queued", position=3, wait=7.6), 0.0, f"{QUEUED}, begins in about 10 s"),
        (state("queued", position=3, wait=41.0), 0.0, f"{QUEUED}, begins in about 40 s"),
        (state("queued", position=3, wait=117.4), 0.0, f"{QUEUED}, begins in about 115 s"),
        (state("queued", position=3, wait=117.6), 0.0, f"{QUEUED}, begins in about 2 min"),
        (state("queued", position=3, wait=200.0), 0.0, f"{QUEUED}, begins in about 3.5 min"),
        (state("starting"), 0.0, "Starting TensorFlow (about ten seconds the first time)"),
        (state("running"), 0.0, "Starting TensorFlow (about ten seconds the first time)"),
        (state("running", 0, 1), 0.25, "Epoch 1 of 4, 2.5 s"),
        (state("done", 0, 1, 2, 3, 4), 1.0, "Done: 4 epochs in 2.5 s"),
        (state("stopped", 0, 1, 2), 0.5, "Stopped after epoch 2 of 4"),
        (state("failed"), 0.0, "Ended after epoch 0 of 4"),
    ],
)
def test_the_bar_says_where_a_run_stands(run, share, words):
    found, said = by_epoch.progress(run)
    assert (found, say(said)) == (share, words)


def test_an_epoch_that_was_not_kept_shows_the_one_before_it():
    reports = [made(0), made(4), made(7)]
    assert [by_epoch.at_epoch(reports, epoch).epoch for epoch in (0, 3, 4, 6, 200)] == [
        0,
        0,
        4,
        4,
        7,
    ]


def test_the_running_mean_begins_at_the_first_epoch_and_evaluate_before_training():
    lines = by_epoch.printed_lines([made(0), made(1)], loss=False)
    assert [(line.name, line.where, line.epochs, line.values) for line in lines] == [
        ("accuracy", "printed", (1,), (0.25,)),
        ("accuracy", "training", (0, 1), (0.5, 0.5)),
        ("accuracy", "validation", (0, 1), (0.75, 0.75)),
    ]
    assert {line.name for line in by_epoch.printed_lines([made(0)], loss=True)} == {"loss"}
    assert by_epoch.printed_lines([], loss=True) == []


def test_axes_run_from_zero_to_one_unless_a_value_lies_outside():
    def line(*values):
        return by_epoch.Line("x", "printed", tuple(range(len(values))), values)

    assert by_epoch.value_range([line(0.2, 0.4)]) == (0.0, 1.0)
    assert by_epoch.value_range([line(0.2), line(2.5)]) == (0.0, 2.5)
    assert by_epoch.value_range([line(-3.0, float("nan"))]) == (-3.0, -3.0)
    assert by_epoch.value_range([]) == (0.0, 1.0)


def test_logits_are_counted_above_zero_too_and_probabilities_are_not():
    by_name = {one.name: one for one in variants.counted(made())}
    assert by_name["binary_accuracy"].value == pytest.approx(2 / 3)
    assert by_name[variants.AT_ZERO].value == 1.0
    assert say(by_name[variants.AT_ZERO].of) == "3 of 3"
    assert say(by_name["balanced_accuracy"].of) == "mean of 2 classes"
    probabilities = made(outputs=((0.2,), (0.4,), (0.7,)))
    assert variants.AT_ZERO not in {one.name for one in variants.counted(probabilities)}
    assert [one.name for one in variants.cards("binary", variants.counted(made()))] == [
        "binary_accuracy",
        variants.AT_ZERO,
    ]


def test_lines_of_variants_go_by_epoch():
    counted = {epoch: variants.counted(made(epoch)) for epoch in (0, 1)}
    lines = {line.name: line for line in by_epoch.counted_lines(counted)}
    assert lines[variants.AT_ZERO].epochs == (0, 1)
    assert lines[variants.AT_ZERO].values == (1.0, 1.0)


def test_the_doctor_names_what_is_serious_with_its_number():
    outputs = np.linspace(-3, 3, 40)[:, None]
    report = made(outputs=outputs, labels=(outputs > 0) * 1)
    lines = [say(line) for line in answers.doctor_lines(examine(report.predictions()))]
    assert lines[0].startswith("Doctor (serious): Logits compared with 0.5; with ")
    fine = made(outputs=np.tile([[0.01], [0.99]], (50, 1)), labels=np.tile([[0], [1]], (50, 1)))
    said = answers.doctor_lines(examine(fine.predictions()))
    assert "nothing serious" in say(said[0])


def test_labels_become_classes_in_every_form():
    signs = made(labels=((-1,), (1,), (-1,)))
    assert answers.class_of_label(signs).tolist() == [0, 1, 0]
    one_hot = made(outputs=np.zeros((2, 2)), labels=((0, 1), (1, 0)), kind="one_hot")
    assert answers.class_of_label(one_hot).tolist() == [1, 0]
    assert answers.class_of_label(made(labels=(1, 0, 1))).tolist() == [1, 0, 1]


def test_the_plane_is_divided_at_the_thresholds_of_the_model():
    one, two = np.full((2, 2, 1), 0.3), np.dstack([np.full((2, 2), 0.3), np.full((2, 2), 0.7)])
    logits = RunSettings().changed(output_activation="none")
    assert answers.thresholds_on_plane(one, RunSettings())[1] == (0.5,)
    assert answers.thresholds_on_plane(one, logits)[1] == (0.5, 0.0)
    values, cuts = answers.thresholds_on_plane(two, RunSettings())
    assert cuts == (0.0,)
    assert np.allclose(values, 0.4)


def test_figures_hold_what_they_are_given():
    lines = by_epoch.printed_lines([made(0), made(1)], loss=False)
    curves = curves_figure(lines, ["accuracy"], 10, 0.0, 1.0, 1)
    assert [trace.line.dash for trace in curves.data] == ["dot", "dash", "solid"]
    assert tuple(curves.layout.xaxis.range) == (-0.3, 10.3)
    assert [one.name for one in curves_figure([], ["accuracy"], 10, 0, 1, 0).data] == ["accuracy"]
    spread = spread_figure(answers.spread(made()), answers.sides(made()))
    assert [int(np.sum(bars.customdata)) for bars in spread.data] == [2, 1]
    places = (np.arange(2.0), np.arange(2.0))
    plane = plane_figure(
        places, np.eye(2), (0.5,), np.zeros((3, 2)), np.array([0, 1, 1]), ("<b>a</b>", "b")
    )
    assert [len(trace.x) for trace in plane.data[-2:]] == [1, 2]
    assert plane.data[-2].name == "0: &lt;b&gt;a&lt;/b&gt;"


def test_controls_show_every_setting_of_every_experiment():
    for row in EXPERIMENTS.values():
        values = control_values(row.settings)
        assert set(values) < set(CONTROLS)
        assert (values["run_units"],) * values["run_layers"] == row.settings.hidden
        changes = {name: one for name, (one, _) in compared(row).items()}
        if row.against is not None:
            assert replace(row.against, **changes) == row.settings
    assert compared(EXPERIMENTS["running-mean"]) == compared(None) == {}


def test_outputs_are_called_after_their_run():
    said = say(answers.called(RunSettings(), Message("ten sigmoid units"), 3))
    assert said == "digits, ten sigmoid units, epoch 3"


def test_images_are_read_in_another_process():
    images = np.zeros((4, 2, 2), np.uint8)
    labels = np.array([0, 1, 0, 1])
    workers = Workers(WorkerLimits(workers=1))
    try:
        data = npz(x_train=images, y_train=labels, x_test=images, y_test=labels, more=labels)
        read = read_images(data, "own.npz", workers)
        assert read.x_train.shape == (4, 4)
        assert read.n_classes == 2
        with pytest.raises(InputError, match="no y_test"):
            read_images(npz(x_train=images, y_train=labels, x_test=images), "own.npz", workers)
    finally:
        workers.close()


def test_images_wait_for_their_turn_like_any_file(monkeypatch):
    turns = Turns(1, most=1)
    monkeypatch.setattr(parsing, "TURNS", turns)
    images, labels = np.zeros((4, 2, 2), np.uint8), np.array([0, 1, 0, 1])
    data = npz(x_train=images, y_train=labels, x_test=images, y_test=labels)
    with turns.turn("another", 1, 1.0), pytest.raises(InputError, match="other files are read"):
        read_images(data, "own.npz")


def pickled():
    return npz(x_train=np.array([{}], object), y_train=[0], x_test=[0], y_test=[0])


@pytest.mark.parametrize(
    "content", [b"nothing of the kind", b"PK\x03\x04", pickled(), npy(np.zeros(3))]
)
def test_a_file_that_is_no_npz_of_numbers_is_refused(tmp_path, content):
    path = tmp_path / "images.npz"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"own\.npz") as refused:
        load_images(path, "own.npz")
    assert "NPZ" in str(refused.value)
    assert "allow_pickle" not in str(refused.value)


@every("labels", [list("abab"), [0.0, np.nan, 1.0, 1.0], [0.5, 1.0, 0.0, 1.0]])
def test_labels_of_images_that_are_no_whole_numbers_are_refused(tmp_path, labels):
    images, path = np.zeros((4, 2, 2), np.uint8), tmp_path / "images.npz"
    good = np.array([0, 1, 0, 1])
    path.write_bytes(npz(x_train=images, y_train=np.array(labels), x_test=images, y_test=good))
    with pytest.raises(InputError, match="whole numbers from 0 to 99"):
        load_images(path, "own.npz")


def test_a_damaged_file_of_images_is_refused_or_read(tmp_path):
    images, labels, path = np.zeros((4, 2, 2), np.uint8), np.arange(4) % 2, tmp_path / "images.npz"
    whole = npz(x_train=images, y_train=labels, x_test=images, y_test=labels)
    rng = np.random.default_rng(0)
    for _ in range(300):
        data = bytearray(whole)
        for at in rng.integers(0, len(data), 4):
            data[at] = rng.integers(256)
        path.write_bytes(data)
        with contextlib.suppress(InputError), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            load_images(path, "own.npz")
