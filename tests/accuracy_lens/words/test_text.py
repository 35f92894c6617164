"""Sentences are put into words with the form that their number asks for."""

from __future__ import annotations

import gettext

import pytest

from accuracy_lens.words import text
from accuracy_lens.words.text import say
from metrics_core.messages import Message

TIES = Message("{n:,} sample ties", {"n": 1}, plural="{n:,} samples tie")


@pytest.mark.parametrize(
    ("n", "said"), [(0, "0 samples tie"), (1, "1 sample ties"), (2000, "2,000 samples tie")]
)
def test_a_number_chooses_the_singular_or_the_plural(n, said):
    message = Message(TIES.template, {"n": n}, plural=TIES.plural)
    assert say(message) == str(message) == said
    assert say(TIES.template, plural=TIES.plural, n=n) == said


def test_another_language_chooses_among_its_own_forms(monkeypatch):
    class Polish(gettext.NullTranslations):
        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            assert (msgid1, msgid2) == (TIES.template, TIES.plural)
            return "{n} remis" if n == 1 else "{n} remisy" if n < 5 else "{n} remisów"

    monkeypatch.setattr(text, "catalogue", lambda _: Polish())
    said = [say(TIES.template, plural=TIES.plural, n=n) for n in (1, 3, 5)]
    assert said == ["1 remis", "3 remisy", "5 remisów"]
    whole = Message("{part} in all", {"part": Message(TIES.template, {"n": 3}, plural=TIES.plural)})
    assert say(whole) == "3 remisy in all"
