"""Settings of a run, the experiments and the program beside them: all without Keras."""

from __future__ import annotations

import ast
from dataclasses import fields

import pytest

from metrics_core.errors import InputError
from metrics_core.live_keras import (
    EXPERIMENTS,
    RunSettings,
    dataset,
    experiment,
    from_npz,
    training_code,
)
from metrics_core.live_keras.runs.measures import METRICS, measure
from metrics_core.live_keras.runs.settings import check_data
from metrics_core.messages import Message
from tests.every import every

BINARY = {"label_form": "binary", "output_units": 1, "loss": "binary_crossentropy"}
RUNS = [
    (f"{row.name}-{side}", run)
    for row in EXPERIMENTS.values()
    for side, run in (("first", row.settings), ("second", row.against))
    if run is not None
]


@every(
    ("changes", "said"),
    [
        ({"dataset": "mnist"}, "`dataset` must be one of digits"),
        ({"kept": 0}, "`kept` must be above 0"),
        ({"kept": "half"}, "`kept` must be above 0"),
        ({"dataset": "own_images", "kept": 0.5}, "1 for your own images"),
        ({"shuffled": "both"}, "`shuffled` must be one of none, training, validation"),
        ({"scale": "255"}, "`scale` must be one of as_they_come, unit, 0..255"),
        ({"label_form": "words"}, "`label_form` must be one of"),
        ({"hidden": (32,) * 7}, "`hidden` must be up to 6 whole numbers from 1 to 512"),
        ({"hidden": (0,)}, "`hidden` must be up to 6"),
        ({"hidden": (513,)}, "`hidden` must be up to 6"),
        ({"hidden": 32}, "`hidden` must be up to 6"),
        ({"hidden_activation": "softmax"}, "`hidden_activation` must be one of relu"),
        ({"batch_norm": 1}, "`batch_norm` must be one of False, True"),
        ({"dropout": 0.95}, "`dropout` must be from 0 to 0.9"),
        ({"dropout": float("nan")}, "`dropout` must be"),
        ({"output_units": 1}, "`output_units` must be 1 for binary labels"),
        ({**BINARY, "output_units": 2}, "`output_units` must be 1 for binary labels"),
        ({"output_activation": "relu"}, "`output_activation` must be one of none"),
        ({"loss": "sparse_categorical_crossentropy"}, "`loss` must be one of categorical_cross"),
        ({"label_form": "sparse"}, "one of sparse_categorical_crossentropy for these labels"),
        ({"loss": "mean_squared_error", "from_logits": True}, "`from_logits` must be False"),
        ({"from_logits": 1}, "`from_logits` must be False"),
        ({**BINARY, "label_form": "signs", "class_weight": "balanced"}, "`class_weight` must be"),
        ({"class_weight": (1, 2)}, "`class_weight` must be"),
        ({"optimizer": "Adam"}, "`optimizer` must be one of adam, sgd, rmsprop"),
        ({"learning_rate": 0}, "`learning_rate` must be above 0"),
        ({"learning_rate": float("inf")}, "`learning_rate` must be above 0"),
        ({"batch_size": 0}, "`batch_size` must be a whole number from 1 to 10000"),
        ({"batch_size": True}, "`batch_size` must be a whole number"),
        ({"epochs": 201}, "`epochs` must be a whole number from 1 to 200"),
        ({"seed": -1}, "`seed` must be a whole number"),
        ({"metrics": ()}, "`metrics` must be a tuple of 1 to 12 names"),
        ({"metrics": "accuracy"}, "`metrics` must be a tuple"),
        ({"metrics": ("accuracy", "accuracy")}, "`metrics` must differ from one another"),
        ({"metrics": ("acc",)}, "`metrics` must be among accuracy"),
        ({"colour": 1}, "`colour` must be a setting: one of dataset"),
    ],
)
def test_a_setting_out_of_its_range_is_refused(changes, said):
    with pytest.raises(InputError, match=said):
        RunSettings().changed(**changes)


def test_every_field_has_a_rule_that_can_fail():
    failing = {
        argument
        for argument in (field.name for field in fields(RunSettings))
        for nonsense in (object(), -1)
        if refuses(argument, nonsense)
    }
    assert failing == {field.name for field in fields(RunSettings)}


def refuses(argument, value):
    try:
        RunSettings().changed(**{argument: value})
    except InputError as error:
        return error.argument == argument
    return False


def test_settings_are_keys_and_the_boundaries_are_allowed():
    assert RunSettings() == RunSettings().changed(epochs=10)
    assert len({RunSettings(), RunSettings(seed=1), RunSettings(seed=0)}) == 2
    RunSettings(epochs=200, batch_size=10_000, hidden=(), learning_rate=10, dropout=0.9)
    RunSettings(hidden=(512,) * 6, epochs=1, batch_size=1, seed=2**32 - 1, kept=1)


def test_units_must_fit_the_classes():
    with pytest.raises(InputError, match=r"`output_units` must be 10, one unit per class\. Got 9"):
        check_data(RunSettings(output_units=9), dataset("digits"))
    with pytest.raises(InputError, match="`label_form` must be one_hot or sparse for 10 classes"):
        check_data(RunSettings(**BINARY), dataset("digits"))


@pytest.mark.parametrize(
    ("name", "code", "reported"),
    [
        ("accuracy", '"accuracy"', "accuracy"),
        ("mean_pred", "mean_pred", "mean_pred"),
        ("Recall()", 'keras.metrics.Recall(name="recall")', "recall"),
        (
            "BinaryAccuracy(threshold=-0.5)",
            'keras.metrics.BinaryAccuracy(threshold=-0.5, name="binary_accuracy_above_-0.5")',
            "binary_accuracy_above_-0.5",
        ),
        (
            "TopKCategoricalAccuracy(k=3)",
            'keras.metrics.TopKCategoricalAccuracy(k=3, name="top_3_accuracy")',
            "top_3_accuracy",
        ),
    ],
)
def test_a_metric_is_typed_and_reported(name, code, reported):
    assert measure(name).code == code
    assert measure(name).reported_name == reported


@pytest.mark.parametrize(
    "name",
    [
        "AUC()",
        "BinaryAccuracy()",
        "BinaryAccuracy(k=3)",
        "Recall(threshold=0)",
        "BinaryAccuracy(threshold=__import__('os'))",
        "BinaryAccuracy(threshold=1e3)",
        "__import__('os').getcwd()",
        "",
        None,
    ],
)
def test_what_is_no_metric_is_refused(name):
    with pytest.raises(InputError, match="`metrics` must be among accuracy"):
        measure(name)


@pytest.mark.parametrize("k", ["0", "-1", "1.5"])
def test_k_must_be_whole_and_positive(k):
    with pytest.raises(InputError, match="`k` must be a whole number"):
        measure(f"TopKCategoricalAccuracy(k={k})")


def test_all_metrics_have_names_of_their_own():
    names = [measure(name).reported_name for name in METRICS]
    assert len(set(names)) == len(names) == 13


@pytest.mark.parametrize("row", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_an_experiment_says_what_it_asks_and_what_to_expect(row):
    assert experiment(row.name) is row
    assert str(row.question).endswith("?")
    assert 1 <= len(row.expect) <= 3
    for sentence in (row.title, row.question, row.caption, *row.expect):
        assert isinstance(sentence, Message)
        assert str(sentence)
    assert all(str(sentence).endswith(".") for sentence in row.expect)
    assert (row.against is None) is (row.against_caption is None)
    assert row.against != row.settings


def test_another_experiment_is_refused():
    with pytest.raises(InputError, match="`experiment` must be one of ten-sigmoids, "):
        experiment("none")


@every(("name", "run"), RUNS, ids=[name for name, _ in RUNS])
def test_every_experiment_fits_its_data_and_has_a_program(name, run):
    check_data(run, dataset(run.dataset, run.seed, run.kept))
    code = training_code(run)
    ast.parse(code)
    assert f'dataset("{run.dataset}", seed={run.seed}' in code
    assert ("from_logits=True" in code) is run.from_logits
    assert f"epochs={run.epochs}," in code
    assert ("import numpy as np" in code) is ("np." in code)
    assert max(map(len, code.splitlines())) <= 100


def test_the_program_defines_the_custom_metric_only_where_it_is_used():
    code = training_code(RunSettings(metrics=("accuracy", "mean_pred")))
    assert "def mean_pred(y_true, y_pred):" in code
    assert 'metrics=["accuracy", mean_pred]' in code
    assert "mean_pred" not in training_code(RunSettings())


def test_the_program_of_own_images_reads_the_file():
    code = training_code(RunSettings(dataset="own_images"))
    assert 'data = from_npz(np.load("images.npz"))' in code
    assert 'x_train = data.x_train.astype("float32") / 255' in code
    assert from_npz.__name__ in code.splitlines()[4]
