"""Bytes that nobody has read are bounded, by visitor and in all; caches are nobody's to clear."""

from __future__ import annotations

import io
import mmap
import resource
from collections import Counter
from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from accuracy_lens.jobs import parsing
from accuracy_lens.serve import process, server
from accuracy_lens.serve.taking import uploads
from accuracy_lens.serve.taking.uploads import Uploads
from accuracy_lens.view.budget import Budget
from accuracy_lens.view.quotas import quotas
from metrics_core.errors import InputError
from metrics_core.reading import LIMITS
from tests import aside

MB = 2**20


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch):
    """Send a file of a size; what is taken stays until a page has read it."""
    manager = MemoryUploadedFileManager("/")
    monkeypatch.setattr(uploads, "exists", lambda: True)
    monkeypatch.setattr(uploads, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=manager))
    taken = Counter()

    class Large(bytes):
        """Some bytes that say they are many."""

        size = 0

        def __len__(self):
            return self.size

    async def inner(scope, receive, send):
        whose = scope["path"].split("/")[3]
        data = Large()
        data.size = int(dict(scope["headers"])[b"content-length"])
        taken[whose] += 1
        file = UploadedFileRec(f"{taken}", "x", "", data)
        manager.add_file(whose, file)
        await send({"type": "http.response.start", "status": 204, "headers": []})

    guard = Uploads(inner)

    def sent(whose, size, **more):
        found = []

        async def send(message):
            found.append(message)

        headers = [(b"content-length", str(size).encode())] if size is not None else []
        path = f"/_stcore/upload_file/{whose}/1"
        scope = {"type": "http", "method": "PUT", "path": path, "headers": headers, **more}
        aside.run(guard(scope, None, send))
        return found[0]["status"]

    sent.manager, sent.guard = manager, guard
    return sent


def test_a_visitor_has_two_files_that_nobody_has_read(put):
    assert LIMITS.max_bytes * 2 <= quotas().unread_bytes_each < LIMITS.max_bytes * 3
    assert [put("a", 199 * MB) for _ in range(16)] == [204, 204, *[413] * 14]
    assert put("b", 199 * MB) == 204
    put.manager.remove_session_files("a")
    assert put("a", 199 * MB) == 204


def test_all_visitors_together_have_so_many_and_a_file_says_its_size(put):
    most = quotas().unread_bytes // (200 * MB)
    statuses = [put(f"visitor {at}", 200 * MB) for at in range(most + 2)]
    assert statuses[0] == 204
    assert statuses[-1] == 503
    assert statuses.count(204) == most
    assert put("a", None) == 411


def test_where_memory_is_short_no_file_is_taken(put, monkeypatch):
    monkeypatch.setattr(uploads, "memory_left", lambda: 2 * MB + quotas().reserve_bytes)
    assert put("a", MB) == 204
    assert put("b", MB + 1) == 503


def test_a_visitor_has_so_many_files_on_their_way(put):
    most = quotas().uploads_each
    put.guard.under_way["a"] = most - 1
    assert put("a", 30) == 204
    put.guard.under_way["a"] = most
    assert put("a", 30) == 429
    assert put("b", 30) == 204
    put.guard.under_way["many"] = quotas().uploads
    assert put("b", 30) == 503


def test_one_visitor_has_a_part_of_what_all_may_hold():
    budget = Budget(100, 60)
    first = mmap.mmap(-1, 40)
    budget.take(first, "a", "visitor")
    with pytest.raises(InputError, match="beside the other files of this visit"):
        budget.take(mmap.mmap(-1, 30), "b", "visitor")
    other = mmap.mmap(-1, 50)
    budget.take(other, "c", "another")
    with pytest.raises(InputError, match="files of other visitors"):
        budget.take(mmap.mmap(-1, 20), "d", "third")
    del first
    budget.take(mmap.mmap(-1, 30), "b", "visitor")


def test_columns_of_all_visitors_are_counted_while_somebody_has_them(monkeypatch):
    budget = Budget(10_000)
    monkeypatch.setattr(parsing, "COLUMNS", budget)
    into = io.BytesIO()
    np.savez(into, y_true=np.arange(500) % 2, y_pred=np.zeros(500, np.float32))
    first = parsing.parse_upload(into.getvalue(), "a.npz")
    assert 6000 <= budget.bytes < 7000
    with pytest.raises(InputError, match="files of other visitors"):
        parsing.parse_upload(into.getvalue(), "b.npz")
    del first
    assert budget.bytes == 0
    assert parsing.parse_upload(into.getvalue(), "b.npz").n_rows == 500
    with pytest.raises(InputError):
        Budget(10).take(mmap.mmap(-1, 20), "c")


def test_no_visitor_clears_the_caches_of_all(monkeypatch):
    monkeypatch.setattr(AppSession, "_handle_clear_cache_request", None)
    server.wrapped()
    assert AppSession._handle_clear_cache_request(object()) is None


def test_the_server_may_open_as_many_files_as_the_system_allows():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
        process.raise_limit_of_files()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == min(hard, 65_536)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
