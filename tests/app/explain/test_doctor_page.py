"""The Doctor page through `app.py`: what it names, and what its remedies change."""

from __future__ import annotations

import re
from typing import Any

import pytest

from accuracy_lens.components.findings import quiet_words
from accuracy_lens.explain.doctor.remedy import view_changes
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


def links(lens: Any) -> list[str]:
    """The titles of the links to pages."""
    return [element.proto.label.replace("\\", "") for element in lens.app.get("page_link")]


def serious_lines(lens: Any) -> list[str]:
    """The titles of the serious findings in the frame of a page."""
    kinds = [e.value for e in lens.app.markdown]
    at = [at for at, text in enumerate(kinds) if text == ":orange-badge[serious]"]
    return [kinds[i + 1].replace("\\", "") for i in at]


def apply_keys(lens: Any) -> list[str]:
    return [b.key for b in lens.app.button if str(b.key).startswith("doctor_apply_")]


def test_ten_sigmoid_units_show_their_serious_finding_with_its_number(visit):
    lens = turn_to(visit().set(scenario="ten-sigmoid-units"), DOCTOR)
    assert "## Serious: 1 · Warnings: 2 · Notes: 2" in lens.texts
    titles = [e.value for e in lens.app.markdown if e.value.startswith("### ")]
    assert titles[0] == "### Element\\-wise accuracy on one\\-hot labels"
    assert "The number: element-wise 0.9000, by the highest output 0.0998" in lens.texts.replace(
        "*", ""
    )
    assert lens.texts.index(":orange-badge[serious]") < lens.texts.index(":yellow-badge[warning]")


LOGITS = {"data": "generate", "output": "logits", "separability": 1.5}


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (LOGITS, "logits-cut"),
        ({"scenario": "softmax-on-one-unit"}, "one-unit-softmax"),
        ({"scenario": "sample-weights"}, "weights-ignored"),
    ],
)
def test_an_applied_remedy_gives_the_number_that_was_promised(visit, data, rule):
    lens = visit(**data)
    if "scenario" in data:
        lens.set(scenario="rare-class").set(**data)
    before = lens.values["binary_accuracy"]
    turn_to(lens, DOCTOR)
    promised = re.findall(r"with [^:]+: ([\d.]+) instead of ([\d.]+)", lens.texts)
    table = re.findall(r"\| accuracy \| ([\d.]+) \| ([\d.]+) \|", lens.texts)
    assert (before, promised[0][0]) in table
    assert len({value for value, _ in promised}) == 1
    assert {now for _, now in promised} == {before}
    after = applied(lens, rule).values["binary_accuracy"]
    assert after == promised[0][0] != before


def test_an_applied_remedy_is_gone_from_the_next_report(visit):
    lens = turn_to(visit(**LOGITS), DOCTOR)
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
    assert "compared with 0.25" in lens.texts


def test_generated_data_that_fit_their_labels_get_a_clean_bill_of_health(visit):
    lens = turn_to(visit(data="generate"), DOCTOR)
    assert "## A clean bill of health" in lens.texts
    assert ":orange-badge" not in lens.texts
    assert ":yellow-badge" not in lens.texts
    assert "The threshold fits the range of the outputs." in lens.texts
    assert apply_keys(lens) == []


def test_code_and_rows_appear_when_they_are_opened_and_a_row_leads_to_its_trace(visit):
    lens = turn_to(visit(), DOCTOR)
    title = "Outputs above 1 compared with 0.5, but hardly logits"
    assert not lens.app.code
    lens.app.session_state["doctor_more_logits-cut"] = True
    lens.run()
    assert lens.app.code[0].value == "model.layers[-1].activation"
    rows = lens.table(f"Rows: {title}")
    assert rows["row"].tolist() == [3, 6, 9, 15, 26, 49, 53, 72]
    assert ((rows["output"] > 0) & (rows["output"] <= 0.5)).all()
    lens.click("doctor_row_logits-cut_15")
    assert lens.app.number_input(key="sample").value == 15
    assert "Sample 15: " in lens.texts


def test_a_choice_without_a_control_in_the_view_is_not_applied():
    averaged = Settings(aggregation="batch_means", threshold=0.0)
    remedy = {"aggregation": None, "threshold": 0.0, "class_weight": ((0, 2.0),)}
    assert view_changes(remedy, averaged, "binary") == {"average": "own"}
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
    cold = visit(threshold=0.75, data="generate", output="logits")
    turn_to(cold, DOCTOR)
    assert "Logits compared with 0.75" in cold.texts


def test_what_the_numbers_contradict_is_shown_but_not_offered(visit):
    lens = turn_to(visit(), DOCTOR)
    assert apply_keys(lens) == []
    badges = [e.value for e in lens.app.markdown if "-badge[" in e.value]
    assert badges[:4] == [":yellow-badge[warning]", ":gray-badge[possible]"] * 2
    assert "None that these numbers bear out" in lens.texts
    assert "| | in view | if it were done |" in lens.texts
    assert "| accuracy | 0.7396 | 0.6875 |" in lens.texts
    assert "| balanced accuracy | 0.6197 | 0.5000 |" in lens.texts
    assert "| share predicted 1 | 0.8646 | 1.0000 |" in lens.texts


@pytest.mark.parametrize(
    "page",
    [
        "pages/explore/metrics.py",
        "pages/explore/thresholds.py",
        "pages/explore/classes.py",
        "pages/explain/which_accuracy.py",
        "pages/explain/number.py",
    ],
)
def test_a_serious_finding_is_named_on_every_page_with_a_link(visit, page):
    lens = turn_to(visit(**LOGITS), page)
    assert serious_lines(lens) == ["AL012: Logits compared with 0.5"]
    assert "See Doctor" in links(lens)
    lens = turn_to(visit(data="generate"), page)
    assert serious_lines(lens) == []
    assert "See Doctor" not in links(lens)


def test_the_line_follows_the_threshold_and_a_cold_link(visit):
    lens = visit(**LOGITS)
    assert serious_lines(lens)
    assert serious_lines(lens.set(threshold=0.0)) == []
    assert serious_lines(visit(**LOGITS, threshold="0.0")) == []
    lens = turn_to(visit(**LOGITS), "pages/explore/thresholds.py")
    assert serious_lines(lens.set(threshold=0.0)) == []
    assert serious_lines(turn_to(lens, "pages/explain/number.py")) == []


def test_the_number_of_findings_is_a_link(visit):
    lens = visit()
    assert "2 findings: see Doctor" in links(lens)
    assert "no findings" in visit(data="generate").texts


def test_large_data_are_told_of_once_the_doctor_page_has_examined_them(visit):
    lens = visit(**LOGITS, n=200_001)
    assert serious_lines(lens) == []
    turn_to(lens, DOCTOR)
    turn_to(lens, "pages/explore/metrics.py")
    assert serious_lines(lens) == ["AL012: Logits compared with 0.5"]
    assert serious_lines(lens.set(threshold=0.25)) == []


def test_a_muted_finding_is_neither_counted_nor_named_until_it_is_unmuted(visit):
    lens = turn_to(visit(**LOGITS), DOCTOR)
    before = [e.value for e in lens.app.markdown if e.value.startswith("### ")]
    lens.click("doctor_mute_logits-cut")
    after = [e.value for e in lens.app.markdown if e.value.startswith("### ")]
    assert [title for title in before if title not in after] == ["### Logits compared with 0\\.5"]
    assert lens.app.multiselect(key="muted").value == ["AL012"]
    turn_to(lens, "pages/explore/classes.py")
    assert serious_lines(lens) == []
    assert lens.app.multiselect(key="muted").value == ["AL012"]
    turn_to(lens, DOCTOR).click("doctor_unmute_logits-cut")
    assert [e.value for e in lens.app.markdown if e.value.startswith("### ")] == before


def test_a_link_keeps_what_is_muted_on_every_page(visit):
    lens = visit(**LOGITS, muted="AL012")
    assert serious_lines(lens) == []
    assert lens.app.multiselect(key="muted").value == ["AL012"]


def test_the_link_of_a_finding_opens_its_documentation(visit):
    lens = visit(finding="AL035")
    turn_to(lens, DOCTOR)
    assert "### AL035 Outputs in per cent or bytes" in lens.texts
    assert "How it is recognised" in lens.texts
    assert any("97.2" in code.value for code in lens.app.code)
    lens.click("doctor_close")
    assert "How it is recognised" not in lens.texts
    lens.click("doctor_what_logits-cut")
    assert "### AL012 Logits compared with a threshold for probabilities" in lens.texts
