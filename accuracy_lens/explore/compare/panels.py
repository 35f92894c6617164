"""The drawn parts of the Compare page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from accuracy_lens.components.chart_table import arrow_table, show_table
from accuracy_lens.components.charts import tools
from accuracy_lens.explore.compare import answers, charts
from accuracy_lens.explore.compare.curves import Curves
from accuracy_lens.explore.compare.decided import Decided
from accuracy_lens.view.caches import Size, session_cache
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.language import current
from accuracy_lens.words.text import figure, say, say_all
from metrics_core.compare import Difference, Parting, kappa
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

MOST_SHOWN = 30
_DIAGONAL = ((0.0, 0.0), (1.0, 1.0))


def show_answer(found: Difference, lines: Sequence[Message]) -> None:
    """The main answer, what it rests on, and how the samples were brought together."""
    st.markdown(f"## {plain(say(answers.headline(found)))}")
    said = answers.evidence(found)
    if said:
        st.markdown(plain(say_all(said)))
    if lines:
        st.caption(plain(say_all(lines)))


def show_metrics(found: Sequence[Difference]) -> None:
    """Every metric in both."""
    st.markdown(f"## {say('Every metric in A and in B')}")
    st.dataframe(
        answers.table_of(found), hide_index=True, key="differences", alt=say("Metrics in A and B"),
        height="content", column_config=_pinned(say("metric")),
    )  # fmt: skip
    st.caption(
        say(
            "Of a share of samples the interval is Newcombe's (1998, method 10) and p is McNemar's "
            "exact test; for every other metric the samples are drawn again 1,000 times, each with "
            "what it has in A and in B. Below a p of 0.05 they are told apart. Each line stands "
            "for itself: choose the metric before you look."
        )
    )
    if any(each.method == "batches" for each in found):
        st.caption(
            say(
                "Of a mean of batch means the interval and p are those of Student's paired test "
                "over the batches, which stand as they came."
            )
        )


def _pinned(name: str) -> dict[str, Any]:
    return {name: st.column_config.TextColumn(pinned=True)}


def show_curves(curves: Curves) -> None:
    """ROC, precision and recall, and calibration of both, laid over each other."""
    st.markdown(f"## {say('Curves of A and of B')}")
    if curves.rates is None or curves.precision is None:
        st.caption(say("Only one label occurs: there is no ROC and no precision-recall curve."))
        return
    titles = say("ROC"), say("Precision and recall"), say("Calibration")
    lines = (curves.rates, curves.precision, curves.calibration)
    figures = _figures(curves.key, current(), curves)
    for index, column in enumerate(st.columns(3, gap="medium")):
        with column:
            st.markdown(f"### {titles[index]}")
            drawn = lines[index]
            if drawn is None:
                st.caption(say("Some scores lie outside 0 to 1: add an activation."))
                continue
            st.plotly_chart(
                figures[index], key=f"overlaid_{index}", config=tools(_FILES[index]),
                alt=say("{title} of A and of B", title=titles[index]),
            )  # fmt: skip
            show_table(titles[index], _columns(drawn, _axes()[index]))


_FILES = ("roc", "precision-recall", "calibration")


def _axes() -> tuple[tuple[str, str], ...]:
    return (
        (say("false positive rate"), say("recall")),
        (say("recall"), say("precision")),
        (say("mean score"), say("share of label 1")),
    )


@session_cache(entries=2, size=Size(fixed=1 << 20), worded=True)
def _figures(
    key: tuple[object, ...], language: str, _curves: Curves
) -> tuple[go.Figure | None, ...]:
    """The three figures, which no move of the threshold changes."""
    flat = ((0.0, _curves.share), (1.0, _curves.share))
    guides = (_DIAGONAL, flat, _DIAGONAL)
    lines = (_curves.rates, _curves.precision, _curves.calibration)
    return tuple(
        None
        if drawn is None
        else charts.overlaid_figure(
            [(line[0], line[1]) for line in drawn], names, guide, dots=at == 2
        )
        for at, (drawn, names, guide) in enumerate(zip(lines, _axes(), guides, strict=True))
    )


def _columns(lines: tuple[Array, Array], names: tuple[str, str]) -> dict[str, Array]:
    """Both curves side by side, the shorter one filled up."""
    length = max(line.shape[1] for line in lines)
    return {
        f"{side}: {name}": np.pad(
            line[place], (0, length - line.shape[1]), constant_values=np.nan
        ).round(6)
        for side, line in zip(charts.NAMES, lines, strict=True)
        for place, name in enumerate(names)
    }


def show_decided(found: Decided, labels: Sequence[str]) -> None:
    """Agreement, and where the confusion matrices differ."""
    table = found.agreement.counts
    agreed, total = float(np.trace(table)), float(table.sum())
    beyond = kappa(table)
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"## {say('What B predicts more, and less, than A')}")
        change = found.b.counts - found.a.counts
        shown = np.arange(len(change))
        if len(change) > MOST_SHOWN:
            moved = np.abs(change).sum(axis=0) + np.abs(change).sum(axis=1)
            shown = np.sort(np.argsort(-moved, kind="stable")[:MOST_SHOWN])
            st.caption(say("The {n} classes that change most are shown.", n=MOST_SHOWN))
        names = [labels[index] for index in shown.tolist()]
        part = change[np.ix_(shown, shown)]
        st.plotly_chart(
            charts.matrix_figure(part, names), key="matrix_difference",
            config=tools("confusion-difference"),
            alt=say("Confusion matrix of B less that of A"),
        )  # fmt: skip
        show_table(
            say("Confusion matrix of B less that of A"),
            {say("true class"): names}
            | {
                say("predicted as {name}", name=name): part[:, place]
                for place, name in enumerate(names)
            },
        )
    with right:
        st.markdown(f"## {say('Agreement')}")
        share = agreed / total if total else 0.0
        st.metric(say("predicted alike"), figure(share))
        if beyond is None:
            st.text(say("Chance alone would always agree, so there is no kappa."))
        else:
            st.metric(
                say("Cohen's kappa"), figure(beyond),
                help=say("1: they always agree; 0: as often as chance."),
            )  # fmt: skip
        shown = np.argsort(-(table - np.diag(np.diag(table))).reshape(-1), kind="stable")[:5]
        pairs = [divmod(int(cell), len(table)) for cell in shown]
        rows = [(a, b) for a, b in pairs if a != b and table[a, b]]
        if rows:
            st.dataframe(
                arrow_table({
                    say("A predicts"): [labels[a] for a, _ in rows],
                    say("B predicts"): [labels[b] for _, b in rows],
                    say("samples"): [table[a, b] for a, b in rows],
                }),
                hide_index=True, key="disagreements", alt=say("Most frequent disagreements"),
            )  # fmt: skip


def show_parting(found: Parting) -> None:
    """In how many samples A and B differ at each step."""
    st.dataframe(
        answers.parting_table(found), hide_index=True, key="parting",
        alt=say("At which step the samples part"),
    )  # fmt: skip
