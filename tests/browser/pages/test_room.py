"""A teacher and five students in six browsers take a lesson, in each language; a server dies."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from accuracy_lens.learn.room.database.rules import END, plan_of
from accuracy_lens.learn.room.database.store import Store
from accuracy_lens.words.language import speaking
from accuracy_lens.words.text import say
from metrics_core.lessons.rows import lesson
from tests.browser.conftest import PATIENCE, PHONE, ROOT, _wait_until_healthy
from tests.browser.screen import IDLE

LESSON = "nine-thousand-wrong"
PROJECTOR: ViewportSize = {"width": 1280, "height": 720}
CHOICES = (0, 0, 1, 1, 2)
NUMBERS = ("0.9", "0.9", "0.1", "90 %", "0")


class Server:
    """A server that can be killed and started again at the same address, with the same store."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder, self.url = folder, f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        log = self.folder / "server.log"
        with log.open("a") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "accuracy_lens.serve.server", "--port", str(self.port)],
                cwd=ROOT, stdout=out, stderr=subprocess.STDOUT,
                env=os.environ | {"ACCURACY_LENS_STORE": str(self.folder)},
            )  # fmt: skip
        _wait_until_healthy(self.url, self.process, log)

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    try:
        yield server
    finally:
        server.kill()


def words(language: str) -> Callable[..., str]:
    """How a language says a sentence."""

    def said(template: str, **values: Any) -> str:
        with speaking(language):
            return say(template, **values)

    return said


def press(teacher: Page, *actions: str) -> None:
    for action in actions:
        teacher.locator(f".st-key-room_{action} button").first.click()
        teacher.locator(IDLE).wait_for()


def lock(student: Page) -> None:
    student.locator(".st-key-lesson_lock button").click()
    student.locator(".st-key-room_answered").wait_for()


def choose(student: Page, index: int) -> None:
    student.get_by_role("radiogroup").locator("label").nth(index).click()
    lock(student)


def type_number(student: Page, text: str) -> None:
    field = student.locator(".st-key-lesson_step").get_by_role("textbox")
    field.fill(text)
    field.press("Enter")
    student.locator(IDLE).wait_for()
    lock(student)


@pytest.mark.long
@pytest.mark.parametrize(("own", "other"), [("en", "zh"), ("zh", "en")])
def test_a_class_takes_a_lesson_and_outlives_its_server(browser, tmp_path, own, other):
    """The teacher and three students read one language, two students the other."""
    said, elsewhere = words(own), words(other)
    with served(tmp_path) as server:

        def arrive(viewport: ViewportSize) -> Page:
            context = browser.new_context(
                base_url=server.url, viewport=viewport, reduced_motion="reduce"
            )
            context.set_default_timeout(PATIENCE)
            return context.new_page()

        here = said("{n} student is here", plural="{n} students are here", n=5)
        all_answered = said("Answered: {n} of {total}", n=5, total=5)
        the_answer = said("The answer: {truth}", truth="")
        teacher = arrive(PROJECTOR)
        teacher.goto(f"/lessons?lesson={LESSON}&lang={own}")
        teacher.get_by_role("link", name=said("Take it with a class")).click()
        press(teacher, "begin")
        code = teacher.locator(".room_code").inner_text()
        teacher.get_by_role("img", name=said("QR code")).wait_for()
        assert "steer" not in teacher.url

        students = [arrive(PHONE) for _ in range(5)]
        for student, language in zip(students, (own, own, own, other, other), strict=True):
            student.goto(f"/room?room={code}&lang={language}")
        students[0].get_by_text(said("You are in.")).wait_for()
        students[4].get_by_text(elsewhere("You are in.")).wait_for()
        teacher.get_by_text(here).wait_for()

        press(teacher, "next", "next", "open")
        for student, index in zip(students, CHOICES, strict=True):
            choose(student, index)
        teacher.get_by_text(all_answered).wait_for()

        server.kill()
        server.start()
        teacher.get_by_text(all_answered).wait_for()
        students[1].locator(".st-key-room_answered").wait_for()
        students[2].reload()
        students[2].locator(".st-key-room_answered").wait_for()
        students[1].locator(".st-key-room_change button").click()
        choose(students[1], 2)
        press(teacher, "close")
        students[3].get_by_text(elsewhere("The vote is closed.")).wait_for()
        press(teacher, "show")
        shares = [
            said("{n} of {total} ({share:.0f} %)", n=n, total=5, share=20 * n) for n in (1, 2, 2)
        ]
        for page in (teacher, students[0]):
            bars = page.get_by_role("table", name=said("Answers of the class")).get_by_role("row")
            expect(bars).to_have_count(3)
            for bar, share in zip(bars.all(), shares, strict=True):
                expect(bar).to_contain_text(share)
            expect(page.get_by_text(the_answer)).to_have_count(0)
        press(teacher, "again")
        for student in students:
            choose(student, 1)
        press(teacher, "close")
        press(teacher, "reveal")
        teacher.get_by_text(said("second vote")).first.wait_for()
        for page in (teacher, students[0]):
            page.get_by_text(the_answer).first.wait_for()

        names = plan_of(lesson(LESSON)).steps
        steps = len(names) - 2
        press(teacher, "next")
        press(teacher, "open")
        for student, text in zip(students, NUMBERS, strict=True):
            type_number(student, text)
        press(teacher, "close")
        press(teacher, "reveal")
        students[4].get_by_text(elsewhere("What the class answered")).first.wait_for()
        for at in range(names.index("silent") + 1, len(names)):
            press(teacher, "next")
            if names[at] != END:  # a press on a page that is no longer up to date does nothing
                teacher.get_by_text(said("Step {step} of {steps}", step=at, steps=steps)).wait_for()
        keep = said(lesson(LESSON).keep.template)
        for page in (teacher, students[0]):
            page.get_by_text(keep).wait_for()

        store = Store(str(tmp_path))
        counts = store.all_counts(code)
        assert sum(counts["printed", 1].values()) == sum(counts["printed", 2].values()) == 5
        assert counts["silent", 1] == {"0.9": 2, "0.1": 1, "90 %": 1, "0": 1}
        store.close()
        teacher.get_by_text(said("Room {code}: files, devices, end", code=code)).click()
        press(teacher, "end")
        teacher.get_by_text(said("The room {code} has ended.", code=code)).wait_for()
        students[0].get_by_text(said("The room {code} has ended.", code=code)).wait_for()
        for page in (teacher, *students):
            page.context.close()
