"""What a file's columns were taken for: beside the question about them, and above the pages."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from accuracy_lens.view import prepared
from accuracy_lens.view.state import VISITOR, Upload
from accuracy_lens.words.feedback import attempt, plain
from accuracy_lens.words.text import say, say_error
from metrics_core.messages import Message
from metrics_core.reading import Loaded, RawTable, Roles, to_predictions
from metrics_core.reading.columns.classes.decisions import where_decided
from metrics_core.reading.columns.classes.order import foreign_word
from metrics_core.reading.limits import shorten

_MOST = 4


def tell_guess(table: RawTable, guess: Roles) -> None:
    """How sure the guess is and why, and what the values of the columns say."""
    if not guess.labels or not guess.outputs:
        st.warning(say("Choose the columns of the labels and of the outputs; no guess is likely."))
    elif not guess.sure and not guess.chosen:
        st.warning(
            say("This is a guess: check which column holds the truth and which the outputs.")
        )
    elif guess.sure:
        st.caption(say("The names say which column holds the truth and which the outputs."))
    for doubt in guess.doubts:
        st.text(say(doubt))


def tell_choice(table: RawTable, roles: Roles) -> None:
    """What follows from the chosen columns: whose score it is, where classes were decided."""
    known = all(title in table.columns for title in (*roles.labels, *roles.outputs))
    if not known or not roles.labels or not roles.outputs:
        return
    if roles.predicted:
        st.text(
            say(
                "{scores} is read as the probability of the class in {predicted}.",
                scores=shorten(", ".join(roles.outputs)), predicted=shorten(roles.predicted),
            )
        )  # fmt: skip
    decided = where_decided(table, roles)
    if decided is not None:
        st.text(say(decided))
    refusal = foreign_word(table, roles)
    if refusal is not None:
        st.warning(plain(say_error(refusal)))


def tell_left_out(table: RawTable) -> None:
    """What was assumed or left out while the file was read, before its columns are chosen."""
    for note in table.notes:
        st.caption(plain(say(note)))


def columns_line() -> None:
    """Above a page: what the file's columns were taken for, and the way to change it."""
    kept = VISITOR.upload
    if kept is None or kept.loaded is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(say(taken(kept.roles, kept.loaded))), width="content")
        st.button(say("Change columns"), on_click=reopen, key="reopen", type="tertiary")
        whole = kept.table.raw is None and not kept.table.parts
        for title in kept.roles.rivals if whole else ():
            st.button(
                plain(say("Take {column} as the labels", column=shorten(title))),
                on_click=_take_as_labels, args=(title,), key=f"labels:{title}", type="tertiary",
            )  # fmt: skip


def taken(roles: Roles, loaded: Loaded) -> Message:
    """The line itself.

    Examples
    --------
    >>> from metrics_core.reading import guess_roles, read_columns
    >>> table = read_columns(b"Churned,score\\nYes,0.7\\nNo,0.2\\n", "x.csv")
    >>> roles = guess_roles(table)
    >>> print(taken(roles, to_predictions(table, roles)))
    Labels: Churned (Yes = 1) · Outputs: score · a guess, not sure
    """
    how = {
        True: Message("as the names say"),
        False: Message("a guess, not sure"),
        None: Message("as chosen"),
    }[None if roles.chosen else roles.sure]
    values = {"labels": _names(roles.labels), "outputs": _names(roles.outputs), "how": how}
    if roles.predicted is not None:
        values["outputs"] = Message(
            "{scores}, of the class in {predicted}",
            {"scores": _names(roles.outputs), "predicted": shorten(roles.predicted)},
        )
    if loaded.classes is not None and len(loaded.classes) == 2:
        values["one"] = shorten(loaded.classes[1])
        return Message("Labels: {labels} ({one} = 1) · Outputs: {outputs} · {how}", values)
    return Message("Labels: {labels} · Outputs: {outputs} · {how}", values)


def _names(titles: tuple[str, ...]) -> str:
    more = ", …" if len(titles) > _MOST else ""
    return shorten(", ".join(titles[:_MOST]) + more)


def reopen() -> None:
    """Go back to the question about the columns."""
    kept = VISITOR.upload
    if kept is not None:
        VISITOR.upload = replace(kept, loaded=None)


def _take_as_labels(title: str) -> None:
    """Use another column as the labels; where that is refused, ask."""
    kept = VISITOR.upload
    if kept is None:
        return
    roles = kept.roles
    rivals = tuple(t for t in (*roles.labels, *roles.rivals) if t != title)
    changed = replace(
        roles, labels=(title,), sure=False, doubts=(), rivals=rivals, chosen=True,
        predicted=None if title == roles.predicted else roles.predicted,
        hard=None if title == roles.hard else roles.hard,
    )  # fmt: skip

    def use() -> None:
        loaded = to_predictions(kept.table, changed)
        if loaded.epochs is None:
            prepared.summary(loaded.predictions.digest, loaded.predictions)
        VISITOR.upload = Upload(kept.table, changed, loaded)

    if attempt(use) is not None:
        VISITOR.upload = Upload(kept.table, changed)
