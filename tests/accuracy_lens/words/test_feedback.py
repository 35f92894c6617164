"""Text that is shown as it stands."""

from __future__ import annotations

from accuracy_lens.words.feedback import plain, prose
from tests.every import every


@every("mark", list(r"\`*_{}[]()<>#+-.!|~$:"))
def test_every_mark_that_markdown_reads_is_escaped(mark):
    assert plain(f"a{mark}b{mark}") == f"a\\{mark}b\\{mark}"


def test_letters_digits_and_spaces_stay():
    assert plain("Größe 12, é / ; ' \" % & =") == "Größe 12, é / ; ' \" % & ="


def test_code_in_a_sentence_is_shown_as_code_and_the_rest_as_it_stands():
    assert prose("`a_b`, c_d and *e*") == "`a_b`, c\\_d and \\*e\\*"
    assert prose("one ` alone, [a](b)") == plain("one ` alone, [a](b)")
