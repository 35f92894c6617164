"""Explain a number: which recipes give it, and how it differs from the one you computed."""

import streamlit as st

from accuracy_lens.explain.number import frames, headline, libraries, recipes, typed
from accuracy_lens.explain.number.found import Found
from accuracy_lens.explain.number.without_data.form import show_without_data
from accuracy_lens.explain.number.words import shown as shown_of
from accuracy_lens.view import state
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import CONTROLS
from accuracy_lens.words.feedback import explained, plain
from accuracy_lens.words.text import say

source = state.source()
data = source.predictions
PRINTED, OWN = typed.KEYS
titles = {PRINTED: say("Number that was printed"), OWN: say("Number you computed yourself")}

if not headline.is_own(source):
    headline.say_load_first(source.title)
st.text(
    say("Every recipe of five steps is tried on these data and compared at the digits you type.")
)
found: dict[str, Found] = {}
for key, column in zip(typed.KEYS, st.columns(2), strict=True):
    with column, explained():
        text = widgets.text(CONTROLS[key], titles[key], max_chars=40, placeholder="0.9000").strip()
        if text:
            found[key] = typed.find(data, text, titles[key])
            if found[key].reading:
                st.caption(plain(say(found[key].reading)))

pairs = headline.story_of(data.digest, list(found.values())) if len(found) == 2 else ()
if pairs:
    headline.show_pair(list(found.values()), pairs)
    with st.container(key="fold_pair"):  # which folds on a phone
        st.table(
            frames.pair_frame(pairs[0].recipes), hide_index=True, border="horizontal",
            alt=say("Two recipes, step by step"),
        )  # fmt: skip

for index, (key, each) in enumerate(found.items()):
    searched = each.search
    st.markdown(f"## {plain(say('{name}: {value}', name=titles[key], value=each.text))}")
    st.text(
        say(
            "{n:,} kind of calculation gives {number}",
            plural="{n:,} kinds of calculation give {number}",
            n=len(searched.recipes),
            number=each.text,
        )
    )
    mark = f"{data.digest} {searched.reported.value!r} {searched.reported.digits}"
    if searched.recipes:
        if not pairs:
            headline.show_single(each, headline.story_of(data.digest, [each]))
        shown = shown_of(searched)
        recipes.show_table(shown, key, mark, say("Recipes: {title}", title=titles[key]))
        recipes.show_recipe(searched, key, mark, pairs[0].recipes[index].rank if pairs else 1)
    else:
        st.text(say("None of the kinds of calculation tried gives it."))
        if searched.nearest:
            st.text(say("The recipes that come nearest"))
            recipes.show_table(
                searched.nearest, key, mark, say("Nearest: {title}", title=titles[key])
            )
        if searched.kinds:
            st.text(say("What was tried"))
            recipes.show_kinds(searched.kinds)
    libraries.show_libraries(data, searched.reported)
    recipes.show_thresholds(searched, say("Thresholds: {title}", title=titles[key]))

left_out = dict.fromkeys(say(words) for each in found.values() for words in each.search.left_out)
if left_out:
    st.markdown(f"## {say('Left out for the size of the data')}")
    st.markdown("\n".join(f"- {plain(line)}" for line in left_out))

outside = dict.fromkeys(say(reason) for each in found.values() for reason in each.search.outside)
if outside:
    st.markdown(f"## {say('Causes outside these calculations')}")
    st.markdown("\n".join(f"- {line}" for line in outside))

show_without_data()
