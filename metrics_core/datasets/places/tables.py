"""Folders that are tables, of whose files a log says which ones count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from metrics_core.errors import InputError
from metrics_core.messages import Message

LOGS = {"_delta_log": "Delta", ".hoodie": "Hudi"}
"""Folders in which tables keep what is theirs; those of Iceberg have other names each time."""


@dataclass(frozen=True)
class Listing:
    """What lies at a place.

    Attributes
    ----------
    files : mapping of str to mapping
        What the listing says of each Parquet file, by their paths, sorted.
    tables : mapping of str to str
        The kind of table, by the folder of one: it has files that count no longer.
    """

    files: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, str]

    def table_of(self, paths: Iterable[str]) -> str:
        """The kind of table that some of the files belong to; empty for none."""
        folders = (str(folder) for path in paths for folder in PurePosixPath(path).parents)
        return next(filter(None, map(self.tables.get, folders)), "") if self.tables else ""


def check_table(name: str, kind: str) -> None:
    """Refuse the files of a table, of which its log says which ones count."""
    if kind:
        raise InputError(
            name, "must be a folder whose Parquet files all count",
            Message(
                "a {kind} table, which keeps files that were replaced or deleted", {"kind": kind}
            ),
            "Write what the table holds now as plain Parquet files, and name their folder.",
        )  # fmt: skip


def table_around(path: str) -> tuple[str, str] | None:
    """The table whose log a file is part of."""
    parts = PurePosixPath(path).parts
    for place, part in enumerate(parts):
        if part in LOGS:
            return str(PurePosixPath(*parts[:place])), LOGS[part]
    if path.endswith(".metadata.json") and parts[-2:-1] == ("metadata",):
        return str(PurePosixPath(*parts[:-2])), "Iceberg"
    return None
