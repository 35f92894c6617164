"""The whole report: true to the numbers, safe with hostile names, without samples unless asked."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from accuracy_lens.report.whole import FORMATS, Subject, find_out, write
from accuracy_lens.report.whole.sections import sections
from accuracy_lens.shell.program import run
from accuracy_lens.words.language import speaking
from accuracy_lens.words.text import figure, say
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.releases.rules.release import USUAL_LOSS
from metrics_core.scenarios import SCENARIOS
from metrics_core.settings import Settings
from tests.every import every

HOSTILE = [
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "![x](http://elsewhere.invalid/a.png) | [b](javascript:alert(1))",
    "{{ 7 * 7 }} `code` $x$ \u202e",
]


def found(data: Predictions, **more):
    given = {"title": "outputs.npz", "origin": {"file": "outputs.npz"}, "settings": Settings()}
    given["loss"] = USUAL_LOSS[data.kind]
    return find_out(Subject(predictions=data, **(given | more)))


def of_scenario(name: str, **more):
    row = SCENARIOS[name]
    return found(row.predictions(), title=row.title, card=row.view.card, **more)


class Tags(HTMLParser):
    """The tags of a page, and every attribute."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data):
        self.text += data


def hostile() -> Predictions:
    outputs = np.random.default_rng(0).random((60, 4), np.float32)
    labels = np.arange(60) % 4
    return Predictions.of(labels, outputs, class_names=HOSTILE, sample_ids=HOSTILE * 15)


def test_hostile_names_are_text():
    made = found(hostile(), title=HOSTILE[0], origin={"file": HOSTILE[1]}, n_rows=60)
    page = Tags(write(made, "html").decode())
    assert "script" not in page.tags
    assert not {name for name, _ in page.attributes if name.startswith("on")}
    links = [value for name, value in page.attributes if name in ("href", "src")]
    assert all(link.startswith("#") for link in links)
    for name in HOSTILE[:3]:
        assert name in page.text
    assert "{{ 7 * 7 }}" in page.text
    lines = write(made, "md").decode()
    assert "<script>" not in lines
    assert "](http" not in lines
    assert json.loads(write(made, "json"))["data"]["class_names"] == HOSTILE


@every("name", SCENARIOS)
def test_every_scenario_has_a_report_that_stands_alone(name):
    page = write(of_scenario(name), "html").decode()
    assert len(page) < 3_000_000
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert not re.search(r"url\(|@import|<link|<iframe|<script", page)
    assert "default-src 'none'" in page
    assert page.count("<main") == 2


def test_the_numbers_are_those_of_the_page_in_both_languages():
    data = SCENARIOS["with-sigmoid"].predictions()
    made = of_scenario("with-sigmoid", settings=Settings(threshold=0.6))
    value = figure(evaluate(data, "binary_accuracy", threshold=0.6).result)
    page = Tags(write(made, "html").decode()).text
    for language in ("en", "zh"):
        with speaking(language):
            title = say(made.evaluations["binary_accuracy"].variant.title)
            assert re.search(rf"{re.escape(title)}\s*[:：]\s*{value}", page), language
    counts = made.counts
    assert f"{counts.true_positives} right (TP)" in page
    assert f"{counts.false_positives} wrong (FP)" in page


def test_no_sample_stands_in_it_unless_asked():
    outputs = np.array([0.123456, 0.654321, 0.345678, 0.876543], np.float32)
    data = Predictions.of(
        [0, 1, 1, 1], outputs, sample_ids=["id-ann", "id-bob", "id-eve", "id-joe"]
    )
    for kind in FORMATS:
        text = write(found(data), kind).decode()
        assert "id-eve" not in text
        assert "0.345678" not in text
        asked = write(found(data, n_rows=3), kind).decode()
        if kind != "json":
            assert "id-eve" in asked
            assert "id-joe" not in asked


def test_findings_evidence_releases_settings_and_digest_are_told():
    made = of_scenario("ten-sigmoid-units", link="/?data=scenario&scenario=ten-sigmoid-units")
    titles = {section.name for section in sections(made)}
    assert titles >= {"short", "scores", "curves", "confusion", "metrics", "findings", "releases"}
    page = Tags(write(made, "html").decode()).text
    for said in (
        "AL015 serious, likely", "10,000 wrong (FN)",
        made.subject.predictions.digest, "scenario=ten-sigmoid-units", "import keras",
        "element-wise 0.9000, by the highest output 0.0998",
    ):  # fmt: skip
        assert said in page, said
    assert re.search(r"3\.15\.1\s*0\.0998", page)
    content = json.loads(write(made, "json"))
    assert content["releases"]["keras-3.15.1"]["printed"] == "0.0998"
    assert content["findings"][0]["id"] == "AL015"
    muted = json.loads(write(of_scenario("ten-sigmoid-units", muted={"AL015"}), "json"))
    assert (muted["muted"], muted["findings"][0]["id"]) == (["AL015"], "AL018")


@every(
    "labels, outputs, settings",
    [
        ([0, 1, 1], [0.2, np.nan, 0.7], {}),
        ([0, 0, 0], [0.2, 0.3, 0.7], {}),
        ([0, 1, 1], [-np.inf, 2.0, np.inf], {"activation": "sigmoid"}),
        ([0.5, 1, 1], [0.2, 0.4, 0.7], {}),
        ([2, 0], [1, 0], {}),
        ([1], [0.3], {}),
        ([[1, 0], [0, 1]], [[0.2, 0.8], [0.3, 0.7]], {"activation": "softmax"}),
        ([0, 1, 5], [[0.2, 0.8], [0.3, 0.7], [0.1, 0.9]], {}),
    ],
)
def test_data_of_every_sort_have_a_report(labels, outputs, settings):
    made = found(Predictions.of(labels, outputs), settings=Settings(**settings))
    for kind in FORMATS:
        assert write(made, kind)


@pytest.fixture
def outputs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    random = np.random.default_rng(3)
    np.savez("outputs.npz", y_true=random.integers(0, 2, 200), y_pred=random.random(200))
    return tmp_path


def test_the_command_writes_what_the_ending_says(outputs, capsys):
    for name in ("report.html", "report.md", "report.json"):
        assert run(["report", "outputs.npz", "-o", name, "--lang", "en"]) == 0
        assert capsys.readouterr().out == f"Written: {name}\n"
    assert (outputs / "report.html").read_bytes().startswith(b"<!doctype html>")
    assert (outputs / "report.md").read_text().startswith("# Report: outputs.npz")
    said = json.loads((outputs / "report.json").read_text())
    assert said["link"].startswith("/?data=upload&file=outputs.npz%2F200%2F")
    assert run(["report", "outputs.npz", "-o", "report.pdf"]) == 2
    assert "must end with .html, .md or .json" in capsys.readouterr().err
    assert run(["report", "outputs.npz", "-o", "none/report.md"]) == 2
