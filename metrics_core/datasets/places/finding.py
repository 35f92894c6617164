"""Which files a path, a folder, a pattern or an address stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from metrics_core.datasets.elsewhere import answered
from metrics_core.datasets.places.tables import LOGS, Listing, check_table, table_around
from metrics_core.datasets.shards import Shard
from metrics_core.errors import InputError
from metrics_core.messages import Message

ENDINGS = (".parquet", ".parq", ".pq")
MOST_FILES = 100_000
_MAGIC = set("*?[")
_KEYED = re.compile(r"s3a?://[^/]*@")
_USER = re.compile(r"://[^/\s]*@")
_QUERY = re.compile(r"(https?://[^\s?]*)\?[^\s\"']*")


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
        listing = files_at(files, address)
        paths = listing.files
        if paths:
            check_table(shown(pattern), listing.table_of(paths))
        else:
            raise InputError(
                "PATTERN", "must name a Parquet file, a folder of them or a pattern",
                shown(pattern),
                "Check the name; quote a pattern, so that the shell leaves it alone.",
            )  # fmt: skip
        for path in paths:
            found.setdefault(path, shard_of(files, path, PurePosixPath(path).name))
    return [found[path] for path in sorted(found)]


def filesystem_of(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path there.

    Raises
    ------
    InputError
        Where nothing can open such an address, and for a key of S3 within it.
    """
    if _KEYED.match(address):
        raise InputError(
            "PATTERN", "must be an address without a key", shown(address),
            "Give the key in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
        )  # fmt: skip
    try:
        files, path = fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise InputError(
            "PATTERN", "must be an address that can be opened here",
            Message("{address}, whose package is not installed", {"address": shown(address)}),
            "Install what opens it, for example `pip install s3fs` for s3://.",
        ) from error  # fmt: skip
    except ValueError as error:
        raise InputError(
            "PATTERN", "must be an address that can be opened here", shown(address),
            "Write the path of a folder, or an address such as s3://bucket/part-*.parquet.",
        ) from error  # fmt: skip
    return files, path


def files_at(files: Any, path: str) -> Listing:
    """What a path or a pattern stands for, and what the listing says of each file.

    One listing: no file is asked for by itself. A listing that is refused, or that has more than
    `MOST_FILES` files, is an error. What lies in hidden folders, such as those of a job that is
    not done, is left out.

    Raises
    ------
    InputError
        Where the file system does not answer, or does not let this account list.
    """
    try:
        files.invalidate_cache()  # s3fs answers a pattern from the listing before
        listed = partial(_listed, files, path)
        is_local = isinstance(files, LocalFileSystem)
        found, tables = listed() if is_local else answered(listed)
        alone, base = found.keys() == {path}, base_of(path)
        kept = {each: found[each] for each in sorted(found) if alone or is_parquet(each, base)}
        if is_local:  # where a link may lead to a folder
            kept = {each: about for each, about in kept.items() if not files.isdir(each)}
    except FileNotFoundError as error:
        raise InputError(
            "PATTERN", "must lie in a bucket or a folder that is there", shown(path),
            "Check its name, and that this account may see it.",
        ) from error  # fmt: skip
    except PermissionError as error:
        raise InputError(
            "PATTERN", "must be open to this account",
            Message("no right to list {address}", {"address": shown(path)}),
            "Check the credentials in the environment, and let the account list and read it.",
        ) from error  # fmt: skip
    except Exception as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise InputError(
            "PATTERN", "must be reached from here",
            Message("{address}: {reason}", {"address": shown(path), "reason": shown(reason)}),
            "Check the address, the network and the credentials in the environment.",
        ) from error  # fmt: skip
    kept = {each: about for each, about in kept.items() if about.get("type") != "directory"}
    if len(kept) > MOST_FILES:
        raise InputError(
            "PATTERN", "must name at most {most:,} files",
            Message("{n:,} files in {address}", {"n": len(kept), "address": shown(path)}),
            "Write fewer and larger files.", most=MOST_FILES,
        )  # fmt: skip
    return Listing(kept, tables)


def _listed(files: Any, path: str) -> tuple[dict[str, Mapping[str, Any]], dict[str, str]]:
    """The files, and the folders that are tables."""
    if not _MAGIC & set(path):
        found = files.find(path, detail=True)
        return found, dict(filter(None, map(table_around, found)))
    base = base_of(path)
    kinds = [kind for log, kind in LOGS.items() if files.isdir(f"{base}/{log}")]
    return files.glob(path, detail=True), dict.fromkeys([base], kinds[0]) if kinds else {}


def base_of(path: str) -> str:
    """The folder of a path, or that before the first part of a glob.

    Examples
    --------
    >>> base_of("a/b/day=*/part-*.parquet"), base_of("a/b"), base_of("a/b/c.parquet")
    ('a/b', 'a/b', 'a/b')
    """
    parts = PurePosixPath(path).parts
    plain = next((at for at, part in enumerate(parts) if set(part) & _MAGIC), len(parts))
    base = PurePosixPath(*parts[:plain])
    return str(base.parent if is_parquet(str(base)) else base)


def shown(address: str) -> str:
    """An address without what only its owner may know: name, password and query.

    Examples
    --------
    >>> shown("sftp://me:secret@host/a/*.parquet"), shown("https://host/a.parquet?key=secret")
    ('sftp://host/a/*.parquet', 'https://host/a.parquet')
    """
    return _QUERY.sub(r"\1", _USER.sub("://", address))


def is_parquet(path: str, base: str = "") -> bool:
    """Whether a file ends as Parquet does, and neither it nor a folder of it below one is hidden.

    Examples
    --------
    >>> is_parquet("a/part-1.parquet"), is_parquet("a/_tmp.parquet"), is_parquet("a/notes.txt")
    (True, False, False)
    >>> is_parquet("_a/day=1/b.parquet", "_a"), is_parquet("a/_temporary/0/b.parquet", "a")
    (True, False)
    """
    whole = PurePosixPath(path)
    below = whole.relative_to(base) if base and whole.is_relative_to(base) else whole
    parts = below.parts if base else below.parts[-1:]
    hidden = any(part.startswith((".", "_")) and "=" not in part for part in parts)
    return path.lower().endswith(ENDINGS) and not hidden


def shard_of(files: Any, path: str, name: str) -> Shard:
    """One file; those of this machine are opened without fsspec."""
    if isinstance(files, LocalFileSystem):
        return Shard(path, name)
    return Shard(path, name.partition("?")[0], files)
