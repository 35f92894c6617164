"""What each column of a file is, and in what order its classes are."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from accuracy_lens.frame.upload.columns import tell_guess
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.reading import RawTable, Roles
from metrics_core.reading.columns.classes.order import foreign_word, order_words, text_columns
from metrics_core.reading.limits import shorten

_NOTHING = View.upload_weight.default
_MOST_CLASSES = 100


def pick_roles(table: RawTable, guess: Roles) -> Roles:
    """What each column is: as guessed, or as the visitor changes it."""
    names = list(table.columns)
    tell_guess(table, guess)
    left, right = st.columns(2)
    with left:
        labels = widgets.multiselect(
            View.upload_labels.of(table.name), say("Labels (y_true)"), names,
            default=list(guess.labels),
        )  # fmt: skip
    with right:
        outputs = widgets.multiselect(
            View.upload_outputs.of(table.name),
            say("Outputs (y_pred), in the order of the classes"), names,
            default=list(guess.outputs),
        )  # fmt: skip
    optional = [_NOTHING, *names]
    single = {
        "weight": (View.upload_weight, say("sample_weight"), guess.weight),
        "ids": (View.upload_ids, say("Sample ids"), guess.ids),
        "epoch": (View.upload_epoch, say("Epoch"), guess.epoch),
        "predicted": (
            View.upload_predicted,
            say("Predicted classes of these scores"),
            guess.predicted,
        ),
    }
    chosen: dict[str, str | None] = {}
    for column, (role, (row, title, guessed)) in zip(st.columns(4), single.items(), strict=True):
        with column:
            name = widgets.select(
                row.of(table.name), title, optional, default=guessed, format_func=_column_title
            )
        chosen[role] = None if name == _NOTHING else name
    made = replace(guess, labels=tuple(labels), outputs=tuple(outputs), **chosen)  # type: ignore[arg-type]
    if made == guess:
        return guess
    used = (*made.labels, *made.outputs, made.predicted)
    return replace(
        made,
        sure=False,
        chosen=True,
        doubts=(),
        hard=None if made.hard in used else made.hard,
        rivals=tuple(title for title in made.rivals if title not in used),
    )


def pick_order(table: RawTable, roles: Roles) -> tuple[str, ...] | None:
    """Text labels map to class indices in an order that the visitor sees and can change."""
    labels = [name for name in text_columns(table, roles) if name in roles.labels]
    if len(labels) != 1 or not roles.outputs:
        return None
    guess = order_words(table, roles)
    if not 2 <= len(guess) <= _MOST_CLASSES:
        return None
    row = View.upload_order.of(f"{table.name}-{roles.labels}-{roles.outputs}-{roles.predicted}")
    chosen = widgets.multiselect(
        row, say("Order of the classes: the first is class 0"), guess, default=list(guess)
    )
    if len(guess) == 2 and len(chosen) == 2:
        turned = chosen[::-1]
        st.button(
            plain(say("Make {word} class 1", word=shorten(chosen[0]))),
            on_click=row.write, args=(turned,), key="turn",
        )  # fmt: skip
    if foreign_word(table, roles) is not None and widgets.toggle(
        View.upload_match.of(table.name), say("Match the words with the columns in this order")
    ):
        return tuple(chosen)
    return None if tuple(chosen) == guess else tuple(chosen)


def _column_title(name: str) -> str:
    return say("none") if name == _NOTHING else name
