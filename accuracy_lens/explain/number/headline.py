"""The likely story of the numbers, how far it is believed, and those that come close."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from accuracy_lens.explain.number import words
from accuracy_lens.explain.number.found import Found
from accuracy_lens.view.caches import session_cache
from accuracy_lens.view.carry import open_data
from accuracy_lens.view.state import Source
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.reverse import Search, Story, differences, stories, title_of


@session_cache(entries=4)
def told(digest: str, numbers: tuple[object, ...], _found: tuple[Search, ...]) -> tuple[Story, ...]:
    """The likeliest stories of one number or of two; see `stories`."""
    return stories(*_found)[: 1 + words.MOST_BESIDE]


def story_of(digest: str, found: Sequence[Found]) -> tuple[Story, ...]:
    """The same for what was typed."""
    numbers = tuple((each.search.reported.value, each.search.reported.digits) for each in found)
    return told(digest, numbers, tuple(each.search for each in found))


def is_own(source: Source) -> bool:
    """Whether the data in view are the visitor's: a file, or a training run of theirs."""
    return bool({"file", "training"} & source.origin.keys())


def say_load_first(title: str) -> None:
    """Say that these are not the visitor's outputs, and offer to load theirs."""
    st.warning(
        plain(
            say(
                "Load your own outputs first. In view is an example, {title}: what is found below "
                "is about its outputs, not about yours. What can be said without any outputs "
                "stands at the end of this page.",
                title=title,
            )
        )
    )
    st.button(
        say("Load your own outputs"),
        key="explain_load",
        type="primary",
        on_click=partial(open_data, data="upload"),
    )


def show_pair(found: Sequence[Found], pairs: Sequence[Story]) -> None:
    """Draw the likeliest story of two numbers, and beside it those that come close."""
    texts = [each.text for each in found]
    first, close = pairs[0], words.close_ones(pairs)
    main, beside = st.columns([3, 2], gap="medium") if close else (st.container(), None)
    with main:
        if first.share < words.CONVINCING:
            st.text(words.unconvincing())
        titles = [title_of(recipe) for recipe in first.recipes]
        named = str(titles[0]) != str(titles[1])
        if named:
            st.markdown(f"## {plain(words.pair(texts, first))}")
        for difference in differences(*first.recipes):
            st.markdown(f"## {plain(say(difference))}")
        if not named:
            st.text(words.pair(texts, first))
        st.text(words.how_sure(first))
    if beside is None:
        return
    with beside:
        st.markdown(f"**{plain(say('Other stories that come close'))}**")
        for story in close:
            st.text(words.pair(texts, story))
            st.text(words.how_sure(story))
            for difference in differences(*story.recipes):
                st.text(say(difference))


def show_single(found: Found, single: Sequence[Story]) -> None:
    """Say in one line what a number probably is, and in another what else comes close."""
    st.text(words.single(found.text, single[0]))
    for story in words.close_ones(single):
        st.text(words.as_well(story))
