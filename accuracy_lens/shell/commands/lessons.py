"""`accuracy-lens lessons`: the lessons that ship with the program, and each of them as text."""

from __future__ import annotations

import click

from accuracy_lens.shell import options, printing
from accuracy_lens.words.text import say
from metrics_core.lessons.rendering import lines
from metrics_core.lessons.rows import lesson, lessons
from metrics_core.lessons.workings import Workings


@click.command("lessons", short_help="The lessons, and each of them as text.")
@click.argument("name", required=False)
@click.option("--solution", is_flag=True, help="With the answers.")
@options.as_json
@options.in_language
def list_lessons(name: str | None, *, solution: bool, json: bool) -> None:
    """List the lessons; with NAME, print the questions of one.

    \b
    Examples:
      accuracy-lens lessons
      accuracy-lens lessons six-probabilities --solution
    """
    if name is None:
        _list(json=json)
        return
    found = [each for each in lines(Workings(lesson(name))) if solution or not each.solution]
    if json:
        spoken = [{"what": each.what, "words": say(each.words)} for each in found]
        printing.write_json(None, {"name": name, "lines": spoken})
        return
    for each in found:
        printing.write_line(f"- {say(each.words)}" if each.what == "option" else say(each.words))


def _list(*, json: bool) -> None:
    works = {name: Workings(row) for name, row in lessons().items()}
    rows = [
        {
            "name": name,
            "title": say(each.text(each.lesson.title)),
            "question": say(each.text(each.lesson.question)),
            "minutes": each.lesson.minutes,
        }
        for name, each in works.items()
    ]
    if json:
        printing.write_json(None, {"lessons": rows})
        return
    head = [say("name"), say("minutes"), say("title"), say("question")]
    cells = [[row["name"], row["minutes"], row["title"], row["question"]] for row in rows]
    printing.table(head, cells, [1])
