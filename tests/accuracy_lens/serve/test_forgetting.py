"""What a visitor who left had is freed when the visit cannot be taken up again."""

from __future__ import annotations

import gc
import os
import platform
import weakref
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.runtime.caching.ttl_cache import TTLCache

from accuracy_lens.serve.forgetting import forget


class Held:
    """Refers to itself, as a visit does: no count of references frees it."""

    def __init__(self):
        self.itself = self


def test_visits_whose_time_is_over_end_and_what_they_had_is_freed():
    now, ended = [0.0], []
    visits = TTLCache(maxsize=10, ttl=120, timer=lambda: now[0])
    held = Held()
    kept, gone = Held(), weakref.ref(held)
    for name, each in (("old", held), ("new", kept)):
        session = SimpleNamespace(shutdown=lambda name=name: ended.append(name), data=each)
        visits[name] = SimpleNamespace(session=session)
        now[0] += 60
    del held, each, session
    gc.disable()
    try:
        assert forget(visits) == 1
        assert (ended, list(visits)) == (["old"], ["new"])
        assert gone() is None
        assert forget(visits) == 0
    finally:
        gc.enable()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another allocator")
def test_memory_between_what_is_kept_goes_back_to_the_system():
    now = [0.0]
    visits = TTLCache(maxsize=1, ttl=120, timer=lambda: now[0])
    held = Held()
    held.many = [bytes(2_000) for _ in range(25_000)]
    session = SimpleNamespace(shutdown=lambda: None, data=held)
    visits["old"] = SimpleNamespace(session=session)
    kept, full = held.many[::100], resident()
    del held, session
    now[0] = 121
    assert forget(visits) == 1
    assert full - resident() > 30e6, len(kept)


def resident() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
