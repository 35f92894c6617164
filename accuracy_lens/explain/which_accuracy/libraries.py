"""The libraries beside Keras: their calls on the data in view, in a table and one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from accuracy_lens.components.strip import STEPS
from accuracy_lens.explain.which_accuracy.answers import Answer
from accuracy_lens.view.caches import session_cache
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import figure, say, say_code
from metrics_core.libraries import LibraryRefusal
from metrics_core.libraries.usual import UsualAnswer, usual_answers, why_not_asked
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.releases import CompiledAccuracy

MOST_OUTPUTS = 2_000_000
"""Outputs of all columns together up to which the calls are made."""
_SAME = 5e-5
"""Numbers that differ by less print the same four decimals, or nearly."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a call gives in versions that answer alike: a number and sentences, no arrays.

    Attributes
    ----------
    name : str
        The call with its library, without versions.
    title : str
        The library and the versions.
    ran : bool
        Whether these versions were run; otherwise they follow their documentation.
    call, code : str
    value : float or None
    is_error : bool
        Whether it is 1 minus an accuracy.
    steps : tuple of Message
        The five steps; empty where it is refused.
    refused : Message or None
    changed : Message
        What the first of these versions does otherwise than the one before it.
    """

    name: str
    title: str
    ran: bool
    call: str
    code: str
    value: float | None
    is_error: bool
    steps: tuple[Message, ...]
    refused: Message | None
    changed: Message


@session_cache(entries=4)
def every_library(digest: str, weighted: bool, _data: Predictions) -> tuple[Told, ...]:
    """Every usual call of every library; numbers and sentences only."""
    found = usual_answers(_data, weighted=weighted)
    return tuple(_told(each, _data, weighted) for each in found)


def _told(found: UsualAnswer, data: Predictions, weighted: bool) -> Told:
    return Told(
        name=f"{found.rows[0].title} {found.usual.call}",
        title=found.title,
        ran=bool(found.rows[-1].ran),
        call=found.usual.call,
        code=found.usual.code_for(data, weighted=weighted),
        value=found.value,
        is_error=not isinstance(found.answer, LibraryRefusal) and found.answer.metric.is_error,
        steps=() if isinstance(found.answer, LibraryRefusal) else _steps(found),
        refused=found.answer.message if isinstance(found.answer, LibraryRefusal) else None,
        changed=found.rows[0].changed,
    )


def _steps(found: UsualAnswer) -> tuple[Message, ...]:
    assert not isinstance(found.answer, LibraryRefusal)
    return (found.usual.words, *found.answer.words)


def libraries_table(told: Sequence[Told], selected: Answer, shown: str) -> pd.DataFrame:
    """One row for versions alike: the call, its number, how it differs, and the steps.

    Parameters
    ----------
    told : sequence of Told
    selected : CompiledAccuracy or KerasRefusal
        Of the release that the numbers are compared with.
    shown : str
        The name of the call that is shown below.
    """
    rows = []
    for each in told:
        outputs, activation, decision, comparison, average = (
            [say(step) for step in each.steps] if each.steps else [""] * 5
        )
        rows.append(
            {
                say("library"): _library(each, each.name == shown),
                say("prints"): say("refused") if each.value is None else figure(each.value),
                say("call"): each.call,
                say("compared with the selected release"): _compared(each, selected),
                say("why refused"): say(each.refused) if each.refused else "",
                say("outputs"): outputs,
                say("activation"): activation,
                say("decision"): decision,
                say("comparison"): comparison,
                say("average"): average,
            }
        )
    table = pd.DataFrame(rows)
    return table if any(each.refused for each in told) else table.drop(columns=say("why refused"))


def _library(told: Told, shown: bool) -> str:
    title = f"▸ {told.title}" if shown else told.title
    if told.ran:
        return title
    return say("{library}, not run: by its documentation", library=title)


def _compared(told: Told, selected: Answer) -> str:
    if not isinstance(selected, CompiledAccuracy) or told.value is None:
        return ""
    gap = (1 - told.value if told.is_error else told.value) - selected.value
    if abs(gap) < _SAME:
        return say("same, as an error: 1 minus it") if told.is_error else say("same")
    if told.is_error:
        return say("differs as an error: 1 minus it by {gap}", gap=f"{gap:+.4f}")
    return say("differs by {gap}", gap=f"{gap:+.4f}")


def show_libraries(data: Predictions, selected: Answer, *, weighted: bool) -> None:
    """The table, and one call with its steps and the code to copy."""
    st.markdown(f"## {say('Libraries beside Keras')}")
    if data.outputs.size > MOST_OUTPUTS:
        st.text(say("Libraries are asked for up to {most:,} outputs in all.", most=MOST_OUTPUTS))
        return
    reason = why_not_asked(data)
    if reason is not None:
        st.text(say(reason))
        return
    with st.spinner(say("Asking the libraries")):
        told = every_library(data.digest, weighted, data)
    if not told:
        st.text(say("No call of a library takes these outputs."))
        return
    names = list(dict.fromkeys(each.name for each in told))
    start = View.which_library.start or names[0]
    widgets.keep_within(View.which_library, names, names[0])
    chosen = widgets.select(
        View.which_library, say("Library and call"), names, default=start, width=420
    )
    st.caption(
        say(
            "The outputs in view are handed over as people usually do it. Every number follows "
            "rules that were checked against runs of the versions named."
        )
    )
    st.dataframe(
        libraries_table(told, selected, chosen), hide_index=True,
        key="which_libraries", alt=say("Libraries beside Keras"),
        column_config={say("why refused"): st.column_config.TextColumn(width=400)},
    )  # fmt: skip
    _show_call([each for each in told if each.name == chosen])


def _show_call(told: Sequence[Told]) -> None:
    numbers, code = st.columns([2, 3], gap="medium")
    with numbers:
        for each in told:
            value = say("refused") if each.value is None else figure(each.value)
            title = say("{name}: {value}", name=_library(each, False), value=value)
            st.markdown(f"**{plain(title)}**")
            if each.refused:
                st.warning(plain(say(each.refused)))
            lines = zip(map(say, STEPS), map(say, each.steps), strict=False)
            st.markdown(
                "\n".join(
                    f"1. {plain(say('{name}: {value}', name=step, value=choice))}"
                    for step, choice in lines
                )
            )
    with code:
        st.code(say_code(told[-1].code), wrap_lines=True)
        for each in told:
            st.caption(plain(say("{title}. {words}", title=each.title, words=each.changed)))
