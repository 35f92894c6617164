"""The Doctor page through `app.py`: what it names, and what its remedies change."""

from __future__ import annotations

import re
from typing import Any

import pytest

from accuracy_lens.components.findings import quiet_words
from accuracy_lens.explain.doctor.report import view_changes
from metrics_core.doctor import examine
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings

DOCTOR = "pages/explain/doctor.py"


def turn_to(lens: Any, page: str) -> Any:
    lens.app.switch_page(page)
    return lens.run()


def applied(lens: Any, rule: str) -> Any:
    """Click the remedy, which leads to the Metrics page."""
    return lens.click(f"doctor_apply_{rule}")


def apply_keys(lens: Any) -> list[str]:
    return [b.key for b in lens.app.button if str(b.key).startswith("doctor_apply_")]


def test_ten_sigmoid_units_show_their_serious_finding_with_its_number(visit):
    lens = turn_to(visit().set(scenario="ten-sigmoid-units"), DOCTOR)
    assert "#### Serious: 1 · Warnings: 2 · Notes: 2" in lens.texts
    titles = [e.value for e in lens.app.markdown if e.value.startswith("##### ")]
    assert titles[0] == "##### Element\\-wise accuracy on one\\-hot labels"
    assert "The number: element-wise 0.9000, by the highest output 0.0998" in lens.texts.replace(
        "*", ""
    )
    assert lens.texts.index(":orange-badge[serious]") < lens.texts.index(":yellow-badge[warning]")


@pytest.mark.parametrize(
    ("scenario", "rule"),
    [
        ("no-activation", "logits-cut"),
        ("softmax-on-one-unit", "one-unit-softmax"),
        ("sample-weights", "weights-ignored"),
    ],
)
def test_an_applied_remedy_gives_the_number_that_was_promised(visit, scenario, rule):
    lens = visit()
    if scenario != "no-activation":
        lens.set(scenario=scenario)
    before = lens.values["binary_accuracy"]
    turn_to(lens, DOCTOR)
    promised = re.findall(r"with [^:]+: ([\d.]+) instead of ([\d.]+)", lens.texts)
    assert len({value for value, _ in promised}) == 1
    assert {now for _, now in promised} == {before}
    after = applied(lens, rule).values["binary_accuracy"]
    assert after == promised[0][0] != before


def test_an_applied_remedy_is_gone_from_the_next_report(visit):
    lens = turn_to(visit(), DOCTOR)
    assert "Logits compared with 0.5" in lens.texts
    applied(lens, "logits-cut")
    turn_to(lens, DOCTOR)
    assert lens.app.number_input(key="threshold").value == 0.0
    assert "Logits compared with 0.5" not in lens.texts
    assert "doctor_apply_logits-rounded" not in apply_keys(lens)


def test_the_view_is_that_of_the_metrics_page_and_moves_with_it(visit):
    lens = turn_to(visit().set(threshold=0.25, activation="sigmoid"), DOCTOR)
    assert lens.app.number_input(key="threshold").value == 0.25
    lens.set(activation="none")
    assert "Logits compared with 0.25" in lens.texts


def test_generated_data_that_fit_their_labels_get_a_clean_bill_of_health(visit):
    lens = turn_to(visit(data="Generate"), DOCTOR)
    assert "#### A clean bill of health" in lens.texts
    assert ":orange-badge" not in lens.texts
    assert ":yellow-badge" not in lens.texts
    assert "The threshold fits the range of the outputs." in lens.texts
    assert apply_keys(lens) == []


def test_code_and_rows_appear_when_they_are_opened_and_a_row_leads_to_its_trace(visit):
    lens = turn_to(visit(), DOCTOR)
    assert not lens.app.code
    lens.app.session_state["doctor_more_logits-cut"] = True
    lens.run()
    assert lens.app.code[0].value == "keras.metrics.BinaryAccuracy(threshold=0.0)"
    rows = lens.table("Rows: Logits compared with 0.5")
    assert rows["row"].tolist() == [3, 6, 9, 15, 26, 49, 53, 72]
    assert ((rows["output"] > 0) & (rows["output"] <= 0.5)).all()
    lens.click("doctor_row_logits-cut_15")
    assert lens.app.number_input(key="sample").value == 15
    assert "Sample 15: " in lens.texts


def test_a_choice_without_a_control_in_the_view_is_not_applied():
    averaged = Settings(aggregation="batch_means", threshold=0.0)
    remedy = {"aggregation": None, "threshold": 0.0, "class_weight": ((0, 2.0),)}
    assert view_changes(remedy, averaged, "binary") == {"average": "each variant's own"}
    assert view_changes({"labels": "one_hot"}, averaged, "sparse") == {"labels": "one_hot"}
    assert view_changes({"labels": "one_hot"}, averaged, "multi_label") == {}


@pytest.mark.parametrize(
    ("outputs", "labels", "says"),
    [
        ([0.01, 0.2, 0.9, 0.95], [0, 0, 1, 1], "no findings"),
        ([0.2, 0.4, 0.6, 0.8], [0, 0, 1, 1], "1 finding: see Doctor"),
        ([-3.0, 0.2, -1.0, 2.5], [0, 1, 0, 1], "3 findings: see Doctor"),
    ],
)
def test_the_quiet_line_counts_warnings_and_serious_findings_only(outputs, labels, says):
    report = examine(Predictions.of(labels * 50, outputs * 50))
    assert report.of_severity("note")
    assert quiet_words(report) == says


def test_a_link_opens_the_report_of_its_own_view(visit):
    cold = visit(threshold=0.75, data="Generate", output="logits")
    turn_to(cold, DOCTOR)
    assert "Logits compared with 0.75" in cold.texts
