"""Text that is shown as it stands."""

from __future__ import annotations

import pytest

from accuracy_lens.words.feedback import plain


@pytest.mark.parametrize("mark", list(r"\`*_{}[]()<>#+-.!|~$:"))
def test_every_mark_that_markdown_reads_is_escaped(mark):
    assert plain(f"a{mark}b{mark}") == f"a\\{mark}b\\{mark}"


def test_letters_digits_and_spaces_stay():
    assert plain("Größe 12, é / ; ' \" % & =") == "Größe 12, é / ; ' \" % & ="
