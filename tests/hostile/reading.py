"""Damaged files by the way of an upload: parsed in the child, their columns used in the server."""

from __future__ import annotations

import time
import traceback
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from accuracy_lens.jobs import parsing
from metrics_core.errors import InputError
from metrics_core.reading import spool, to_predictions

_MB = 2**20


@dataclass
class Read:
    """What became of files.

    Attributes
    ----------
    outcomes : Counter
        ``used``, ``asked`` (the page asks for the columns), ``refused``, ``died`` (the child did,
        and was replaced), ``late`` (over the time limit and stopped), ``uncaught``.
    uncaught : list of str
        The file's number and the traceback of each error that no sentence stands for.
    seconds : list of float
        Of each file.
    growth : int
        The most bytes that the server took for a file, beyond its columns.
    at_limits : list of str
        Files that were stopped for time or memory.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    uncaught: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    growth: int = 0
    at_limits: list[str] = field(default_factory=list)


def read_all(files: Iterable[tuple[str, bytes]]) -> Read:
    """Read files one after the other as a page does."""
    found = Read()
    for number, (name, data) in enumerate(files):
        before, start = _forget_peak(), time.perf_counter()
        columns = 0
        try:
            table, roles = parsing.read_upload(data, name)
            memory = spool.memory_of(table)
            columns = 0 if memory is None else len(memory)
            found.outcomes[_used(table, roles)] += 1
        except InputError as error:
            kind = _kind(error)
            found.outcomes[kind] += 1
            if kind in ("late", "full"):
                found.at_limits.append(f"file {number}, {name}: {kind}")
        except Exception:  # noqa: BLE001 - that is what is looked for
            found.outcomes["uncaught"] += 1
            found.uncaught.append(f"{number} {name}\n{traceback.format_exc()}")
        found.seconds.append(time.perf_counter() - start)
        if number > 20:  # what is loaded once is not of a file
            found.growth = max(found.growth, _memory("VmHWM") - before - columns)
    return found


def _used(table, roles) -> str:
    if not (roles.labels and roles.outputs):
        return "asked"
    loaded = to_predictions(table, roles, missing="drop")
    return "used" if loaded.predictions.digest else ""


def _kind(error: InputError) -> str:
    received = str(error.received)
    kinds = {
        "a file that ended the process reading it": "died",
        "a file that takes longer": "late",
        "a file that needs more": "full",
        "too many files at once": "waited",
    }
    return kinds.get(received, "refused")


def _memory(line: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (found,) = (row for row in status if row.startswith(f"{line}:"))
    return int(found.split()[1]) * 1024


def _forget_peak() -> int:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _memory("VmRSS")
