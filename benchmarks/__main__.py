"""``python -m benchmarks [PART ...]``: measure everything, or some parts, and print one table."""

from __future__ import annotations

import argparse
import sys
import time
from importlib import import_module

from benchmarks import report

PARTS = (
    "server",
    "class",
    "room",
    "moves",
    "drag",
    "script",
    "compare",
    "core",
    "datasets",
    "peers",
)
_MODULES = {
    "server": ("visits.server",),
    "class": ("crowds.crowd", "crowds.classroom"),
    "room": ("crowds.room",),
    "moves": ("visits.moves",),
    "drag": ("visits.drag",),
    "peers": ("peers.measures",),
}
"""Of parts that are not one module of their name."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    wanted = parser.parse_args().parts or PARTS
    unknown = [part for part in wanted if part not in PARTS]
    if unknown:
        parser.error(f"PART must be one of {', '.join(PARTS)}. Got {', '.join(unknown)}.")
    start, machine = time.monotonic(), report.machine()
    measures = []
    for part in wanted:
        for module in _MODULES.get(part, (part,)):
            for measure in import_module(f"benchmarks.{module}").measure():
                seconds = time.monotonic() - start
                print(f"{seconds:4.0f} s  {measure.what}", file=sys.stderr, flush=True)
                measures.append(measure)
    print(f"\n{machine}\n\n{report.table(measures)}\n\n{report.summary(measures)}")


if __name__ == "__main__":
    main()
