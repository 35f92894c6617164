"""Figures -> one table: what was measured, median and spread, the bar, met or not."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

HEADINGS = (
    "measured",
    "n",
    "median",
    "lowest to highest",
    "peak memory",
    "times ours",
    "bar",
    "ratio to bar",
    "verdict",
)
PACKAGES = (
    "streamlit",
    "numpy",
    "pyarrow",
    "scikit-learn",
    "keras",
    "tensorflow-cpu",
    "torch",
    "torchmetrics",
    "numba",
    "duckdb",
    "distributed",
)
_MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Measure:
    """One row of the table.

    Attributes
    ----------
    what : str
    values : sequence of float
        Every repetition, the first one too.
    unit : str
        "us", "ms", "s", "MB", "KiB", "MiB", "x" or "".
    bar : float or None
        The value has to stay below it; None for a figure that explains another.
    judged : {"median", "highest", "times"}
        "highest" where the bar is promised for every single one; "times" where it is what `times`
        has to exceed.
    memory : int or None
        Bytes at the peak beyond the inputs.
    times : float or None
        How many times the time of Accuracy Lens this one is.
    limit : bool
        Whether it is what the machine can do, and no rival.
    """

    what: str
    values: Sequence[float]
    unit: str
    bar: float | None = None
    judged: Literal["median", "highest", "times"] = "median"
    memory: int | None = None
    times: float | None = None
    limit: bool = False

    @property
    def ratio(self) -> float | None:
        """The judged value over the bar; the bar over it where it has to exceed the bar."""
        if self.bar is None:
            return None
        if self.judged == "times":
            assert self.times is not None
            return self.bar / self.times
        middle = statistics.median(self.values)
        return (middle if self.judged == "median" else max(self.values)) / self.bar

    @property
    def missed(self) -> bool:
        return self.ratio is not None and self.ratio >= 1

    @property
    def wins(self) -> bool:
        """Whether a rival is faster, by a hundredth or more."""
        return self.times is not None and round(self.times, 2) < 1 and not self.limit


def machine() -> str:
    """Cores, load and versions."""
    packages = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    return (
        f"{len(os.sched_getaffinity(0))} cores ({platform.machine()}), load {load} before the "
        f"start; Python {platform.python_version()}, {packages}"
    )


def table(measures: Iterable[Measure]) -> str:
    """The rows under one heading, in columns of equal width."""
    rows = [HEADINGS, *(_cells(measure) for measure in measures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def summary(measures: Sequence[Measure]) -> str:
    """How many bars are met, and which are not."""
    barred = [measure for measure in measures if measure.bar is not None]
    missed = [measure.what for measure in barred if measure.missed]
    lines = [f"{len(barred) - len(missed)} of {len(barred)} bars met."]
    if missed:
        lines.append(f"NOT MET: {'; '.join(missed)}.")
    faster = [f"{each.what} ({each.times:.2f})" for each in measures if each.wins]
    if faster:
        lines.append(f"Faster than Accuracy Lens: {'; '.join(faster)}.")
    return "\n".join(lines)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _cells(measure: Measure) -> tuple[str, ...]:
    values, several = measure.values, len(measure.values) > 1
    bar, ratio, verdict = "", "", ""
    if measure.bar is not None and measure.ratio is not None:
        match measure.judged:
            case "times":
                bar = f"> {_number(measure.bar)} times ours"
            case "highest":
                bar = f"< {_number(measure.bar)} {measure.unit}".rstrip() + " each"
            case "median":
                bar = f"< {_number(measure.bar)} {measure.unit}".rstrip()
        ratio, verdict = f"{measure.ratio:.2f}", "NOT MET" if measure.missed else "met"
    if measure.wins:
        verdict = f"{verdict}, faster".removeprefix(", ")
    return (
        measure.what,
        str(len(values)),
        f"{_number(statistics.median(values))} {measure.unit}".rstrip(),
        f"{_number(min(values))} to {_number(max(values))}" if several else "",
        "" if measure.memory is None else f"{_number(measure.memory / _MEBIBYTE)} MiB",
        "" if measure.times is None else f"{measure.times:.2f}",
        bar,
        ratio,
        verdict,
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or float(value).is_integer() else f"{value:.3g}"
