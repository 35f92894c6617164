"""The lessons in every language: each sentence is found for translation and can be filled."""

from __future__ import annotations

import json
import re
from io import BytesIO
from string import Formatter

import pytest

from accuracy_lens.words.extraction import from_lessons
from accuracy_lens.words.language import LANGUAGES, SOURCE, catalogue
from metrics_core.lessons.rendering import lines
from metrics_core.lessons.rows import lessons, rows
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message

LESSONS = [pytest.param(row, id=row["name"]) for row in rows()]
TRANSLATED = [language for language in LANGUAGES if language != SOURCE]


def translated(message, language):
    template = catalogue(language).gettext(message.template)
    return template.format(**message.values)


@pytest.mark.parametrize("row", LESSONS)
def test_every_sentence_of_a_lesson_is_found(row):
    found = {text for _, _, text, _ in from_lessons(BytesIO(json.dumps(row).encode()), (), (), {})}
    said = {line.words.template for line in lines(Workings(lessons()[row["name"]]))}
    of_the_program = {"{number}", "for example {threshold:g}", "row {rows}"}
    assert said - of_the_program <= found
    titles = {data["title"] for data in row["data"].values() if "title" in data}
    assert titles <= found


def test_a_text_with_a_plural_and_names_like_those_of_texts_are_told_apart():
    plural = {"one": "a", "other": "b", "n": "n"}
    content = {"ask": [plural, "c"], "data": {"before": {"arrays": {}, "title": "d"}}}
    found = [(kind, text) for _, kind, text, _ in
             from_lessons(BytesIO(json.dumps(content).encode()), (), (), {})]  # fmt: skip
    assert found == [("ngettext", ("a", "b")), (None, "c"), (None, "d")]


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("row", LESSONS)
def test_a_translation_says_the_same_numbers(row, language):
    for line in lines(Workings(lessons()[row["name"]])):
        message: Message = line.words
        literal = "".join(text for text, *_ in Formatter().parse(message.template))
        if not re.search(r"[a-z]{3}", literal):
            continue
        said = translated(message, language)
        assert said != str(message)
        shown = [f"{{{n}:{f}}}" for _, n, f, _ in Formatter().parse(message.template) if n]
        for placeholder in shown:
            assert placeholder.format(**message.values) in said
