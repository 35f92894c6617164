"""The likely story of the numbers, how far it is believed, and those that come close."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from accuracy_lens.explain.number.typed import Found
from accuracy_lens.view.caches import session_cache
from accuracy_lens.view.carry import open_data
from accuracy_lens.view.state import Source
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.messages import Message
from metrics_core.reverse import Search, Story, differences, stories, title_of

_MOST_BESIDE = 2
_CLOSE = 4
"""A story is close to the headline if the headline is at most so many times as likely."""
_CONVINCING = 0.2
_BELIEVED = (
    (0.75, Message("very likely")),
    (0.5, Message("likely")),
    (_CONVINCING, Message("possible")),
    (0.0, Message("a guess")),
)


@session_cache(entries=4)
def told(digest: str, numbers: tuple[object, ...], _found: tuple[Search, ...]) -> tuple[Story, ...]:
    """The likeliest stories of one number or of two; see `stories`."""
    return stories(*_found)[: 1 + _MOST_BESIDE]


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


def believed(share: float) -> str:
    """How far a story is believed, in words.

    Examples
    --------
    >>> believed(0.919), believed(0.6), believed(0.3), believed(0.01)
    ('very likely', 'likely', 'possible', 'a guess')
    """
    found: Message = next(words for least, words in _BELIEVED if share >= least)
    return say(found)


def show_pair(found: Sequence[Found], pairs: Sequence[Story]) -> None:
    """Draw the likeliest story of two numbers, and beside it those that come close."""
    first, close = pairs[0], close_ones(pairs)
    main, beside = st.columns([3, 2], gap="medium") if close else (st.container(), None)
    with main:
        if first.share < _CONVINCING:
            st.text(say("No story is convincing. The least unusual one is this:"))
        titles = [title_of(recipe) for recipe in first.recipes]
        named = str(titles[0]) != str(titles[1])
        if named:
            st.markdown(f"## {plain(_names(found, first))}")
        for difference in differences(*first.recipes):
            st.markdown(f"## {plain(say(difference))}")
        if not named:
            st.text(_names(found, first))
        _say_how_sure(first)
    if beside is None:
        return
    with beside:
        st.markdown(f"**{plain(say('Other stories that come close'))}**")
        for story in close:
            st.text(_names(found, story))
            _say_how_sure(story)
            for difference in differences(*story.recipes):
                st.text(say(difference))


def close_ones(pairs: Sequence[Story]) -> list[Story]:
    """The next two stories, those that are close to the first."""
    return [
        story for story in pairs[1 : 1 + _MOST_BESIDE] if story.share * _CLOSE >= pairs[0].share
    ]


def _names(found: Sequence[Found], story: Story) -> str:
    """What a story says that each number is."""
    first, second = (say(title_of(recipe)) for recipe in story.recipes)
    printed, own = (each.text for each in found)
    return say(
        "{printed} is {first}, {own} is {second}.",
        printed=printed, own=own, first=first, second=second,
    )  # fmt: skip


def _say_how_sure(story: Story) -> None:
    st.text(
        say(
            "How sure: {words}. {share} of the weight of all stories, each weighed by how ordinary "
            "its calculations are.",
            words=believed(story.share),
            share=_per_cent(story.share),
        )
    )


def show_single(found: Found, single: Sequence[Story]) -> None:
    """Say in one line what a number probably is, and in another what else comes close."""
    first, close = single[0], close_ones(single)
    st.text(
        say(
            "{number} is {name}: {words} ({share}).",
            number=found.text,
            name=title_of(first.recipes[0]),
            words=believed(first.share),
            share=_per_cent(first.share),
        )
    )
    for story in close:
        st.text(
            say(
                "It could as well be {name}, {decision}, {average} ({share}).",
                name=title_of(story.recipes[0]),
                decision=story.recipes[0].steps[2],
                average=story.recipes[0].steps[4],
                share=_per_cent(story.share),
            )
        )


def _per_cent(share: float) -> str:
    return f"{share * 100:.0f} %" if share >= 0.01 else say("less than 1 %")
