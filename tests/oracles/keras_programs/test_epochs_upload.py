"""A file of `LogPredictions` is read epoch by epoch, with the accuracy that Keras printed."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.evaluation import evaluate

pytestmark = pytest.mark.keras
keras = None
RANDOM = np.random.default_rng(5)
X = RANDOM.normal(size=(150, 4)).astype("f4")
CLASSES = np.argmax(X[:, :3], axis=1)
MODELS = {
    "sparse": (CLASSES, 3, "softmax", "sparse_categorical_crossentropy"),
    "one_hot": (np.eye(3, dtype="f4")[CLASSES], 3, "softmax", "categorical_crossentropy"),
    "multi_label": (np.eye(3, dtype="f4")[CLASSES], 3, "sigmoid", "binary_crossentropy"),
    "binary": ((X[:, 0] > 0).astype("i4"), 1, "sigmoid", "binary_crossentropy"),
}
VARIANTS = {
    "sparse": "sparse_categorical_accuracy",
    "one_hot": "categorical_accuracy",
    "multi_label": "binary_accuracy",
    "binary": "binary_accuracy",
}


@pytest.fixture(scope="module", autouse=True)
def imported():
    global keras  # noqa: PLW0603 - imported once, and only where these tests run
    keras = pytest.importorskip("keras")
    pytest.importorskip("pyarrow")
    yield
    keras.backend.clear_session()


@pytest.mark.parametrize("name", MODELS)
def test_each_epoch_has_the_accuracy_that_keras_printed_for_it(tmp_path, name):
    from metrics_core.live_keras import LogPredictions
    from metrics_core.reading import guess_roles, read_columns, to_predictions

    labels, units, activation, loss = MODELS[name]
    keras.utils.set_random_seed(3)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(units, activation)])
    metric = VARIANTS[name]
    model.compile(loss=loss, optimizer=keras.optimizers.SGD(0.5), metrics=[metric])
    path = tmp_path / "outputs.parquet"
    held_out = (X[100:], labels[100:])
    history = model.fit(
        X[:100], labels[:100], epochs=4, validation_data=held_out, verbose=0,
        callbacks=[LogPredictions(path, held_out)],
    )  # fmt: skip
    printed = history.history[f"val_{metric}"]
    assert len(set(printed)) > 1

    table = read_columns(path, path.name)
    roles = guess_roles(table)
    assert roles.sure
    assert roles.epoch == "epoch"
    kind = "multi_label" if name == "multi_label" else None
    loaded = to_predictions(table, roles, kind=kind)
    assert loaded.epochs is not None
    assert loaded.epochs.numbers == (1, 2, 3, 4)
    read = [evaluate(loaded.of_epoch(epoch), metric).result for epoch in loaded.epochs.numbers]
    assert read == pytest.approx(printed, rel=1e-6)
    assert loaded.of_epoch(4).kind == name
    assert np.shares_memory(loaded.of_epoch(4).y_pred, loaded.predictions.y_pred)
