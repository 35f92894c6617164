"""The question about the columns of a data set: a guess on its first rows, and how to change it."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.jobs.looks import Guess, guessed, meant
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say, say_error
from metrics_core.datasets.columns.asked import Columns
from metrics_core.datasets.columns.meaning import Meaning
from metrics_core.datasets.places.named import Named
from metrics_core.errors import InputError
from metrics_core.reading.limits import shorten

NONE = "none"
_MOST_WORDS = 100


def pick_columns(data: Named) -> Columns | None:
    """Ask which columns are what; None where the answer cannot be used.

    Raises
    ------
    InputError
        Where a file cannot be read, or the columns do not fit each other.
    """
    data.check()
    guess = guessed(data.name, data.version, data.shards)
    if not (guess.numeric or guess.words):
        st.warning(say("No column of this data set holds numbers or names of classes."))
        return None
    if isinstance(guess.usual, InputError):
        st.warning(plain(say_error(guess.usual)))
    with st.expander(say("Columns"), expanded=not guess.roles.sure, key="dataset_columns"):
        if not guess.roles.sure:
            st.warning(
                say("This is a guess: check which column holds the truth and which the outputs.")
            )
        for doubt in guess.roles.doubts:
            st.text(say(doubt))
        labels, outputs, weight = _pick_roles(data.name, guess)
        if not (labels and outputs):
            st.caption(
                say("Choose the columns of the labels and of the outputs; no guess is likely.")
            )
            return None
        chosen = [*labels, *outputs, *([] if weight is None else [weight])]
        if len(set(chosen)) < len(chosen):
            st.warning(say("Labels, outputs and weights must be different columns."))
            return None
        meaning = _meaning(data, labels, outputs, weight)
        decided = _pick_decided(data.name, guess, meaning)
        ours = _pick_order(data.name, guess, meaning)
        if ours is not None or decided != meaning.decided:
            meaning = _meaning(data, labels, outputs, weight, ours, decided)
        widgets.toggle(
            View.dataset_drop.of(data.name), say("Leave out rows with a missing cell or NaN")
        )
    columns = meaning.columns
    for note in meaning.told:
        st.caption(plain(say(note)))
    return columns


def _pick_roles(name: str, guess: Guess) -> tuple[list[str], list[str], str | None]:
    """The columns of the labels, of the outputs and of the weights."""
    usual = guess.usual if isinstance(guess.usual, Meaning) else None
    numeric = list(guess.numeric)
    able = [*numeric, *guess.words]
    labels = widgets.multiselect(
        View.dataset_labels.of(name), say("Labels"), able,
        default=[each for each in usual.y_true if each in able] if usual else numeric[:1],
        format_func=shorten,
        help=say("One column, or one for each column of outputs in their order."),
    )  # fmt: skip
    outputs = widgets.multiselect(
        View.dataset_outputs.of(name), say("Outputs"), able,
        default=[each for each in usual.y_pred if each in able] if usual else [],
        format_func=shorten, help=say("One column, or one for each class in their order."),
    )  # fmt: skip
    weight = widgets.select(
        View.dataset_weight.of(name), say("Sample weights"), [NONE, *numeric],
        default=(usual.sample_weight if usual else None) or NONE,
        format_func=lambda each: say("none") if each == NONE else shorten(each),
    )  # fmt: skip
    return labels, outputs, None if weight == NONE else weight


def _meaning(
    data: Named,
    labels: list[str],
    outputs: list[str],
    weight: str | None,
    words: tuple[str, ...] | None = None,
    decided: bool | None = None,
) -> Meaning:
    chosen = tuple(labels), tuple(outputs), weight, words, decided
    return meant(data.name, data.version, *chosen, data.shards)


def _pick_decided(name: str, guess: Guess, meaning: Meaning) -> bool:
    """Whether the output is a class, where that can be asked: of one column of numbers."""
    (*more, output) = meaning.y_pred
    if more or output in guess.words or len(meaning.y_true) > 1:
        return meaning.decided
    return widgets.toggle(
        View.dataset_decided.of(f"{name}-{output}"), say("The output is the predicted class"),
        default=meaning.decided,
        help=say("A class to compare with the label, not a score to compare with a threshold."),
    )  # fmt: skip


def _pick_order(name: str, guess: Guess, meaning: Meaning) -> tuple[str, ...] | None:
    """The words of the classes in an order that the visitor sees and can change; None for ours."""
    words = guess.words.get(meaning.y_true[0]) if len(meaning.y_true) == 1 else None
    if words is None or len(meaning.classes) > _MOST_WORDS:
        return None
    known = [str(each) for each in meaning.classes]
    row = View.dataset_order.of(f"{name}-{meaning.y_true}-{meaning.y_pred}")
    chosen = widgets.multiselect(
        row, say("Order of the classes: the first is class 0"), known, default=known,
        format_func=shorten, accept_new_options=True,
        help=say("Type the words that the first rows do not have."),
    )  # fmt: skip
    if len(known) == 2 == len(chosen):
        turned = chosen[::-1]
        st.button(
            plain(say("Make {word} class 1", word=shorten(chosen[0]))),
            on_click=row.write, args=(turned,), key="turn_dataset",
        )  # fmt: skip
    return tuple(chosen) if chosen and chosen != known else None
