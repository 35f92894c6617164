"""Every option of every choice: its name in the address, in any language, and in old links."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from accuracy_lens.view.control_table import control, widgets
from accuracy_lens.view.control_table.table import CONTROLS
from metrics_core.datasets.places.named import SOURCES
from tests.app.training.training import TRAINING, until
from tests.app.view.test_carry import shown

OLD: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parents[2] / "data" / "old_links.json").read_text(encoding="utf-8")
)
"""By key, each word that links carried before they carried names, with the name of today."""
ROWS = {row.key: row for row in CONTROLS.values() if row.in_url and row.widget in control.CHOICES}
CLASSES, WHICH = "pages/explore/classes.py", "pages/explain/which_accuracy.py"
COMPARE = "pages/explore/compare.py"
DOCTOR, METRICS = "pages/explain/doctor.py", "pages/explore/metrics.py"
THRESHOLDS, ROOM = "pages/explore/thresholds.py", "pages/learn/room.py"
TEN = {"data": "generate", "kind": "multi-class-indices"}
STATES: dict[str, list[dict[str, object]]] = {
    METRICS: [{"data": "generate"}, TEN, {**TEN, "kind": "multi-class-one-hot"}],
    THRESHOLDS: [TEN],
    CLASSES: [
        {**TEN, "classes": 40},
        {**TEN, "kind": "multi-label"},
        {"scenario": "classes-against-classes"},
    ],
    COMPARE: [{}, {"b": "release"}, {"b": "settings"}],
    WHICH: [{}],
    DOCTOR: [{"muted": "al012"}],
    ROOM: [{}],
}
"""By page, what is in view there."""
CALLED_BY_DATA = ("against", "label", "true", "decided", "b_columns", "b_which", "dataset")
"""What they show is called as the file calls it, in any language."""


TWO_EPOCHS = b"epoch,y_true,y_pred\n1,1,0.4\n1,0,0.3\n2,1,0.9\n2,0,0.1\n"
TWO_COLUMNS = b"y_true,prob_a,prob_b\n1,0.4,0.5\n0,0.3,0.2\n"


def two_scores() -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, y_pred=np.array([0.4, 0.2]))
    return buffer.getvalue()


def two_classes() -> bytes:
    random = np.random.default_rng(1)
    ones = random.random(60)
    buffer = io.BytesIO()
    outputs = np.stack([1 - ones, ones], axis=1).astype("f4")
    np.savez(buffer, y_true=(random.random(60) < ones).astype(int), y_pred=outputs)
    return buffer.getvalue()


def opened(visit: Any, page: str, **query: object) -> Any:
    """A page with a link of its own; the test app opens the first page before."""
    lens = visit(**query)
    if page != METRICS:
        lens.app.query_params = dict(query)
        lens.app.switch_page(page)
        lens.run()
    return lens


@pytest.fixture
def seen(visit, quick, monkeypatch, tmp_path) -> dict[str, dict[Any, str]]:
    """By key the options that the pages draw, with what is shown for each."""
    found: dict[str, dict[Any, str]] = {}
    named = widgets._named

    def noted(row: Any, widget: Any, options: Any, start: Any, title: Any) -> dict[str, Any]:
        found.setdefault(row.key, {}).update({option: title(option) for option in options})
        return named(row, widget, options, start, title)

    with monkeypatch.context() as patch:
        patch.setattr(widgets, "_named", noted)
        pq.write_table(
            pa.table({"y_true": [0, 1], "y_pred": [0.2, 0.7]}), tmp_path / "churn.parquet"
        )
        patch.setenv(SOURCES, str(tmp_path))
        visit(data="dataset")
        visit(data="training", trained="ten-sigmoids/1/1")
        visit(data="upload").drop("two.npz", two_classes()).click("use")
        for content in (TWO_EPOCHS, TWO_COLUMNS):
            lens = visit(data="upload").drop("two.csv", content).click("use")
            lens.app.switch_page(COMPARE)
            lens.run()
        lens.set(b="file").drop("b.npz", two_scores(), ("c.npz", two_scores()))
        for page, queries in STATES.items():
            for query in queries:
                opened(visit, page, **query)
        opened(visit, TRAINING, experiment="rare-class")
        quick.upto, quick.outcome = 2, None
        lens = until(opened(visit, TRAINING).click("train"), "Epoch 1 of 10")
        quick.upto, quick.outcome = 99, (None, "")
        until(lens, "Done: 10 epochs").click("open_compare_0")
    return {key: each for key, each in found.items() if key in ROWS}


def in_another_language(key: str, titles: dict[Any, str]) -> dict[Any, str]:
    if key in CALLED_BY_DATA:
        return titles
    return {option: f"《{title[::-1]}》" for option, title in titles.items()}


def test_every_option_has_a_name_that_opens_it_and_the_old_word_opens_it_too(seen, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(control, "in_address", lambda _: tuple(asked))
    assert seen.keys() == ROWS.keys() >= OLD.keys()  # what came later never had such words
    for key, titles in seen.items():
        row, title = ROWS[key], in_another_language(key, titles).__getitem__
        names = {row.name(option): option for option in titles}
        assert len(names) == len(titles), key
        assert all(re.fullmatch(r"[a-z0-9._~-]+", name) for name in names), key
        for text, name in [*zip(names, names, strict=True), *OLD.get(key, {}).items()]:
            asked[:] = [text]
            assert row.asked_of(list(titles), title) == [names[name]], (key, text)


LINKS = [
    (METRICS, {**TEN, "output": "logits", "labels": "one-hot", "activation": "softmax",
               "average": "batch-means", "card": "top_k_categorical_accuracy", "show": "wrong",
               "sort": "rank"}),
    (METRICS, {"scenario": "many-labels", "average": "per-class", "card": "subset_accuracy"}),
    (THRESHOLDS, {**TEN, "against": "index-3"}),
    (CLASSES, {**TEN, "cells": "of-predicted", "order": "confusion", "true": "index-4",
               "decided": "index-0"}),
    (WHICH, {"which_release": "tf.keras-2.2.0", "which_loss": "hinge", "which_metric":
             "capital-acc", "which_activation": "sigmoid"}),
    (DOCTOR, {"finding": "al035", "muted": "al012"}),
    (TRAINING, {"experiment": "rare-class", "run_optimizer": "sgd", "run_metrics":
                "binary-accuracy-at-0"}),
]  # fmt: skip


@pytest.mark.parametrize(("page", "link"), LINKS)
def test_a_link_of_old_words_opens_the_same_and_becomes_one_of_names(visit, page, link):
    words = {
        key: next(word for word, named in OLD[key].items() if named == name)
        for key, name in link.items()
    }
    assert words != link
    new, old = (opened(visit, page, **query) for query in (link, words))
    assert new.app.query_params == old.app.query_params == link
    assert shown(new) == shown(old)
    assert not [*new.app.warning, *old.app.warning]


def test_a_choice_changes_the_address_and_its_start_leaves_it(visit):
    lens = visit().set(show="wrong", scenario="top-k")
    assert lens.app.query_params == {"show": "wrong", "scenario": "top-k"}
    assert lens.set(show="all").app.query_params == {"scenario": "top-k"}
    lens.set(show="right").app.switch_page(CLASSES)
    assert lens.run().app.query_params == {"scenario": "top-k"}
    lens.app.switch_page(METRICS)
    assert lens.run().app.query_params == {"scenario": "top-k", "show": "right"}


def test_a_class_that_a_file_calls_by_another_number_is_not_mistaken(visit):
    content = b"y_true,p1,p2,p3\n1,0.7,0.2,0.1\n2,0.2,0.5,0.3\n3,0.3,0.3,0.4\n2,0.5,0.4,0.1\n"
    lens = visit(data="upload", against="2").drop("a.csv", content).click("use")
    lens.app.switch_page(THRESHOLDS)
    assert lens.run().app.selectbox(key="against").options[:3] == ["1", "2", "3"]
    assert lens.app.selectbox(key="against").value == 1
