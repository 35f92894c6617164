"""Sentences as templates with named values."""

from __future__ import annotations

import dataclasses

import pytest

from metrics_core.messages import Message


def test_a_message_becomes_its_template_with_the_values_put_in():
    assert str(Message("{count} of {total}", {"total": 96, "count": 91})) == "91 of 96"


def test_a_message_without_values_is_its_template():
    assert str(Message("right")) == "right"


def test_a_message_may_hold_messages():
    inner = Message("{a} or {b}", {"a": Message("one"), "b": "two"})
    assert str(Message("needs {inner}", {"inner": inner})) == "needs one or two"


def test_a_missing_value_is_an_error_and_not_a_hole_in_the_sentence():
    with pytest.raises(KeyError, match="total"):
        str(Message("{count} of {total}", {"count": 1}))


def test_messages_with_equal_parts_are_equal_and_cannot_be_changed():
    message = Message("{n} rows", {"n": 2})
    assert message == Message("{n} rows", {"n": 2})
    assert message != Message("{n} rows", {"n": 3})
    with pytest.raises(dataclasses.FrozenInstanceError):
        message.template = "{n} lines"


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "0 samples tie"), (1, "1 sample ties"), (2, "2 samples tie"), (1000, "1,000 samples tie")],
)
def test_a_number_chooses_the_singular_or_the_plural(n, said):
    message = Message("{n:,} sample ties", {"n": n}, plural="{n:,} samples tie")
    assert str(message) == said


def test_a_plural_without_its_number_is_an_error():
    with pytest.raises(KeyError, match="n"):
        str(Message("a row", {"rows": 1}, plural="{rows} rows"))


def test_a_value_has_a_plural_of_its_own():
    inner = Message("{n} row", {"n": 2}, plural="{n} rows")
    message = Message("{n} file with {rows}", {"n": 1, "rows": inner}, plural="{n} files: {rows}")
    assert str(message) == "1 file with 2 rows"
