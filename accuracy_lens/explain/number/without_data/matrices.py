"""Which matrices give what was reported of one decision: the sentence, the matrices, the bounds."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd
import streamlit as st

from accuracy_lens.explain.number.labels import labelled
from accuracy_lens.explain.number.without_data.fields import (
    TITLES,
    beta_of,
    labels,
    per_cent,
    whole,
)
from accuracy_lens.view.caches import session_cache
from accuracy_lens.words.text import say
from metrics_core.without_data import (
    METRICS,
    MOST_UNKNOWN,
    Answer,
    Matrix,
    ReportedShare,
    fitting_sizes,
    means_of_groups,
    nearest_counts,
    possible_matrices,
)


def show_matrices(texts: Mapping[str, str]) -> None:
    """Say which matrices give what was typed, and draw them with the bounds of every metric."""
    named = labels()
    reported = {
        name: ReportedShare.parse(named[name], texts[name], signed=name == "matthews")
        for name in METRICS
        if name in texts
    }
    if not reported:
        return
    for name, share in reported.items():
        if share.per_cent and "%" not in texts[name]:
            st.text(
                say("{metric} {text} is read as {text} %.", metric=TITLES[name], text=texts[name])
            )
    if "samples" not in texts:
        _say_sizes(reported)
        return
    n = whole(named["samples"], texts["samples"])
    positives = whole(named["positives"], texts["positives"]) if "positives" in texts else None
    beta = beta_of(named["beta"], texts.get("beta", "1"))
    if positives is None and n > MOST_UNKNOWN and _say_accuracy(n, reported, texts):
        return
    with labelled(named):
        answer = solved(n, tuple(reported.items()), positives, beta)
    st.markdown(f"**{_sentence(n, reported, texts, answer)}**")
    if not answer.count:
        _say_sizes(reported)
        return
    if answer.cut_off:
        st.text(say("Only if digits were cut off: no matrix rounds to what was reported."))
    st.dataframe(
        _matrix_frame(answer.first),
        hide_index=True,
        alt=say("Matrices that give what was reported"),
    )
    if answer.count > len(answer.first):
        st.text(
            say(
                "The first {shown:,} of {count:,} matrices.",
                shown=len(answer.first),
                count=answer.count,
            )
        )
    st.dataframe(_bounds_frame(answer, reported), hide_index=True, alt=say("Bounds of the metrics"))


@session_cache(entries=8)
def solved(
    n: int,
    reported: tuple[tuple[str, ReportedShare], ...],
    positives: int | None,
    beta: Fraction,
) -> Answer:
    """What fits, kept for the session; see `possible_matrices`."""
    return possible_matrices(n, dict(reported), positives, beta)


def _sentence(
    n: int, reported: Mapping[str, ReportedShare], texts: Mapping[str, str], answer: Answer
) -> str:
    if answer.count == 1:
        (only,) = answer.first
        return say(
            "Exactly 1 matrix gives what was reported: TP {tp:,}, FP {fp:,}, FN {fn:,}, TN {tn:,}.",
            **only._asdict(),
        )
    if answer.count:
        return say(
            "{count:,} matrices of {n:,} samples give what was reported.", count=answer.count, n=n
        )
    if "accuracy" in answer.alone and (refuted := _refuted(n, reported["accuracy"], texts)):
        return refuted
    if answer.alone:
        return say(
            "No confusion matrix of these {n:,} samples gives {metric} {text}.",
            n=n,
            metric=TITLES[answer.alone[0]],
            text=texts[answer.alone[0]],
        )
    return say(
        "No confusion matrix of these {n:,} samples gives all that was reported;"
        " each by itself can be had.",
        n=n,
    )


def _refuted(n: int, accuracy: ReportedShare, texts: Mapping[str, str]) -> str:
    """That no count gives the accuracy, between which two it lies; empty if there are no two."""
    counts = nearest_counts(accuracy, n)
    said = [f"{count:,}/{n:,} = {per_cent(Fraction(count, n))}" for count in counts]
    if len(said) < 2:
        return ""
    return say(
        "No confusion matrix of {n:,} samples gives accuracy {text}:"
        " the nearest are {first} and {second}.",
        n=n,
        text=texts["accuracy"],
        first=said[0],
        second=said[1],
    )


def _say_accuracy(n: int, reported: Mapping[str, ReportedShare], texts: Mapping[str, str]) -> bool:
    """What accuracy alone says where there are too many samples to try every number of positives.

    Whether that is all: no count gives the accuracy, or nothing else was reported.
    """
    if "accuracy" not in reported:
        return False
    answer = means_of_groups([n], pooled=reported["accuracy"])
    if not answer.possible:
        st.markdown(f"**{_refuted(n, reported['accuracy'], texts)}**")
        _say_sizes(reported)
        return True
    low, high = answer.right
    st.markdown(
        "**"
        + say("Between {low:,} and {high:,} of {n:,} samples are right.", low=low, high=high, n=n)
        + "**"
    )
    if answer.cut_off:
        st.text(say("Only if digits were cut off: no count rounds to what was reported."))
    if len(reported) == 1:
        st.text(
            say(
                "For the matrices and the bounds of the other metrics, type the number of"
                " positives: without it they are tried for up to {most:,} samples.",
                most=MOST_UNKNOWN,
            )
        )
    return len(reported) == 1


def _say_sizes(reported: Mapping[str, ReportedShare]) -> None:
    if "accuracy" not in reported:
        return
    sizes = fitting_sizes(reported["accuracy"])
    if sizes:
        st.text(
            say(
                "Numbers of samples that accuracy alone would fit, the smallest: {sizes}.",
                sizes=", ".join(f"{size:,}" for size in sizes),
            )
        )


def _matrix_frame(matrices: tuple[Matrix, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        [dict(zip(("TP", "FP", "FN", "TN"), matrix, strict=True)) for matrix in matrices]
    )


def _bounds_frame(answer: Answer, reported: Mapping[str, ReportedShare]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                say("metric"): say(TITLES[name]),
                say("reported"): say("yes") if name in reported else say("no"),
                say("least"): f"{float(answer.bounds[name][0]):.6f}",
                say("greatest"): f"{float(answer.bounds[name][1]):.6f}",
            }
            for name in METRICS
        ]
    )
