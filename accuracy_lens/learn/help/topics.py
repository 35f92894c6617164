"""The parts of the Help page: steps, pages, files, privacy, version."""

from __future__ import annotations

import os
import platform

import streamlit as st

from accuracy_lens import __version__
from accuracy_lens.frame.upload.saving import show_saving
from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.runs.executor import RunLimits
from accuracy_lens.view.pages import PAGES
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.datasets.cluster import SCHEDULER
from metrics_core.formula.language.parsing import MOST_CHARACTERS
from metrics_core.messages import Message
from metrics_core.reading import LIMITS
from metrics_core.steps.step import Step

STEPS: dict[Step, Message] = {
    Step.OUTPUTS: Message("What the last layer of the model gave: probabilities, logits, classes."),
    Step.ACTIVATION: Message("None, sigmoid or softmax: it turns the outputs into scores."),
    Step.DECISION: Message("How a score becomes a prediction: a threshold, rounding, or argmax."),
    Step.COMPARISON: Message("When a prediction counts as right: which labels it must equal."),
    Step.AGGREGATION: Message("How right and wrong become one number: a mean of which things."),
}


def show_steps() -> None:
    """The five steps, each in a sentence."""
    st.markdown(f"## {say('The five steps')}")
    lines = [
        f"{int(step)}. **{plain(say(step.title))}** — {plain(say(STEPS[step]))}" for step in Step
    ]
    st.markdown("\n".join(lines))


def show_pages() -> None:
    """What each page answers, with the way to it."""
    st.markdown(f"## {say('What each page answers')}")
    for page in PAGES:
        with st.container(horizontal=True, vertical_alignment="center", wrap=False):
            st.page_link(page.script, label=say(page.title), width=160)
            st.markdown(plain(say(page.answers)))


def show_files() -> None:
    """Which files can be read, how large, and the lines that write them."""
    st.markdown(f"## {say('Files and limits')}")
    sentences = [
        say(
            "CSV, TSV, JSON, JSON Lines, Excel, Parquet, Arrow, Feather, NPY, NPZ or MATLAB, "
            "whatever the ending. Two files, one with the labels and one with the outputs, are "
            "joined by id or by row."
        ),
        say(
            "A file may have {megabytes:,} MB, {rows:,} rows, {columns:,} columns and {values:,} "
            "values, and must be read within {seconds:g} seconds.",
            megabytes=LIMITS.max_bytes // 2**20,
            rows=LIMITS.max_rows,
            columns=LIMITS.max_columns,
            values=LIMITS.max_values,
            seconds=WorkerLimits().seconds,
        ),
        say(
            "Pickles, PyTorch, joblib, HDF5 and MATLAB 7.3 files are not opened; the refusal gives "
            "the lines that convert them."
        ),
        say("A formula may have {most:,} characters.", most=MOST_CHARACTERS),
    ]
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))
    show_saving()


def show_privacy() -> None:
    """Where a file goes, and how long what comes of it stays."""
    st.markdown(f"## {say('Where a file goes')}")
    sentences = [
        say(
            "A file goes to the server of this page and no further. While it is read it lies in a "
            "temporary folder of the server; then file and folder are deleted, and its columns "
            "stay in the memory of the server."
        ),
        say(
            "No other visitor sees it, and nothing of it is in a link but its name, its number of "
            "rows and a digest."
        ),
        say(
            "It is forgotten with the visit: when the page is reloaded, and some minutes after it "
            "is closed or the connection is lost."
        ),
        say(
            "The results of a training run are kept for {minutes:g} minutes after it has ended.",
            minutes=RunLimits().kept_seconds / 60,
        ),
        say(
            "What a class answers in a room lies in a database of the server until the room ends, "
            "a day at most; there are no names in it."
        ),
        say("The page loads nothing from other servers and counts no visits."),
    ]
    if os.environ.get(SCHEDULER):
        sentences.append(
            say(
                "Training runs of this server, with the images that are used in them, are computed "
                "on a cluster that whoever runs the server has named."
            )
        )
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))


def show_version() -> None:
    """The version, and what to send where something goes wrong."""
    st.markdown(f"## {say('Version, and how to report an error')}")
    st.markdown(
        plain(
            say(
                "Accuracy Lens {version}, Streamlit {streamlit}, Python {python}.",
                version=__version__,
                streamlit=st.__version__,
                python=platform.python_version(),
            )
        )
    )
    st.markdown(
        plain(
            say(
                "Send whoever runs this server the address of the page, what you did, what you "
                "expected, this version, and the error number where one is shown: the log of the "
                "server has the details under that number. Send no data: a made-up example that "
                "shows the same is better."
            )
        )
    )
