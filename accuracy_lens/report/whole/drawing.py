"""The drawings of a report: the scores with the threshold, and the curves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from tsdownsample import M4Downsampler

from accuracy_lens.report.whole.blocks import Bar, Line, Mark, Picture
from accuracy_lens.words.text import amount, say
from metrics_core.counting.counts import Counts
from metrics_core.numeric.arrays import Array
from metrics_core.overview.distribution import Distribution

WIDTH, HEIGHT, MARGIN = 640, 300, 40
SIDE = 220
_POINTS = 400
_M4: Any = M4Downsampler  # its constructor has no types


def lens(
    spread: Distribution, sides: Sequence[str], boundary: float | None, counts: Counts | None
) -> Picture:
    """The scores by label, one side up and the other down, with the line that decides.

    Parameters
    ----------
    spread : Distribution
    sides : sequence of str
        What is drawn up, and what is drawn down.
    boundary : float or None
        Where scores become 1; None where nothing is decided by a line.
    counts : Counts or None
        At the boundary, written into the four corners.
    """
    middle, inner = HEIGHT / 2, WIDTH - 2 * MARGIN
    tall = middle - 60
    highest = max(int(spread.positive.max()), int(spread.other.max()), 1)
    step = inner / len(spread.positive)
    low, high = spread.low, spread.high
    centres = low + (np.arange(len(spread.positive)) + 0.5) * (high - low) / len(spread.positive)
    bars = []
    for up, values in ((True, spread.positive), (False, spread.other)):
        for number, value in enumerate(values.tolist()):
            if not value:
                continue
            height = max(tall * value / highest, 0.6)
            side = "one" if up else "zero"
            if boundary is not None:
                side = "right" if (centres[number] > boundary) == up else "wrong"
            top = middle - height if up else middle
            bars.append(
                Bar(_px(MARGIN + number * step), _px(top), _px(step * 0.9), _px(height), side)
            )
    lines = [Line(f"{MARGIN},{middle} {WIDTH - MARGIN},{middle}", "axis")]
    marks = [
        Mark(MARGIN, HEIGHT - 6, f"{low:.4g}", "start"),
        Mark(WIDTH - MARGIN, HEIGHT - 6, f"{high:.4g}", "end"),
    ]
    late = True
    if boundary is not None:
        share = (boundary - low) / (high - low) if high > low else 0.5
        at = MARGIN + inner * min(max(share, -0.02), 1.02)
        lines.append(Line(f"{_px(at)},18 {_px(at)},{HEIGHT - 18}", "threshold"))
        late = share > 0.5  # then the words stand to the left of the line, else to its right
        beside, anchor = (at - 6, "end") if late else (at + 6, "start")
        marks.append(Mark(_px(beside), 16, f"> {boundary:g}", anchor, "strong"))
    if counts is not None and boundary is not None:
        marks += _corners(counts)
    edge, anchor = (MARGIN, "start") if late else (WIDTH - MARGIN, "end")
    marks += [
        Mark(edge, 16, sides[0], anchor, "faint"),
        Mark(edge, HEIGHT - 26, sides[1], anchor, "faint"),
    ]
    return Picture(
        width=WIDTH,
        height=HEIGHT,
        title=say(
            "The scores by label, up: {above}; down: {below}", above=sides[0], below=sides[1]
        ),
        bars=bars,
        lines=lines,
        marks=marks,
    )


def _corners(counts: Counts) -> list[Mark]:
    found = {name: amount(float(value)) for name, value in _cells(counts).items()}
    left, right = MARGIN, WIDTH - MARGIN
    return [
        Mark(left, 38, say("{count} wrong (FN)", count=found["fn"]), "start", "wrong"),
        Mark(right, 38, say("{count} right (TP)", count=found["tp"]), "end", "right"),
        Mark(left, HEIGHT - 46, say("{count} right (TN)", count=found["tn"]), "start", "right"),
        Mark(right, HEIGHT - 46, say("{count} wrong (FP)", count=found["fp"]), "end", "wrong"),
    ]


def _cells(counts: Counts) -> dict[str, Any]:
    return {
        "tp": counts.true_positives, "fp": counts.false_positives,
        "tn": counts.true_negatives, "fn": counts.false_negatives,
    }  # fmt: skip


def square(
    title: str,
    titles: tuple[str, str],
    curve: tuple[Array, Array],
    *,
    point: tuple[float, float] | None = None,
    guide: Sequence[tuple[float, float]] = (),
    below: str = "",
    dots: bool = False,
) -> Picture:
    """A curve within 0 and 1 both ways.

    Parameters
    ----------
    title : str
    titles : tuple of str
        What is across, and what is up.
    curve : tuple of ndarray
        Across and up, from 0 to 1, across rising or falling throughout.
    point : tuple of float, optional
        Where the threshold stands.
    guide : sequence of pairs, optional
        A faint line to compare with.
    below : str
    dots : bool
        Whether each point of the curve is marked.
    """
    x, y = _thin(*curve)
    edge, inner = 34, SIDE - 48
    lines = [Line(f"{edge},14 {edge},{14 + inner} {edge + inner},{14 + inner}", "axis")]
    if guide:
        lines.append(
            Line(_path([p[0] for p in guide], [p[1] for p in guide], edge, inner), "guide")
        )
    lines.append(Line(_path(x, y, edge, inner)))
    found = list(zip(x, y, strict=True)) if dots else []
    bars = [_dot(*each, edge, inner, "one") for each in found]
    if point is not None:
        bars.append(_dot(*point, edge, inner, "wrong"))
    marks = [
        Mark(edge + inner / 2, SIDE - 8, titles[0]),
        Mark(edge, 10, titles[1], "start"),
        Mark(edge - 4, 14 + inner, "0", "end"),
        Mark(edge - 4, 20, "1", "end"),
        Mark(edge + inner, 14 + inner + 12, "1", "end"),
    ]
    return Picture(
        width=SIDE, height=SIDE, title=title, bars=bars, lines=lines, marks=marks, below=below
    )


def _dot(x: float, y: float, edge: float, inner: float, side: str) -> Bar:
    return Bar(_px(edge + x * inner - 3), _px(14 + (1 - y) * inner - 3), 6, 6, side)


def _path(x: Sequence[float] | Array, y: Sequence[float] | Array, edge: float, inner: float) -> str:
    return " ".join(
        f"{_px(edge + float(a) * inner)},{_px(14 + (1 - float(b)) * inner)}"
        for a, b in zip(x, y, strict=True)
    )


def _thin(x: Array, y: Array) -> tuple[Array, Array]:
    """As many points as can be told apart."""
    if len(x) <= _POINTS:
        return x, y
    order = slice(None) if x[0] <= x[-1] else slice(None, None, -1)
    across, up = np.ascontiguousarray(x[order]), np.ascontiguousarray(y[order])
    kept = _M4().downsample(across, up, n_out=_POINTS)
    return across[kept], up[kept]


def _px(value: float) -> float:
    return round(value, 1)
