"""The drawn parts about what is compiled beside accuracy, and about settings that change it."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.explain.which_accuracy.beside import (
    Beside,
    ask_beside,
    beside_columns,
    binned_sentence,
)
from accuracy_lens.explain.which_accuracy.settings import settings_columns
from accuracy_lens.view.caches import session_cache
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.predictions import Predictions
from metrics_core.releases import Loss, beside_ran, find_release


@session_cache(entries=4)
def all_beside(
    digest: str, release: str, loss: Loss, batch_size: int, weighted: bool, _data: Predictions
) -> tuple[tuple[Beside, ...], float | None]:
    """What each metric prints in a release, or why not; numbers and sentences only."""
    return ask_beside(_data, release, loss=loss, batch_size=batch_size, weighted=weighted)


def show_beside(
    data: Predictions, release: str, *, loss: Loss, batch_size: int, weighted: bool
) -> None:
    """The table for a release, with what the thresholds of AUC do to it."""
    title = say("Metrics compiled beside accuracy")
    st.markdown(f"## {title}")
    found, exact = all_beside(data.digest, release, loss, batch_size, weighted, data)
    row, ran = find_release(release), beside_ran(release)
    name = row.title
    if all(each.missing for each in found) and row.classes and ran != release:
        st.markdown(plain(say("These metrics were not run in {release}.", release=name)))
        return
    if all(each.missing for each in found):
        st.markdown(plain(say("{release} has none of these metrics.", release=name)))
        return
    st.markdown(
        plain(say("{release}, on the data in view, with the loss {loss}.", release=name, loss=loss))
    )
    st.dataframe(
        beside_columns(found), hide_index=True, key="which_beside", height="content", alt=title
    )
    sentence = binned_sentence(found, exact)
    if sentence is not None:
        st.markdown(plain(say(sentence)))
    if ran != release:
        st.caption(
            plain(
                say(
                    "These metrics were not run in {release}: the table is that of {ran}, which "
                    "was run with them.",
                    release=name,
                    ran=find_release(ran).title,
                )
            )
        )


def show_settings() -> None:
    """The table of settings: what each does to accuracy, by the figures that were recorded."""
    title = say("Settings that change accuracy, and those that do not")
    st.markdown(f"## {title}")
    st.markdown(say("From runs on a few samples each; the numbers are those that were printed."))
    columns = {name: [plain(text) for text in texts] for name, texts in settings_columns().items()}
    with st.container(key="fold_settings"):
        st.table(columns, hide_index=True, border="horizontal", alt=title)
