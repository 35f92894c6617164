"""What one visitor may take, and all together: every limit in one table, made from the machine."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Self

from metrics_core.errors import InputError
from metrics_core.reading import LIMITS

MEMORY = "ACCURACY_LENS_MEMORY"
"""How much memory the program may count on, such as ``8G``; by default that of the machine."""
SESSIONS = "ACCURACY_LENS_SESSIONS"
"""How many visitors a server takes at once."""
ADDRESS_SESSIONS = "ACCURACY_LENS_ADDRESS_SESSIONS"
"""How many of them from one address, where a trusted proxy says the addresses."""
SHARE = "ACCURACY_LENS_SHARE"
"""Servers among which the memory and the processors of this machine are divided."""
_MB = 2**20
_GB = 2**30
_UNITS = {"": 1, "K": 2**10, "M": _MB, "G": _GB}
_CONTAINER = Path("/sys/fs/cgroup")
_MOST = ("memory.max", "memory/memory.limit_in_bytes")
_USED = ("memory.current", "memory/memory.usage_in_bytes")
_KEPT = (("memory.stat", "inactive_file"), ("memory/memory.stat", "total_inactive_file"))
"""Of the second version of control groups, and of the first."""


@dataclass(frozen=True, kw_only=True)
class Quotas:
    """The limits of one server.

    Attributes
    ----------
    unread_bytes, unread_bytes_each : int
        Of dropped files that no page has read yet, of all visitors and of one: two files, and what
        a form adds to each.
    column_bytes, column_bytes_each : int
        Of the columns of files that were read.
    uploads, uploads_each : int
        Files on their way at once.
    files_waiting, files_waiting_each : int
        Files that wait for a parser or are read.
    sessions, sessions_address : int
        Visitors who are connected, and those of one address.
    parsers, parser_bytes : int
        Processes that read files, and what each may take.
    trainers, trainer_bytes : int
        Processes that train, and the address space of each.
    threads : int
        What a computation over large arrays takes where few visitors are connected.
    reserve_bytes : int
        Memory that must be left before anything new is taken on.
    """

    unread_bytes: int
    unread_bytes_each: int = 2 * LIMITS.max_bytes + _MB
    column_bytes: int
    column_bytes_each: int
    uploads: int = 64
    uploads_each: int = 4
    files_waiting: int = 100
    files_waiting_each: int = 3
    sessions: int
    sessions_address: int
    parsers: int
    parser_bytes: int
    trainers: int
    trainer_bytes: int
    threads: int
    reserve_bytes: int

    @classmethod
    def of(cls, memory: int, cores: int, share: int = 1) -> Self:
        """The limits of one of the servers of a machine.

        Examples
        --------
        >>> small, large = Quotas.of(2 * 2**30, 2), Quotas.of(24 * 2**30, 8)
        >>> small.sessions, small.column_bytes // 2**20, small.parsers, small.trainers
        (256, 256, 1, 1)
        >>> large.sessions, large.column_bytes // 2**20, large.parsers, large.trainers
        (1000, 3072, 7, 7)
        """
        mine = memory // share
        columns = mine // 8
        sessions = max(50, min(mine // (8 * _MB), 1000))
        processes = max(1, cores // share - 1)
        return cls(
            unread_bytes=max(mine // 8, LIMITS.max_bytes + _MB),
            column_bytes=columns,
            column_bytes_each=max(columns // 2, min(columns, _GB // 4)),
            sessions=sessions,
            sessions_address=min(sessions, max(200, sessions // 4)),
            parsers=max(1, min(processes, mine // _GB)),
            parser_bytes=min(3 * _GB, max(mine // 2, _GB // 2)),
            trainers=max(1, min(processes, mine * 4 // 10 // _GB)),
            trainer_bytes=min(8 * _GB, max(mine, 4 * _GB)),
            threads=max(1, cores // share),
            reserve_bytes=min(memory // 20, _GB // 2),
        )


def memory_of_machine() -> int:
    """Bytes of memory that may be used: of the container, of the machine, else 4 GiB.

    Raises
    ------
    InputError
        Where `ACCURACY_LENS_MEMORY` is no amount.
    """
    text = os.environ.get(MEMORY, "").upper()
    if text:
        found = re.fullmatch(r"(\d{1,15})([KMG]?)B?", text)
        if found is None or not int(found[1]):
            raise InputError(MEMORY, "must be an amount of memory", text, "Write it as 8G or 512M.")
        return int(found[1]) * _UNITS[found[2]]
    try:
        whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        whole = 4 * _GB
    return min(whole, _of_container(*_MOST) or whole)


def memory_left() -> int | None:
    """Bytes of memory that are free, or can be at once; None where the system does not say."""
    left = []
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        sizes = {name: size.split()[0] for name, _, size in (line.partition(":") for line in lines)}
        left.append(int(sizes["MemAvailable"]) * 1024)
    except (OSError, KeyError, ValueError, IndexError):
        pass
    most, used = _of_container(*_MOST), _of_container(*_USED)
    if most is not None and used is not None:
        left.append(most - used + _files_of_container())
    return min(left, default=None)


def _of_container(*names: str) -> int | None:
    for name in names:
        try:
            return int((_CONTAINER / name).read_text(encoding="ascii"))
        except (OSError, ValueError):
            continue  # there is none, or no limit
    return None


def _files_of_container() -> int:
    """Bytes that the container counts as used but only keeps of files."""
    for name, key in _KEPT:
        try:
            lines = (_CONTAINER / name).read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        return sum(int(line.split()[1]) for line in lines if line.startswith(f"{key} "))
    return 0


def _by_files() -> int:
    """Visitors for whom there are files to open: four for each."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return 1000
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    return 1000 if hard == resource.RLIM_INFINITY else max(1, (hard - 200) // 4)


def number_of(variable: str, usual: int) -> int:
    """A whole number that an operator sets.

    Raises
    ------
    InputError
        For what is none, or 0.

    Examples
    --------
    >>> number_of("ACCURACY_LENS_SESSIONS", 200)
    200
    """
    text = os.environ.get(variable, "") or str(usual)
    if not text.isdecimal() or not int(text):
        raise InputError(variable, "must be a whole number above 0", text, "Leave it out.")
    return int(text)


@cache
def quotas() -> Quotas:
    """The limits of this server.

    Raises
    ------
    InputError
        Where the operator set one that is no number.
    """
    made = Quotas.of(memory_of_machine(), os.cpu_count() or 2, number_of(SHARE, 1))
    return replace(
        made,
        sessions=number_of(SESSIONS, min(made.sessions, _by_files())),
        sessions_address=number_of(ADDRESS_SESSIONS, made.sessions_address),
    )
