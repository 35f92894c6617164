"""The visitor's custom metric: its formula, its numbers, and what is wrong where there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from accuracy_lens.components.sample_rows import SHOW, chosen_rows
from accuracy_lens.explore.metrics import controls
from accuracy_lens.explore.metrics.formula import panels
from accuracy_lens.explore.metrics.formula.refusal import show_refusal
from accuracy_lens.jobs import formula_runs
from accuracy_lens.jobs.formula_runs import Outcome
from accuracy_lens.view.caches import Size, session_cache
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.words.feedback import plain, tried
from accuracy_lens.words.text import figure, say
from metrics_core.catalog.rows import variant
from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation
from metrics_core.formula import FUNCTIONS, NAMES, Result, Traced, parse
from metrics_core.formula.language.parsing import MOST_CHARACTERS
from metrics_core.settings import Settings

EXAMPLES = (
    "mean(abs(y_true - y_pred))",
    "mean(y_pred)",
    "{'hit': mean(round(y_pred) == y_true), 'mean_pred': mean(y_pred)}",
)
_OPERATORS = "+ - * / // % ** == != < <= > >= & | ~"
_SHORT = 60
VALUES = Size(fixed=8 * formula_runs.MOST_MADE)
"""Of the values per sample that a formula may give."""


@session_cache(entries=2, size=VALUES, ttl=60)
def computed(
    digest: str,
    settings: Settings,
    variant_name: str,
    text: str,
    batch_size: int,
    _evaluation: Evaluation,
) -> Outcome | InputError:
    """What a formula gives, or why it gives nothing; asked again after a minute."""
    return tried(lambda: formula_runs.outcome(parse(text), _evaluation, batch_size))


@session_cache(entries=2, size=VALUES, ttl=60)
def computed_for_some(
    digest: str,
    settings: Settings,
    variant_name: str,
    text: str,
    show: str,
    _evaluation: Evaluation,
) -> dict[str, Result] | InputError:
    """What a formula gives over the samples of a filter."""
    return tried(lambda: formula_runs.values(parse(text), _evaluation))


@session_cache(entries=8, ttl=60)
def followed(
    digest: str,
    settings: Settings,
    variant_name: str,
    text: str,
    index: int,
    _evaluation: Evaluation,
) -> dict[str, Traced] | InputError:
    """One sample's way through a formula."""
    return tried(lambda: formula_runs.followed(parse(text), _evaluation, index))


@dataclass(frozen=True)
class Asked:
    """A formula that the visitor wrote, and the batch size that it is computed with."""

    text: str
    batch_size: int


def ask_formula() -> Asked | None:
    """Draw the heading and the field of the formula; None while it is empty."""
    st.markdown(f"## {say('Your metric')}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text, batch_size = controls.pick_formula(EXAMPLES[0], MOST_CHARACTERS)
    return Asked(text, batch_size) if text.strip() else None


def show_outcome(asked: Asked, evaluation: Evaluation) -> Outcome | None:
    """Draw what a formula gives; None where that is a refusal.

    Parameters
    ----------
    asked : Asked
    evaluation : Evaluation
        Of the selected metric; scores, decisions, matches and weights are as it has them.
    """
    with st.spinner(say("Computing your metric")):
        outcome = computed(*_mark(evaluation, asked.text), asked.batch_size, evaluation)
    if isinstance(outcome, InputError):
        show_refusal(outcome, asked.text)
        return None
    _show_values(outcome, evaluation)
    return outcome


def explain(outcome: Outcome, evaluation: Evaluation) -> None:
    """Draw one sample's way, what becomes of the number in batches, and the code."""
    text, index = outcome.formula.text, int(VIEW.sample)
    left, right = st.columns(2, gap="medium")
    with left:
        way = followed(*_mark(evaluation, text), index, evaluation)
        if isinstance(way, InputError):
            show_refusal(way, text)
        else:
            panels.show_way(way, index)
    with right:
        panels.show_batches(outcome)
    panels.show_code(outcome, evaluation.settings)


def show_some(
    outcome: Outcome, evaluation: Evaluation, evaluations: Mapping[str, Evaluation]
) -> None:
    """Say what the metric is over the samples that the filter of the table lets through.

    Call it when the filter has been drawn.
    """
    show = VIEW.show
    mask = chosen_rows(show, evaluation, evaluations)
    if mask is None:
        return
    count = int(np.count_nonzero(mask))
    found: dict[str, Result] | InputError = {}
    if count:
        part = evaluation.only(np.flatnonzero(mask))
        text = outcome.formula.text
        found = computed_for_some(*_mark(evaluation, text), show, part)
    if isinstance(found, InputError):
        show_refusal(found, outcome.formula.text)
        return
    numbers = " · ".join(f"{_title(name)} {figure(result.value)}" for name, result in found.items())
    st.text(
        say(
            "Over the {n:,} sample of the filter “{show}”: {numbers}",
            plural="Over the {n:,} samples of the filter “{show}”: {numbers}",
            n=count, show=SHOW[show], numbers=numbers or say("none"),
        )
    )  # fmt: skip


def _mark(evaluation: Evaluation, text: str) -> tuple[str, Settings, str, str]:
    """What the numbers of a formula depend on."""
    data = evaluation.predictions
    return data.digest, evaluation.settings, evaluation.variant.name, text


def _title(name: str) -> str:
    return say("Your metric") if name == "metric" else name


def _show_values(outcome: Outcome, evaluation: Evaluation) -> None:
    with st.container(horizontal=True):
        for name, result in outcome.results.items():
            with st.container(width=280):
                label = outcome.title if name == "metric" else name
                label = label if len(label) <= _SHORT else f"{label[:_SHORT]}…"
                st.metric(plain(label), figure(result.value), border=True)
                st.caption(plain(_spread(result)))
                if result.remark is not None:
                    st.caption(plain(say(result.remark)))
    if outcome.formula.names & {"decisions", "matches"}:
        title = say(variant(outcome.variant).title)
        st.caption(plain(say("Decisions and matches are those of the selected metric: {title}.",
                             title=title)))  # fmt: skip
    if outcome.weighted and any(result.samples is None for result in outcome.results.values()):
        st.caption(plain(say(
            "Sample weights have no effect where a formula gives one number for all samples; Keras "
            "3 rejects such a metric in weighted_metrics."
        )))  # fmt: skip


def _spread(result: Result) -> str:
    if result.samples is None:
        return say("one number for all samples")
    with np.errstate(all="ignore"):
        low, middle, high = np.quantile(result.samples, (0.0, 0.5, 1.0)).tolist()
    return say(
        "mean of one value per sample: lowest {low}, median {middle}, highest {high}",
        low=figure(low),
        high=figure(high),
        middle=figure(middle),
    )


def show_help() -> None:
    """List the names and the functions that a formula can use, with examples."""
    box = widgets.expander(View.formula_help, say("Names and functions"), on_change="rerun")
    if not box.open:
        return
    with box:
        st.markdown(
            plain(say("At most {most} characters. For example:", most=f"{MOST_CHARACTERS:,}"))
        )
        st.code("\n".join(EXAMPLES), wrap_lines=True)
        st.dataframe(
            {say("name"): list(NAMES), say("what it is"): list(map(say, NAMES.values()))},
            hide_index=True,
            alt=say("Names of a formula"),
        )
        st.dataframe(
            {
                say("function"): [row.usage for row in FUNCTIONS.values()],
                say("what it gives"): [say(row.words) for row in FUNCTIONS.values()],
            },
            hide_index=True,
            alt=say("Functions of a formula"),
        )
        st.markdown(f"{say('Operators')}: `{_OPERATORS}`")
