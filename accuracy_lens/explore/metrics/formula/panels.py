"""What stands below the visitor's metric: one sample's way, the batches, and the code."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Literal

import pandas as pd
import streamlit as st

from accuracy_lens.jobs.formula_job import Batched
from accuracy_lens.jobs.formula_runs import Outcome
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import figure, say, say_code
from metrics_core.formula import NAMES, Traced, code
from metrics_core.messages import Message
from metrics_core.settings import Settings
from metrics_core.steps.choices.sample import number

_INDENT = "\u2003"
_MOST_VALUES = 8
_LEVELS: dict[str, Message] = {
    "number": Message("all samples"),
    "sample": Message("this sample"),
    "class": Message("each class"),
}
_FLAVOURS: tuple[tuple[str, Literal["keras", "numpy"]], ...] = (
    ("Keras 3", "keras"),
    ("numpy", "numpy"),
)


def show_way(way: Mapping[str, Traced], index: int) -> None:
    """Draw the parts of the formula, each below what it is used for, with their values."""
    st.markdown(f"**{say('Part by part, for sample {index}', index=index)}**")
    st.dataframe(
        way_frame(way), hide_index=True, key="formula_way", alt=say("Parts of the formula")
    )


def way_frame(way: Mapping[str, Traced]) -> pd.DataFrame:
    """The tree as rows: the part, set in by its level, its value, of whom, and what it gives."""
    rows = [
        (f"{_INDENT * depth}{head}{part.source}", _shown(part), say(_LEVELS[part.level]), words)
        for name, top in way.items()
        for depth, head, part, words in _walk(top, "" if name == "metric" else f"{name}: ")
    ]
    return pd.DataFrame(rows, columns=[say("part"), say("value"), say("of"), say("what it gives")])


def _walk(part: Traced, head: str = "", depth: int = 0) -> Iterator[tuple[int, str, Traced, str]]:
    words = NAMES.get(part.source, part.words)
    yield depth, head, part, "" if words is None else say(words)
    for inner in part.parts:
        if inner.op != "number":
            yield from _walk(inner, "", depth + 1)


def _shown(part: Traced) -> str:
    if part.truth:
        words = [say("true") if value else say("false") for value in part.values[:_MOST_VALUES]]
    else:
        words = [number(value) for value in part.values[:_MOST_VALUES]]
    return ", ".join(words) + (", …" if len(part.values) > _MOST_VALUES else "")


def show_batches(outcome: Outcome) -> None:
    """Put the number over all samples beside those that Keras releases compute from batches."""
    st.markdown(f"**{say('Over all samples, and batch by batch')}**")
    st.dataframe(
        batches_frame(outcome), hide_index=True, key="formula_means", alt=say("Batch by batch")
    )
    for name, batched in outcome.batches.items():
        head = "" if name == "metric" else f"{name}: "
        st.markdown(plain(head + say(why(batched, outcome.batch_size))))
    if outcome.weighted:
        st.caption(plain(say(
            "Keras 1 and 2.0 to 2.2 divided by the number of nonzero weights; that is not shown "
            "here."
        )))  # fmt: skip


def batches_frame(outcome: Outcome) -> pd.DataFrame:
    """One row per way of averaging, one column per metric."""
    frame: dict[str, list[str]] = {
        say("method"): [
            say("overall value"),
            say("plain mean of batches"),
            "Keras 1, 2.0–2.2",
            "Keras 2.3+, 3, tf.keras",
        ]
    }
    for name, batched in outcome.batches.items():
        old = "–" if outcome.weighted else figure(batched.by_length)
        title = say("value") if name == "metric" else name
        frame[title] = [
            figure(batched.whole),
            figure(batched.each_once),
            old,
            figure(batched.keras_3),
        ]
    frame[say("how")] = [
        say("all samples at once"),
        say("batch values, each counted once"),
        say("batch values, weighted by batch length"),
        say("values per sample summed; a number per batch counted once"),
    ]
    return pd.DataFrame(frame)


def why(batched: Batched, batch_size: int) -> Message:
    """Why the means over batches differ from the value over all samples, or why they do not.

    Examples
    --------
    >>> str(why(Batched(0.5, 0.5, 0.5, 0.5, False, 1, 20), 32))
    'All samples fit into one batch, so there is nothing to average.'
    """
    values: dict[str, object] = {
        "count": f"{batched.count:,}", "size": f"{batch_size:,}", "n": batched.last
    }  # fmt: skip
    if batched.count == 1:
        return Message("All samples fit into one batch, so there is nothing to average.")
    if batched.by_sample and _same(batched.whole, batched.keras_3):
        if _same(batched.whole, batched.each_once):
            return Message(
                "Each sample has its own value: Keras 2.3 and later sums these over the {count} "
                "batches, so the batch size does not matter.",
                values,
            )
        return Message(
            "Each sample has its own value: Keras 2.3 and later sums these over the {count} "
            "batches, so the batch size does not matter; in a plain mean of the batches the {n:,} "
            "sample of the last batch counts as much as {size}.",
            values,
            plural="Each sample has its own value: Keras 2.3 and later sums these over the {count} "
            "batches, so the batch size does not matter; in a plain mean of the batches the {n:,} "
            "samples of the last batch count as much as {size}.",
        )
    if batched.by_sample:
        return Message(
            "The value of a sample depends on the other samples of its batch, because a part of "
            "the formula covers all of them: each of the {count} batches gives other values.",
            values,
        )
    if all(_same(batched.whole, value) for value in (batched.each_once, batched.by_length)):
        return Message(
            "Here all ways agree: {count} batches of {size} average to the value of all samples.",
            values,
        )
    if _same(batched.whole, batched.by_length):
        return Message(
            "The formula gives one number per batch. Weighted by length, the {count} batches "
            "average to the value of all samples; Keras 2.3 and later counts each batch once, so "
            "the {n:,} sample of the last batch weighs as much as {size}.",
            values,
            plural="The formula gives one number per batch. Weighted by length, the {count} "
            "batches average to the value of all samples; Keras 2.3 and later counts each batch "
            "once, so the {n:,} samples of the last batch weigh as much as {size}.",
        )
    return Message(
        "The formula gives one number per batch, and the mean of {count} such numbers is not the "
        "number of all samples together: what it computes does not average over batches.",
        values,
    )


def _same(first: float, second: float) -> bool:
    if math.isnan(first) or math.isnan(second):
        return math.isnan(first) and math.isnan(second)
    return first == second or math.isclose(first, second, rel_tol=1e-9, abs_tol=1e-12)


def show_code(outcome: Outcome, settings: Settings) -> None:
    """The lines of Keras and of numpy that give the same numbers."""
    box = widgets.expander(View.formula_code, say("Code that gives your metric"))
    if not box.open:
        return
    with box:
        for title, flavour in _FLAVOURS:
            st.text(title)
            st.code(
                say_code(
                    code(
                        outcome.formula,
                        flavour,
                        threshold=settings.threshold,
                        k=settings.k,
                        activation=settings.activation,
                        weighted=outcome.weighted,
                    )
                )
            )
