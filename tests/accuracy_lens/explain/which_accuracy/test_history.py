"""The line of time: every release at its date, its number, and what is refused below."""

from __future__ import annotations

from accuracy_lens.explain.which_accuracy.answers import ask_all
from accuracy_lens.explain.which_accuracy.history import history_figure, points
from metrics_core.predictions import Predictions
from metrics_core.releases import release_names

ROUNDED_UP = Predictions.of([0, 1, 1], [0.2, 0.7, 1.6])


def drawn(loss):
    answers = ask_all(ROUNDED_UP, loss=loss, metric="accuracy", batch_size=32, weighted=False)
    found = points(answers)
    return found, history_figure(found, "tf.keras-1.12.0")


def test_every_release_stands_at_its_number_and_where_it_changed_by_its_version():
    found, figure = drawn("binary_crossentropy")
    assert sorted(point.name for point in found) == sorted(release_names())
    keras, tf_keras, keras_3, refused, selected = figure.data
    assert len(keras.x) + len(tf_keras.x) + len(keras_3.x) == len(found)
    assert {round(y, 4) for y in keras.y} == {0.6667}
    assert [round(y, 4) for y in tf_keras.y[:3]] == [0.6667, 0.6667, 1.0]
    assert set(keras_3.y) == {1.0}
    assert not refused.x
    assert (selected.x, selected.y) == (("2018-11-06",), (1.0,))
    said = [note.text for note in figure.layout.annotations]
    assert said == ["1.0.8", "1.4.0", "1.12.0", "3.0.0"]


def test_what_is_refused_has_no_number_and_a_mark_of_its_own():
    found, figure = drawn("categorical_crossentropy")
    refused = {point.uploaded for point in found if point.value is None}
    assert len(refused) == 12 + 8  # Keras 1 and 2, and tf.keras until TensorFlow 2.1
    assert set(figure.data[3].x) == refused
    assert set(figure.data[0].y) == {None}
    assert figure.layout.yaxis.range[0] < min(figure.data[3].y) < 1.0
