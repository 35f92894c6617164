"""The callback that writes the outputs of each epoch, on real models."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError

pytestmark = pytest.mark.keras
keras = None
X = np.linspace(-1, 1, 90, dtype="f4").reshape(45, 2)
Y = np.arange(45) % 3


@pytest.fixture(scope="module", autouse=True)
def imported():
    global keras  # noqa: PLW0603 - imported once, and only where these tests run
    keras = pytest.importorskip("keras")
    yield
    keras.backend.clear_session()


def logged(*args, **options):
    from metrics_core.live_keras import LogPredictions

    return LogPredictions(*args, **options)


def model_of(units, loss):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(units)])
    model.compile(loss=loss, optimizer="sgd")
    return model


def read(path):
    pq = pytest.importorskip("pyarrow.parquet")
    return pq.read_table(path)


def test_outputs_of_every_epoch_stand_in_the_file(tmp_path):
    path = tmp_path / "outputs.parquet"
    model = model_of(3, "mse")
    hot = np.eye(3, dtype="f4")[Y]
    log = logged(path, (X, hot))
    seen = []
    watch = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda *_: seen.append(model.predict(X, verbose=0))
    )
    model.fit(X, hot, epochs=3, callbacks=[log, watch], verbose=0)
    table = read(path)
    names = [f"{side}_{place}" for side in ("y_true", "y_pred") for place in range(3)]
    assert table.column_names == ["epoch", *names]
    assert table["epoch"].to_pylist() == [1] * 45 + [2] * 45 + [3] * 45
    outputs = np.stack([table[f"y_pred_{place}"] for place in range(3)], axis=1)
    assert outputs.dtype == np.float32
    assert outputs == pytest.approx(np.concatenate(seen), abs=1e-6)
    assert not np.array_equal(outputs[:45], outputs[45:90])
    labels = np.stack([table[f"y_true_{place}"] for place in range(3)], axis=1)
    assert np.array_equal(labels, np.tile(hot, (3, 1)))
    assert list(tmp_path.iterdir()) == [path]


def test_one_unit_and_the_first_rows_only(tmp_path):
    path = tmp_path / "outputs.parquet"
    model = model_of(1, "mse")
    model.fit(X, Y, epochs=2, callbacks=[logged(str(path), (X, Y[:, None]), rows=7)], verbose=0)
    table = read(path)
    assert table.column_names == ["epoch", "y_true", "y_pred"]
    assert table["y_true"].to_pylist() == Y[:7].tolist() * 2
    assert table["y_pred"].to_numpy()[7:] == pytest.approx(
        model.predict(X[:7], verbose=0)[:, 0], abs=1e-6
    )


def test_an_interrupted_run_leaves_its_whole_epochs_and_an_older_file_until_then(tmp_path):
    path = tmp_path / "outputs.parquet"
    path.write_bytes(b"older")

    def interrupt(epoch, _):
        if epoch == 1:
            assert path.read_bytes() == b"older"
            raise KeyboardInterrupt

    model = model_of(1, "mse")
    log = logged(path, (X, Y))
    watch = keras.callbacks.LambdaCallback(on_epoch_end=interrupt)
    with pytest.raises(KeyboardInterrupt):
        model.fit(X, Y, epochs=5, callbacks=[log, watch], verbose=0)
    log.on_train_end()
    assert read(path)["epoch"].to_pylist() == [1] * 45 + [2] * 45


def test_the_file_completes_itself_when_nothing_refers_to_it(tmp_path):
    from metrics_core.live_keras.log_predictions import EpochFile

    pytest.importorskip("pyarrow")
    path = tmp_path / "outputs.parquet"
    file = EpochFile(path, Y)
    file.add(1, np.zeros(45, "f4"))
    assert not path.exists()
    del file
    assert read(path).num_rows == 45
    EpochFile(tmp_path / "none.parquet", Y).close()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("rows", [0, 1.5])
def test_rows_must_be_a_number_of_rows(tmp_path, rows):
    with pytest.raises(InputError, match="`rows` must be a whole number"):
        logged(tmp_path / "x", (X, Y), rows=rows)
    with pytest.raises(InputError, match="`validation_data` must be a pair"):
        logged(tmp_path / "x", X)


def test_it_is_a_callback_of_keras_and_one_class():
    from metrics_core import live_keras

    assert issubclass(live_keras.LogPredictions, keras.callbacks.Callback)
    assert live_keras.LogPredictions is live_keras.LogPredictions
    with pytest.raises(AttributeError, match="LogOutputs"):
        live_keras.LogOutputs  # noqa: B018
