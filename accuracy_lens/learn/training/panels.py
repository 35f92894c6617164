"""What the Training page shows of its runs: progress, curves, and one epoch of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from accuracy_lens.components.chart_table import show_table
from accuracy_lens.components.charts import tools
from accuracy_lens.jobs.runs import registry
from accuracy_lens.jobs.runs.visit import RunState
from accuracy_lens.learn.training import by_epoch, charts
from accuracy_lens.learn.training import epoch as training_epoch
from accuracy_lens.learn.training.shown import Shown, drawn
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.live_keras import EXPERIMENTS, RunSettings
from metrics_core.messages import Message

POLL_SECONDS = 0.5
_EACH = 0.2
"""Seconds that each visitor adds: drawing takes a third of them, and training needs the rest."""
CURVES: Mapping[str, Message] = {
    "printed": Message("printed"),
    "counted": Message("counted"),
    "loss": Message("loss"),
}
_EXPLAINED: Mapping[str, Message] = {
    "printed": Message(
        "Dotted: printed while training, the mean over the batches of an epoch. Dashed: "
        "evaluate on the training samples at its end. Solid: evaluate on the validation samples."
    ),
    "counted": Message(
        "Every applicable accuracy, counted in the same outputs for the validation samples."
    ),
    "loss": Message(
        "Dotted: printed while training. Dashed: evaluate on the training samples. Solid: "
        "evaluate on the validation samples."
    ),
}


def begin(
    name: str,
    experiment: str,
    captions: Sequence[Message],
    settings: Sequence[RunSettings],
    *,
    keep_epoch: bool,
) -> None:
    """Make runs that were just started those of the page.

    The epoch in view starts anew with another experiment than before, unless it is to be kept.
    """
    other = VISITOR.run is not None and VISITOR.run_experiment != experiment
    if other and not keep_epoch:
        VISITOR.epoch_start = VIEW.at_epoch
    VISITOR.run, VISITOR.run_experiment = name, experiment
    VISITOR.run_captions, VISITOR.run_settings = tuple(captions), tuple(settings)


def poll_seconds(states: Sequence[RunState] | None) -> float | None:
    """Seconds until the page asks for news again; None where there will be none."""
    if states is None or all(state.over for state in states):
        return None
    return max(POLL_SECONDS, _EACH * registry.RUNS.visitors)


def watch(name: str, captions: Sequence[Message], every: float | None) -> None:
    """Draw the runs as they stand; called again and again while they go on.

    Parameters
    ----------
    name : str
        From `accuracy_lens.jobs.runs.registry.Runs.start`.
    captions : sequence of Message
        What each run is called.
    every : float or None
        Of `poll_seconds`, when the page was drawn; where that has changed it is drawn anew.
    """
    training_epoch.turn_the_page()
    registry.RUNS.touch(name)
    states = registry.RUNS.states(name)
    if states is None:
        st.info(say("The reports of this run are no longer kept. Train again to see them."))
        return
    now = poll_seconds(states)
    if every is not None and (now is None or not every / 2 <= now <= 2 * every):
        st.rerun()
    VISITOR.run_seen = name if now is None else None
    both = [
        Shown(side, name, run, caption)
        for side, (run, caption) in enumerate(zip(states, captions, strict=True))
    ]
    for shown, column in zip(both, st.columns(len(both), gap="medium"), strict=True):
        with column:
            _show_progress(shown)
    if any(shown.reports or shown.run.phase in ("starting", "running") for shown in both):
        _show_curves(both)


def _show_progress(shown: Shown) -> None:
    st.markdown(f"### {plain(say(shown.caption))}")
    words: Message
    share, words = by_epoch.progress(shown.run)
    st.progress(share, text=plain(say(words)))
    others = shown.run.watchers - 1
    if shown.run.earlier:
        st.caption(
            plain(
                say(
                    "These settings were trained before, and the same settings give the same "
                    "numbers: these are the reports of that run."
                )
            )
        )
    elif others > 0 and not shown.run.over:
        st.caption(
            plain(
                say(
                    "{n} other visitor chose the same settings and watches this run too; Stop "
                    "ends it for you only.",
                    plural="{n} other visitors chose the same settings and watch this run too; "
                    "Stop ends it for you only.",
                    n=others,
                )
            )
        )
    if shown.run.reason is not None:
        show = st.error if shown.run.phase == "failed" else st.caption
        show(plain(say(shown.run.reason)))
    for line in shown.reports[-1].warned if shown.reports else ():
        st.caption(plain(say("Keras warns: {line}", line=line)))


def _show_curves(both: Sequence[Shown]) -> None:
    epochs = last_epoch(both)
    what = widgets.segments(
        View.curves, say("Curves"), list(CURVES), format_func=lambda name: say(CURVES[name])
    )
    curves = st.container()
    epoch = widgets.slider(
        View.at_epoch, say("Epoch, 0 is the untrained model"), 0, epochs, default=_start(epochs)
    )
    in_view = {
        shown.side: by_epoch.at_epoch(shown.reports, epoch) for shown in both if shown.reports
    }
    lines = {shown.side: _lines(shown, what) for shown in both}
    everything = [line for drawn_lines in lines.values() for line in drawn_lines]
    low, high = by_epoch.value_range(everything)
    names = list(dict.fromkeys(line.name for line in everything))
    with curves:
        for shown, column in zip(both, st.columns(len(both), gap="medium"), strict=True):
            marked = in_view[shown.side].epoch if shown.side in in_view else 0
            draw = partial(
                charts.curves_figure,
                lines[shown.side], names, epochs, low, high, marked,
            )  # fmt: skip
            key = ("curves", shown.name, shown.side, what, shown.run.came, marked, low, high)
            title = say("Metrics by epoch: {run}", run=shown.caption)
            column.caption(plain(say(shown.caption)))
            column.plotly_chart(
                drawn((*key, *names), draw),
                key=f"curves_{shown.side}",
                config=tools("metrics-by-epoch"),
                alt=title,
            )
            with column:
                show_table(title, _columns(lines[shown.side]))
        st.caption(plain(say(_EXPLAINED[what])))
    for shown, column in zip(both, st.columns(len(both), gap="medium"), strict=True):
        with column:
            if shown.side in in_view:
                training_epoch.show_epoch(shown, in_view[shown.side])


def last_epoch(both: Sequence[Shown]) -> int:
    """The last epoch that can be looked at: of runs that are over the last that was reported."""
    reported = [report.epoch for shown in both for report in shown.reports]
    if reported and all(shown.run.over for shown in both):
        return max(1, *reported)
    return max(shown.settings.epochs for shown in both)


def _start(end: int) -> int:
    """The epoch that the question is about, or the end; there goes a slider that was not moved."""
    row = EXPERIMENTS.get(VISITOR.run_experiment)
    start = end if row is None or row.epoch is None else min(row.epoch, end)
    unmoved = VIEW.at_epoch == VISITOR.epoch_start
    if View.at_epoch.stored and (unmoved or VIEW.at_epoch not in range(end + 1)):
        VIEW.at_epoch = start
    VISITOR.epoch_start = start
    return start


def _lines(shown: Shown, what: str) -> list[by_epoch.Line]:
    if what == "counted":
        return by_epoch.counted_lines({r.epoch: shown.counted(r) for r in shown.reports})
    return by_epoch.printed_lines(shown.reports, loss=what == "loss")


def _columns(lines: Sequence[by_epoch.Line]) -> dict[str, list[float | int | None]]:
    """The lines of a chart, a column each, by epoch."""
    epochs = sorted({epoch for line in lines for epoch in line.epochs})
    columns: dict[str, list[float | int | None]] = {say("epoch"): [*epochs]}
    for line in lines:
        values = dict(zip(line.epochs, line.values, strict=True))
        title = say("{name}, {where}", name=line.name, where=by_epoch.WHERE[line.where])
        columns[title] = [values.get(epoch) for epoch in epochs]
    return columns
