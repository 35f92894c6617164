"""The recipes of a number: searched once, drawn as tables, as five steps and as code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from accuracy_lens.components.strip import STEPS
from accuracy_lens.explain.number.frames import recipe_frame, threshold_frame
from accuracy_lens.explain.number.words import MOST, library_of, release_words
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import CONTROLS
from accuracy_lens.view.events import selected_cells
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say, say_code
from metrics_core.reverse import (
    Kinds,
    Recipe,
    Search,
    keras_recipe,
    numpy_recipe,
    title_of,
)

_MOST_INTERVALS = 20


def _open_recipe(key: str, table: str) -> None:
    """After a cell was clicked: open the recipe of its row."""
    for position, _ in selected_cells(table)[:1]:
        CONTROLS[f"{key}_recipe"].write(int(position) + 1)


def show_table(recipes: Sequence[Recipe], key: str, mark: str, alt: str) -> None:
    """Draw recipes as a table; a click opens one that gives the number.

    Another `mark`, of data and number, is another table: nothing stays selected.
    """
    table = f"{key}_table {mark}"
    how: dict[str, Any] = {}
    if recipes[0].rank:
        how = {"on_select": partial(_open_recipe, key, table), "selection_mode": "single-cell"}
    chance = say(
        "The share of the numbers nearby that a recipe no less ordinary gives too, of all that "
        "were tried. Above 5 % a number from other outputs would often be found as well."
    )
    st.dataframe(
        recipe_frame(recipes),
        hide_index=True,
        key=table,
        alt=alt,
        column_config={say("by chance"): st.column_config.TextColumn(help=chance)},
        **how,
    )


def show_recipe(found: Search, key: str, mark: str, first: int) -> None:
    """Draw one recipe, its steps beside its code: `first` until another is picked."""
    control, opened = CONTROLS[f"{key}_recipe"], VISITOR.opened_recipes
    last, now = opened.get(key), (mark, first)
    if (last and last != now) or (control.read() or 1) > len(found.recipes):
        control.write(first)
    VISITOR.opened_recipes = {**opened, key: now}
    steps, beside = st.columns([2, 3], gap="medium")
    with steps:
        rank = widgets.number(
            control, say("Recipe, by rank"), 1, len(found.recipes), default=first, width=150
        )
        recipe = found.recipes[int(rank) - 1]
        lines = zip(map(say, STEPS), map(say, recipe.steps), strict=True)
        st.markdown(f"**{plain(say(title_of(recipe)))}**")
        st.markdown(
            "\n".join(
                f"1. {plain(say('{name}: {value}', name=step, value=choice))}"
                for step, choice in lines
            )
        )
        st.text(say("Exact value: {value}", value=repr(recipe.value)))
        st.text(say("Releases that compute like this: {names}", names=release_words(recipe)))
        if recipe.batch_sizes:
            sizes = ", ".join(map(str, recipe.batch_sizes[:MOST]))
            st.text(
                say(
                    "{n:,} batch size gives it: {sizes}",
                    plural="{n:,} batch sizes give it, the smallest are {sizes}",
                    n=len(recipe.batch_sizes),
                    sizes=sizes,
                )
            )
    with beside:
        code = keras_recipe(recipe)
        st.text(library_of(code))
        st.code(say_code(code), wrap_lines=True)
        box = widgets.expander(CONTROLS[f"{key}_numpy"], "numpy")
        if box.open:
            box.code(say_code(numpy_recipe(recipe)), wrap_lines=True)


def show_thresholds(found: Search, alt: str) -> None:
    """Draw the thresholds that give the number, at most twenty intervals of them."""
    frame = threshold_frame(found)
    if frame.empty:
        return
    count = f"{len(frame):,}"
    if found.recipes:
        st.text(say("Intervals of thresholds that give it: {count}", count=count))
    else:
        st.text(say("Thresholds that come nearest to it: {count}", count=count))
    st.dataframe(frame.head(_MOST_INTERVALS), hide_index=True, alt=alt)


def show_kinds(kinds: Kinds) -> None:
    """List the kinds of calculation that were tried, step by step."""
    outputs, activation, decision, _, aggregation = map(say, STEPS)
    titles = (say("Metrics"), outputs, activation, decision, aggregation)
    tried = (kinds.metrics, kinds.readings, kinds.activations, kinds.decisions, kinds.averages)
    lines = [
        f"- **{plain(title)}**: {plain('; '.join(dict.fromkeys(map(say, names))))}"
        for title, names in zip(titles, tried, strict=True)
    ]
    st.markdown("\n".join(lines))
    st.text(say("Batches: of every size up to 4,096, and of the common sizes above."))
