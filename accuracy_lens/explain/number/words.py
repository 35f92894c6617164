"""What is said of recipes and stories, on the page and in a shell (no streamlit)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from accuracy_lens.words.text import say
from metrics_core.messages import Message
from metrics_core.releases import RELEASES, ranges, release_names
from metrics_core.reverse import Recipe, Search, Story, title_of

MOST = 10
_FAR = 6
"""A recipe that costs so much more than the most ordinary one is not shown beside it."""
MOST_BESIDE = 2
_CLOSE = 4
"""A story is close to the headline if the headline is at most so many times as likely."""
CONVINCING = 0.2
_BELIEVED = (
    (0.75, Message("very likely")),
    (0.5, Message("likely")),
    (CONVINCING, Message("possible")),
    (0.0, Message("a guess")),
)
_CHANCES = (
    (0.05, Message("unlikely ({share})")),
    (0.5, Message("possible ({share})")),
    (2.0, Message("likely ({share})")),
)


def shown(found: Search) -> tuple[Recipe, ...]:
    """The recipes to show: at most ten, and no far-fetched one beside an ordinary one."""
    return tuple(
        recipe for recipe in found.recipes[:MOST] if recipe.cost <= found.recipes[0].cost + _FAR
    )


def library_of(code: str) -> str:
    """What computes the metric in the code of a recipe.

    Examples
    --------
    >>> library_of("import numpy as np\\nimport keras"), library_of("import numpy as np")
    ('Keras', 'numpy')
    """
    names = {
        "keras": "Keras",
        "from sklearn": "scikit-learn",
        "torchmetrics": "torchmetrics",
        "lightgbm": "LightGBM",
    }
    return next((name for word, name in names.items() if word in code), "numpy")


def release_words(recipe: Recipe) -> str:
    """The releases that compute like a recipe."""
    if len(recipe.releases) == len(RELEASES):
        return say("all {count}", count=len(release_names()))
    return ", ".join(ranges(recipe.releases)) or say("none")


def chance_words(chance: float) -> str:
    """How likely a recipe gives the number by chance.

    Examples
    --------
    >>> chance_words(0.01), chance_words(0.25), chance_words(0.9), chance_words(0.0)
    ('unlikely (1 %)', 'possible (25 %)', 'likely (90 %)', 'unlikely (0 %)')
    """
    words = next(words for end, words in _CHANCES if chance < end)
    likely: Message = replace(words, values={"share": f"{chance * 100:.0f} %"})
    return say(likely)


def believed(share: float) -> str:
    """How far a story is believed, in words.

    Examples
    --------
    >>> believed(0.919), believed(0.6), believed(0.3), believed(0.01)
    ('very likely', 'likely', 'possible', 'a guess')
    """
    found: Message = next(words for least, words in _BELIEVED if share >= least)
    return say(found)


def close_ones(pairs: Sequence[Story]) -> list[Story]:
    """The next two stories, those that are close to the first."""
    return [story for story in pairs[1 : 1 + MOST_BESIDE] if story.share * _CLOSE >= pairs[0].share]


def pair(texts: Sequence[str], story: Story) -> str:
    """What a story says that each of two numbers is.

    Parameters
    ----------
    texts : sequence of str
        The numbers as they were typed: the printed one, and one's own.
    story : Story
    """
    first, second = (say(title_of(recipe)) for recipe in story.recipes)
    printed, own = texts
    return say(
        "{printed} is {first}, {own} is {second}.",
        printed=printed, own=own, first=first, second=second,
    )  # fmt: skip


def unconvincing() -> str:
    """What stands before a story of two numbers that is not convincing."""
    return say("No story is convincing. The least unusual one is this:")


def single(text: str, story: Story) -> str:
    """What a story says that one number is, and how sure that is."""
    return say(
        "{number} is {name}: {words} ({share}).",
        number=text,
        name=title_of(story.recipes[0]),
        words=believed(story.share),
        share=_per_cent(story.share),
    )


def as_well(story: Story) -> str:
    """What else one number could be."""
    recipe = story.recipes[0]
    return say(
        "It could as well be {name}, {decision}, {average} ({share}).",
        name=title_of(recipe),
        decision=recipe.steps[2],
        average=recipe.steps[4],
        share=_per_cent(story.share),
    )


def how_sure(story: Story) -> str:
    """How far a story of two numbers is believed."""
    return say(
        "How sure: {words}. {share} of the weight of all stories, each weighed by how ordinary "
        "its calculations are.",
        words=believed(story.share),
        share=_per_cent(story.share),
    )


def _per_cent(share: float) -> str:
    return f"{share * 100:.0f} %" if share >= 0.01 else say("less than 1 %")
