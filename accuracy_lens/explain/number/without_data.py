"""A number without data: what the counts alone say about reported metrics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

import pandas as pd
import streamlit as st

from accuracy_lens.view import state, widgets
from accuracy_lens.view.caches import session_cache
from accuracy_lens.view.table import CONTROLS
from accuracy_lens.words.feedback import explained
from accuracy_lens.words.text import say
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.without_data import (
    METRICS,
    Answer,
    Figure,
    GroupAnswer,
    Matrix,
    fitting_sizes,
    means_of_groups,
    nearest_counts,
    possible_matrices,
)

TITLES: dict[str, Message] = {
    "accuracy": Message("accuracy"),
    "precision": Message("precision"),
    "recall": Message("recall (sensitivity)"),
    "f_beta": Message("F1 or F-beta"),
    "specificity": Message("specificity"),
    "balanced_accuracy": Message("balanced accuracy"),
    "npv": Message("negative predictive value"),
}
_MOST_GROUPS = 200


def show_without_data() -> None:
    """Draw the form and its answer; open where the data in view are not the visitor's."""
    theirs = {"file", "training"} & set(state.source().origin)
    box = st.expander(
        say("A number without data: only the counts are known"),
        expanded=not theirs,
    )
    with box:
        st.text(
            say(
                "Type what was reported, with its digits. Rounded half up or half to even are both"
                " accepted; a fit that needs digits to be cut off is said to be one."
            )
        )
        with explained():
            _binary(*_form())
        st.markdown(f"**{say('Several folds, or several classes')}**")
        for kind in ("folds", "classes"):
            with explained():
                _groups(kind)


def _form() -> tuple[str, str, str, dict[str, str]]:
    samples, positives, beta = st.columns(3)
    with samples:
        n = widgets.text(CONTROLS["without_n"], say("Number of samples"), placeholder="400")
    with positives:
        p = widgets.text(
            CONTROLS["without_positives"], say("Positives, if known"), placeholder="50"
        )
    with beta:
        b = widgets.text(CONTROLS["without_beta"], say("Beta of F-beta"), placeholder="1")
    texts: dict[str, str] = {}
    columns = st.columns(4) + st.columns(4)
    for name, column in zip(METRICS, columns, strict=False):
        with column:
            text = widgets.text(
                CONTROLS[f"without_{name}"],
                say("Reported {metric}", metric=TITLES[name]),
                max_chars=24,
                placeholder="0.875",
            )
        if text.strip():
            texts[name] = text
    return n.strip(), p.strip(), b.strip(), texts


def _binary(n_text: str, p_text: str, beta_text: str, texts: Mapping[str, str]) -> None:
    reported = {name: Figure.parse(say(TITLES[name]), text) for name, text in texts.items()}
    if not reported:
        return
    for name, text in texts.items():
        if reported[name].per_cent and "%" not in text:
            st.text(
                say(
                    "{metric} {text} is read as {text} %.",
                    metric=TITLES[name],
                    text=text.strip(),
                )
            )
    if not n_text:
        _sizes(reported)
        return
    n = _whole("Number of samples", n_text)
    positives = _whole("Positives, if known", p_text) if p_text else None
    answer = _solved(n, tuple(reported.items()), positives, _beta(beta_text))
    st.markdown(f"**{_sentence(n, reported, texts, answer)}**")
    if not answer.count:
        _sizes(reported)
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
def _solved(
    n: int, reported: tuple[tuple[str, Figure], ...], positives: int | None, beta: Fraction
) -> Answer:
    return possible_matrices(n, dict(reported), positives, beta)


def _sentence(
    n: int, reported: Mapping[str, Figure], texts: Mapping[str, str], answer: Answer
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
    if "accuracy" in answer.alone:
        counts = nearest_counts(reported["accuracy"], n)
        said = [f"{count:,}/{n:,} = {_per_cent(Fraction(count, n))}" for count in counts]
        if len(said) == 2:
            return say(
                "No confusion matrix of {n:,} samples gives accuracy {text}:"
                " the nearest are {first} and {second}.",
                n=n,
                text=texts["accuracy"].strip(),
                first=said[0],
                second=said[1],
            )
    if answer.alone:
        return say(
            "No confusion matrix of these {n:,} samples gives {metric} {text}.",
            n=n,
            metric=TITLES[answer.alone[0]],
            text=texts[answer.alone[0]].strip(),
        )
    return say(
        "No confusion matrix of these {n:,} samples gives all that was reported;"
        " each by itself can be had.",
        n=n,
    )


def _sizes(reported: Mapping[str, Figure]) -> None:
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


def _groups(kind: str) -> None:
    is_folds = kind == "folds"
    left, right = st.columns(2)
    with left:
        sizes_text = widgets.text(
            CONTROLS[f"without_{kind}"],
            say("Samples in each fold") if is_folds else say("Samples of each class"),
            placeholder="20, 20, 20, 19, 19",
        )
    with right:
        mean_text = widgets.text(
            CONTROLS["without_mean" if is_folds else "without_macro"],
            say("Mean of the folds' accuracies") if is_folds else say("Macro recall"),
            placeholder="0.875",
        )
    pooled_text = str(CONTROLS["without_accuracy"].read())
    if not sizes_text.strip() or not (mean_text.strip() or pooled_text.strip()):
        return
    name = "Samples in each fold" if is_folds else "Samples of each class"
    if re.search(r"[0-9],[0-9]{3}(?![0-9])", sizes_text):
        raise InputError(
            name,
            "must be parted by commas with blanks, or by blanks",
            repr(sizes_text[:40]),
            "Type 1200, 300 for two and 1, 200 for the other reading.",
        )
    sizes = [_whole(name, each) for each in re.split(r"[\s,;]+", sizes_text.strip(" ,;"))]
    if len(sizes) > _MOST_GROUPS:
        raise InputError(
            name,
            "must be at most {most} numbers",
            len(sizes),
            "Leave some out.",
            most=_MOST_GROUPS,
        )
    mean_name = "Mean of the folds' accuracies" if is_folds else "Macro recall"
    mean = Figure.parse(mean_name, mean_text) if mean_text.strip() else None
    pooled = Figure.parse("accuracy", pooled_text) if pooled_text.strip() else None
    answer = _groups_solved(tuple(sizes), mean, pooled)
    st.markdown(f"**{_groups_sentence(answer, sizes, mean, mean_text, is_folds=is_folds)}**")
    if answer.cut_off:
        st.text(say("Only if digits were cut off: no counts round to what was reported."))


@session_cache(entries=8)
def _groups_solved(
    sizes: tuple[int, ...], mean: Figure | None, pooled: Figure | None
) -> GroupAnswer:
    return means_of_groups(sizes, mean, pooled)


def _groups_sentence(
    answer: GroupAnswer, sizes: list[int], mean: Figure | None, text: str, *, is_folds: bool
) -> str:
    n = sum(sizes)
    if answer.possible:
        shown = {
            "low": f"{answer.right[0]:,}",
            "high": f"{answer.right[1]:,}",
            "all": f"{n:,}",
            "least": _per_cent(answer.means[0]),
            "most": _per_cent(answer.means[1]),
        }
        if is_folds:
            return say(
                "These folds can give it: between {low} and {high} of {all} samples are right,"
                " and the mean over folds lies between {least} and {most}.",
                **shown,
            )
        return say(
            "These classes can give it: between {low} and {high} of {all} samples are right,"
            " and macro recall lies between {least} and {most}.",
            **shown,
        )
    if (
        mean is not None
        and answer.means
        and not mean.holds(answer.means[0])
        and not mean.holds(answer.means[-1])
    ):
        return say(
            "No counts of {n:,} samples in these groups give the mean {text}:"
            " the nearest are {first} and {second}.",
            n=n,
            text=text.strip(),
            first=_per_cent(answer.means[0]),
            second=_per_cent(answer.means[-1]),
        )
    return say("No counts of {n:,} samples in these groups give all that was reported.", n=n)


def _matrix_frame(matrices: tuple[Matrix, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        [dict(zip(("TP", "FP", "FN", "TN"), matrix, strict=True)) for matrix in matrices]
    )


def _bounds_frame(answer: Answer, reported: Mapping[str, Figure]) -> pd.DataFrame:
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


def _per_cent(share: Fraction) -> str:
    """A share in per cent, with as few decimals as say it.

    Examples
    --------
    >>> _per_cent(Fraction(5, 6)), _per_cent(Fraction(1))
    ('83.33 %', '100 %')
    """
    return f"{float(share * 100):.2f}".rstrip("0").rstrip(".") + " %"


def _whole(argument: str, text: str) -> int:
    """A whole number that was typed, with or without separators of thousands."""
    digits = text.replace(",", "").replace(" ", "")
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        raise InputError(
            argument, "must be a whole number", repr(text[:40]), "Type it in digits, such as 400."
        )
    return int(digits)


def _beta(text: str) -> Fraction:
    if not text:
        return Fraction(1)
    if not re.fullmatch(r"[0-9]{1,3}([.][0-9]{1,3})?", text):
        raise InputError(
            "Beta of F-beta", "must be a number such as 1 or 0.5", repr(text[:40]), "Use 1 for F1."
        )
    return Fraction(text)
