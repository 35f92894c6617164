"""Explain a number: which recipes give it, and where it parts from the one computed by hand."""

import streamlit as st

from accuracy_lens.explain.number import recipes
from accuracy_lens.view import state, widgets
from accuracy_lens.view.table import CONTROLS
from accuracy_lens.words.feedback import explained, plain
from accuracy_lens.words.text import say
from metrics_core.reverse import Search, differences

data = state.source().predictions
PRINTED, OWN = recipes.KEYS
titles = {PRINTED: say("Number that was printed"), OWN: say("Number you computed yourself")}

st.markdown(f"#### {say('Explain a number')}")
st.text(say("Every recipe of five steps is tried on the data in view, at the digits you type."))
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
    numbers = [(search.reported.value, search.reported.digits) for search in found.values()]
    pair = recipes.closest_pair(data.digest, *numbers, (found[PRINTED], found[OWN]))
if pair is not None:
    for difference in differences(*pair):
        st.markdown(f"#### {plain(say(difference))}")
    sentence = "{printed} is {first}, {own} is {second}."
    named = {"first": say(pair[0].row.title), "second": say(pair[1].row.title)}
    st.text(say(sentence, printed=texts[PRINTED], own=texts[OWN], **named))
    st.dataframe(recipes.pair_frame(pair), hide_index=True, alt=say("Two recipes, step by step"))

for position, (key, search) in enumerate(found.items()):
    st.markdown(f"#### {plain(titles[key])}: {plain(texts[key])}")
    tried = "{tried} recipes tried, each batch size for itself; {hits} give it, in {ways} ways"
    ways = {"hits": f"{search.n_hits:,}", "ways": f"{len(search.recipes):,}"}
    st.text(say(tried, tried=f"{search.n_tried:,}", **ways))
    mark = f"{data.digest} {search.reported.value!r} {search.reported.digits}"
    for left in search.left_out:
        st.text(say(left))
    if search.recipes:
        recipes.show_table(
            search.recipes[: recipes.MOST], key, mark, say("Recipes: {title}", title=titles[key])
        )
        recipes.show_recipe(search, key, mark, pair[position].rank if pair else 1)
    else:
        st.text(say("No recipe gives it: these outputs cannot have given it."))
        if search.nearest:
            st.text(say("The recipes that come nearest"))
            recipes.show_table(
                search.nearest, key, mark, say("Nearest: {title}", title=titles[key])
            )
    recipes.show_thresholds(search, say("Thresholds: {title}", title=titles[key]))

outside = dict.fromkeys(say(reason) for search in found.values() for reason in search.outside)
if outside:
    st.markdown(f"#### {say('What lies outside these outputs')}")
    st.markdown("\n".join(f"- {reason}" for reason in outside))
