"""One row, or one object in one file, is all that a new thing costs: it then stands everywhere."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from accuracy_lens.report.exports import samples_csv
from accuracy_lens.report.metrics import metrics_json
from metrics_core import doctor
from metrics_core.catalog.rows import CATALOG
from metrics_core.catalog.variant import Variant
from metrics_core.codegen.keras_code import keras_code
from metrics_core.codegen.numpy_code import numpy_code
from metrics_core.doctor.finding import Finding
from metrics_core.evaluation import evaluate
from metrics_core.kinds import KINDS
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.releases import RELEASES, Run
from metrics_core.reverse import search
from metrics_core.scenarios import SCENARIOS
from metrics_core.settings import Settings
from metrics_core.steps.choices.aggregation import MEAN
from metrics_core.steps.choices.comparison.labels import EQUAL
from metrics_core.steps.choices.decision.choice import Decision
from metrics_core.steps.choices.sample import Explanation, Sample
from metrics_core.steps.shared import Steps
from metrics_core.trace import trace

DATA = Predictions.of([0, 0, 1, 1, 1, 0, 1], [0.0, 0.2, 0.0, 1.0, 0.9, 0.0, 0.6])
BY_CEILING = 5 / 7


class Ceiling(Decision):
    """A new choice: every score above 0 is rounded up."""

    name = "ceiling"
    numpy = ("decided = np.ceil({s})",)
    keras = "keras.ops.ceil({s})"
    without = None

    def decide(self, steps: Steps, settings: Any) -> Array:
        return np.ceil(steps.scores)

    def words(self, settings: Any) -> Message:
        return Message("rounded up")

    def caption(self, decisions: Array, settings: Any) -> Message:
        return Message("Every score is rounded up.")

    def explain(self, sample: Sample) -> Explanation:
        return Message("{score} is rounded up", {"score": float(sample.scores)}), "x"


@pytest.fixture
def row(monkeypatch: pytest.MonkeyPatch) -> Variant:
    """A row of the catalogue with a choice that no other row makes."""
    new = Variant(
        name="ceiling_accuracy",
        title=Message("Accuracy by rounding up"),
        needs=("binary",),
        decision=Ceiling(),
        comparison=EQUAL,
        aggregation=MEAN,
        formula="c",
        keras="none; this test",
        words=Message("Each output is rounded up."),
    )
    monkeypatch.setitem(CATALOG, new.name, new)
    return new


def test_a_variant_and_a_choice_have_card_strip_and_trace(visit: Any, row: Variant) -> None:
    lens = visit(card=str(row.title))
    assert lens.cards[row.name]["title"] == str(row.title)
    strip = lens.component("strip")["choices"][row.name]
    assert strip[2]["choice"] == "rounded up"
    assert "Every score is rounded up." in lens.component("threshold", "lens")["caption"]
    assert "is rounded up" in str(trace(evaluate(DATA, row.name), 1).sentence)


def test_a_variant_is_in_the_exports(row: Variant) -> None:
    steps, made = Steps(DATA), {row.name: evaluate(DATA, row.name)}
    (entry,) = json.loads(metrics_json(DATA, made, Settings(), {}))["metrics"]
    assert (entry["title"], entry["result"]) == (str(row.title), BY_CEILING)
    header = samples_csv(DATA, steps, made).decode().splitlines()[0]
    assert "right_ceiling_accuracy" in header


def test_a_variant_is_found_by_the_search(row: Variant) -> None:
    found = search(DATA, BY_CEILING, digits=6)
    (recipe,) = [recipe for recipe in found.recipes if recipe.variant == row.name]
    assert str(recipe.steps[2]) == "rounded up"
    assert recipe.releases == ()


def test_a_variant_has_its_code(row: Variant) -> None:
    names = {"y_true": DATA.y_true, "y_pred": DATA.y_pred}
    exec(numpy_code(row, "binary", Settings(), has_weight=False), names)
    assert names["result"] == BY_CEILING
    assert "keras.ops.ceil(y_pred)" in keras_code(row, "binary", Settings(), has_weight=False)


def test_a_release_is_on_its_page_and_in_the_search(
    visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = (Run("9.9.9", "2030-01-01"),)
    new = replace(RELEASES["keras-2.3.1"], name="keras-9.9.9", title="Keras 9.9.9", ran=ran)
    monkeypatch.setitem(RELEASES, new.name, new)
    lens = visit(data="generate", n=60)  # whose answers no other test keeps
    lens.app.switch_page("pages/explain/which_accuracy.py")
    lens.run()
    (select,) = (box for box in lens.app.selectbox if box.label == "Release")
    assert "Keras 9.9.9" in select.options
    tables = [frame.value.to_string() for frame in lens.app.dataframe]
    assert sum("Keras 9.9.9" in text for text in tables) == 2  # alike ones, and the line of time
    data = Predictions.of([0, 1, 1], [0.2, 0.7, 1.6])
    recipes = search(data, 2 / 3, digits=6).recipes
    assert any("keras-9.9.9" in recipe.releases for recipe in recipes)


def test_a_scenario_is_in_the_picker_and_in_links(
    visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = replace(SCENARIOS["no-activation"], name="added", title=Message("An added scenario"))
    monkeypatch.setitem(SCENARIOS, new.name, new)
    lens = visit().set(scenario="added")
    assert "**An added scenario**" in lens.texts
    assert lens.component("board")["cards"]


def test_a_finding_is_on_the_page_and_counted_on_metrics(
    visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = Finding(
        severity="serious",
        title=Message("An added finding"),
        seen=Message("Seen."),
        consistent_with=Message("Consistent."),
        sure="certain",
        remedy=Message("Remedy."),
        code="",
    )
    rule = replace(
        doctor.RULES[0],
        id="AL999",
        name="added",
        look=lambda _: finding,
        kinds=KINDS,
        about="data",
        clean=Message("Clean."),
    )
    assert "no findings" in visit(data="generate", n=771).texts
    monkeypatch.setattr(doctor, "RULES", (rule, *doctor.RULES))
    assert doctor.examine(DATA).findings[0].rule == "added"
    lens = visit(data="generate", n=772)
    links = [link.proto.label.replace("\\", "") for link in lens.app.get("page_link")]
    assert "1 finding: see Doctor" in links
    assert "AL999: An added finding" in lens.texts
    lens.app.switch_page("pages/explain/doctor.py")
    lens.run()
    assert "An added finding" in lens.texts
