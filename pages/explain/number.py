"""Explain a number: which recipes give it, and how it differs from the one you computed."""

import streamlit as st

from accuracy_lens.explain.number import recipes
from accuracy_lens.explain.number.without_data import show_without_data
from accuracy_lens.view import state, widgets
from accuracy_lens.view.table import CONTROLS
from accuracy_lens.words.feedback import explained, plain
from accuracy_lens.words.text import say
from metrics_core.reverse import Search, differences

data = state.source().predictions
PRINTED, OWN = recipes.KEYS
titles = {PRINTED: say("Number that was printed"), OWN: say("Number you computed yourself")}

st.markdown(f"#### {say('Explain a number')}")
st.text(
    say("Every recipe of five steps is tried on these data and compared at the digits you type.")
)
texts: dict[str, str] = {}
found: dict[str, Search] = {}
for key, column in zip(recipes.KEYS, st.columns(2), strict=True):
    with column, explained():
        texts[key] = widgets.text(
            CONTROLS[key], titles[key], max_chars=40, placeholder="0.9000"
        ).strip()
        if texts[key]:
            found[key] = recipes.find(data, texts[key])

pair = None
if len(found) == 2:
    numbers = [(each.reported.value, each.reported.digits) for each in found.values()]
    pair = recipes.closest_pair(data.digest, *numbers, (found[PRINTED], found[OWN]))
if pair is not None:
    for difference in differences(*pair):
        st.markdown(f"#### {plain(say(difference))}")
    named = {"first": say(pair[0].row.title), "second": say(pair[1].row.title)}
    st.text(
        say(
            "{printed} is {first}, {own} is {second}.",
            printed=texts[PRINTED],
            own=texts[OWN],
            **named,
        )
    )
    st.dataframe(recipes.pair_frame(pair), hide_index=True, alt=say("Two recipes, step by step"))

for index, (key, searched) in enumerate(found.items()):
    st.markdown(f"#### {plain(titles[key])}: {plain(texts[key])}")
    st.text(
        say(
            "{n:,} kind of calculation gives {number}",
            plural="{n:,} kinds of calculation give {number}",
            n=len(searched.recipes),
            number=texts[key],
        )
    )
    mark = f"{data.digest} {searched.reported.value!r} {searched.reported.digits}"
    for left in searched.left_out:
        st.text(say(left))
    if searched.recipes:
        recipes.show_table(
            searched.recipes[: recipes.MOST], key, mark, say("Recipes: {title}", title=titles[key])
        )
        recipes.show_recipe(searched, key, mark, pair[index].rank if pair else 1)
    else:
        st.text(say("No recipe gives it, so it cannot come from these outputs."))
        if searched.nearest:
            st.text(say("The recipes that come nearest"))
            recipes.show_table(
                searched.nearest, key, mark, say("Nearest: {title}", title=titles[key])
            )
    recipes.show_thresholds(searched, say("Thresholds: {title}", title=titles[key]))

outside = dict.fromkeys(say(reason) for each in found.values() for reason in each.outside)
if outside:
    st.markdown(f"#### {say('Causes outside these outputs')}")
    st.markdown("\n".join(f"- {line}" for line in outside))

show_without_data()
