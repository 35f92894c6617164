"""Where a class puts a threshold, on the lens."""

from __future__ import annotations

import json
from typing import Any

import pytest

from accuracy_lens.learn.room.database import opened
from accuracy_lens.learn.room.database.rules import plan_of
from metrics_core.lessons.rows import lesson
from tests.app.room.test_room_page import begun, turned


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ACCURACY_LENS_STORE", str(tmp_path))


def drawn(lens: Any) -> list[dict[str, Any]]:
    """The lenses of a page, as the browser gets them."""
    found = [json.loads(element.proto.json) for element in lens.app.get("bidi_component")]
    return [data for data in found if "boundary" in data]


def test_places_of_a_threshold_are_circles_on_the_lens_until_it_is_revealed(visit):
    teacher, code = begun(visit, "a-rare-class")
    for _ in range(plan_of(lesson("a-rare-class")).steps.index("cheaper")):
        teacher.click("room_next")
    votes = ({"a": "0.5", "b": "0.05", "c": "0.050"}, {"a": "0.045"})
    for number, given in enumerate(votes, 1):
        teacher.click("room_open" if number == 1 else "room_again")
        for voter, answer in given.items():
            assert opened.store().join(code, voter)
            assert opened.store().vote(code, "cheaper", number, voter, answer)
        teacher.run().click("room_close")
        assert not any("answers" in lens for lens in drawn(teacher))
        teacher.click("room_show")
    (shown,) = drawn(teacher)
    first, second = shown["answers"]
    assert sorted(first) == [[0.05, 2], [0.5, 1]]
    assert second == [[0.045, 1]]
    assert shown["words"]["votes"][1][1] == "second vote"
    assert shown["boundary"] is None  # nothing of what is right
    assert drawn(turned(visit, room=code))[0]["answers"] == shown["answers"]
    teacher.click("room_reveal")
    assert not any("answers" in lens for lens in drawn(teacher))
