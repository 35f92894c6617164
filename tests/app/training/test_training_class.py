"""A class on the Training page: the same settings are one run, others say how long they wait."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from accuracy_lens.jobs.runs import visit as visiting
from accuracy_lens.learn.training.settings.images import keys_for
from metrics_core.live_keras import RunSettings, from_npz
from tests.app.training.training import numbers, opened, said, until

EARLIER = "These settings were trained before"


class Student:
    """One of several visitors: whose script runs is told before each step."""

    def __init__(self, name, here, visit, **query):
        self._name, self._here = name, here
        here.name = name
        self._lens = opened(visit, **query)

    @property
    def lens(self):
        self._here.name = self._name
        return self._lens


@pytest.fixture
def here(monkeypatch):
    found = SimpleNamespace(name="")
    monkeypatch.setattr(visiting, "this_visitor", lambda: found.name)
    return found


def test_a_class_watches_one_run_and_who_stops_leaves_it_to_the_others(visit, quick, here):
    quick.upto, quick.outcome = 3, None
    ann, bob = (Student(name, here, visit) for name in ("ann", "bob"))
    until(ann.lens.click("train"), "Epoch 2 of 10")
    assert "other visitor" not in said(ann.lens)
    until(bob.lens.click("train"), "Epoch 2 of 10")
    shared = "1 other visitor chose the same settings and watches this run too"
    assert shared in said(bob.lens)
    assert shared in said(ann.lens.run())
    until(ann.lens.click("stop"), "Stopped after epoch 2 of 10")
    assert quick.stopped == []
    quick.upto, quick.outcome = 99, (None, "")
    until(bob.lens, "Done: 10 epochs")
    assert shared not in said(bob.lens)
    assert "Stopped after epoch 2 of 10" in said(ann.lens.run())
    assert len(quick.given) == 2


def test_what_was_trained_before_is_there_at_once_and_says_so(visit, quick, here):
    ann, bob = (Student(name, here, visit) for name in ("ann", "bob"))
    until(ann.lens.click("train"), "Done: 10 epochs")
    assert EARLIER not in said(ann.lens)
    bob.lens.click("train")
    assert "Done: 10 epochs" in said(bob.lens)
    assert EARLIER in said(bob.lens)
    assert numbers(bob.lens) == numbers(ann.lens.run())
    assert len(quick.given) == 2
    until(bob.lens.set(run_seed=7).click("train"), "Done: 10 epochs")
    assert EARLIER not in said(bob.lens)
    assert len(quick.given) == 4


def test_who_waits_is_told_the_time_as_soon_as_a_run_was_measured(visit, quick, here):
    quick.places, quick.upto, quick.outcome = 1, 3, None
    ann, bob = (Student(name, here, visit) for name in ("ann", "bob"))
    until(ann.lens.click("train"), "Epoch 2 of 10")
    assert "Waiting: number 1 in the queue" in said(ann.lens)
    assert "queue, begins" not in said(ann.lens)
    quick.upto, quick.outcome = 99, (None, "")
    until(ann.lens, "Done: 10 epochs")
    quick.upto, quick.outcome = 3, None
    until(ann.lens.set(run_seed=1).click("train"), "Epoch 2 of 10")
    until(bob.lens.set(run_seed=2).click("train"), "Waiting: number 3 in the queue")
    assert "Waiting: number 1 in the queue, begins soon" in said(ann.lens.run())
    assert "Waiting: number 3 in the queue, begins soon" in said(bob.lens)


def images(first=0):
    pixels, labels = np.zeros((6, 4, 4), np.uint8), np.array([0, 1, 2, 0, 1, 2])
    pixels[0, 0, 0] = first
    return from_npz({"x_train": pixels, "y_train": labels, "x_test": pixels, "y_test": labels})


def test_own_images_are_the_same_by_their_numbers():
    settings = [RunSettings(dataset="own_images", output_units=3)]
    assert keys_for(settings, images()) == keys_for(settings, images())
    assert len({*keys_for(settings, images()), *keys_for(settings, images(1))}) == 2
    assert keys_for(settings, images()) != keys_for(settings, None)
