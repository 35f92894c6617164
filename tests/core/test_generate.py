"""Synthetic predictions: the same for ever, and with the properties that were asked for."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace
from statistics import NormalDist

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.generate import MAX_CELLS, GeneratorSettings, generate
from tests.every import every

MANY = GeneratorSettings(n_samples=100_000, seed=7)
MULTI = GeneratorSettings(kind="sparse", n_samples=60_000, n_classes=4, seed=7, balance=0.0)

DIGESTS = {
    GeneratorSettings(): "f39497e496ca0f2e99d7322e4587a2d1",
    GeneratorSettings(
        output="logits", seed=2**32 - 1, n_samples=70_000
    ): "3e12de544f1e5be6f9fbf9ef3f39227b",
    GeneratorSettings(
        balance=0.1, separability=0.5, calibration=3, label_noise=0.25
    ): "ef1ff0b9a31f851fd925533e3ec38e90",
    GeneratorSettings(
        kind="sparse", n_classes=10, balance=0.0, output="logits"
    ): "b9899f6a0aa56989c19ebfc850264d0d",
    GeneratorSettings(
        kind="one_hot", n_classes=1000, balance=1.0, label_noise=0.5
    ): "e6da568501ce3211c3cea05c0a2c2d6e",
    GeneratorSettings(
        kind="multi_label", n_classes=7, balance=0.3, calibration=0.2
    ): "a282fe4abf2d5f86c2427711ffc5fa0e",
}


def digest(made):
    return hashlib.sha256(made.y_true.tobytes() + made.y_pred.tobytes()).hexdigest()[:32]


def auc(scores, positive):
    """Area under the ROC curve from the ranks of continuous scores."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores)] = np.arange(1, len(scores) + 1)
    ones = positive.sum()
    return (ranks[positive].sum() - ones * (ones + 1) / 2) / (ones * (len(scores) - ones))


def reliability_gap(probabilities, labels):
    """Largest distance, over ten bins, of the share of label 1 from the mean probability.

    In standard errors of the bin.
    """
    bins = np.minimum((probabilities * 10).astype(int), 9)
    counts = np.bincount(bins, minlength=10)
    big = counts >= 50
    assert big.sum() >= 5
    stated = np.bincount(bins, probabilities, 10)[big] / counts[big]
    seen = np.bincount(bins, labels, 10)[big] / counts[big]
    return (np.abs(stated - seen) / np.sqrt(stated * (1 - stated) / counts[big])).max()


def test_the_reliability_gap_tells_wrong_probabilities_from_right_ones():
    made = generate(MANY)
    assert reliability_gap(made.y_pred, made.y_true) < 4
    assert reliability_gap(generate(replace(MANY, calibration=1.1)).y_pred, made.y_true) > 4


@pytest.mark.parametrize("settings", DIGESTS, ids=lambda settings: f"{settings.kind}")
def test_the_arrays_of_a_seed_never_change(settings):
    assert digest(generate(settings)) == DIGESTS[settings]


def test_another_seed_gives_other_arrays():
    assert generate(GeneratorSettings(seed=1)).digest != generate(GeneratorSettings(seed=2)).digest


@pytest.mark.parametrize("kind", ["binary", "sparse", "one_hot", "multi_label"])
def test_more_samples_keep_the_first_rows(kind):
    few = generate(GeneratorSettings(kind=kind, n_samples=100, label_noise=0.3))
    many = generate(GeneratorSettings(kind=kind, n_samples=70_000, label_noise=0.3))
    assert np.array_equal(few.y_pred, many.y_pred[:100])
    assert np.array_equal(few.y_true, many.y_true[:100])


@pytest.mark.parametrize(
    ("kind", "labels", "outputs", "dtype"),
    [
        ("binary", (50,), (50,), np.uint8),
        ("sparse", (50,), (50, 3), np.int64),
        ("one_hot", (50, 3), (50, 3), np.uint8),
        ("multi_label", (50, 3), (50, 3), np.uint8),
    ],
)
def test_each_kind_has_its_shapes_and_dtypes(kind, labels, outputs, dtype):
    made = generate(GeneratorSettings(kind=kind, n_samples=50))
    assert made.kind == kind
    assert (made.y_true.shape, made.y_true.dtype) == (labels, dtype)
    assert (made.y_pred.shape, made.y_pred.dtype) == (outputs, np.float32)
    assert not made.y_pred.flags.writeable


def test_sparse_and_one_hot_are_the_same_samples():
    sparse = generate(GeneratorSettings(kind="sparse", label_noise=0.2))
    one_hot = generate(GeneratorSettings(kind="one_hot", label_noise=0.2))
    assert np.array_equal(one_hot.y_pred, sparse.y_pred)
    assert np.array_equal(one_hot.y_true.argmax(axis=1), sparse.y_true)
    assert (one_hot.y_true.sum(axis=1) == 1).all()


@pytest.mark.parametrize("separability", [0.5, 1.0, 2.0, 4.0])
def test_binary_auc_is_that_of_two_normal_distributions(separability):
    made = generate(replace(MANY, separability=separability, output="logits"))
    expected = NormalDist().cdf(separability / np.sqrt(2))
    assert auc(made.y_pred, made.y_true == 1) == pytest.approx(expected, abs=0.005)


def test_each_pair_of_classes_has_the_auc_of_two_normal_distributions():
    made = generate(replace(MULTI, separability=1.5, output="logits"))
    expected = NormalDist().cdf(1.5 / np.sqrt(2))
    for first, second in ((0, 1), (2, 0), (1, 3)):
        rows = np.isin(made.y_true, (first, second))
        margin = made.y_pred[rows, first] - made.y_pred[rows, second]
        assert auc(margin, made.y_true[rows] == first) == pytest.approx(expected, abs=0.01)


def test_separability_0_leaves_only_the_prior():
    binary = generate(replace(MANY, separability=0.0, balance=0.2))
    assert np.unique(binary.y_pred).tolist() == [np.float32(0.2)]
    multi = generate(replace(MULTI, separability=0.0, balance=0.5))
    assert (multi.y_pred == multi.y_pred[0]).all()
    shares = np.bincount(multi.y_true) / multi.n_samples
    np.testing.assert_allclose(multi.y_pred[0], shares, atol=0.006)


@pytest.mark.parametrize("balance", [0.05, 0.5, 0.8])
def test_calibration_1_means_that_the_stated_probabilities_come_true(balance):
    made = generate(replace(MANY, balance=balance, separability=1.5))
    assert reliability_gap(made.y_pred, made.y_true) < 4


@pytest.mark.parametrize("balance", [0.0, 0.4])
def test_multi_class_probabilities_come_true_class_by_class(balance):
    made = generate(replace(MULTI, balance=balance, separability=2.0))
    np.testing.assert_allclose(made.y_pred.sum(axis=1), 1.0, atol=1e-6)
    for place in range(4):
        assert reliability_gap(made.y_pred[:, place], made.y_true == place) < 4


def test_multi_label_probabilities_come_true():
    made = generate(
        GeneratorSettings(kind="multi_label", n_samples=20_000, n_classes=5, balance=0.3)
    )
    assert reliability_gap(made.y_pred.ravel(), made.y_true.ravel()) < 4


def test_calibration_is_a_factor_on_the_logits_and_leaves_labels_alone():
    fair = generate(replace(MANY, output="logits"))
    bold = generate(replace(MANY, output="logits", calibration=3.0))
    assert np.array_equal(fair.y_true, bold.y_true)
    np.testing.assert_allclose(bold.y_pred, 3.0 * fair.y_pred, rtol=1e-6)


@pytest.mark.parametrize(("calibration", "sign"), [(3.0, 1), (0.3, -1)])
def test_over_and_under_confidence_show_in_the_mean_confidence(calibration, sign):
    made = generate(replace(MANY, calibration=calibration))
    confidence = np.maximum(made.y_pred, 1 - made.y_pred).mean()
    accuracy = ((made.y_pred > 0.5) == made.y_true).mean()
    assert sign * (confidence - accuracy) > 0.05


def test_probabilities_are_the_activation_of_the_logits():
    binary = generate(replace(MANY, output="logits", calibration=8.0)).y_pred.astype(np.float64)
    expected = 1 / (1 + np.exp(-binary))
    np.testing.assert_allclose(generate(replace(MANY, calibration=8.0)).y_pred, expected, rtol=1e-5)
    logits = generate(replace(MULTI, output="logits")).y_pred.astype(np.float64)
    powers = np.exp(logits)
    expected = powers / powers.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(generate(MULTI).y_pred, expected, rtol=1e-5)


@pytest.mark.parametrize("balance", [0.01, 0.3, 0.9])
def test_balance_is_the_share_of_ones(balance):
    binary = generate(replace(MANY, balance=balance))
    assert binary.y_true.mean() == pytest.approx(balance, abs=0.006)
    multi = generate(replace(MULTI, kind="multi_label", balance=balance))
    np.testing.assert_allclose(multi.y_true.mean(axis=0), balance, atol=0.008)


@pytest.mark.parametrize("balance", [0.0, 0.5, 1.0])
def test_balance_of_classes_runs_from_equal_to_a_hundred_to_one(balance):
    made = generate(replace(MULTI, balance=balance))
    weights = 100.0 ** (-balance * np.arange(4) / 3)
    shares = np.bincount(made.y_true, minlength=4) / made.n_samples
    np.testing.assert_allclose(shares, weights / weights.sum(), atol=0.006)


@pytest.mark.parametrize("kind", ["binary", "sparse", "multi_label"])
@pytest.mark.parametrize("noise", [0.1, 0.5])
def test_label_noise_is_the_share_of_replaced_labels_and_leaves_outputs_alone(kind, noise):
    base = replace(MULTI, kind=kind, balance=0.5)
    clean, noisy = generate(base), generate(replace(base, label_noise=noise))
    assert (clean.y_true != noisy.y_true).mean() == pytest.approx(noise, abs=0.008)
    assert np.array_equal(clean.y_pred, noisy.y_pred)


def test_replaced_labels_go_to_every_other_class_alike():
    clean, noisy = generate(MULTI), generate(replace(MULTI, label_noise=0.5))
    steps = (noisy.y_true - clean.y_true) % 4
    shares = np.bincount(steps[steps > 0], minlength=4)[1:] / (steps > 0).sum()
    np.testing.assert_allclose(shares, 1 / 3, atol=0.01)


@pytest.mark.parametrize(
    ("settings", "labels"),
    [
        (GeneratorSettings(n_samples=1), None),
        (GeneratorSettings(balance=0.0), 0),
        (GeneratorSettings(balance=1), 1),
        (GeneratorSettings(kind="multi_label", balance=1.0, n_classes=2), 1),
        (GeneratorSettings(separability=10, calibration=10, output="logits"), None),
        (GeneratorSettings(kind="sparse", separability=10, calibration=10, balance=1), None),
        (GeneratorSettings(kind="one_hot", n_classes=1000, n_samples=MAX_CELLS // 1000), None),
    ],
    ids=range(7),
)
def test_the_ends_of_every_range_give_finite_outputs(settings, labels):
    made = generate(settings)
    assert made.n_samples == settings.n_samples
    assert np.isfinite(made.y_pred).all()
    if labels is not None:
        assert (made.y_true == labels).all()


def test_a_million_samples_of_few_bytes_each():
    made = generate(GeneratorSettings(n_samples=1_000_000))
    assert (made.n_samples, made.nbytes) == (1_000_000, 5_000_000)


def test_n_classes_does_not_touch_binary_predictions():
    few, many = GeneratorSettings(n_classes=2), GeneratorSettings(n_classes=1000)
    assert generate(few).digest == generate(many).digest
    assert GeneratorSettings(n_classes=1000, n_samples=1_000_000).n_outputs == 1


@every(
    ("wrong", "sentence"),
    [
        ({"n_samples": 0}, "`n_samples` must be a whole number from 1 to 1000000. Got 0."),
        ({"n_samples": 1_000_001}, "Got 1000001."),
        ({"n_samples": 10.0}, "Got 10.0."),
        ({"n_samples": True}, "Got True."),
        ({"n_classes": 1}, "`n_classes` must be a whole number from 2 to 1000."),
        ({"n_classes": 1001}, "Got 1001."),
        ({"seed": -1}, "`seed` must be a whole number from 0 to 4294967295. Got -1."),
        ({"balance": 1.001}, "`balance` must be a number from 0.0 to 1.0. Got 1.001."),
        ({"balance": float("nan")}, "Got nan."),
        ({"separability": -0.1}, "`separability` must be a number from 0.0 to 10.0."),
        ({"calibration": 0.0}, "`calibration` must be a number from 0.1 to 10.0."),
        ({"label_noise": 0.51}, "`label_noise` must be a number from 0.0 to 0.5."),
        ({"label_noise": "0.1"}, "Got '0.1'."),
        ({"kind": "class_indices"}, "`kind` must be one of binary, sparse, one_hot, multi_label."),
        ({"output": "scores"}, "`output` must be one of logits, probabilities. Got 'scores'."),
        (
            {"kind": "one_hot", "n_samples": 1_000_000, "n_classes": 21},
            (
                "`n_classes` must keep samples times classes at 20,000,000 or fewer."
                " Got 1,000,000 × 21. Choose fewer samples or fewer classes."
            ),
        ),
    ],
)
def test_a_setting_out_of_range_is_refused_in_one_sentence(wrong, sentence):
    with pytest.raises(InputError) as caught:
        GeneratorSettings(**{**asdict(GeneratorSettings()), **wrong})
    assert sentence in str(caught.value)
