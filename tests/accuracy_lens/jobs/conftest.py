"""Jobs, a pool and runs, for the tests of training runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from accuracy_lens.jobs.runs.pool import Pool
from accuracy_lens.jobs.runs.registry import Runs
from tests.accuracy_lens.jobs.running import JOBS, WORKER, Shared, limits


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("jobs")
    (folder / "run_jobs.py").write_text(JOBS)
    sys.path.insert(0, str(folder))
    import run_jobs

    yield run_jobs
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def pool(jobs: Any) -> Iterator[Pool]:
    """One process, shared by the tests; the runs on it are each test's own."""
    made = Pool(WORKER)
    yield made
    made.close()


@pytest.fixture
def runs(pool: Pool) -> Iterator[Runs]:
    made = Runs(limits(silence_seconds=60.0), executor=lambda _: Shared(pool))
    yield made
    made.close()
