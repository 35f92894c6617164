"""The operator's folder of lessons: what is in it is found by name, and nothing else is."""

from __future__ import annotations

import os

import pytest

from accuracy_lens.jobs import lesson_folder
from accuracy_lens.jobs.lesson_job import MOST_BYTES


@pytest.fixture
def there(tmp_path, monkeypatch):
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "first.json").write_text("{}")
    (folder / "阈值-2.yaml").write_text("a: 1")
    (folder / "notes.txt").write_text("secret")
    (folder / "deeper").mkdir()
    (folder / "deeper" / "second.json").write_text("secret")
    (tmp_path / "outside.json").write_text("secret")
    (folder / "linked.json").symlink_to(tmp_path / "outside.json")
    (folder / "linked.yaml").mkdir()
    os.mkfifo(folder / "waits.json")
    monkeypatch.setenv(lesson_folder.VARIABLE, str(folder))
    return folder


def test_a_file_is_found_by_its_name_without_the_ending(there):
    assert lesson_folder.content("first") == b"{}"
    assert lesson_folder.content("阈值-2") == b"a: 1"
    (there / "large.json").write_bytes(b"x" * (2 * MOST_BYTES))
    assert len(lesson_folder.content("large")) == MOST_BYTES + 1


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../outside", "outside", "linked", "deeper/second", "deeper", "notes",
     "notes.txt", "first.json", "first\n", "first\0", "waits", "x" * 65, "C:first", "no"],
)  # fmt: skip
def test_nothing_else_is_reached(there, name):
    assert lesson_folder.content(name) is None
    assert lesson_folder.content(str(there / name)) is None


@pytest.mark.parametrize("value", [None, ""])
def test_without_the_variable_there_is_no_lesson(there, monkeypatch, value):
    monkeypatch.delenv(lesson_folder.VARIABLE)
    if value is not None:
        monkeypatch.setenv(lesson_folder.VARIABLE, value)
    assert lesson_folder.content("first") is None


def test_the_server_does_not_start_without_the_folder_that_is_named(there, monkeypatch):
    from accuracy_lens.serve import server

    monkeypatch.setenv(lesson_folder.VARIABLE, str(there / "gone"))
    monkeypatch.setattr(server, "share_one_arena", lambda: None)
    monkeypatch.setattr("sys.argv", ["server", "--port", "0"])
    with pytest.raises(SystemExit) as ended:
        server.main()
    assert ended.value.code.startswith(f"`{lesson_folder.VARIABLE}` must name a folder")
    assert lesson_folder.content("first") is None
