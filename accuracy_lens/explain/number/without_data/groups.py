"""Several folds, or several classes: whether counts exist that give the reported mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import streamlit as st

from accuracy_lens.explain.number.labels import labelled
from accuracy_lens.explain.number.without_data.fields import labels, per_cent, whole
from accuracy_lens.view.caches import session_cache
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import CONTROLS
from accuracy_lens.words.text import say
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.without_data import GroupAnswer, ReportedShare, means_of_groups

_MOST_GROUPS = 200


@dataclass(frozen=True, kw_only=True)
class Groups:
    """What samples are grouped by, and what the mean over the groups is called.

    Attributes
    ----------
    sizes, mean : str
        The controls.
    sizes_label, mean_label : Message
        What the page calls them.
    possible : Message
        What is said where the numbers can be had.
    """

    sizes: str
    mean: str
    sizes_label: Message
    mean_label: Message
    possible: Message


FOLDS = Groups(
    sizes="without_folds",
    mean="without_mean",
    sizes_label=Message("Samples in each fold"),
    mean_label=Message("Mean of the folds' accuracies"),
    possible=Message(
        "These folds can give it: between {low} and {high} of {all} samples are right,"
        " and the mean over folds lies between {least} and {most}."
    ),
)
CLASSES = Groups(
    sizes="without_classes",
    mean="without_macro",
    sizes_label=Message("Samples of each class"),
    mean_label=Message("Macro recall"),
    possible=Message(
        "These classes can give it: between {low} and {high} of {all} samples are right,"
        " and macro recall lies between {least} and {most}."
    ),
)


def show_groups(kind: Groups) -> None:
    """Draw the two fields of folds or of classes, and say whether the mean can be had."""
    sizes_label, mean_label = say(kind.sizes_label), say(kind.mean_label)
    left, right = st.columns(2)
    with left:
        sizes_text = widgets.text(
            CONTROLS[kind.sizes], sizes_label, placeholder="20, 20, 20, 19, 19"
        ).strip()
    with right:
        mean_text = widgets.text(CONTROLS[kind.mean], mean_label, placeholder="0.875").strip()
    pooled_text = str(CONTROLS["without_accuracy"].read()).strip()
    if not sizes_text or not (mean_text or pooled_text):
        return
    sizes = _sizes(sizes_label, sizes_text)
    mean = ReportedShare.parse(mean_label, mean_text) if mean_text else None
    pooled = ReportedShare.parse(labels()["accuracy"], pooled_text) if pooled_text else None
    with labelled({"sizes": sizes_label}):
        answer = solved(sizes, mean, pooled)
    st.markdown(f"**{_sentence(kind, answer, sum(sizes), mean, mean_text)}**")
    if answer.cut_off:
        st.text(say("Only if digits were cut off: no counts round to what was reported."))


def _sizes(label: str, text: str) -> tuple[int, ...]:
    if re.search(r"[0-9],[0-9]{3}(?![0-9])", text):
        raise InputError(
            label,
            "must be parted by commas with blanks, or by blanks",
            repr(text[:40]),
            "Type 1200, 300 for two and 1, 200 for the other reading.",
        )
    sizes = tuple(whole(label, each) for each in re.split(r"[\s,;]+", text.strip(" ,;")))
    if len(sizes) > _MOST_GROUPS:
        raise InputError(
            label,
            "must be at most {most} numbers",
            len(sizes),
            "Leave some out.",
            most=_MOST_GROUPS,
        )
    return sizes


@session_cache(entries=8)
def solved(
    sizes: tuple[int, ...], mean: ReportedShare | None, pooled: ReportedShare | None
) -> GroupAnswer:
    """What fits, kept for the session; see `means_of_groups`."""
    return means_of_groups(sizes, mean, pooled)


def _sentence(
    kind: Groups, answer: GroupAnswer, n: int, mean: ReportedShare | None, text: str
) -> str:
    if answer.possible:
        shown: dict[str, object] = {
            "low": f"{answer.right[0]:,}",
            "high": f"{answer.right[1]:,}",
            "all": f"{n:,}",
            "least": per_cent(answer.means[0]),
            "most": per_cent(answer.means[1]),
        }
        possible: Message = replace(kind.possible, values=shown)
        return say(possible)
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
            text=text,
            first=per_cent(answer.means[0]),
            second=per_cent(answer.means[-1]),
        )
    return say("No counts of {n:,} samples in these groups give all that was reported.", n=n)
