"""The table of releases and the questions that can be put to it."""

from __future__ import annotations

import dataclasses
import pickle
from datetime import date
from types import MappingProxyType

import numpy as np
import pytest

from metrics_core.catalog.rows import CATALOG
from metrics_core.errors import InputError
from metrics_core.predictions import Predictions
from metrics_core.releases import (
    RELEASES,
    KerasRefusal,
    Release,
    call_function,
    compiled_accuracy,
    find_release,
    for_predictions,
    lines,
    release_names,
    row_of,
    run_class,
    stands_for,
    table,
)
from tests.every import every

ROUNDING = (
    *(name for name in RELEASES if name.startswith(("keras-1", "keras-2"))),
    "tf.keras-1.8.0",
)
BY_SHAPES = tuple(RELEASES)[list(RELEASES).index("tf.keras-2.2.0") :]
WITHOUT_WEIGHTS = ("keras-1.0.8", "keras-1.2.2", "keras-2.0.0", "keras-2.0.2")
SHARE_OF_NONZERO = ("keras-2.0.8", "keras-2.2.4", "keras-2.2.5", "tf.keras-1.8.0")
BCE, CCE, SCCE = (
    "binary_crossentropy",
    "categorical_crossentropy",
    "sparse_categorical_crossentropy",
)


def one_hot(classes, columns=10):
    return np.eye(columns, dtype="f4")[classes]


def test_each_row_is_known_by_a_version_that_ran_and_says_what_changed():
    assert all(row.name == name and row.version in row.versions for name, row in RELEASES.items())
    assert len({row.source for row in RELEASES.values()}) == len(RELEASES)
    assert len({str(row.changed) for row in RELEASES.values()}) == len(RELEASES)
    for row in RELEASES.values():
        assert row.title.endswith(row.version)
        assert str(row.changed).endswith(".")


def test_versions_and_dates_run_forward_within_a_line():
    for line in lines():
        runs = [run for row in line for run in row.ran]
        numbers = [[int(part) for part in run.version.split(".")] for run in runs]
        assert numbers == sorted(numbers)
        dates = {date.fromisoformat(run.uploaded) for run in runs}
        assert len(dates) == len(runs)
        assert min(dates).year >= 2016
    assert len(release_names()) == 35 == len(set(release_names()))


@every("name", release_names())
def test_every_release_that_ran_follows_its_row_under_its_own_name(name):
    row, follows = find_release(name), RELEASES[row_of(name)]
    version = name.rpartition("-")[2]
    assert (row.name, row.version) == (name, version)
    assert row.title.endswith(version)
    assert version in row.versions
    same = dataclasses.replace(row, name=follows.name, title=follows.title)
    assert same == follows
    assert version in str(stands_for(name))


def test_the_boundaries_of_a_row_are_the_releases_that_ran_beside_it():
    assert "after 2.0.0 and not later than 2.1.0" in str(stands_for("tf.keras-2.1.0"))
    assert "after 2.1.0 and not later than 2.2.0" in str(stands_for("tf.keras-2.1.0"))
    assert "first of its line" in str(stands_for("keras-3.0.0"))
    assert "newest of its line" in str(stands_for("tf.keras-2.14.0"))


def test_a_row_can_be_a_key():
    assert len(set(RELEASES.values())) == len(RELEASES)


def test_every_rule_differs_between_some_two_rows():
    for rule in dataclasses.fields(Release):
        assert len({str(getattr(row, rule.name)) for row in RELEASES.values()}) > 1, rule.name


def test_a_new_release_is_one_new_row(monkeypatch):
    row = dataclasses.replace(RELEASES["keras-2.2.4"], name="new", any_case=True)
    monkeypatch.setattr(table, "RELEASES", MappingProxyType({**RELEASES, "new": row}))
    data = [0, 1, 1], [[0.2], [0.7], [1.6]]
    new = compiled_accuracy(*data, release="new", loss=BCE, metric="Accuracy")
    old = compiled_accuracy(*data, release="keras-2.2.4", loss=BCE)
    assert (new.value, new.release) == (old.value, "new")


def test_ten_sigmoids_print_the_share_of_zeros_where_the_loss_decides():
    y_true, y_pred = one_hot([3, 4]), np.full((2, 10), 0.2)
    y_pred[:, 3] = 0.4
    made = Predictions.of(y_true, y_pred)
    answers = {name: for_predictions(made, release=name, loss=BCE) for name in RELEASES}
    printed = {name: answer.printed for name, answer in answers.items()}
    assert {printed[name] for name in BY_SHAPES} == {"0.5000"}
    assert {printed[name] for name in RELEASES if name not in BY_SHAPES} == {"0.9000"}
    assert answers["keras-2.3.1"].variant == "binary_accuracy_rounded"
    assert answers["tf.keras-2.0.0"].variant == "binary_accuracy"
    assert answers["keras-3.15.1"].variant == "categorical_accuracy"
    assert str(answers["keras-2.3.1"].branch) == "The loss is binary crossentropy."
    assert "10 columns and the outputs 10" in str(answers["keras-3.15.1"].branch)


def test_matches_are_elements_or_samples():
    data = one_hot([1, 2], 3), one_hot([1, 1], 3)
    by_loss = compiled_accuracy(*data, release="tf.keras-2.0.0", loss=BCE)
    by_shapes = compiled_accuracy(*data, release="tf.keras-2.2.0", loss=BCE)
    assert by_loss.matches.tolist() == [[1, 1, 1], [1, 0, 0]]
    assert by_shapes.matches.tolist() == [1, 0]


@every("release", RELEASES)
@every(
    ("output", "rounded", "compared"),
    [(0.5, 0, 0), (1.5, 0, 1), (0.50000006, 1, 1), (-0.5, 0, 0), (np.inf, 0, 1), (np.nan, 0, 0)],
)
def test_one_output_against_the_label_one(release, output, rounded, compared):
    answer = compiled_accuracy([1], [[output]], release=release, loss="mean_squared_error")
    assert answer.value == (rounded if release in ROUNDING else compared)


@pytest.mark.parametrize("release", RELEASES)
def test_a_subnormal_number_is_a_zero(release):
    answer = compiled_accuracy([0], [[0.0, 1e-40]], release=release, loss=SCCE)
    assert answer.value == 1


@pytest.mark.parametrize("release", RELEASES)
def test_minus_zero_is_below_zero_since_keras_3_9_only(release):
    answer = compiled_accuracy([0], [[-0.0, 0.0]], release=release, loss=SCCE)
    assert answer.value == (0 if release == "keras-3.15.1" else 1)


def test_weights_above_one_lift_the_number_above_one_in_keras_2_0_and_2_2():
    asked = {"y_true": one_hot([0, 1, 2]), "y_pred": one_hot([0, 1, 2]), "loss": CCE}
    weighted = {"sample_weight": [2, 3, 2], "weighted": True, "batch_size": 2}
    values = {}
    for release in set(RELEASES) - set(WITHOUT_WEIGHTS):
        values[release] = compiled_accuracy(**asked, **weighted, release=release).printed
    above = {release for release, value in values.items() if value != "1.0000"}
    assert above == set(SHARE_OF_NONZERO)
    assert values["keras-2.2.4"] == "2.3333"


def test_weights_of_an_unweighted_metric_do_not_matter():
    asked = {"y_true": [0, 1, 1], "y_pred": [[0.2], [0.1], [0.9]], "loss": BCE}
    for release in RELEASES:
        plain = compiled_accuracy(**asked, release=release)
        given = compiled_accuracy(**asked, release=release, sample_weight=[1, 0, 5])
        assert given.value == plain.value


def test_weights_that_are_all_zero():
    asked = {"y_true": [0, 1], "y_pred": [[0.2], [0.1]], "loss": BCE}
    values = {}
    for release in set(RELEASES) - set(WITHOUT_WEIGHTS):
        answer = compiled_accuracy(**asked, release=release, sample_weight=[0, 0], weighted=True)
        values[release] = answer.value
    assert {name for name, value in values.items() if np.isnan(value)} == {
        *SHARE_OF_NONZERO,
        "keras-2.3.1",
    }
    assert {value for value in values.values() if not np.isnan(value)} == {0.0}


def test_batches_of_unequal_length_make_a_scalar_metric_uneven():
    asked = {"y_true": [0, 1, 1], "y_pred": [[0.0], [0.0], [1.0]], "loss": BCE}
    by_length = compiled_accuracy(**asked, release="keras-2.2.4", metric="mean_pred", batch_size=2)
    each_once = compiled_accuracy(**asked, release="keras-2.3.1", metric="mean_pred", batch_size=2)
    assert (by_length.printed, each_once.printed) == ("0.3333", "0.5000")


@pytest.mark.parametrize("release", RELEASES)
def test_the_batch_size_does_not_move_the_number_beyond_float32(release):
    rng = np.random.default_rng(3)
    data = one_hot(rng.integers(0, 10, 300)), rng.random((300, 10))
    values = [
        compiled_accuracy(*data, release=release, loss=CCE, batch_size=size).value
        for size in (1, 7, 300, 1000)
    ]
    assert max(values) - min(values) < 5e-7


@pytest.mark.parametrize(("weighted", "name"), [(False, "acc"), (True, "weighted_acc")])
def test_old_releases_report_acc(weighted, name):
    asked = {"y_true": [0, 1], "y_pred": [[0.2], [0.9]], "loss": BCE, "weighted": weighted}
    assert compiled_accuracy(**asked, release="keras-2.2.4").reported_name == name
    assert compiled_accuracy(**asked, release="keras-2.3.1").reported_name == "accuracy"


def test_a_loss_wrapped_in_an_own_function_is_not_recognised():
    asked = {"y_true": one_hot([1, 2]), "y_pred": one_hot([1, 1]), "loss": BCE}
    custom = compiled_accuracy(**asked, release="keras-2.3.1", loss_form="custom")
    assert custom.resolved == "categorical_accuracy"
    assert "not recognised" in str(custom.branch)


@pytest.mark.parametrize(
    ("release", "asked", "stage", "words"),
    [
        ("keras-1.2.2", {"metric": "Accuracy"}, "compile", "has no metric called `Accuracy`"),
        ("keras-2.3.1", {"metric": "Accuracy"}, "compile", "calls it as if it were a function"),
        ("keras-2.2.4", {"loss_form": "class"}, "missing", "no loss class `BinaryCrossentropy`"),
        ("keras-1.2.2", {"metric": "sparse_top3_categorical_accuracy"}, "missing", "top_k"),
        ("keras-1.2.2", {"weighted": True}, "evaluate", "ignores `weighted_metrics`"),
        ("keras-2.2.4", {"loss": CCE}, "evaluate", "needs one-hot labels"),
        ("tf.keras-1.13.1", {"loss": SCCE}, "evaluate", "int32"),
    ],
)
def test_what_keras_raises_is_said(release, asked, stage, words):
    settings = {"loss": BCE} | asked
    with pytest.raises(KerasRefusal) as caught:
        compiled_accuracy([0, 0], [[0.2], [0.9]], release=release, **settings)
    assert caught.value.stage == stage
    assert words in str(caught.value)
    assert str(caught.value) == str(caught.value.message)


@every("release", RELEASES)
@every("label", [-1, 3, np.nan])
def test_the_sparse_loss_refuses_a_label_out_of_range(release, label):
    with pytest.raises(KerasRefusal, match="not between 0 and 2"):
        compiled_accuracy([0, label], np.zeros((2, 3)), release=release, loss=SCCE)


def test_sparse_labels_with_hinge_are_compared_with_class_0_for_a_while():
    asked = {"y_true": [[1], [0]], "y_pred": one_hot([1, 0], 3), "loss": "hinge"}
    answers = {}
    for release in RELEASES:
        try:
            answers[release] = compiled_accuracy(**asked, release=release).value
        except KerasRefusal:
            answers[release] = None
    assert {answers[name] for name in (*ROUNDING, "tf.keras-1.12.0")} == {None}
    for name in ("1.13.1", "1.14.0", "1.15.0", "2.0.0", "2.1.0"):
        assert answers[f"tf.keras-{name}"] == 0.5
    assert {answers[name] for name in BY_SHAPES} == {1.0}


def test_keras_3_cannot_weigh_samples_of_several_steps():
    data = {"y_true": np.ones((3, 2, 1)), "y_pred": np.ones((3, 2, 1)), "loss": BCE}
    with pytest.raises(KerasRefusal):
        compiled_accuracy(**data, release="keras-3.15.1", sample_weight=[1, 1, 1])
    fits = compiled_accuracy(**data, release="tf.keras-2.15.0", sample_weight=[1, 1, 1])
    assert fits.value == 1


@pytest.mark.parametrize(
    ("release", "printed"),
    [("tf.keras-2.15.0", "0.6667"), ("keras-3.0.0", "0.7500"), ("keras-3.3.3", "0.6667")],
)
def test_keras_3_0_counts_each_batch_once_where_labels_are_a_row(release, printed):
    outputs = np.array([[0.2], [0.1], [0.9]])
    answer = compiled_accuracy([0, 1, 1], outputs, release=release, loss=BCE, batch_size=2)
    assert answer.printed == printed
    column = compiled_accuracy([[0], [1], [1]], outputs, release=release, loss=BCE, batch_size=2)
    assert column.printed == "0.6667"


def test_tf_keras_1_12_divides_each_batch_by_its_weights_and_counts_its_samples():
    asked = {"y_true": [0, 1, 1], "y_pred": [[0.2], [0.1], [0.9]], "loss": BCE, "batch_size": 2}
    weighted = {"sample_weight": [3, 1, 5], "weighted": True}
    values = {
        release: compiled_accuracy(**asked, **weighted, release=f"tf.keras-{release}").value
        for release in ("1.8.0", "1.12.0", "1.13.1")
    }
    expected = {"1.8.0": (2 * 3 / 2 + 5) / 3, "1.12.0": (2 * 3 / 4 + 1) / 3, "1.13.1": 8 / 9}
    assert values == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("release", "value"),
    [("tf.keras-1.12.0", 0), ("tf.keras-1.13.1", 0.5), ("keras-3.0.0", -1e7), ("keras-3.3.3", 0.5)],
)
def test_weights_that_sum_below_zero(release, value):
    data = {"y_true": [[1], [0]], "y_pred": [[0.9], [0.8]], "sample_weight": [-1, -1]}
    found = compiled_accuracy(**data, release=release, loss=BCE, weighted=True)
    assert found.value == pytest.approx(value)
    assert run_class("BinaryAccuracy", **data, release=release) == pytest.approx(value)


@pytest.mark.parametrize("threshold", [0.0, 1.0, 1.5])
def test_the_class_of_the_first_releases_of_keras_3_wants_a_threshold_inside(threshold):
    data = {"y_true": [[1], [0]], "y_pred": [[0.9], [0.8]], "threshold": threshold}
    with pytest.raises(KerasRefusal, match=f"between 0 and 1; it is {threshold}"):
        run_class("BinaryAccuracy", **data, release="keras-3.0.0")
    assert run_class("BinaryAccuracy", **data, release="keras-3.5.0") == 0.5


def test_a_direct_call_broadcasts_columns_against_rows_but_not_in_keras_3():
    data = np.float32([0, 1, 1]), np.float32([[0.2], [0.9], [0.1]])
    for release in RELEASES:
        answer = call_function("binary_accuracy", *data, release=release)
        if release == "keras-3.0.0":
            assert answer == pytest.approx(2 / 3)
        elif release == "keras-3.3.3":
            assert answer.tolist() == [1, 1, 0]
        elif release.startswith("keras-3"):
            assert answer.tolist() == [[1], [1], [0]]
        elif release.startswith("keras-1"):
            assert answer == pytest.approx(4 / 9)
        else:
            assert answer == pytest.approx([1 / 3, 2 / 3, 1 / 3])


def test_k_beyond_the_classes_counts_every_finite_row():
    outputs = np.float32([[0.1, 0.9], [np.nan, 0.5]])
    asked = {"y_true": np.float32([0, 1]), "y_pred": outputs, "release": "keras-3.15.1"}
    name = "sparse_top_k_categorical_accuracy"
    assert call_function(name, **asked, k=9).tolist() == [1, 0]
    assert call_function(name, **asked, k=0).tolist() == [0, 0]


def test_a_label_without_a_column_raises_in_top_k_until_tensorflow_1_13():
    asked = {"y_true": np.float32([[7]]), "y_pred": np.float32([[0.1, 0.9]])}
    name = "sparse_top_k_categorical_accuracy"
    refusing = []
    for release in set(RELEASES) - set(WITHOUT_WEIGHTS):
        try:
            found = call_function(name, **asked, release=release, k=1)
        except KerasRefusal as refusal:
            refusing.append((release, refusal.stage))
        else:
            assert not found.any()
    raising = {"keras-2.0.8", "keras-2.2.4", "tf.keras-1.8.0", "tf.keras-1.12.0", "tf.keras-1.13.1"}
    assert set(refusing) == {(release, "call") for release in raising}


@pytest.mark.parametrize(
    ("name", "option", "release"),
    [
        ("binary_accuracy", {"threshold": 0.3}, "keras-2.2.4"),
        ("binary_accuracy", {"k": 3}, "keras-3.15.1"),
        ("categorical_accuracy", {"threshold": 0.3}, "keras-3.15.1"),
        ("fmeasure", {"beta": 2}, "keras-1.2.2"),
    ],
)
def test_an_argument_that_a_function_does_not_take(name, option, release):
    data = np.zeros((2, 1), "f4"), np.zeros((2, 1), "f4")
    with pytest.raises(KerasRefusal, match="has no argument"):
        call_function(name, *data, release=release, **option)


def test_a_class_with_one_weight_for_all():
    data = {"y_true": np.ones((8, 1)), "y_pred": np.ones((8, 1)), "sample_weight": 2.0}
    for release in ("tf.keras-2.15.0", "keras-3.15.1"):
        assert run_class("BinaryAccuracy", **data, batch_size=4, release=release) == 1
    assert run_class("BinaryAccuracy", **data, batch_size=4, release="keras-2.3.1") == 4
    with pytest.raises(KerasRefusal, match="no metric class"):
        run_class("BinaryAccuracy", **data, batch_size=4, release="keras-2.2.4")


def test_predictions_bring_their_own_weights():
    made = Predictions.of([0, 1], [0.9, 0.8], sample_weight=[1, 3])
    answer = for_predictions(made, release="keras-3.15.1", loss=BCE, weighted=True)
    assert answer.printed == "0.7500"


def test_variants_are_rows_of_the_catalogue():
    data = {"y_true": one_hot([1, 2]), "y_pred": one_hot([1, 2]), "loss": CCE}
    for metric in ("accuracy", "mae", "mse", "mean_pred", "top3_categorical_accuracy"):
        for release, row in RELEASES.items():
            if metric.startswith("top") and "top_k_categorical_accuracy" not in row.functions:
                continue
            assert compiled_accuracy(**data, release=release, metric=metric).variant in CATALOG


def test_a_refusal_crosses_to_another_process_whole():
    refusal = KerasRefusal("compile", "{release} has none.", release="Keras")
    copy = pickle.loads(pickle.dumps(refusal))
    assert (copy.stage, str(copy), copy.message) == ("compile", "Keras has none.", refusal.message)


@pytest.mark.parametrize(
    ("change", "argument"),
    [
        ({"release": "keras-9"}, "release"),
        ({"loss": "nll"}, "loss"),
        ({"batch_size": 0}, "batch_size"),
        ({"y_true": [0, 1, 1]}, "y_true"),
        ({"y_true": ["a", "b"]}, "y_true"),
        ({"y_true": [[0], [1, 2]]}, "y_true"),
        ({"sample_weight": [1]}, "sample_weight"),
        ({"y_true": [], "y_pred": np.zeros((0, 3))}, "y_pred"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(change, argument):
    asked = {"y_true": [0, 1], "y_pred": [[0.2], [0.7]], "release": "keras-2.2.4", "loss": BCE}
    with pytest.raises(InputError) as caught:
        compiled_accuracy(**(asked | change))
    assert caught.value.argument == argument


@every("release", RELEASES)
@every("metric", ["accuracy", "mae", "mse", "mean_pred"])
def test_numbers_beyond_float32_warn_nobody(release, metric):
    y_true, y_pred = [[0], [np.nan], [-3e38]], [[1e300], [3e38], [3e38]]
    answer = compiled_accuracy(
        y_true, y_pred, release=release, loss="mean_squared_error", metric=metric, batch_size=2
    )
    assert metric != "accuracy" or answer.value == 0
    run = RELEASES[release].classes and run_class("BinaryAccuracy", y_true, y_pred, release=release)
    assert not run
