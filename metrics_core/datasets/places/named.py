"""The data sets that an operator names; nothing else can be reached."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from fsspec.implementations.local import LocalFileSystem

from metrics_core.datasets.places.finding import base_of, files_at, filesystem_of, shard_of
from metrics_core.datasets.places.tables import Listing, check_table
from metrics_core.datasets.shards import Shard
from metrics_core.errors import InputError
from metrics_core.messages import Message

SOURCES = "ACCURACY_LENS_DATA"
"""The environment variable: folders, globs and addresses of Parquet, parted by ``;``."""


@dataclass(frozen=True)
class Named:
    """One data set.

    Attributes
    ----------
    name : str
    shards : tuple of Shard
    version : str
        A digest of the names, sizes and times of the files: another one where they changed.
    table : str
        The kind of table that the files belong to; empty for files alone.
    """

    name: str
    shards: tuple[Shard, ...]
    version: str
    table: str = ""

    def check(self) -> None:
        """Refuse a data set that cannot be read by its files.

        Raises
        ------
        InputError
            For a table of Delta, Iceberg or Hudi, of whose files only some count.
        """
        check_table(self.name, self.table)


def named(sources: str) -> dict[str, Named]:
    r"""The data sets of some sources, by their names, sorted.

    Parameters
    ----------
    sources : str
        Parted by ``;``. ``name=place`` is one data set: a folder, a glob or a file. A folder alone
        has one for each folder in it that has Parquet files, and for each such file in it.

    Raises
    ------
    InputError
        Where a place cannot be reached, and where two data sets have one name. Names the
        environment variable, not what stands in it.
    """
    found: dict[str, Named] = {}
    for source in filter(None, (source.strip() for source in sources.split(";"))):
        for each in _reached(source):
            if not each.shards:
                continue
            if each.name in found:
                raise InputError(
                    SOURCES, "must give each data set a name of its own",
                    Message("{name} twice", {"name": each.name}),
                    "Write name=place for one of them.",
                )  # fmt: skip
            found[each.name] = each
    return dict(sorted(found.items()))


def without_files(sources: str, found: Mapping[str, Named]) -> list[str]:
    """The names that sources give to places which turned out to have no file.

    Examples
    --------
    >>> without_files("/data;clicks=s3://bucket/run-7;views=/b", {"views": Named("views", (), "")})
    ['clicks']
    """
    return [
        name.strip()
        for name, equals, _ in (source.partition("=") for source in sources.split(";"))
        if equals and "/" not in name and name.strip() not in found
    ]


def _reached(source: str) -> list[Named]:
    """Those of one source; a refusal says nothing of what stands in the variable."""
    try:
        return list(_of_source(source))
    except InputError as error:
        if error.argument == SOURCES:
            raise
        raise InputError(
            SOURCES, "must name places that can be reached from here",
            Message("one that cannot"), "The log of the server says which, and why.",
        ) from error  # fmt: skip


def _of_source(source: str) -> Iterable[Named]:
    name, equals, place = source.partition("=")
    if equals and "/" not in name:
        files, path = filesystem_of(place.strip())
        listing = files_at(files, path)
        yield _named(name.strip(), files, base_of(path), listing, listing.files)
        return
    files, path = filesystem_of(source)
    by_name: dict[str, dict[str, Mapping[str, Any]]] = {}
    base, listing = base_of(path), files_at(files, path)
    for each, about in listing.files.items():
        inner = PurePosixPath(each).relative_to(base) if base else PurePosixPath(each)
        first = inner.parts[0]
        name = PurePosixPath(first).stem if len(inner.parts) == 1 else first
        by_name.setdefault(name, {})[each] = about
    for name, paths in by_name.items():
        yield _named(name, files, base, listing, paths)


def _named(
    name: str, files: Any, base: str, listing: Listing, listed: Mapping[str, Mapping[str, Any]]
) -> Named:
    digest = hashlib.blake2b(digest_size=16)
    shards = []
    for path, about in listed.items():
        if not _is_inside(files, base, path):
            continue
        told = [about.get(key) for key in ("size", "mtime", "created", "LastModified", "ETag")]
        digest.update(repr((path, told)).encode())
        shards.append(shard_of(files, path, os.path.relpath(path, base)))
    return Named(name, tuple(shards), digest.hexdigest(), listing.table_of(listed))


def _is_inside(files: Any, base: str, path: str) -> bool:
    """Whether a file lies below the folder that was named, wherever links lead."""
    if not isinstance(files, LocalFileSystem):
        return ".." not in PurePosixPath(path).parts
    return PurePosixPath(os.path.realpath(path)).is_relative_to(os.path.realpath(base))
