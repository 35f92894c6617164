"""Parquet files of a few rows, and what sweeping them needs."""

from __future__ import annotations

from itertools import pairwise

import pyarrow as pa
import pyarrow.parquet as pq

from metrics_core.datasets.columns.asked import Asked, Columns
from metrics_core.datasets.running import Here
from metrics_core.datasets.shards import Shard, measure
from metrics_core.datasets.sweeping.whole import Work

BINARY = Columns(y_true="y_true", y_pred=("y_pred",), sample_weight="w")
NO_WEIGHT = Columns(y_true="y_true", y_pred=("y_pred",))


def written(folder, *tables):
    """A file for each table, given as a dict of columns."""
    shards = []
    for number, table in enumerate(tables):
        path = folder / f"part-{number}.parquet"
        pq.write_table(pa.table(table), path)
        shards.append(Shard(str(path), path.name))
    return shards


def split(folder, n_files, **columns):
    """The rows of some columns over so many files."""
    n = len(next(iter(columns.values())))
    ends = [n * part // n_files for part in range(n_files + 1)]
    return written(
        folder,
        *(
            {name: cells[start:stop] for name, cells in columns.items()}
            for start, stop in pairwise(ends)
        ),
    )


def work(shards, *, weighted=False, most=10**6, columns=BINARY, threads=2, **asked):
    asked = Asked(columns=columns, weighted=weighted, **asked)
    runner = Here(threads=threads, rows_at_once=most)
    measured = measure(shards, columns)
    return Work(asked=asked, measured=measured, runner=runner)
