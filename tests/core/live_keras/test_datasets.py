"""The data for training: shipped, drawn and brought along."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.live_keras import DATASETS, boundary_points, dataset, from_npz
from metrics_core.live_keras.log_predictions import check_validation
from metrics_core.live_keras.runs.feeding import feed, scaled
from metrics_core.live_keras.runs.settings import RunSettings

SHAPES = {
    "digits": (1252, 545, 64, 10),
    "breast_cancer": (397, 172, 30, 2),
    "moons": (700, 300, 2, 2),
    "blobs": (700, 300, 2, 2),
}


def own(**changes):
    images = np.arange(12 * 4 * 5 * 3).reshape(12, 4, 5, 3).astype("u1")
    arrays = {
        "x_train": images,
        "y_train": np.arange(12)[:, None] % 3,
        "x_test": images[:6],
        "y_test": np.arange(6) % 3,
    }
    return arrays | changes


@pytest.mark.parametrize("name", DATASETS)
def test_every_set_is_split_by_class_and_never_changes(name):
    data = dataset(name)
    train, val, features, classes = SHAPES[name]
    assert data.x_train.shape == (train, features)
    assert data.x_val.shape == (val, features)
    assert (data.n_features, data.n_classes) == (features, classes)
    assert data.is_flat is (features == 2)
    for side in (data.y_train, data.y_val):
        assert side.dtype == np.int64
        assert np.unique(side).tolist() == list(range(classes))
    share = np.bincount(data.y_train) / (np.bincount(data.y_train) + np.bincount(data.y_val))
    assert np.abs(share - 0.7).max() < 0.006
    with pytest.raises(ValueError, match="read-only"):
        data.x_train[0] = 0
    assert dataset(name) is data
    other = dataset(name, seed=1)
    assert not np.array_equal(other.y_train, data.y_train)


def test_no_sample_is_in_both_parts_and_none_is_lost():
    data = dataset("breast_cancer")
    rows = np.unique(np.concatenate([data.x_train, data.x_val]), axis=0)
    assert len(rows) == 569
    counts = np.bincount(data.y_train) + np.bincount(data.y_val)
    assert counts.tolist() == [357, 212]
    assert data.class_names == ("benign", "malignant")
    malignant = data.x_train[data.y_train == 1, 0].mean()
    assert malignant > data.x_train[data.y_train == 0, 0].mean() + 4


def test_the_digits_are_whole_numbers_from_0_to_16():
    data = dataset("digits")
    assert data.x_train.dtype == np.uint8
    assert (data.x_train.min(), data.x_train.max(), data.highest) == (0, 16, 16)
    assert (np.bincount(data.y_train) + np.bincount(data.y_val)).tolist() == [
        178, 182, 177, 183, 181, 182, 181, 179, 174, 180,
    ]  # fmt: skip


def test_a_share_of_class_1_can_be_kept():
    data = dataset("blobs", kept=0.1)
    assert np.bincount(data.y_train).tolist() == [350, 35]
    assert np.bincount(data.y_val).tolist() == [150, 15]
    assert np.bincount(dataset("blobs", kept=1e-6).y_val).tolist() == [150, 2]


def test_the_drawn_sets_are_what_they_are_called():
    data = dataset("blobs", seed=3)
    middles = [data.x_train[data.y_train == label].mean(axis=0) for label in (0, 1)]
    assert np.allclose(middles, [[-1, 0], [1, 0]], atol=0.2)
    moons = dataset("moons", seed=3)
    upper, lower = (moons.x_train[moons.y_train == label] for label in (0, 1))
    assert np.hypot(*upper.T).mean() == pytest.approx(1, abs=0.05)
    assert np.hypot(*(lower - [1.0, 0.5]).T).mean() == pytest.approx(1, abs=0.05)
    assert upper[:, 1].mean() > lower[:, 1].mean()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mnist",), "`dataset` must be one of digits, breast_cancer, moons, blobs. Got 'mnist'"),
        (("digits", -1), "`seed` must be a whole number"),
        (("digits", 0.5), "`seed` must be a whole number"),
        (("digits", 0, 0.0), "`kept` must be above 0"),
        (("digits", 0, 1.1), "`kept` must be above 0"),
        (("digits", 0, float("nan")), "`kept` must be above 0"),
    ],
)
def test_what_is_no_set_is_refused(arguments, said):
    with pytest.raises(InputError, match=said):
        dataset(*arguments)


@pytest.mark.parametrize("name", DATASETS)
def test_scaled_inputs_run_from_0_to_1_or_255(name):
    data = dataset(name)
    unit, wide = (scaled(data.x_train, data, scale) for scale in ("unit", "0..255"))
    assert unit.dtype == wide.dtype == np.float32
    assert (float(unit.min()), float(unit.max())) == (0.0, 1.0)
    assert float(wide.max()) == 255.0
    assert np.array_equal(scaled(data.x_val, data, "as_they_come"), data.x_val)


def test_labels_are_fed_in_their_form_and_shuffled_on_one_side_only():
    digits, moons = dataset("digits"), dataset("moons")
    hot = feed(RunSettings(), digits)
    assert np.array_equal(hot.y_val.argmax(axis=1), digits.y_val)
    assert hot.y_val.sum() == 545
    binary = RunSettings(
        dataset="moons", label_form="binary", output_units=1, loss="binary_crossentropy"
    )
    assert np.array_equal(feed(binary, moons).y_train, moons.y_train)
    signs = feed(binary.changed(label_form="signs"), moons)
    assert np.array_equal(signs.y_train, np.where(moons.y_train == 1, 1, -1))
    mixed = feed(binary.changed(shuffled="validation"), moons)
    assert np.array_equal(mixed.y_train, moons.y_train)
    assert not np.array_equal(mixed.y_val, moons.y_val)
    assert sorted(mixed.y_val) == sorted(moons.y_val)


def test_balanced_weights_make_every_class_count_the_same():
    data = dataset("blobs", kept=0.1)
    settings = RunSettings(
        dataset="blobs",
        label_form="binary",
        output_units=1,
        loss="binary_crossentropy",
        class_weight="balanced",
    )
    weight = feed(settings, data).class_weight
    counts = np.bincount(data.y_train)
    assert weight[0] * counts[0] == pytest.approx(weight[1] * counts[1])
    assert sum(weight[label] * counts[label] for label in (0, 1)) == pytest.approx(385)


def test_the_boundary_covers_all_samples():
    data = dataset("moons")
    for column, places in enumerate(boundary_points(data)):
        assert places.shape == (60,)
        assert places[0] < data.x_train[:, column].min()
        assert places[-1] > data.x_val[:, column].max()


def test_own_images_are_taken_as_rows():
    data = from_npz(own())
    assert data.x_train.shape == (12, 60)
    assert data.x_train[1, 0] == 60
    assert data.y_train.tolist() == [0, 1, 2] * 4
    assert (data.class_names, data.image_shape, data.highest) == (("0", "1", "2"), (4, 5, 3), 255)
    assert data.notes == ()
    grey = from_npz(own(x_train=own()["x_train"][..., 0], x_test=own()["x_test"][..., 0]))
    assert grey.x_val.shape == (6, 20)


def test_of_too_many_own_images_the_first_are_taken(monkeypatch):
    monkeypatch.setattr("metrics_core.live_keras.images.MAX_TRAIN_VALUES", 60 * 5 + 59)
    data = from_npz(own())
    assert data.x_train.shape == (5, 60)
    assert data.y_train.tolist() == [0, 1, 2, 0, 1]
    assert len(data.x_val) == 6
    assert [str(note) for note in data.notes] == ["Only the first 5 of 12 images are used."]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"x_train": np.zeros((12, 4, 5, 3), "f4")}, "`x_train` must be uint8 images.*float32"),
        ({"x_train": np.zeros((12, 4), "u1")}, r"`x_train` must be uint8 images.*\(12, 4\)"),
        ({"x_train": np.zeros((12, 65, 4), "u1")}, "sides up to 64"),
        ({"x_train": np.zeros((12, 4, 5, 2), "u1")}, "`x_train` must be uint8 images"),
        ({"x_train": np.zeros((0, 4, 5, 3), "u1")}, "`x_train` must be uint8 images"),
        ({"x_test": np.zeros((6, 4, 4, 3), "u1")}, r"`x_test` must hold images of the shape"),
        ({"y_train": np.arange(11)}, "`y_train` must have one label for each of the 12 images"),
        ({"y_train": np.eye(12)}, "Give class indices, not one-hot rows"),
        ({"y_train": np.arange(12) - 1}, "`y_train` must hold whole numbers from 0 to 99"),
        ({"y_train": np.arange(12) / 2}, "`y_train` must hold whole numbers"),
        ({"y_test": np.full(6, 3)}, "`y_test` must have the classes of training"),
        ({"y_train": np.zeros(12, int)}, "`y_train` must have the classes of training"),
    ],
)
def test_arrays_that_are_no_images_are_refused(changes, said):
    with pytest.raises(InputError, match=said):
        from_npz(own(**changes))


def test_a_missing_array_is_named():
    arrays = own()
    del arrays["y_test"]
    with pytest.raises(InputError, match="Got no y_test"):
        from_npz(arrays)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "must be a pair of arrays.*Got NoneType"),
        (([1.0], [1], [1]), "must be a pair of arrays"),
        (([[1.0]], [0, 1]), r"shapes \(1, 1\) and \(2,\)"),
        (([], []), "must have one row of labels"),
        (([[1.0]], [[[1]]]), "must have one row of labels"),
    ],
)
def test_validation_data_for_the_log_are_checked(given, said):
    with pytest.raises(InputError, match=said):
        check_validation(given)


def test_importing_the_package_imports_no_keras_and_no_pyarrow():
    code = (
        "import sys, metrics_core.live_keras as live; live.experiment('ten-sigmoids');"
        "print(sorted({'keras', 'tensorflow', 'pyarrow'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
