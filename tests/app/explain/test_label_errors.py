"""Labels that are probably wrong: a filter of the samples, shares by class, a finding."""

from __future__ import annotations

import numpy as np

from metrics_core.generate import GeneratorSettings, generate
from metrics_core.label_errors import find_label_errors
from metrics_core.steps.shared import Steps
from tests.numpy_files import npz

QUERY = {"data": "generate", "n": 1000, "separability": 5.0, "noise": 0.06}


def data_of(kind="binary"):
    return generate(
        GeneratorSettings(
            kind=kind, n_samples=1000, n_classes=3, separability=5.0, label_noise=0.06
        )
    )


def test_the_filter_shows_the_samples_the_surest_first_and_what_is_left(visit):
    found = find_label_errors(Steps(data_of()))
    lens = visit(**QUERY, show="doubted", sort="margin")
    assert lens.table()["row"].tolist() == found.order[:50].tolist()
    assert f"{len(found.order)} of 1,000 samples are confidently of another class" in lens.texts
    classes = lens.table("Share of wrong labels by class")
    assert classes["doubted"].tolist() == found.joints[0].wrong.tolist()
    without = lens.table("Metrics without labels that are probably wrong")
    row = without[without["metric"] == "Binary accuracy"].iloc[0]
    assert float(row["without them"]) > float(row["now"])


def test_every_label_of_several_has_a_share(visit):
    lens = visit(**{**QUERY, "kind": "multi-label", "classes": 3, "show": "doubted"})
    assert lens.errors == []
    assert len(lens.table("Share of wrong labels by class")) == 3


def test_class_indices_have_no_such_filter(visit):
    lens = visit(scenario="classes-against-classes")
    assert len(lens.app.selectbox(key="show").options) == 4


def test_scores_that_are_not_finite_show_all_samples(visit):
    content = npz(y_true=np.arange(30) % 2, y_pred=np.where(np.arange(30) == 3, np.nan, 0.3))
    lens = visit(data="upload", show="doubted").drop("x.npz", content).click("use")
    assert lens.errors == []


def test_the_doctor_notes_them(visit):
    lens = visit(**QUERY)
    lens.app.switch_page("pages/explain/doctor.py")
    lens.run()
    assert "Labels that are probably wrong" in lens.texts
