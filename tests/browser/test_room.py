"""A teacher and five students in six browsers take a lesson in two languages; a server dies."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from accuracy_lens.learn.room.rules import END, plan_of
from accuracy_lens.learn.room.store import Store
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


def press(teacher: Page, name: str) -> None:
    teacher.get_by_role("button", name=name, exact=True).click()
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
def test_a_class_takes_a_lesson_and_outlives_its_server(browser, tmp_path):
    with served(tmp_path) as server:

        def arrive(viewport: ViewportSize) -> Page:
            context = browser.new_context(
                base_url=server.url, viewport=viewport, reduced_motion="reduce"
            )
            context.set_default_timeout(PATIENCE)
            return context.new_page()

        teacher = arrive(PROJECTOR)
        teacher.goto(f"/lessons?lesson={LESSON}&lang=en")
        teacher.get_by_role("link", name="Take it with a class").click()
        teacher.get_by_role("button", name="Open a room").click()
        code = teacher.locator(".room_code").inner_text()
        teacher.get_by_role("img", name="QR code").wait_for()
        assert "steer" not in teacher.url

        students = [arrive(PHONE) for _ in range(5)]
        for student, language in zip(students, ("en", "en", "en", "zh", "zh"), strict=True):
            student.goto(f"/room?room={code}&lang={language}")
        students[0].get_by_text("You are in.").wait_for()
        students[4].get_by_text("你已进入课堂。").wait_for()
        teacher.get_by_text("5 students are here").wait_for()

        press(teacher, "Begin the lesson")
        press(teacher, "Next")
        press(teacher, "Open the vote")
        for student, index in zip(students, CHOICES, strict=True):
            choose(student, index)
        teacher.get_by_text("Answered: 5 of 5").wait_for()

        server.kill()
        server.start()
        teacher.get_by_text("Answered: 5 of 5").wait_for()
        students[1].locator(".st-key-room_answered").wait_for()
        students[2].reload()
        students[2].locator(".st-key-room_answered").wait_for()
        students[1].get_by_role("button", name="Change the answer").click()
        choose(students[1], 2)
        press(teacher, "Close the vote")
        students[3].get_by_text("投票已结束。").wait_for()
        press(teacher, "Show the answers")
        shares = ["1 of 5 (20 %)", "2 of 5 (40 %)", "2 of 5 (40 %)"]
        for page in (teacher, students[0]):
            bars = page.get_by_role("table", name="Answers of the class").get_by_role("row")
            expect(bars).to_have_count(3)
            for bar, share in zip(bars.all(), shares, strict=True):
                expect(bar).to_contain_text(share)
            expect(page.get_by_text("The answer:")).to_have_count(0)
        press(teacher, "Talk, then vote again")
        for student in students:
            choose(student, 1)
        press(teacher, "Close the vote")
        press(teacher, "Reveal what is true")
        teacher.get_by_text("second vote").first.wait_for()
        for page in (teacher, students[0]):
            page.get_by_text("The answer:").first.wait_for()

        names = plan_of(lesson(LESSON)).steps
        press(teacher, "Next")
        press(teacher, "Open the vote")
        for student, text in zip(students, NUMBERS, strict=True):
            type_number(student, text)
        press(teacher, "Close the vote")
        press(teacher, "Reveal what is true")
        students[4].get_by_text("全班的回答").first.wait_for()
        for at in range(names.index("silent") + 1, len(names)):
            press(teacher, "Next")
            if names[at] != END:  # a press on a page that is no longer up to date does nothing
                teacher.get_by_text(f"Step {at} of").wait_for()
        keep = lesson(LESSON).keep.template
        for page in (teacher, students[0]):
            page.get_by_text(keep).wait_for()

        store = Store(str(tmp_path))
        counts = store.all_counts(code)
        assert sum(counts["printed", 1].values()) == sum(counts["printed", 2].values()) == 5
        assert counts["silent", 1] == {"0.9": 2, "0.1": 1, "90 %": 1, "0": 1}
        store.close()
        teacher.get_by_text(re.compile(f"Room {code}: files")).click()
        press(teacher, "End the room")
        teacher.get_by_text(f"The room {code} has ended.").wait_for()
        students[0].get_by_text(f"The room {code} has ended.").wait_for()
        for page in (teacher, *students):
            page.context.close()
