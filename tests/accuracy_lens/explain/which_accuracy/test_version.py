"""A version as people write it: what of it is certain, safe or either."""

from __future__ import annotations

import pytest

from accuracy_lens.explain.which_accuracy.version import backend_of, find_version
from metrics_core.releases import release_names, row_of
from tests.every import every


@every("name", release_names())
def test_every_release_that_ran_is_certain(name):
    line, _, version = name.rpartition("-")
    (found,) = find_version(f"{line} {version}")
    assert (found.known, found.releases) == ("ran", (name,))


@every(
    ("written", "known", "releases"),
    [
        ("2.9.1", "either", ("tf.keras-2.8.0", "tf.keras-2.12.0")),
        ("keras 3.4.1 on torch", "either", ("keras-3.3.3", "keras-3.5.0")),
        ("Keras 3.10.0", "alike", ("keras-3.9.0",)),
        ("tensorflow 1.13", "ran", ("tf.keras-1.13.1",)),
        ("tensorflow-gpu==1.13.2", "either", ("tf.keras-1.13.1", "tf.keras-1.14.0")),
        ("tf 2.4", "ran", ("tf.keras-2.4.0",)),
        ("tf 2.3.1", "alike", ("tf.keras-2.3.0",)),
        ("3.15", "ran", ("keras-3.15.1",)),
        ("keras 2.10", "either", ("tf.keras-2.8.0", "tf.keras-2.12.0")),
        ("keras 2.13.1", "alike", ("tf.keras-2.12.0",)),
        ("keras==2.1.2", "alike", ("keras-2.0.8",)),
        ("Keras 2.3.1 (TensorFlow backend)", "ran", ("keras-2.3.1",)),
        ("1.15", "ran", ("tf.keras-1.15.0",)),
        ("keras 1.0.3", "older", ("keras-1.0.8",)),
        ("4.1", "newer", ("keras-3.15.1",)),
        ("tf_keras 2.15.1", "newer", ("tf.keras-2.15.0",)),
        ("tf.keras 2.3.x", "ran", ("tf.keras-2.3.0",)),
        ("tf 2.16", "elsewhere", ()),
    ],
)
def test_a_version_is_placed_among_those_that_ran(written, known, releases):
    (found,) = find_version(written)
    assert (found.known, found.releases) == (known, releases)
    assert str(found.words).endswith(".")


def test_a_bare_number_of_both_keras_and_tensorflow_is_answered_for_both():
    keras, tensorflow = find_version("2.3.1")
    assert (keras.known, keras.releases) == ("ran", ("keras-2.3.1",))
    assert (tensorflow.known, tensorflow.releases) == ("alike", ("tf.keras-2.3.0",))


def test_what_lies_between_two_that_differ_names_both():
    (found,) = find_version("tf 2.1.3")
    assert len({row_of(name) for name in found.releases}) == 2
    assert "2.1.0 and tf.keras of TensorFlow 2.2.0" in str(found.words)


@pytest.mark.parametrize("written", ["abc", "keras", "2.3.1 or so", "pytorch 2.1", "2..3", "<b>"])
def test_nonsense_is_refused_in_a_sentence(written):
    (found,) = find_version(written)
    assert (found.known, found.releases) == ("unread", ())
    assert repr(written) in str(found.words)


def test_another_backend_is_named():
    assert backend_of("keras 3.4.1 on torch") == "torch"
    assert backend_of("Keras 2.1.0 (Theano backend)") == "theano"
    assert backend_of("keras 3.4.1 on TensorFlow") is None
    assert backend_of("3.4.1") is None
