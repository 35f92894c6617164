"""Every sentence of the program has its translation, and no translation is without a sentence."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from accuracy_lens.words.language import CATALOGUES, LANGUAGES, SOURCE

ROOT = Path(__file__).parents[3]
TRANSLATED = [language for language in LANGUAGES if language != SOURCE]


@pytest.fixture(scope="module")
def sentences() -> set[object]:
    with (CATALOGUES / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(ROOT, methods, options, keywords={"ngettext": (1, 2)})
    return {
        message if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found
    }


def catalogue(language: str) -> Catalog:
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file)


def placeholders(text: str) -> set[str]:
    parts = string.Formatter().parse(text)
    return {f"{name}!{how}:{form}" for _, name, form, how in parts if name is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_and_no_translation_is_stale(language, sentences):
    known = {message.id for message in catalogue(language) if message.id}
    missing, stale = sentences - known, known - sentences
    assert (missing, stale) == (set(), set()), "run `make texts`, and translate what is new"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_and_the_code_of_its_sentence(language):
    wrong = []
    for message in catalogue(language):
        if not message.id:
            continue
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        for text in [message.string] if isinstance(message.string, str) else message.string:
            same = placeholders(text) in [placeholders(original) for original in originals]
            if not text or not same or text.count("`") != originals[-1].count("`"):
                wrong.append((originals, text))
    assert wrong == []
