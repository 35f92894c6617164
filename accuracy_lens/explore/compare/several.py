"""All the sets of outputs that a way offers beside A, in one table with Holm's correction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from accuracy_lens.explore.compare import answers
from accuracy_lens.explore.compare.beside.sources import Other
from accuracy_lens.explore.compare.pair import Pair
from accuracy_lens.view.caches import session_cache
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.feedback import plain, tried
from accuracy_lens.words.text import say, say_error
from metrics_core.compare import Difference, compare, holm
from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate
from metrics_core.reading.same_samples import same_samples
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps

MOST = 50


def is_asked(others: Mapping[str, Callable[[], Other]]) -> bool:
    """Whether the table is asked for; there is no such control where there is only one B."""
    return len(others) >= 2 and widgets.toggle(
        View.every_b,
        say("All {n} at once, corrected for so many comparisons", n=min(MOST, len(others))),
    )


def show_several(others: Mapping[str, Callable[[], Other]], pair: Pair, name: str) -> None:
    """The table."""
    found: dict[str, Difference] = {}
    with st.spinner(say("Comparing each with A")):
        for title, other in list(others.items())[:MOST]:
            result = tried(partial(_compared, other, pair, name))
            if isinstance(result, InputError):
                st.caption(plain(f"{title}: {say_error(result)}"))
            else:
                found[title] = result
    corrected = holm([1.0 if each.p is None else each.p for each in found.values()])
    st.dataframe(
        answers.several_table(found, corrected), hide_index=True, key="several",
        alt=say("A beside each of the others"),
    )  # fmt: skip
    st.caption(
        say(
            "Each of {n} comparisons alone would find a difference by chance in 5 of 100 sets of "
            "samples; Holm's correction keeps it at 5 of 100 for all of them together, and the "
            "last column goes by it.",
            n=len(found),
        )
    )


def _compared(open_other: Callable[[], Other], pair: Pair, name: str) -> Difference:
    other = open_other()
    a, b = other.beside, other.predictions
    return _difference(a.digest, b.digest, pair.settings[0], pair.settings[1], name, other)


@session_cache(entries=100)
def _difference(
    digest_a: str, digest_b: str, of_a: Settings, of_b: Settings, name: str, _other: Other
) -> Difference:
    both = same_samples(_other.beside, _other.predictions)
    sides = ((both.a, of_a), (both.b, of_b))
    a, b = (
        evaluate(data, name, settings, steps=Steps(data, settings.activation))
        for data, settings in sides
    )
    return compare(a, b)
