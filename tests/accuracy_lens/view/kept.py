"""What each cache would keep, the functions called as the pages call them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from accuracy_lens.components import findings
from accuracy_lens.explain.number import headline, typed
from accuracy_lens.explain.number import libraries as calls
from accuracy_lens.explain.number.without_data import groups, matrices
from accuracy_lens.explain.which_accuracy import beside_panel, libraries, panel
from accuracy_lens.explore.classes import computed
from accuracy_lens.explore.compare import curves, decided, pair, panels, releases, several
from accuracy_lens.explore.compare.beside import sources, trained
from accuracy_lens.explore.metrics import label_errors, numbers
from accuracy_lens.explore.metrics.formula import card
from accuracy_lens.explore.thresholds import sweeps
from accuracy_lens.jobs import looks
from accuracy_lens.learn.lessons import kept as lessons_kept
from accuracy_lens.learn.room import questions
from accuracy_lens.learn.training import answers, by_epoch, charts, shown
from accuracy_lens.view import prepared
from metrics_core.catalog.rows import applicable
from metrics_core.counting.counts import CostMatrix
from metrics_core.doctor.case import MAIN
from metrics_core.evaluation import evaluate
from metrics_core.lessons.parts.lesson import Check
from metrics_core.lessons.rows import lessons
from metrics_core.live_keras import EpochReport, RunSettings
from metrics_core.predictions import Predictions
from metrics_core.reading import Column, RawTable, Roles, joining, to_predictions
from metrics_core.reverse import Trials, search
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps
from metrics_core.without_data import ReportedShare
from tests.app.training.quick import report

N, CLASSES = 20_000, 4
FILES = 500
KINDS = ("binary", "one_hot", "sparse", "multi_label", "class_indices")


def data_of(kind: str, n: int = N) -> Predictions:
    random = np.random.default_rng(4)
    classes = random.integers(0, CLASSES, n)
    rows = random.random((n, CLASSES))
    labels, outputs = {
        "binary": (classes % 2, rows[:, 0]),
        "one_hot": (np.eye(CLASSES)[classes], rows),
        "sparse": (classes, rows),
        "multi_label": (np.round(random.random((n, CLASSES))), rows),
        "class_indices": (classes, random.integers(0, CLASSES, n)),
    }[kind]
    return Predictions.of(
        labels, outputs, kind=kind, sample_weight=random.random(n), sample_ids=np.arange(n)
    )


def used(data: Predictions, settings: Settings) -> Steps:
    """Steps of which everything was asked that an evaluation may ask."""
    steps = prepared.steps(data.digest, settings.activation, data)
    for row in applicable(data):
        evaluate(data, row.name, settings, steps=steps)
    _ = steps.scores, steps.true_class, steps.positive, steps.places, steps.above(0.5)
    if data.n_outputs > 1:
        _ = steps.argmax
    return steps


def used_class(data: Predictions, settings: Settings, steps: Steps) -> Steps:
    """The same of one class against the rest."""
    one = prepared.class_steps(data.digest, settings.activation, 1, steps)
    for row in applicable(one.predictions):
        evaluate(one.predictions, row.name, settings, steps=one)
        evaluate(one.predictions, row.name, settings, steps=one, aggregation="per_class")
    _ = one.scores, one.true_class, one.positive, one.places, one.above(0.5)
    return one


def figures_of(two: pair.Pair) -> list[Any]:
    found = curves.curves_of(two, None, 0)
    return [found and [each.to_json() for each in panels._figures((), "en", found) if each]]


def kept_of(kind: str) -> dict[str, list[Any]]:
    """For each cache what it would keep of data of a kind, the functions called as pages do."""
    data, settings = data_of(kind), Settings(activation="sigmoid", weighted=True)
    steps = used(data, settings)
    seen = data.digest, settings.activation
    evaluation = evaluate(data, MAIN[kind], settings, steps=steps)
    kept: dict[str, list[Any]] = {
        "prepared.steps": [steps],
        "prepared.summary": [prepared.summary(data.digest, data)],
        "numbers.spread": [numbers.spread(*seen, steps)],
        "prepared.swept": [prepared.swept(*seen, True, steps)],
        "numbers.rungs": [
            numbers.rungs(data.digest, settings, 0.0, 1.0, (MAIN[kind],), "en", steps)
        ],
        "numbers.score_order": [numbers.score_order(*seen, "row", np.arange(N, 0, -1))],
        "findings.examined": [findings.examined(data.digest, settings, data, steps)],
        "computed.main_state": [computed.main_state(data.digest, MAIN[kind], settings, steps)],
        "computed.predicted": [computed.predicted(*seen, 0.5, (), 0, steps)],
        "computed.confusion": [computed.confusion(*seen, 0.5, (), 0, True, steps)],
        "card.computed_for_some": [
            card.computed_for_some(
                data.digest, settings, MAIN[kind], "mean(y_pred)", "all", evaluation
            )
        ],
        "card.computed": [
            card.computed(data.digest, settings, MAIN[kind], "mean(y_pred)", 32, evaluation)
        ],
        "card.followed": [
            card.followed(data.digest, settings, MAIN[kind], "mean(y_pred)", 3, evaluation)
        ],
        "beside_panel.all_beside": [
            beside_panel.all_beside(
                data.digest, "keras-3.15.1", "mean_squared_error", 32, False, data
            )
        ],
        "libraries.every_library": [libraries.every_library(data.digest, False, data)],
        "libraries.every_call": [calls.every_call(data.digest, data)],
        "panel.every_release": [
            panel.every_release(
                data.digest, "mean_squared_error", "accuracy", 32, False, data
            )
        ],
    }  # fmt: skip
    other = replace(data, y_pred=data.y_pred[::-1].copy(), sample_ids=np.arange(N)[::-1].copy())
    two = pair.Pair(steps, Steps(other, settings.activation), (settings, settings))
    key, main = two.key, MAIN[kind]
    kept |= {
        "pair.joined": [pair.joined(data.digest, other.digest, data, other)],
        "pair._difference": [pair._difference(key, main, "", 0, two)],
        "curves._curves": [curves._curves((*key[:2], "none", "none", None, True), 0, two)],
        "decided._before": [decided._before(key[:2], ("none", "none"), two)],
        "decided._decided": [decided._decided(key, two)],
        "panels._figures": figures_of(two),
        "decided._marks": [decided._marks(key, main, "", two)],
        "releases._variant_of": [releases._variant_of(data.digest, "keras-3.15.1", data)],
        "several._difference": [
            several._difference(
                data.digest, other.digest, settings, settings, main,
                sources.Other("", other, data),
            )
        ],
    }  # fmt: skip
    if kind in ("one_hot", "sparse"):
        form = "sparse" if kind == "one_hot" else "one_hot"
        kept["prepared.class_steps"] = [used_class(data, settings, steps)]
        kept["sweeps.highest"] = [sweeps.highest(*seen, True, steps)]
        kept["prepared.converted"] = [prepared.converted(data.digest, form, data)]
        kept["computed.predicted"].append(computed.predicted(*seen, 0.5, ((1, 0.7),), 0, steps))
        kept["computed.top_k"] = [computed.top_k(*seen, True, steps)]
        kept["computed.reject_curve"] = [computed.reject_curve(*seen, True, steps)]
        kept["computed.best_class_thresholds"] = [
            computed.best_class_thresholds(*seen, True, steps)
        ]
    if data.n_outputs > 1:
        kept["prepared.first_class"] = [prepared.first_class(data.digest, data)]
    if kind == "multi_label":
        kept["computed.label_table"] = [computed.label_table(*seen, 0.5, True, steps)]
    if kind != "class_indices":
        doubted = label_errors.found(steps)
        kept["label_errors._found"] = [doubted]
        kept["label_errors.without"] = [
            label_errors.without(data.digest, settings, (MAIN[kind],), doubted, steps)
        ]
        key = (*seen, None, True)
        swept = sweeps.swept(key, steps)
        kept["sweeps.swept"] = [swept]
        kept["sweeps.beside"] = [sweeps.beside(key, swept.sweep)]
        kept["sweeps.best"] = [sweeps.best(key, CostMatrix(), swept.sweep)]
        kept["sweeps.drawn"] = [sweeps.drawn(key, CostMatrix(), swept.sweep)]
        kept["sweeps.intervals"] = [sweeps.intervals(key, 0, swept.sweep)]
    return kept


def kept_of_columns() -> dict[str, list[Any]]:
    """Other columns of a file in which cells are missing, so that rows are joined by number."""
    holes = np.arange(N) == 3
    columns = {
        "y": Column(np.arange(N) % 2),
        "a": Column(np.linspace(0, 1, N)),
        "b": Column(np.linspace(1, 0, N), missing=holes),
    }
    table = RawTable(name="x", format="CSV", n_rows=N, columns=columns)
    roles = Roles(labels=("y",), outputs=("a",))
    data = to_predictions(table, roles).predictions
    key = (data.digest, 1, None, ("b",))
    run = trained.KeptRun(RunSettings(), {1: report(RunSettings(), 1)})
    return {
        "sources.of_columns": [sources.of_columns(key, data, table, roles)],
        "trained._fits": [trained._fits(data.digest, run.name, data, run)],
        "arrays.guessed": [joining.guess(table)],  # which a child process gives
    }


def kept_of_training() -> dict[str, list[Any]]:
    data = data_of("one_hot", 2_000)
    figures = {"loss": 1.0, "accuracy": 0.5}
    report = EpochReport(
        epoch=1,
        logs=figures,
        train=figures,
        val=figures,
        outputs=data.y_pred,
        labels=data.y_true,
        kind="one_hot",
        class_names=None,
        boundary=None,
        warned=(),
        seconds=1.0,
    )
    lines = by_epoch.printed_lines([report], loss=False)
    figure = charts.curves_figure(lines, ["accuracy"], 200, 0.0, 1.0, 1)
    spread = charts.spread_figure(answers.spread(report), answers.sides(report))
    found = search(data_of("binary", 50), 0.5, digits=1)
    much = data_of("one_hot", typed.MOST_KEPT // CLASSES)
    return {
        "shown._drawn": [shown.drawn(("a",), lambda: figure), shown.drawn(("b",), lambda: spread)],
        "shown.counted": [shown.counted("run", 0, 1, report)],
        "matrices.solved": [
            matrices.solved(
                400, (("accuracy", ReportedShare.parse("accuracy", "0.9")),), None, Fraction(1)
            )
        ],
        "groups.solved": [groups.solved((20, 20, 19), ReportedShare.parse("mean", "0.875"), None)],
        "headline.told": [headline.told("digest", ((0.5, 1), (0.5, 1)), (found, found))],
        "searches": [found],
        "trials": [Trials(much)],
        "evaluations": [used(data_of("sparse"), Settings())],
    }


def kept_of_lessons() -> dict[str, list[Any]]:
    """Every lesson, on its own data and on those of its check, with all of it computed."""
    own, fresh = [], []
    for name, lesson in lessons().items():
        checks = [step for step, row in lesson.named_steps.items() if isinstance(row, Check)]
        own.append(lessons_kept.shipped(name))
        fresh += [lessons_kept.shipped_check(name, step, 1)[0] for step in checks]
    for workings in (*own, *fresh):
        for recipe in workings.lesson.recipes:
            _ = workings.evaluation(recipe).matches, workings.result(recipe)
    return {
        "kept.shipped": own,
        "kept.shipped_check": fresh,
        "own._workings": own,
        "placed._read": own,
        f"questions.{questions._written.__name__}": own,
        f"questions.{questions._written_check.__name__}": fresh,
    }


def kept_of_data_sets(folder) -> dict[str, list[Any]]:
    scores = {f"score_{each}": [0.25] * 999 for each in range(50)}
    words = [f"{word:0160}" for word in range(999)]  # as many and as long as they may be
    rows = pa.table(scores | {"label": [0] * 999, "pet": words})
    for file in range(FILES):
        pq.write_table(rows, folder / f"part-{file:04}.parquet")
    every = looks._listed(f"all={folder}")
    shards, scores = every["all"].shards, tuple(scores)
    return {
        "looks._listed": [every],
        "looks._far": [looks._far(f"all=file://{folder}")],
        "looks.guessed": [looks.guessed("all", "", shards)],
        "looks.meant": [looks.meant("all", "", ("pet",), scores, None, None, None, shards)],
    }
