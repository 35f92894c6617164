"""`accuracy-lens sweep`: every threshold of outputs in Parquet files of any size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from accuracy_lens.shell import options, printing
from accuracy_lens.shell.commands import sharded
from accuracy_lens.shell.data import Columns
from accuracy_lens.words.text import amount, figure, say
from metrics_core.counting.counts import FIGURES, CostMatrix, Counts
from metrics_core.settings import Settings
from metrics_core.steps.activation import ACTIVATIONS
from metrics_core.steps.decision.threshold import effective_threshold
from metrics_core.sweep.optimum.best import Best
from metrics_core.sweep.optimum.heights import COST


@click.command(short_help="Every threshold of outputs in Parquet files of any size.")
@click.argument("patterns", metavar="PATTERN...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="PATH", help="Keep the state there, as NPZ.")
@click.option(
    "--threshold", type=float, default=Settings().threshold,
    help=f"Scores above it are 1 ({Settings().threshold}).",
)  # fmt: skip
@click.option(
    "--activation", type=click.Choice(list(ACTIVATIONS)), default="none",
    help="Applied to the outputs (none).",
)  # fmt: skip
@click.option(
    "--cost", type=float, nargs=4, metavar="TP FP TN FN",
    help="What each kind of prediction costs (0 1 0 1).",
)  # fmt: skip
@click.option("--class-index", type=int, help="Of several outputs, one class against the rest.")
@click.option("--drop-missing", is_flag=True, help="Leave out rows with a missing cell or NaN.")
@click.option("--weighted", is_flag=True, help="Count samples by their weights.")
@click.option("--sample-weight", metavar="COLUMN", help="How much each sample counts.")
@click.option("--y-pred", metavar="COLUMN", multiple=True, help="Outputs; again for each class.")
@click.option(
    "--class", "words", metavar="WORD", multiple=True,
    help="Where labels are words: that of class 0; again for each class.",
)  # fmt: skip
@click.option(
    "--y-true", metavar="COLUMN", multiple=True,
    help="Labels: 0 and 1, class indices or words; again for each class.",
)  # fmt: skip
@options.as_json
@options.in_language
def sweep(
    patterns: tuple[str, ...],
    output: str | None,
    threshold: float,
    activation: str,
    cost: tuple[float, float, float, float] | None,
    class_index: int | None,
    y_true: tuple[str, ...],
    y_pred: tuple[str, ...],
    words: tuple[str, ...],
    sample_weight: str | None,
    *,
    weighted: bool,
    drop_missing: bool,
    json: bool,
) -> None:
    """Sweep every threshold of the outputs in Parquet files: exact areas and best thresholds.

    PATTERN is a file, a folder, a quoted pattern or an address such as s3://bucket/part-*.parquet.
    The files are read block by block, so that their size does not matter. A state that -o kept is
    read back in place of a PATTERN.

    \b
    Examples:
      accuracy-lens sweep 'part-*.parquet'
      accuracy-lens sweep 'part-*.parquet' --json
      accuracy-lens sweep 'part-*.parquet' --y-true label --y-pred score -o state.npz
    """
    wanted = sharded.Wanted(
        columns=Columns(y_true=y_true, y_pred=y_pred, sample_weight=sample_weight),
        words=words,
        activation=activation,
        class_index=class_index,
        weighted=weighted,
        drop_missing=drop_missing,
        threshold=threshold,
        cost=None if cost is None else CostMatrix(*cost),
    )
    found, source = sharded.sweep(patterns, wanted)
    if output is not None:
        sharded.keep(found, Path(output))
    limit = float(effective_threshold(threshold, found.dtype))
    at = found.sweep.at(limit) if found.exact_at(limit) else None
    if json:
        printing.write_json(None, {"source": source} | entry(found, threshold, at))
        return
    _print(found, source, threshold, at)
    if output is not None:
        printing.write_line(say("Written: {path}", path=output))


def entry(found: sharded.Found, threshold: float, at: Counts | None) -> dict[str, object]:
    """A sweep as plain values; `at` are the counts at the threshold, where they are known."""
    return {
        "n": found.n,
        "positives": found.positives,
        "negatives": found.negatives,
        "auc": found.auc,
        "average_precision": found.average_precision,
        "distinct": found.distinct,
        "low": found.low,
        "high": found.high,
        "best": [
            {
                "name": best.name,
                "value": best.value,
                "threshold": best.threshold,
                "low": best.low,
                "high": best.high,
                "n_intervals": best.n_intervals,
                "counts": _counts(best.counts),
            }
            for best in found.best
        ],
        "cost": asdict(found.cost),
        "threshold": threshold,
        "counts": None if at is None else _counts(at),
        "figures": None if at is None else {name: row.of(at) for name, row in FIGURES.items()},
        "exact_thresholds": "all" if found.complete else len(found.stops.scores),
    }


def _counts(counts: Counts) -> dict[str, float]:
    names = ("tp", "fp", "tn", "fn")
    return {
        name: int(part) if float(part).is_integer() else part
        for name, part in zip(names, counts.parts, strict=True)
    }


def _print(
    found: sharded.Found, source: Mapping[str, Any], threshold: float, at: Counts | None
) -> None:
    if "files" in source:
        read = say(
            "Rows read: {rows:,}. Files: {files:,}. Bytes of these columns: {bytes:,}.",
            rows=source["rows"],
            files=source["files"],
            bytes=source["bytes"],
        )
        printing.write_line(read)
        for note in source["notes"]:
            printing.write_line(note)
    line = say(
        "Label 1: {positives}, label 0: {negatives}, different scores: {distinct:,}.",
        positives=amount(found.positives),
        negatives=amount(found.negatives),
        distinct=found.distinct,
    )
    printing.write_line(line)
    if found.auc is None or found.average_precision is None:
        printing.write_line(say("Only one label occurs: there is no area under a curve."))
    else:
        areas = say(
            "Area under the ROC curve {auc}, average precision {average_precision}.",
            auc=f"{found.auc:.12f}",
            average_precision=f"{found.average_precision:.12f}",
        )
        printing.write_line(areas)
    printing.write()
    titles = {name: say(row.title) for name, row in FIGURES.items()}
    titles[COST] = say("Mean cost (lowest)")
    here = {}
    if at is not None:
        here = {name: figure(float(row.of(at))) for name, row in FIGURES.items()}
        here[COST] = figure(float(at.cost(found.cost)))
    head = [
        say("Metric"), say("at {threshold}", threshold=f"{threshold:g}"), say("Best"),
        say("Threshold"), say("From"), say("Up to (exclusive)"),
    ]  # fmt: skip
    rows = [[titles[best.name], here.get(best.name, "-"), *_row(best)] for best in found.best]
    printing.table(head, rows, range(1, 6))
    if at is None:
        printing.write_line(
            say("The state does not know the counts at {threshold}; sweep the files with it.",
                threshold=f"{threshold:g}")
        )  # fmt: skip


def _row(best: Best) -> list[str]:
    threshold = "-" if best.threshold is None else f"{best.threshold:.6g}"
    return [figure(best.value), threshold, f"{best.low:.9g}", f"{best.high:.9g}"]
