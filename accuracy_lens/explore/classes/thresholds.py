"""A threshold for each class: as a table, and as text that the URL carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from accuracy_lens.explore.classes import computed
from accuracy_lens.explore.classes.computed import ClassThresholds
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.view.events import edited_rows
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import attempt, plain
from accuracy_lens.words.text import amount, figure, say
from metrics_core.counting.confusion import Confusion
from metrics_core.errors import InputError
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps

_GREATEST = float(np.finfo(np.float32).max)


def pick_thresholds(
    digest: str, settings: Settings, steps: Steps, labels: Sequence[str]
) -> ClassThresholds:
    """A threshold for each class that should have one: a table, and the same as text in the URL.

    Returns
    -------
    tuple
        Empty where no class has one, or where the text cannot be read; the page then says why.
    """
    st.markdown(f"## {say('A threshold for each class')}")
    st.caption(say(
        "The prediction is the class with the highest score among those above their threshold. A"
        " class without a threshold always takes part; if no class is left, there is no answer."
    ))  # fmt: skip
    with st.container(horizontal=True):
        if st.button(say("Best F1 for each class"), key="best_cuts"):
            with st.spinner(say("Sweeping each class")):
                wrong = attempt(lambda: _write_best(digest, settings, steps))
            if wrong is not None:
                st.error(plain(wrong))
        st.button(say("Reset"), key="reset_cuts", on_click=View.class_thresholds.write_start)
    editor = st.container()
    text = widgets.text(
        View.class_thresholds, say("The same as text"), placeholder="3:0.7 5:0.25",
        help=say("Class and threshold, separated by a colon."),
    )  # fmt: skip
    found: list[ClassThresholds] = []
    wrong = attempt(lambda: found.append(parse_thresholds(text, len(labels))))
    if wrong is not None:
        st.error(plain(wrong))
        return ()
    with editor:
        _edit_thresholds(found[0], labels)
    return found[0]


def _write_best(digest: str, settings: Settings, steps: Steps) -> None:
    best = computed.best_class_thresholds(digest, settings.activation, settings.weighted, steps)
    VIEW.class_thresholds = write_thresholds(dict(best))


def _edit_thresholds(thresholds: ClassThresholds, labels: Sequence[str]) -> None:
    """The table of thresholds; it is drawn anew where they were changed elsewhere."""
    shown = VISITOR.thresholds_shown
    if thresholds not in shown[1:]:
        shown = (shown[0] + 1, thresholds, thresholds)
        VISITOR.thresholds_shown = shown
    version, base, _ = shown
    given = dict(base)
    key = f"cuts_{version}"
    frame = pd.DataFrame(
        {
            say("class"): list(labels),
            say("threshold"): [given.get(index, np.nan) for index in range(len(labels))],
        }
    )
    st.data_editor(
        frame,
        hide_index=True,
        key=key,
        height=min(320, 37 + 35 * len(frame)),
        disabled=[say("class")],
        on_change=partial(_take_edits, key),
        column_config={say("threshold"): st.column_config.NumberColumn(format="%.6g")},
        alt=say("Thresholds of classes"),
    )


def _take_edits(key: str) -> None:
    """After a cell of the table was edited: write all thresholds as text."""
    version, base, _ = VISITOR.thresholds_shown
    thresholds = dict(base)
    for index, edit in edited_rows(key).items():
        for value in edit.values():
            thresholds.pop(int(index), None)
            if value is not None and np.isfinite(value):
                thresholds[int(index)] = float(value)
    VIEW.class_thresholds = write_thresholds(thresholds)
    VISITOR.thresholds_shown = version, base, tuple(sorted(thresholds.items()))


def show_thresholds_answer(plain_counts: Confusion, counts: Confusion) -> None:
    """What the thresholds of classes change."""
    st.markdown(plain(say(
        "Answered: {answered} of {total} ({share}). Accuracy of the answers: {part}; among"
        " all samples: {whole}, without thresholds {before}.",
        answered=amount(counts.answered), total=amount(counts.count),
        share=figure(counts.coverage), part=figure(counts.accuracy_of_answered),
        whole=figure(counts.accuracy), before=figure(plain_counts.accuracy),
    )))  # fmt: skip


def parse_thresholds(text: str, n_classes: int) -> ClassThresholds:
    """Read thresholds of classes, such as ``3:0.7 5:0.25``.

    Raises
    ------
    InputError
        Where a part is not a class index and a finite number, or names a class twice.

    Examples
    --------
    >>> parse_thresholds("5:0.25 3:.7", 10), parse_thresholds("", 10)
    (((3, 0.7), (5, 0.25)), ())
    """
    found: dict[int, float] = {}
    for part in text.replace(",", " ").split():
        index, _, threshold = part.partition(":")
        try:
            key, value = int(index), float(threshold)
        except ValueError:
            key, value = -1, np.nan
        if not (0 <= key < n_classes and abs(value) <= _GREATEST) or key in found:
            raise InputError(
                "thresholds",
                "must be pairs of a class from 0 to {last} and a number, each class once",
                repr(part),
                "Write 3:0.7 5:0.25, or leave it empty.",
                last=n_classes - 1,
            )
        found[key] = value
    return tuple(sorted(found.items()))


def write_thresholds(thresholds: Mapping[int, float]) -> str:
    """Write thresholds of classes as `parse_thresholds` reads them.

    Examples
    --------
    >>> write_thresholds({5: 0.25, 3: 1.0})
    '3:1 5:0.25'
    """
    return " ".join(
        f"{index}:{_short(threshold)}" for index, threshold in sorted(thresholds.items())
    )


def _short(value: float) -> str:
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e9 else repr(float(value))
