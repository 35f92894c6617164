"""The sections of a report that are mostly numbers: scores, curves, confusion, samples."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from accuracy_lens.components.sample_columns import column_titles
from accuracy_lens.components.sample_table import sample_table
from accuracy_lens.components.sides import of_what, sides_of
from accuracy_lens.report.whole.blocks import Block, Picture, Pictures, Rows, Text
from accuracy_lens.report.whole.drawing import lens, square
from accuracy_lens.report.whole.found import Found
from accuracy_lens.words.text import amount, figure, say
from metrics_core.counting.counts import FIGURES
from metrics_core.counting.mixups import largest_mixups
from metrics_core.errors import InputError
from metrics_core.steps.shared import Steps
from metrics_core.sweep import auc, average_precision, precision_recall, reliability, roc

_MOST_CLASSES = 15
_MOST_PAIRS = 20
_MOST_CELLS = 20_000


def scores(found: Found) -> Iterator[Block]:
    """The lens as a picture, and every figure at the threshold."""
    if found.spread is None:
        return
    data = found.subject.predictions
    boundary = found.main.decision.boundary
    line = {"threshold": found.subject.settings.threshold, "rounding": 0.5}.get(boundary or "")
    if data.kind == "sparse" and found.main.steps.column is None:
        sides = [say("outputs of the true class"), say("outputs of the other classes")]
    else:
        sides = list(map(say, sides_of(data, found.main.steps.column)))
    yield lens(found.spread, sides, line, found.counts if line is not None else None)
    caption = found.main.decision.caption(found.main.decisions, found.main.settings)
    yield Text(say(caption))
    if found.counts is None:
        return
    threshold = f"{found.subject.settings.threshold:g}"
    yield Text(say("At the threshold {threshold}", threshold=threshold), "strong")
    what = of_what(data, found.positive)
    if what is not None:
        yield Text(say(what), "faint")
    rows = [
        [say(row.title), figure(float(row.of(found.counts))), say(row.formula)]
        for row in FIGURES.values()
    ]
    yield Rows([say("metric"), say("value"), say("formula")], rows, frozenset([1]))


def curves(found: Found) -> Iterator[Block]:
    """ROC, precision and recall, and calibration, where there are labels of both sides."""
    sweep, counts = found.sweep, found.counts
    if sweep is None or counts is None or not (sweep.positives and sweep.negatives):
        return
    ranking, tradeoff = roc(sweep), precision_recall(sweep)
    base = float(sweep.positives / (sweep.positives + sweep.negatives))
    recall, precision = float(counts.recall), float(counts.precision)
    area = figure(auc(sweep))
    pictures = [
        square(
            say("ROC, AUC {area}", area=area),
            (say("false positive rate"), say("recall")),
            (ranking.x, ranking.y),
            point=(float(counts.false_positive_rate), recall),
            guide=((0, 0), (1, 1)),
            below=say("ROC, AUC {area}", area=area),
        )
    ]
    area = figure(average_precision(sweep))
    words = say("Precision and recall, average precision {area}", area=area)
    pictures.append(
        square(
            words,
            (say("recall"), say("precision")),
            (tradeoff.x, tradeoff.y),
            point=(recall, precision) if counts.predicted_positive else None,
            guide=((0, base), (1, base)),
            below=words,
        )
    )
    pictures += _calibration(found)
    yield Pictures(pictures)
    yield Text(say("The square is the threshold in view."), "faint")


def _calibration(found: Found) -> list[Picture]:
    assert found.sweep is not None
    try:
        calibrated = reliability(found.sweep)
    except InputError:  # outputs that are no probabilities
        return []
    filled = calibrated.weight > 0
    words = say(
        "Calibration: expected error {ece}, Brier score {brier}, log loss {loss}",
        ece=figure(calibrated.ece), brier=figure(calibrated.brier),
        loss=figure(calibrated.log_loss),
    )  # fmt: skip
    drawn = square(
        words,
        (say("mean score"), say("share of label 1")),
        (calibrated.mean_score[filled], calibrated.share_positive[filled]),
        guide=((0, 0), (1, 1)),
        below=words,
        dots=True,
    )
    return [drawn]


def matrix(found: Found) -> Iterator[Block]:
    """Which class is taken for which: all cells of a few classes, the largest pairs of many."""
    counted = found.confusion
    if counted is None:
        return
    data = found.subject.predictions
    binary = data.kind == "binary"
    names = ["0", "1"] if binary else [data.class_name(each) for each in range(counted.n_classes)]
    if binary and data.class_names and len(data.class_names) == 2:
        names = list(data.class_names)
    if counted.n_classes <= _MOST_CLASSES:
        head = [say("true class, in rows; predicted, in columns"), *names]
        rows = [
            [name, *(amount(float(cell)) for cell in cells)]
            for name, cells in zip(names, counted.counts, strict=True)
        ]
        yield Rows(head, rows, frozenset(range(1, len(head))))
        return
    yield Text(say("The largest confusions among {n:,} classes", n=counted.n_classes))
    pairs = largest_mixups(counted, _MOST_PAIRS)
    rows = [
        [names[each.true_class], names[each.predicted_class], amount(float(each.count))]
        for each in pairs
    ]
    yield Rows([say("true class"), say("predicted"), say("samples")], rows, frozenset([2]))


def samples(found: Found) -> Iterator[Block]:
    """The first samples, where they were asked for."""
    wanted = found.subject.n_rows
    if not wanted:
        return
    data = found.subject.predictions
    rows = np.arange(min(wanted, data.n_samples))
    main = {found.main.variant.name: found.main} if found.main.steps.column is None else {}
    table = sample_table(data, Steps(data, found.subject.settings.activation), main, rows)
    table = table.slice(0, max(_MOST_CELLS // table.num_columns, 1))
    titles = column_titles(table.column_names, data.n_outputs)
    cells = [[_cell(row[name]) for name in table.column_names] for row in table.to_pylist()]
    yield Rows([titles[name] for name in table.column_names], cells)
    if table.num_rows < data.n_samples:
        yield Text(
            say(
                "The first {shown:,} of {total:,} samples.",
                shown=table.num_rows,
                total=data.n_samples,
            ),
            "faint",
        )


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return say("right") if value else say("wrong")
    return f"{value:.6g}" if isinstance(value, float) else str(value)
