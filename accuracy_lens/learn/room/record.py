"""What a class answered, as files to keep: a table of counts, and a page to print."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from accuracy_lens.learn.lessons.asking import answer_words
from accuracy_lens.learn.room.answers import table
from accuracy_lens.learn.room.database.opened import store
from accuracy_lens.learn.room.database.rules import plan_of
from accuracy_lens.learn.room.database.store import DAY, Counts, Room
from accuracy_lens.learn.room.questions import Asked, asked, workings_of
from accuracy_lens.words.language import HTML_NAMES, current
from accuracy_lens.words.text import say
from metrics_core.errors import InputError
from metrics_core.lessons.grading import grade
from metrics_core.lessons.truths import truth
from metrics_core.messages import Message

_STYLES = [Path(__file__).with_name(name) for name in ("record.css", "bars.css")]
_UNSAFE = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet runs as a formula, at the beginning of a cell."""
VERDICTS = {"right": Message("right"), "wrong": Message("wrong"), "coarse": Message("coarse")}


def questions(room: Room) -> Iterator[tuple[str, Asked, list[Counts]]]:
    """What was asked so far: name of the step, question, answers round by round."""
    counts = store().all_counts(room.code)
    for name in plan_of(workings_of(room).lesson).steps:
        rounds = {number: found for (step, number), found in counts.items() if step == name}
        question = asked(room, name)
        if rounds and question is not None:
            yield name, question, [rounds.get(n, {}) for n in range(1, max(rounds) + 1)]


def counts_csv(room: Room) -> bytes:
    """A row for each answer of each round, safe to open in a spreadsheet."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow([say("lesson"), say("step"), say("round"), say("answer"), say("in words"),
                   say("count"), say("verdict")])  # fmt: skip
    for name, question, rounds in questions(room):
        for number, counts in enumerate(rounds, 1):
            for answer, n in sorted(counts.items(), key=lambda pair: -pair[1]):
                words = say(answer_words(question.workings, question.question, answer))
                cells = [room.lesson, name, answer, words, _verdict(question, answer)]
                lesson, step, typed, said, verdict = map(_safe, cells)
                rows.writerow([lesson, step, number, typed, said, n, verdict])
    return codecs.BOM_UTF8 + out.getvalue().encode()


def record(room: Room) -> str:
    """Every question with its answers and what is true, as a page without scripts."""
    workings = workings_of(room)
    title = escape(say(workings.text(workings.lesson.title)))
    day = datetime.fromtimestamp(room.ends - DAY, UTC).date()
    n_seated = store().turnout(room.code, "", 0)[1]
    line = say(
        "Room {code}, {day}, {n} student", plural="Room {code}, {day}, {n} students",
        code=room.code, day=day, n=n_seated,
    )  # fmt: skip
    parts = "\n".join(_part(question, rounds) for _, question, rounds in questions(room))
    keep = escape(say(workings.text(workings.lesson.keep)))
    style = "".join(file.read_text("utf-8") for file in _STYLES)
    return f"""<!doctype html>
<html lang="{HTML_NAMES[current()]}">
<head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>
<body>
<h1>{title}</h1>
<p>{escape(line)}</p>
{parts}
<p class="keep">{keep}</p>
</body>
</html>
"""


def _part(question: Asked, rounds: list[Counts]) -> str:
    texts = question.workings.texts(question.question.ask)
    asked_for = "".join(f"<p>{escape(say(text))}</p>" for text in texts)
    told = say("The answer: {truth}", truth=truth(question.workings, question.question))
    bars = table(question, rounds, revealed=True)
    return f"<section>{asked_for}{bars}<p><b>{escape(told)}</b></p></section>"


def _verdict(question: Asked, answer: str) -> str:
    try:
        return say(VERDICTS[grade(question.workings, question.question, answer).verdict])
    except InputError:
        return ""


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_UNSAFE) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
