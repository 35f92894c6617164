"""Which files a path, a folder, a pattern or an address stands for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from metrics_core.datasets.shards import Shard
from metrics_core.errors import InputError

ENDINGS = (".parquet", ".parq", ".pq")
_MAGIC = set("*?[")


def shards_at(patterns: Iterable[str]) -> list[Shard]:
    """The Parquet files that patterns stand for, sorted, each once.

    Parameters
    ----------
    patterns : iterable of str
        Files, folders and globs of this machine, or addresses that fsspec knows, such as
        ``s3://bucket/part-*.parquet``. Of a folder, what ends as Parquet does and is not hidden.

    Raises
    ------
    InputError
        Where one stands for no file, or cannot be reached.
    """
    found: dict[str, Shard] = {}
    for pattern in patterns:
        files, address = filesystem_of(pattern)
        paths = files_at(files, address)
        if not paths:
            raise InputError(
                "PATTERN", "must name a Parquet file, a folder of them or a pattern",
                pattern, "Check the name; quote a pattern, so that the shell leaves it alone.",
            )  # fmt: skip
        for path in paths:
            found.setdefault(path, shard_of(files, path, PurePosixPath(path).name))
    return [found[path] for path in sorted(found)]


def filesystem_of(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path there.

    Raises
    ------
    InputError
        Where nothing can open such an address.
    """
    try:
        files, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise InputError(
            "PATTERN", "must be an address that can be opened here",
            f"{address}: {error}",
            "Install what opens it, for example `pip install s3fs` for s3://.",
        ) from error  # fmt: skip
    return files, path


def files_at(files: Any, path: str) -> list[str]:
    """What a path or a pattern stands for, sorted.

    Raises
    ------
    InputError
        Where the file system does not answer.
    """
    try:
        if _MAGIC & set(path):
            paths = files.glob(path)
        elif files.isdir(path):
            paths = files.find(path)
        else:
            return [path] if files.exists(path) else []
    except Exception as error:
        raise InputError(
            "PATTERN", "must be reached from here", str(error),
            "Check the address, the network and the rights of this account.",
        ) from error  # fmt: skip
    return sorted(each for each in paths if is_parquet(each) and not files.isdir(each))


def is_parquet(path: str) -> bool:
    """Whether a file ends as Parquet does, and is not hidden.

    Examples
    --------
    >>> is_parquet("a/part-1.parquet"), is_parquet("a/_tmp.parquet"), is_parquet("a/notes.txt")
    (True, False, False)
    """
    name = PurePosixPath(path).name
    return name.lower().endswith(ENDINGS) and not name.startswith((".", "_"))


def shard_of(files: Any, path: str, name: str) -> Shard:
    """One file; those of this machine are opened without fsspec."""
    return Shard(path, name, None if isinstance(files, LocalFileSystem) else files)
