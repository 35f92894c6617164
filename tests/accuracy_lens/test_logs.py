"""Outputs written from a training loop are what the upload reads, epoch by epoch."""

from __future__ import annotations

import subprocess
import sys
import types
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import SGDClassifier
from sklearn.svm import LinearSVC

import accuracy_lens
from accuracy_lens import lightning, sklearn
from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate
from metrics_core.reading import guess_roles, read_columns, to_predictions

ROOT = Path(__file__).parents[2]
RANDOM = np.random.default_rng(2)
X = RANDOM.normal(size=(90, 3))
Y = np.array(["cat", "dog", "cow"])[np.argmax(X, axis=1)]


def loaded(path):
    table = read_columns(path, path.name)
    return to_predictions(table, guess_roles(table))


def test_each_call_adds_an_epoch_and_the_same_epoch_is_replaced(tmp_path):
    path = tmp_path / "outputs.parquet"
    labels = np.array([0, 1, 1, 0, 1])
    outputs = RANDOM.random((4, 5)).astype(np.float32)
    for number, row in enumerate(outputs[:3], 3):
        accuracy_lens.log_predictions(path, labels, row, epoch=number)
    accuracy_lens.log_predictions(path, labels, outputs[3], epoch=4)
    found = loaded(path)
    assert found.epochs.numbers == (3, 4, 5)
    for number, row in ((3, 0), (4, 3), (5, 2)):
        assert np.array_equal(found.of_epoch(number).y_pred, outputs[row])
    accuracy_lens.log_predictions(path, labels, outputs[0])
    assert loaded(path).epochs.numbers[-1] == 6
    assert [each.name for each in tmp_path.iterdir()] == ["outputs.parquet"]


def test_what_does_not_go_together_is_refused(tmp_path):
    path = tmp_path / "outputs.parquet"
    accuracy_lens.log_predictions(path, [0, 1], [0.2, 0.7])
    whole = path.read_bytes()
    for labels, outputs in (([0, 1], [0.2]), ([0, 1], [[0.2, 0.8], [0.4, 0.6]])):
        with pytest.raises(InputError):
            accuracy_lens.log_predictions(path, labels, outputs)
    assert path.read_bytes() == whole


def test_a_classifier_is_logged_with_the_names_of_its_classes(tmp_path):
    classifier = SGDClassifier(loss="log_loss", random_state=0)
    for number in (1, 2):
        classifier.partial_fit(X, Y, classes=np.unique(Y))
        sklearn.log_predictions(tmp_path / "a.parquet", classifier, X, Y, epoch=number)
    last = loaded(tmp_path / "a.parquet").of_epoch(2)
    assert last.class_names == ("cat", "cow", "dog")
    number = evaluate(last, "sparse_categorical_accuracy").result
    assert number == pytest.approx(classifier.score(X, Y))


def test_without_probabilities_the_decision_function_is_logged(tmp_path):
    labels = (X[:, 0] > 0).astype(int)
    classifier = LinearSVC(random_state=0).fit(X, labels)
    sklearn.log_predictions(tmp_path / "a.parquet", classifier, X, labels)
    table = read_columns(tmp_path / "a.parquet", "a.parquet")
    assert np.allclose(table.columns["y_pred"].values, classifier.decision_function(X))


@pytest.fixture
def callbacks(monkeypatch):
    """Stands in for Lightning, which the tests do not need."""
    package, inner = types.ModuleType("lightning"), types.ModuleType("lightning.pytorch")
    module = types.ModuleType("lightning.pytorch.callbacks")
    module.Callback = type("Callback", (), {})
    for each in (package, inner, module):
        monkeypatch.setitem(sys.modules, each.__name__, each)
    lightning._made.cache_clear()
    yield module
    lightning._made.cache_clear()


def test_lightning_logs_every_validation_epoch_and_no_sanity_check(callbacks, tmp_path):
    path = tmp_path / "outputs.parquet"
    log = lightning.LogPredictions(path, rows=6)
    assert isinstance(log, callbacks.Callback)
    labels, outputs = np.arange(8) % 2, RANDOM.random((3, 8))
    for epoch, (checking, row) in enumerate(((True, 0), (False, 1), (False, 2)), -1):
        trainer = types.SimpleNamespace(sanity_checking=checking, current_epoch=max(epoch, 0))
        log.on_validation_epoch_start(trainer, None)
        for batch in (slice(0, 5), slice(5, 8)):
            given = {"y_pred": outputs[row, batch]} if epoch else None
            module = lambda x, row=row: outputs[row, x]  # noqa: E731
            pair = (np.arange(8)[batch], labels[batch])
            log.on_validation_batch_end(trainer, module, given, pair, 0)
        log.on_validation_epoch_end(trainer, None)
    found = loaded(path)
    assert found.epochs.numbers == (1, 2)
    for number in (1, 2):
        assert np.allclose(found.of_epoch(number).y_pred, outputs[number, :6])


def test_none_of_the_libraries_is_imported_to_log():
    code = (
        "import sys, accuracy_lens, accuracy_lens.keras, accuracy_lens.lightning\n"
        "import accuracy_lens.sklearn\n"
        "accuracy_lens.log_predictions\n"
        "assert not {'keras', 'tensorflow', 'torch', 'lightning', 'sklearn', 'streamlit'}"
        " & set(sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
