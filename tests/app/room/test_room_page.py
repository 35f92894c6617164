"""A room as teacher and students see it: votes, talk, a second vote, and then what is true."""

from __future__ import annotations

import csv
import io
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from accuracy_lens.learn.room import visit as rooms
from accuracy_lens.learn.room.database import opened
from accuracy_lens.learn.room.database.guesses import Guesses
from accuracy_lens.learn.room.database.rules import Phase, plan_of
from accuracy_lens.learn.room.record import counts_csv, record
from accuracy_lens.words.text import say
from metrics_core.lessons.grading import grade
from metrics_core.lessons.parts.lesson import Check, Predict
from metrics_core.lessons.rows import lesson
from metrics_core.lessons.workings import Workings
from tests.app.lessons.answering import give, right_answer, written, wrong_answers

PAGE = "pages/learn/room.py"
SIX = "six-probabilities"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ACCURACY_LENS_STORE", str(tmp_path))
    monkeypatch.setattr(rooms, "GUESSES", Guesses())


def turned(open_app: Any, **query: str) -> Any:
    """The page at a cold link."""
    lens = open_app()
    lens.app.query_params = dict(query)
    lens.app.switch_page(PAGE)
    return lens.run()


def begun(open_app: Any, name: str = SIX) -> tuple[Any, str]:
    """A teacher who has opened a room, and its code."""
    teacher = turned(open_app, room_lesson=name).click("room_begin")
    return teacher, teacher.app.query_params["room"][-6:]


def cookie(lens: Any) -> str:
    return lens.component("room", "room_kept")["kept"]


def bars(lens: Any) -> str:
    return "\n".join(e.proto.body for e in lens.app.get("html") if "class_answers" in e.proto.body)


def keys(lens: Any) -> set[str]:
    return {button.key for button in lens.app.button}


def test_a_class_takes_a_whole_lesson(visit):
    workings = Workings(lesson(SIX))
    teacher, code = begun(visit)
    students = [turned(visit, room=code) for _ in range(2)]
    assert all("You are in." in student.texts for student in students)
    assert "2 students are here" in teacher.run().texts
    for name in plan_of(workings.lesson).steps[1:-1]:
        teacher.click("room_next")
        for student in students:
            student.run()
        step = workings.lesson.named_steps[name]
        if not isinstance(step, Predict | Check):
            assert "room_open" not in keys(teacher)
            continue
        asked = opened_question(code, name)
        there, question = asked.workings, asked.question
        wrong, right = wrong_answers(there, question)[0], right_answer(there, question)
        assert "lesson_lock" not in keys(students[0])
        teacher.click("room_open")
        for student, answer in zip(students, (wrong, right), strict=True):
            give(student.run(), question, f"{code}_{name}_1", answer)
            assert "✓ Answered." in student.texts
        assert "Answered: 2 of 2" in teacher.run().texts
        teacher.click("room_close")
        assert bars(teacher) == bars(students[0].run()) == ""
        teacher.click("room_show")
        assert "1 of 2 (50 %)" in bars(teacher)
        assert bars(students[0].run()) == bars(teacher)
        assert "✓" not in bars(teacher)
        teacher.click("room_again")
        give(students[0].run(), question, f"{code}_{name}_2", right)
        assert bars(students[0]) == ""
        assert "Answered: 1 of 2" in teacher.run().texts
        teacher.click("room_close").click("room_reveal")
        assert "✓" in bars(teacher)
        assert "second vote" in bars(teacher)
        verdict = grade(there, question, right)
        students[0].run()
        assert say(verdict.truth) in students[0].texts
        assert "✓ Right." in students[0].texts
        assert "✓ Right." in students[1].run().texts  # the answer of the first round
        assert teacher.errors == students[0].errors == []
    teacher.click("room_next")
    for lens in (teacher, students[0].run()):
        assert say(workings.text(workings.lesson.keep)) in lens.texts
    teacher.click("room_end")
    assert f"The room {code} has ended." in teacher.errors[0]
    assert f"The room {code} has ended." in students[0].run().errors[0]
    assert opened.store().all_counts(code) == {}


def opened_question(code: str, name: str) -> Any:
    from accuracy_lens.learn.room.questions import asked

    found = asked(opened.store().room(code), name)
    assert found is not None
    return found


def test_what_is_true_is_not_sent_before_it_is_revealed(visit):
    workings = Workings(lesson(SIX))
    right = say(workings.text(workings.lesson.questions["accuracy"].answer))
    teacher, code = begun(visit)
    student = turned(visit, room=code)
    for press in ("next", "next", "next", "open", "close", "show"):
        teacher.click(f"room_{press}")
        for lens in (teacher, student.run()):
            assert right not in lens.texts
            assert "The answer:" not in lens.texts
    assert "The answer:" not in student.texts
    teacher.click("room_reveal")
    assert "The answer: 0.83" in student.run().texts


def at_question(open_app: Any) -> tuple[Any, Any, str]:
    teacher, code = begun(open_app)
    student = turned(open_app, room=code)
    for press in ("next", "next", "next", "open"):
        teacher.click(f"room_{press}")
    return teacher, student.run(), code


def test_an_answer_is_changed_until_the_vote_is_closed_and_not_later(visit):
    teacher, student, code = at_question(visit)
    question = lesson(SIX).questions["accuracy"]
    where = f"{code}_accuracy_1"
    give(student, question, where, "0.5")
    give(student.click("room_change"), question, where, "5/6")
    assert "Your answer: 5/6" in student.texts
    assert opened.store().counts(code, "accuracy", 1) == {"5/6": 1}
    student.click("room_change")
    teacher.click("room_close")
    student.app.text_input(key=f"lesson_number_{where}").set_value("0.1")
    student.app.button(key="lesson_lock").click()
    assert "does not count" in student.run().errors[0]
    assert "Your answer: 5/6" in student.texts
    assert opened.store().counts(code, "accuracy", 1) == {"5/6": 1}


def test_what_is_no_answer_is_not_counted(visit):
    _, student, code = at_question(visit)
    student.app.text_input(key=f"lesson_number_{code}_accuracy_1").set_value("many")
    assert "must be a number" in student.run().click("lesson_lock").errors[0]
    assert opened.store().counts(code, "accuracy", 1) == {}


def test_a_student_who_comes_back_is_the_same_voter_and_a_teacher_the_teacher(visit, monkeypatch):
    teacher, student, code = at_question(visit)
    give(student, lesson(SIX).questions["accuracy"], f"{code}_accuracy_1", "0.5")
    kept = [(cookie(student), "Your answer: 0.5"), (cookie(teacher), "Answered: 1 of 1")]
    for (token, steering), said in [(rooms.read_cookie(text), said) for text, said in kept]:
        monkeypatch.setattr(rooms, "read_cookie", lambda _, found=(token, steering): found)
        assert said in turned(visit, room=code).texts


def test_the_teachers_link_steers_and_leaves_the_address(visit):
    teacher, code = begun(visit)
    teacher.click("room_next").set(room_link=True)
    (link,) = [each.value for each in teacher.app.code if "steer=" in each.value]
    asked = {name: texts[0] for name, texts in parse_qs(urlsplit(link).query).items()}
    other = turned(visit, **asked)
    assert "steer" not in other.app.query_params
    other.click("room_next")
    assert opened.store().room(code).state.step == "wrong-samples"
    false = turned(visit, room=code, steer="x" * 32)
    assert "room_next" not in keys(false)
    assert asked["steer"] not in false.texts + str(false.app.query_params)
    teacher.click("room_next")  # as it stood before the other device
    assert opened.store().room(code).state.step == "wrong-samples"


@pytest.mark.parametrize("typed", ["abc", "12", "KPRWNL", " "])
def test_what_is_no_code_is_said(visit, typed):
    lens = turned(visit)
    lens.app.text_input(key="room_code").set_value(typed)
    lens.run()
    assert [*lens.errors] == ([] if typed == " " else [lens.errors[0]])
    assert "room" not in lens.app.query_params


def test_a_code_is_typed_in_any_case(visit):
    _, code = begun(visit)
    lens = turned(visit)
    lens.app.text_input(key="room_code").set_value(f"{code[:3]}-{code[3:]}".lower())
    assert "You are in." in lens.run().texts
    assert lens.app.query_params["room"] in (code, [code])


def test_who_guesses_codes_has_to_wait_and_who_is_in_has_not(visit, monkeypatch):
    monkeypatch.setattr(rooms, "GUESSES", Guesses(2, 1000.0))
    monkeypatch.setattr(rooms, "_network", lambda: "10.0.0.7")
    _, code = begun(visit)
    inside = turned(visit, room=code)
    for _ in range(2):
        assert "no room with the code KPRWNC" in turned(visit, room="KPRWNC").errors[0]
    assert re.search(r"Try again in (1000|99\d) seconds", turned(visit, room=code).errors[0])
    assert "You are in." in inside.run().texts


def test_a_lesson_of_ones_own_is_taken_by_the_class(visit):
    teacher = visit()
    teacher.app.switch_page("pages/learn/lessons.py")
    teacher.run().app.text_area(key="lesson_text").set_value(written())
    teacher.run().click("lesson_use")
    teacher.app.switch_page(PAGE)
    teacher.run().app.selectbox(key="room_lesson").select_index(12)
    teacher.run().click("room_begin")
    code = teacher.app.query_params["room"]
    code = code if isinstance(code, str) else code[0]
    student = turned(visit, room=code)
    teacher.click("room_next").click("room_next").click("room_open")
    give(student.run(), opened_question(code, "accuracy").question, f"{code}_accuracy_1", "0.5")
    assert "✓ Answered." in student.texts
    for press in ("close", "reveal", "next", "next"):
        teacher.click(f"room_{press}")
        assert student.run().errors == []
    assert "drawn from seed" in student.texts


def test_students_go_ahead_only_if_they_may(visit):
    teacher, code = begun(visit)
    student = turned(visit, room=code)
    ahead = lambda: [e for e in student.run().app.get("page_link") if "ahead" in e.proto.label]  # noqa: E731
    assert ahead() == []
    teacher.set(room_ahead=True)
    assert len(ahead()) == 1
    teacher.set(room_ahead=False)
    assert ahead() == []


def test_the_counts_are_kept_as_a_table_and_as_a_page(visit):
    teacher, student, code = at_question(visit)
    give(student, lesson(SIX).questions["accuracy"], f"{code}_accuracy_1", "0.5")
    teacher.click("room_close").click("room_again")
    give(student.run(), lesson(SIX).questions["accuracy"], f"{code}_accuracy_2", "5/6")
    teacher.click("room_close").click("room_reveal")
    room = opened.store().room(code)
    rows = list(csv.reader(io.StringIO(counts_csv(room).decode("utf-8-sig"))))
    assert rows[1:] == [
        [SIX, "accuracy", "1", "0.5", "0.5", "1", "wrong"],
        [SIX, "accuracy", "2", "5/6", "5/6", "1", "right"],
    ]
    page = record(room)
    assert "<script" not in page
    assert re.search(r"Room \w{6}, \d{4}-\d\d-\d\d, 1 student\b", page)
    assert "1 of 1 (100 %)" in page
    assert "The answer: 0.83" in page


def test_a_room_in_chinese(visit):
    teacher, code = begun(visit)
    student = turned(visit, room=code, lang="zh")
    student.set(language="zh")
    assert "You are in" not in student.texts
    for press in ("next", "next", "open", "close", "show", "reveal"):
        teacher.click(f"room_{press}")
        assert student.run().errors == []
        assert not re.search("vote|answer|teacher", student.texts)


def test_a_store_that_cannot_be_reached_is_said(visit, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("ACCURACY_LENS_STORE", str(tmp_path / "file"))
    assert "cannot be reached" in turned(visit, room="KPRWNC").errors[0]


def test_every_phase_has_its_buttons(visit):
    teacher, _ = begun(visit)
    teacher.click("room_next").click("room_next")
    offered = {}
    for phase, press in (
        (Phase.READY, "open"), (Phase.OPEN, "close"), (Phase.CLOSED, "show"),
        (Phase.SHOWN, "reveal"), (Phase.REVEALED, "next"),
    ):  # fmt: skip
        offered[phase] = {
            key.removeprefix("room_") for key in keys(teacher) if str(key).startswith("room_")
        } - {"end"}
        teacher.click(f"room_{press}")
    assert offered == {
        Phase.READY: {"open", "next", "back"},
        Phase.OPEN: {"close", "reset"},
        Phase.CLOSED: {"show", "again", "reveal", "reset", "next", "back"},
        Phase.SHOWN: {"again", "reveal", "reset", "next", "back"},
        Phase.REVEALED: {"next", "back"},
    }
