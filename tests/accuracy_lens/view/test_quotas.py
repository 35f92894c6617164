"""Limits rest on the memory and the cores that there are, and hold small machines too."""

from __future__ import annotations

import pytest

from accuracy_lens.view import quotas
from accuracy_lens.view.quotas import MEMORY, Quotas, memory_left, memory_of_machine, number_of
from metrics_core.errors import InputError
from metrics_core.reading import LIMITS
from tests.every import every

GB = 2**30


@every("memory, cores, share", [(2 * GB, 2, 1), (24 * GB, 8, 1), (8 * GB, 4, 4), (GB, 1, 1)])
def test_files_and_processes_of_all_servers_fit_into_the_machine(memory, cores, share):
    made = Quotas.of(memory, cores, share)
    kept = made.unread_bytes + made.column_bytes
    reading = made.parsers * min(made.parser_bytes, GB)
    training = made.trainers * 0.7 * GB
    assert made.unread_bytes >= LIMITS.max_bytes
    assert made.trainers >= 1
    assert made.parsers >= 1
    if memory // share >= 2 * GB:
        assert share * (kept + max(reading, training)) <= memory
    assert 1 <= made.sessions_address <= made.sessions
    assert made.column_bytes_each <= made.column_bytes


def test_a_container_and_the_operator_say_how_much_memory_there_is(monkeypatch, tmp_path):
    monkeypatch.setattr(quotas, "_CONTAINER", tmp_path)
    monkeypatch.delenv(MEMORY, raising=False)
    whole = memory_of_machine()
    (tmp_path / "memory.max").write_text("max\n")
    assert memory_of_machine() == whole
    (tmp_path / "memory.max").write_text(f"{GB}\n")
    (tmp_path / "memory.current").write_text(f"{GB - 5000}\n")
    (tmp_path / "memory.stat").write_text("anon 1\ninactive_file 700\n")
    assert memory_of_machine() == GB
    assert memory_left() == 5700
    monkeypatch.setenv(MEMORY, "512m")
    assert memory_of_machine() == GB // 2
    for wrong in ("much", "0", "1.5G"):
        monkeypatch.setenv(MEMORY, wrong)
        with pytest.raises(InputError, match="amount of memory"):
            memory_of_machine()


def test_a_container_of_the_first_version_of_control_groups(monkeypatch, tmp_path):
    monkeypatch.setattr(quotas, "_CONTAINER", tmp_path)
    monkeypatch.delenv(MEMORY, raising=False)
    whole = memory_of_machine()
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory" / "memory.limit_in_bytes").write_text(f"{2**63 - 4096}\n")
    assert memory_of_machine() == whole
    (tmp_path / "memory" / "memory.limit_in_bytes").write_text(f"{GB}\n")
    (tmp_path / "memory" / "memory.usage_in_bytes").write_text(f"{GB - 5000}\n")
    stat = "inactive_file 1\ntotal_inactive_file 700\n"
    (tmp_path / "memory" / "memory.stat").write_text(stat)
    assert memory_of_machine() == GB
    assert memory_left() == 5700


def test_a_number_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("ACCURACY_LENS_SESSIONS", "many")
    with pytest.raises(InputError, match="whole number above 0"):
        number_of("ACCURACY_LENS_SESSIONS", 7)
