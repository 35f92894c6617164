"""``python -m benchmarks``: measure everything, print one table."""

from __future__ import annotations

import sys
import time

from benchmarks import core, report, script, server


def main() -> None:
    start, machine = time.monotonic(), report.machine()
    measures = []
    for part in (server, script, core):
        for measure in part.measure():
            print(f"{time.monotonic() - start:4.0f} s  {measure.what}", file=sys.stderr, flush=True)
            measures.append(measure)
    print(f"\n{machine}\n\n{report.table(measures)}\n\n{report.summary(measures)}")


if __name__ == "__main__":
    main()
