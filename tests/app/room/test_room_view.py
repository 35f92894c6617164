"""A teacher asks a class about what was in view on another page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.lessons.answering import give
from tests.app.room.test_room_page import PAGE, keys, opened_question, turned


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ACCURACY_LENS_STORE", str(tmp_path))


def asked_about(teacher: Any) -> tuple[Any, str]:
    """The teacher turns from a page with data to the room and asks about them."""
    teacher.app.switch_page(PAGE)
    teacher.run().click("room_ask")
    assert teacher.errors == []
    return teacher, teacher.app.query_params["room"][-6:]


@pytest.mark.parametrize(
    ("query", "file"),
    [
        ({"scenario": "no-activation", "threshold": 0.3, "activation": "sigmoid"}, None),
        ({"data": "generate", "kind": "multi-label", "card": "subset_accuracy"}, None),
        ({"data": "upload"}, b"churn,score\n1,0.75\n0,0.625\n1,0.25\n0,0.125\n0,0.875\n"),
    ],
    ids=["scenario", "generated", "upload"],
)
def test_a_teacher_asks_about_what_was_in_view(visit, query, file):
    teacher = visit(**query)
    if file is not None:
        teacher.drop("{a} file.csv", file)
        if "use" in keys(teacher):
            teacher.click("use")
    card = query.get("card", "binary_accuracy")
    shown = teacher.values[card]
    teacher, code = asked_about(teacher)
    student = turned(visit, room=code)
    teacher.click("room_next").click("room_open")
    give(student.run(), opened_question(code, "number").question, f"{code}_number_1", shown)
    assert "✓ Answered." in student.texts
    teacher.click("room_close").click("room_show").click("room_reveal")
    assert "✓ Right." in student.run().texts
    assert shown in student.texts
    assert student.errors == teacher.errors == []


def test_what_a_lesson_cannot_hold_is_not_asked_about(visit):
    teacher = visit(data="upload")
    rows = b"label,score\n" + b"1,0.75\n0,0.5\n" * 10_001
    teacher.drop("many.csv", rows)
    if "use" in keys(teacher):
        teacher.click("use")
    assert "20,002 samples" in teacher.texts
    teacher.app.switch_page(PAGE)
    assert "room_ask" not in keys(teacher.run())
