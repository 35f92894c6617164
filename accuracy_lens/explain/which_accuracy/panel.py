"""The drawn parts of a release: its number or refusal, its decision tree, the installed Keras."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from accuracy_lens.components.chart_table import show_table
from accuracy_lens.components.charts import tools
from accuracy_lens.explain.which_accuracy import answers, history
from accuracy_lens.explain.which_accuracy.answers import Answer
from accuracy_lens.explain.which_accuracy.version import Found, backend_of, find_version
from accuracy_lens.jobs import ask_keras
from accuracy_lens.view.caches import session_cache
from accuracy_lens.words.feedback import explained, plain, prose
from accuracy_lens.words.text import figure, say
from metrics_core.catalog.rows import CATALOG
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.releases import (
    KerasRefusal,
    Loss,
    Release,
    Resolved,
    find_release,
    row_of,
    stands_for,
)


@session_cache(entries=4)
def every_release(
    digest: str, loss: Loss, metric: str, batch_size: int, weighted: bool, _data: Predictions
) -> dict[str, Answer]:
    """What each row of releases prints, or why it refuses; numbers and sentences only."""
    return answers.ask_all(
        _data, loss=loss, metric=metric, batch_size=batch_size, weighted=weighted
    )


def show_story(opens: Mapping[str, object]) -> None:
    """Say with what the model of a scenario was compiled, where its story tells."""
    loss, release = opens.get("which_loss"), opens.get("which_release")
    if loss is None:
        return
    told = Message("In this scenario the model was compiled with the loss {loss}.", {"loss": loss})
    if release is not None:
        told = Message(
            "In this scenario the model was compiled with the loss {loss}, and {release} printed "
            "the number.",
            {"loss": loss, "release": find_release(str(release)).title},
        )
    st.caption(plain(say(told)))


def show_answer(name: str, answer: Answer) -> None:
    """A number under the name that it is reported by, or the refusal in words."""
    if isinstance(answer, KerasRefusal):
        st.warning(plain(say("{name} refuses. {why}", name=name, why=answer.message)))
    else:
        st.metric(_label(name, answer.reported_name), figure(answer.value))


def _label(release: str, metric: str | None) -> str:
    return plain(say("{release}: {metric}", release=release, metric=metric))


def show_variant(answer: Answer) -> None:
    """The variant behind a number, with its formula."""
    name = None if isinstance(answer, KerasRefusal) else answer.variant
    if name in CATALOG:
        row = CATALOG[name]
        st.markdown(plain(say("{title}. {words}", title=say(row.title), words=say(row.words))))
        st.latex(row.formula)


def show_tree(row: Release, chosen: Resolved | None) -> None:
    """The branches of a release as a list, the one taken lit and named."""
    st.markdown(
        plain(say("{title}. {words}", title=row.title, words=answers.RULES[row.resolves_by]))
    )
    branches = answers.branches(row, chosen)
    lines = []
    for number, branch in enumerate(branches, 1):
        text = f"{plain(say(branch.question))} → `{branch.function}`"
        lit = f"**:blue[{text}] — {say('taken')}**" if branch.taken else text
        lines.append(f"{number}. {lit}")
    st.markdown("\n".join(lines))
    if chosen is not None and any(branch.taken for branch in branches):
        st.caption(plain(say("The first that applies is taken. {why}", why=chosen.branch)))
    elif chosen is not None:
        st.markdown(plain(say("No branch is taken. {why}", why=chosen.branch)))
    st.caption(plain(say(stands_for(row.name))))


def show_version(written: str, known: Mapping[str, Answer]) -> None:
    """What is known of a version, with the numbers of the releases that it goes by."""
    for found in find_version(written):
        if not found.releases:
            st.warning(plain(say(found.words)))
            continue
        st.markdown(plain(say(found.words)))
        _show_numbers(found, known)
    backend = backend_of(written)
    if backend is not None:
        st.caption(
            plain(
                say(
                    "All releases were run with TensorFlow on a processor; {backend} was not run.",
                    backend=backend,
                )
            )
        )


def _show_numbers(found: Found, known: Mapping[str, Answer]) -> None:
    asked = [(name, known[row_of(name)]) for name in found.releases]
    with st.container(horizontal=True):
        for name, answer in asked:
            show_answer(find_release(name).title, answer)
    numbers = {getattr(answer, "printed", None) for _, answer in asked}
    if found.known == "either" and len(numbers) == 1 and None not in numbers:
        st.caption(say("Both print the same number on these data."))


def show_history(known: Mapping[str, Answer], selected: str) -> None:
    """The line of time with its table."""
    title = say("The number by date of release")
    st.markdown(f"## {title}")
    points = history.points(known)
    st.plotly_chart(
        history.history_figure(points, selected),
        key="which_history",
        config=tools("releases"),
        alt=title,
    )
    st.caption(
        say(
            "Dates are those of the package index. Large dots: the rules changed; the version "
            "stands where the number changed; ×: refused; ◆: the selected release."
        )
    )
    show_table(title, history.history_columns(points))


def show_installed(
    data: Predictions, *, loss: Loss, metric: str, batch_size: int, weighted: bool
) -> None:
    """A button that puts the question to the installed Keras; both numbers side by side."""
    if not ask_keras.installed():
        st.markdown(prose(say(ask_keras.MISSING)))
        return
    if not st.button(say("Ask the installed Keras"), key="which_ask"):
        return
    part = ask_keras.first_rows(data)
    st.text(
        say(
            "Both numbers are for {n:,} sample; at most {most:,} are used.",
            plural="Both numbers are for {n:,} samples; at most {most:,} are used.",
            n=part.n_samples,
            most=ask_keras.ROWS,
        )
    )
    with explained(), st.spinner(say("Keras compiles and evaluates; the first time takes longer")):
        theirs = ask_keras.ask(
            part, loss=loss, metric=metric, batch_size=batch_size, weighted=weighted
        )
        known = every_release(part.digest, loss, metric, batch_size, weighted, part)
        ours, real = st.columns(2)
        with ours:
            show_answer(say("Predicted for Keras 3.15.1"), known["keras-3.15.1"])
        with real:
            name = say("Installed, Keras {version}", version=theirs.version)
            if theirs.value is None:
                st.warning(plain(say("{name} refuses. {why}", name=name, why=theirs.refused)))
            else:
                st.metric(_label(name, theirs.reported_name), figure(theirs.value))
