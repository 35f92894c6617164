"""Real training runs: what each experiment promises, determinism, and the program beside them."""

from __future__ import annotations

import math
import pickle
from functools import cache

import numpy as np
import pytest

from metrics_core.doctor import examine
from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate
from metrics_core.live_keras import (
    EXPERIMENTS,
    RunSettings,
    experiment,
    from_npz,
    train,
    training_code,
)
from metrics_core.settings import Settings

pytestmark = pytest.mark.keras
ZERO = "binary_accuracy_above_0"


@cache
def _longest(settings):
    """The reports of the longest run so far, to be extended in place."""
    return []


def reports(settings, epochs):
    """The reports of the first epochs; a shorter run is the beginning of a longer one."""
    pytest.importorskip("keras")
    settings = settings.changed(epochs=epochs)
    held = _longest(settings.changed(epochs=1))
    if len(held) <= epochs:
        held.clear()
        train(settings, held.append)
        assert [one.epoch for one in held] == list(range(epochs + 1))
    return held[: epochs + 1]


def runs(name, epochs):
    row = experiment(name)
    return reports(row.settings, epochs), row.against and reports(row.against, epochs)


def rules_of(report, severity="serious", **settings):
    found = examine(report.predictions(), settings=Settings(**settings))
    return [finding.rule for finding in found.of_severity(severity)]


def ten_sigmoids():
    sigmoid, softmax = runs("ten-sigmoids", 1)
    first = sigmoid[1]
    assert f"{first.val['binary_accuracy']:.2f}" == "0.90"
    assert first.val["accuracy"] < 0.2
    assert "element-wise-one-hot" in rules_of(first)
    assert f"{1 - first.labels.mean():.2f}" == "0.90"
    assert (first.outputs > 0.5).mean() < 0.01
    assert softmax[1].val["binary_accuracy"] == pytest.approx(0.9, abs=0.005)
    by_hand = evaluate(softmax[1].predictions(), "categorical_accuracy").result
    assert softmax[1].val["accuracy"] == pytest.approx(by_hand, abs=1e-6)
    assert softmax[1].val["accuracy"] < 0.5


def from_logits():
    without, with_logits = runs("from-logits", 10)
    assert np.median(np.abs(without[10].outputs - without[10].labels[:, None])) < 0.3
    assert all(one.val["accuracy"] > one.val[ZERO] + 0.05 for one in without[1:])
    assert with_logits[1].val[ZERO] > with_logits[1].val["accuracy"] + 0.2


def logit_or_sigmoid():
    logit, sigmoid = runs("logit-or-sigmoid", 3)
    for one, other in zip(logit, sigmoid, strict=True):
        assert one.val["loss"] == pytest.approx(other.val["loss"], abs=1e-5)
        assert one.val[ZERO] == pytest.approx(other.val["accuracy"], abs=0.004)
        assert other.val[ZERO] == 0.5
    assert logit[1].val["accuracy"] < sigmoid[1].val["accuracy"] - 0.2


def threshold_on_logits():
    logit, _ = runs("threshold-on-logits", 10)
    assert logit[1].val["accuracy"] < 0.6
    assert logit[1].val[ZERO] > 0.8
    assert "logits-cut" in [*rules_of(logit[1]), *rules_of(logit[1], "warning")]
    assert "logits-cut" not in rules_of(logit[1], threshold=0.0)
    gaps = [one.val[ZERO] - one.val["accuracy"] for one in logit]
    assert abs(gaps[10]) < gaps[1] / 2


def unscaled_inputs():
    raw, unit = runs("unscaled-inputs", 10)
    for one in raw[1:]:
        assert one.val["loss"] == pytest.approx(math.log(10), abs=0.01)
        assert one.val["accuracy"] == pytest.approx(0.1, abs=0.01)
    assert np.ptp(raw[10].outputs.argmax(axis=1)) == 0
    assert unit[10].val["accuracy"] > 0.9


def one_unit_softmax():
    softmax, sigmoid = runs("one-unit-softmax", 3)
    for one, other in zip(softmax, sigmoid, strict=True):
        assert np.abs(one.outputs - 1).max() < 1e-6
        assert one.val["accuracy"] == pytest.approx(one.labels.mean())
        assert one.val["loss"] == pytest.approx(other.val["loss"], abs=1e-5)
    assert softmax[3].val["loss"] < 0.7 * softmax[0].val["loss"]
    assert any("softmax over axis -1" in line for line in softmax[1].warned)
    assert sigmoid[3].warned == ()


def labels_of_minus_one():
    signs, binary = runs("labels-of-minus-one", 3)
    assert signs[0].labels.min() == -1
    assert signs[3].val["loss"] < 0
    assert max(one.val["accuracy"] for one in signs[1:]) < 0.3
    for label in (-1, 1):
        assert np.median(signs[3].outputs[signs[3].labels == label]) < 0.5
    assert "labels-minus-one" in rules_of(signs[3])
    assert binary[3].val["accuracy"] > 0.8


def rare_class():
    plain, balanced = runs("rare-class", 10)
    assert f"{plain[1].val['accuracy']:.2f}" == "0.91"
    assert plain[1].val["recall"] == 0
    assert plain[1].labels.mean() == pytest.approx(1 / 11)
    assert balanced[10].val["accuracy"] < plain[10].val["accuracy"]
    assert balanced[10].val["recall"] > 0.5


def dropout():
    half, none = runs("dropout", 10)
    for one in half[1:]:
        assert one.train["accuracy"] > one.logs["accuracy"] + 0.05
    assert none[10].train["accuracy"] == pytest.approx(none[10].logs["accuracy"], abs=0.02)


def batch_norm():
    normal, plain = runs("batch-norm", 2)
    assert normal[2].train["accuracy"] < 0.5 * normal[2].logs["accuracy"]
    assert plain[2].train["accuracy"] > plain[2].logs["accuracy"]


def running_mean():
    said, _ = runs("running-mean", 10)
    assert said[1].train["accuracy"] > 2 * said[1].logs["accuracy"]
    by_hand = evaluate(said[1].predictions(), "categorical_accuracy").result
    assert said[1].logs["val_accuracy"] == pytest.approx(by_hand, abs=1e-6)
    assert said[10].train["accuracy"] == pytest.approx(said[10].logs["accuracy"], abs=0.02)


def shuffled_labels():
    mixed, right = runs("shuffled-labels", 10)
    assert mixed[10].logs["accuracy"] > 0.9
    for one, other in zip(mixed, right, strict=True):
        assert one.val["accuracy"] < 0.15
        assert np.array_equal(one.outputs, other.outputs)
    assert "labels-shuffled" in rules_of(mixed[10])
    assert mixed[10].val["loss"] > 1.5 * mixed[0].val["loss"]
    assert right[10].val["accuracy"] > 0.9


PROMISED = {
    "ten-sigmoids": ten_sigmoids,
    "from-logits": from_logits,
    "logit-or-sigmoid": logit_or_sigmoid,
    "threshold-on-logits": threshold_on_logits,
    "unscaled-inputs": unscaled_inputs,
    "one-unit-softmax": one_unit_softmax,
    "labels-of-minus-one": labels_of_minus_one,
    "rare-class": rare_class,
    "dropout": dropout,
    "batch-norm": batch_norm,
    "running-mean": running_mean,
    "shuffled-labels": shuffled_labels,
}


def first_of(names):
    """All of them; those after the first take long."""
    first, *others = names
    return [first, *(pytest.param(name, marks=pytest.mark.long) for name in others)]


@pytest.mark.parametrize("name", first_of(PROMISED))
def test_an_experiment_shows_what_it_promises(name):
    PROMISED[name]()


def test_every_experiment_promises_something():
    assert PROMISED.keys() == set(EXPERIMENTS)


CODED = {
    "digits, sparse, 0 to 255, dropout and batch norm": RunSettings(
        scale="0..255",
        optimizer="rmsprop",
        label_form="sparse",
        loss="sparse_categorical_crossentropy",
        output_activation="none",
        from_logits=True,
        batch_norm=True,
        dropout=0.2,
        batch_size=100,
        metrics=("accuracy", "SparseTopKCategoricalAccuracy(k=3)", "mean_pred"),
        seed=5,
    ),
    "signs, hinge, shuffled": RunSettings(
        dataset="breast_cancer",
        label_form="signs",
        output_units=1,
        output_activation="none",
        loss="hinge",
        optimizer="sgd",
        shuffled="training",
        metrics=("BinaryAccuracy(threshold=-0.5)", "Accuracy()"),
    ),
    "rare and weighted": experiment("rare-class").against,
}


@pytest.mark.parametrize("name", first_of(CODED))
def test_the_program_gives_the_same_numbers_to_the_last_bit(name, capsys):
    settings = CODED[name].changed(epochs=2)
    said = reports(settings, 2)
    names = {}
    exec(training_code(settings), names)
    history = names["history"].history
    assert history == {key: [one.logs[key] for one in said[1:]] for key in said[1].logs}
    assert np.array_equal(names["y_pred"], said[2].outputs)
    assert "Epoch 2/2" in capsys.readouterr().out


@pytest.mark.long
def test_two_runs_with_one_seed_are_equal_to_the_last_bit_and_another_seed_is_not():
    settings = experiment("dropout").settings
    first, again = reports(settings, 2), []
    train(settings.changed(epochs=2), again.append)
    assert len(again) == 3
    for one, other in zip(first, again, strict=True):
        assert one.logs == other.logs
        assert (one.train, one.val) == (other.train, other.val)
        assert np.array_equal(one.outputs, other.outputs)
    another = reports(settings.changed(seed=1), 1)
    assert another[1].logs != first[1].logs


def test_the_reports_are_whole_bounded_and_fit_to_be_sent():
    said = reports(experiment("one-unit-softmax").against, 3)
    last = pickle.loads(pickle.dumps(said[-1]))
    assert last.outputs.shape == (300, 1)
    assert last.outputs.dtype == np.float32
    assert last.boundary.shape == (60, 60, 1)
    assert 0 <= last.boundary.min() < 0.1
    assert 0.9 < last.boundary.max() <= 1
    assert last.boundary[-1].mean() < last.boundary[0].mean()
    assert last.class_names == ("upper", "lower")
    assert said[0].logs == {}
    assert set(said[0].val) == set(last.train) == {"loss", "accuracy"}
    assert {"accuracy", "val_accuracy", "loss", "val_loss"} == set(last.logs)
    assert 0 < said[0].seconds < said[1].seconds < last.seconds
    assert reports(experiment("ten-sigmoids").settings, 1)[1].boundary is None


def test_own_images_are_trained_on():
    rng = np.random.default_rng(0)
    labels = np.arange(120) % 3
    images = rng.integers(0, 100, (120, 6, 6, 3)).astype("u1")
    for label in range(3):
        images[labels == label, 2 * label : 2 * label + 2] += 100
    sides = {"x_train": images, "x_test": images, "y_train": labels, "y_test": labels[:, None]}
    data = from_npz(sides)
    said = []
    settings = RunSettings(dataset="own_images", output_units=3, epochs=4, learning_rate=0.01)
    train(settings, said.append, data=data)
    assert said[-1].val["accuracy"] > 0.9
    with pytest.raises(InputError, match="`data` must be given for your own images"):
        train(settings, said.append)


def test_a_refusal_is_in_the_words_of_keras_and_the_next_run_keeps_the_first_rows(monkeypatch):
    settings = experiment("ten-sigmoids").settings.changed(epochs=1)
    whole, said = reports(settings, 1)[1], []
    with pytest.raises(InputError, match="`settings` must make a run that Keras accepts") as caught:
        train(settings.changed(metrics=("sparse_categorical_accuracy",)), said.append)
    assert "Error: " in caught.value.received
    assert "/" not in caught.value.received
    said.clear()
    monkeypatch.setattr("metrics_core.live_keras.runs.training.MAX_KEPT", 109)
    train(settings, said.append)
    assert said[1].outputs.shape == said[1].labels.shape == (10, 10)
    assert said[1].outputs == pytest.approx(whole.outputs[:10], abs=1e-6)
    assert (said[1].logs, said[1].val) == (whole.logs, whole.val)


def test_what_the_listener_raises_ends_the_run():
    class StoppedError(Exception):
        pass

    said = []

    def stop(report):
        said.append(report.epoch)
        if report.epoch == 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        train(RunSettings(epochs=50), stop)
    assert said == [0, 1, 2]
