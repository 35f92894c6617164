"""The first visit: two sentences and three doors, until the visitor does anything."""

from __future__ import annotations

import pytest

from accuracy_lens.frame import alone
from accuracy_lens.frame.upload.saving import SAVING
from metrics_core.scenarios import SCENARIOS

SAID = "A model's accuracy is computed in five steps"
QUESTION = str(SCENARIOS["no-activation"].question)


def test_the_address_alone_shows_the_door_above_the_example(visit):
    lens = visit()
    assert SAID in lens.texts
    assert QUESTION not in lens.texts
    assert lens.values["binary_accuracy"] == "0.7396"


@pytest.mark.parametrize(
    "query", [{"threshold": 0.5}, {"data": "generate"}, {"treshold": 1}, {"no_such_page": "x"}]
)
def test_any_parameter_leads_past_it(visit, query):
    assert SAID not in visit(**query).texts


def test_it_goes_with_the_first_thing_that_is_done_and_stays_away(visit):
    lens = visit().set(threshold=0.25)
    assert SAID not in lens.texts
    assert QUESTION in lens.texts
    lens.app.switch_page("pages/explore/thresholds.py")
    lens.run().app.switch_page("pages/explore/metrics.py")
    assert SAID not in lens.run().texts


def test_it_goes_with_a_move_that_runs_its_part_of_the_page_alone(visit, monkeypatch):
    first = iter([True])
    monkeypatch.setattr(alone, "runs_alone", lambda: next(first, False))
    lens = visit()
    assert SAID not in lens.texts
    assert QUESTION in lens.texts


def test_choosing_the_language_keeps_it(visit):
    lens = visit().set(language="zh")
    assert "下面是一个示例" in lens.texts
    assert QUESTION not in lens.set(language="en").texts
    assert SAID in lens.texts
    assert SAID not in lens.set(threshold=0.25, language="en").texts


def test_my_accuracy_looks_wrong_leads_to_explain_a_number(visit):
    lens = visit()
    links = {link.proto.label: link.proto.page for link in lens.app.get("page_link")}
    assert links["My accuracy looks wrong"] == "explain_a_number"
    assert links["Take a lesson: predict first, then see"] == "lessons"
    assert links["Train a model and follow its accuracy"] == "training"


def test_i_have_outputs_opens_the_upload_with_the_lines_that_save_them(visit):
    lens = visit().click("door_upload")
    assert SAID not in lens.texts
    assert lens.app.query_params["data"] == "upload" or "No data yet" in lens.texts
    assert len(lens.app.file_uploader) == 1
    assert [code.value for code in lens.app.code] == [code.rstrip() for code in SAVING.values()]


def test_teach_or_learn_opens_a_worked_example_with_its_question(visit):
    lens = visit().click("door_rare-class")
    assert f"## {SCENARIOS['rare-class'].question}" in lens.texts
    assert lens.app.selectbox(key="scenario").value == "rare-class"


def test_what_to_look_for_stands_beside_the_lens_until_it_is_put_away(visit):
    told = str(SCENARIOS["rare-class"].story[0])
    lens = visit(scenario=str(SCENARIOS["rare-class"].title))
    assert told in lens.texts
    lens.set(story=False)
    assert told not in lens.texts
    lens.app.switch_page("pages/explore/thresholds.py")
    assert told not in lens.run().texts
    assert told in lens.set(story=True).texts
