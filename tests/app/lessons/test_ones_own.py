"""A lesson that a teacher wrote: pasted, dropped as a file, or from the folder of the operator."""

from __future__ import annotations

import json

import pytest
import yaml

from tests.app.lessons.answering import (
    opened,
    written,
)


def test_a_lesson_of_ones_own_is_pasted_and_gone_through(visit):
    lens = opened(visit)
    lens.app.text_area(key="lesson_text").set_value(written())
    lens.run().click("lesson_use")
    assert lens.errors == []
    assert "13. The threshold moves" in lens.texts
    lens.click("lesson_open_own-lesson").click("lesson_next")
    lens.app.text_input(key="lesson_number_own-lesson_accuracy").set_value("0.75")
    lens.run().click("lesson_lock")
    assert "You counted only" not in lens.texts
    lens.click("lesson_next").set(**{"try_threshold_own-lesson_all-right": 0.35})
    assert "With 0.35, 5 of 5 are right." in lens.texts
    lens.click("lesson_next")
    assert "drawn from seed" in lens.texts


def test_a_lesson_of_ones_own_may_be_yaml_in_a_file(visit):
    content = yaml.safe_dump(json.loads(written()), sort_keys=False).encode()
    lens = opened(visit)
    lens.app.file_uploader(key="lesson_file").set_value(("a.yaml", content, "text/yaml"))
    lens.run().click("lesson_use")
    assert "13. The threshold moves" in lens.texts


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "must be a table of names and values"), ("{\n\n x", "something else on line 3"),
     ("a: &b 1\nc: *b", "must have no aliases"), ("a: [", "something else on line"),
     (written().replace('"plain.result"', '"gone.result"'), "steps[1].number"),
     (written().replace("0.35}", "0.9}"), "Task all-right: its example must reach the goal"),
     ("x" * 200_001, "200,000 bytes")],
)  # fmt: skip
def test_a_lesson_of_ones_own_is_refused_with_its_place(visit, content, said):
    lens = opened(visit)
    lens.app.text_area(key="lesson_text").set_value(content)
    lens.run().click("lesson_use")
    assert said in lens.errors[0]
    assert "13. " not in lens.texts


def test_a_lesson_of_ones_own_shows_no_link_and_no_html(visit):
    content = written().replace("The threshold moves", "<b>x</b> [y](http://z) ![i](http://z)")
    lens = opened(visit)
    lens.app.text_area(key="lesson_text").set_value(content)
    lens.run().click("lesson_use")
    (title,) = [each.value for each in lens.app.markdown if each.value.startswith("## 13")]
    assert "\\<b\\>" in title
    assert "\\]\\(" in title


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder that the operator named, with the lesson of the docs in it."""
    monkeypatch.setenv("ACCURACY_LENS_LESSONS", str(tmp_path))
    (tmp_path / "week-3.json").write_text(written(), encoding="utf-8")
    return tmp_path


def test_a_lesson_of_the_operators_folder_is_opened_by_its_link(visit, folder):
    lens = opened(visit, lesson="own:week-3", step="accuracy")
    assert "The threshold moves" in lens.texts
    lens.app.text_input(key="lesson_number_own:week-3_accuracy").set_value("0.75")
    lens.run().click("lesson_lock")
    assert "✗ Not right." in lens.texts
    link = {"lesson": "own:week-3", "step": "reveal-accuracy", "answers": "accuracy:0.75"}
    assert lens.app.query_params == link
    lens.click("lesson_next").click("lesson_next")
    assert "drawn from seed" in lens.texts
    lens.click("lesson_next")
    assert "lesson_following" not in {button.key for button in lens.app.button}
    lens.click("lesson_all")
    assert "week-3" not in lens.texts  # who has no link does not see it
    changed = written().replace("The threshold moves", "The threshold stays")
    (folder / "week-3.json").write_text(changed, encoding="utf-8")
    assert "The threshold stays" in opened(visit, lesson="own:week-3").texts


def test_a_lesson_of_the_folder_that_is_wrong_is_said_with_its_place(visit, folder):
    (folder / "week-3.json").write_text('{\n"name": x}', encoding="utf-8")
    lens = opened(visit, lesson="own:week-3", step="accuracy")
    assert "The lesson “own:week-3” of this server cannot be used." in lens.errors[0]
    assert "something else on line 2" in lens.errors[0]
    (folder / "week-3.json").write_text(written().replace('"plain.result"', '"no.result"'))
    assert "steps[1].number" in opened(visit, lesson="own:week-3").errors[0].replace("\\", "")


def test_a_lesson_that_the_folder_does_not_have_is_said_above_the_list(visit, folder):
    lens = opened(visit, lesson="own:../week-3")
    assert "There is no lesson" in lens.app.warning[0].value
    assert lens.errors == []
