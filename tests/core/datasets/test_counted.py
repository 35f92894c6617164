"""Counting files at thresholds is counting their rows."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.counting.counts import Counts
from metrics_core.datasets.counting.counted import Counting, count_at
from metrics_core.datasets.running import Here
from metrics_core.sweep import Sweep
from tests.core.datasets.files import split, work


@pytest.mark.parametrize("weighted", [False, True])
def test_counts_of_files_are_those_of_their_rows(tmp_path, weighted):
    rng = np.random.default_rng(2)
    scores, labels = rng.random(900).astype(np.float32).round(1), rng.random(900) < 0.3
    weights = rng.integers(0, 5, 900) / 4
    shards = split(tmp_path, 3, y_true=labels, y_pred=scores, w=weights)
    asked = work(shards, weighted=weighted).asked
    thresholds = (float(np.float32(0.3)), 0.5, -np.inf, np.inf)
    tasks = [Counting(shard, asked, thresholds) for shard in shards]
    done = []
    counts = Here(threads=2).merged(count_at, tasks, Counts.merge, done.append)
    sweep = Sweep.of(scores, labels, weights if weighted else None)
    expected = sweep.at_each(thresholds)
    for ours, theirs in zip(counts.parts, expected.parts, strict=True):
        assert ours.tolist() == theirs.tolist()
    assert done[-1] == 1
    assert done == sorted(done)


def test_what_tells_can_end_the_work(tmp_path):
    done = []

    def tell(share):
        done.append(share)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Here(threads=1).merged(abs, list(range(50)), max, tell)
    assert len(done) == 1
