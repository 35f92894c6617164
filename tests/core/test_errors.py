"""The error sentence: what it says, and what stays readable in it."""

from __future__ import annotations

import pickle

import pytest

from metrics_core.errors import InputError
from metrics_core.messages import Message

ERROR = InputError("k", "must be from 0 to {last}", 7, "Use {last} or less.", last=5)


def test_the_sentence_names_the_argument_the_rule_what_came_and_the_remedy():
    assert str(ERROR) == "`k` must be from 0 to 5. Got 7. Use 5 or less."


def test_the_parts_stay_templates_with_their_values():
    assert ERROR.argument == "k"
    assert ERROR.rule == Message("must be from 0 to {last}", {"last": 5})
    assert ERROR.received == "7"
    assert ERROR.hint == Message("Use {last} or less.", {"last": 5})


def test_a_value_may_be_a_message_of_its_own():
    reason = Message("needs {what}", {"what": "labels"})
    made = InputError("variant", "must fit: {reason}", "'recall'", "Choose another.", reason=reason)
    assert str(made) == "`variant` must fit: needs labels. Got 'recall'. Choose another."


def test_braces_in_what_came_are_not_taken_for_placeholders():
    assert "Got '{last}'." in str(InputError("kind", "must be known", "'{last}'", "Leave it out."))


def test_it_is_a_value_error_and_survives_a_trip_between_processes():
    back = pickle.loads(pickle.dumps(ERROR))
    assert str(back) == str(ERROR)
    assert (back.rule, back.hint, back.received) == (ERROR.rule, ERROR.hint, ERROR.received)
    with pytest.raises(ValueError, match="Got 7"):
        raise back


def test_parts_may_be_messages_that_are_put_into_words_later():
    error = InputError(
        "rows",
        Message("must be {n} row", {"n": 3}, plural="must be {n} rows"),
        Message("{n} row", {"n": 1}, plural="{n} rows"),
        Message("Add {n} row.", {"n": 2}, plural="Add {n} rows."),
    )
    assert str(error) == "`rows` must be 3 rows. Got 1 row. Add 2 rows."
    back = pickle.loads(pickle.dumps(error))
    assert (back.rule, back.received, back.hint) == (error.rule, error.received, error.hint)
