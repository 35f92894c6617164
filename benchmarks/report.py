"""Figures -> one table: what was measured, median and spread, the bar, met or not."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal

HEADINGS = ("measured", "n", "median", "lowest to highest", "bar", "ratio to bar", "verdict")


@dataclass(frozen=True)
class Measure:
    """One row of the table.

    Attributes
    ----------
    what : str
    values : sequence of float
        Every repetition, the first one too.
    unit : str
        "ms", "s", "MB", "x" or "".
    bar : float or None
        The value has to stay below it; None for a figure that explains another.
    judged : {"median", "highest"}
        "highest" where the bar is promised for every single one.
    """

    what: str
    values: Sequence[float]
    unit: str
    bar: float | None = None
    judged: Literal["median", "highest"] = "median"

    @property
    def ratio(self) -> float | None:
        """The judged value over the bar."""
        if self.bar is None:
            return None
        middle = statistics.median(self.values)
        return (middle if self.judged == "median" else max(self.values)) / self.bar

    @property
    def missed(self) -> bool:
        return self.ratio is not None and self.ratio >= 1


def machine() -> str:
    """Cores, load and versions."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "numpy", "pyarrow"))
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    return (
        f"{len(os.sched_getaffinity(0))} cores ({platform.machine()}), load {load} before the "
        f"start; Python {platform.python_version()}, {packages}"
    )


def table(measures: Iterable[Measure]) -> str:
    """The rows under one heading, in columns of equal width."""
    rows = [HEADINGS, *(_cells(measure) for measure in measures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADINGS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def summary(measures: Sequence[Measure]) -> str:
    """How many bars are met, and which are not."""
    barred = [measure for measure in measures if measure.bar is not None]
    missed = [measure.what for measure in barred if measure.missed]
    line = f"{len(barred) - len(missed)} of {len(barred)} bars met."
    return f"{line} NOT MET: {'; '.join(missed)}." if missed else line


def _cells(measure: Measure) -> tuple[str, ...]:
    values, several = measure.values, len(measure.values) > 1
    bar, ratio, verdict = "", "", ""
    if measure.bar is not None and measure.ratio is not None:
        which = " each" if measure.judged == "highest" else ""
        bar = f"< {_number(measure.bar)} {measure.unit}".rstrip() + which
        ratio, verdict = f"{measure.ratio:.2f}", "NOT MET" if measure.missed else "met"
    return (
        measure.what,
        str(len(values)),
        f"{_number(statistics.median(values))} {measure.unit}".rstrip(),
        f"{_number(min(values))} to {_number(max(values))}" if several else "",
        bar,
        ratio,
        verdict,
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or float(value).is_integer() else f"{value:.3g}"
