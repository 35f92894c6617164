"""Training: real Keras models; every accuracy is followed epoch by epoch."""

import streamlit as st

from accuracy_lens.jobs import ask_keras
from accuracy_lens.jobs.runs import registry
from accuracy_lens.jobs.runs.visit import this_visitor
from accuracy_lens.learn.training import again, panels
from accuracy_lens.learn.training.settings import controls
from accuracy_lens.learn.training.settings.images import job_for, keys_for, work_for
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import explained, plain, prose
from accuracy_lens.words.text import say, say_code
from metrics_core.live_keras import training_code
from metrics_core.messages import Message

installed = ask_keras.installed()
if not installed:
    st.warning(prose(say(ask_keras.MISSING)))
train_again = again.asked() and installed
row = controls.pick_experiment()
if row is None:
    st.markdown(f"## {say('Custom run')}")
    st.markdown(plain(say("Choose the settings and train.")))
    captions: tuple[Message, ...] = (Message("Custom run"),)
else:
    st.markdown(f"## {say(row.question)}")
    st.markdown("\n".join(f"- {say(sentence)}" for sentence in row.expect))
    captions = (row.caption,) if row.against_caption is None else (row.caption, row.against_caption)

settings, images = None, None
with explained():
    settings, images = controls.pick_runs(row)

with st.container(horizontal=True, vertical_alignment="center"):
    pressed = st.button(
        say("Train"), type="primary", key="train", disabled=settings is None or not installed
    )
    stop_button = st.empty()
    told = st.empty()
if (pressed or train_again) and settings is not None:
    with explained():
        keys = keys_for(settings, images)
        VISITOR.run_keys |= set(keys)
        name = registry.RUNS.start(
            settings,
            this_visitor(),
            job_for(images),
            keys=keys,
            work=work_for(settings, images),
        )
        panels.begin(name, VIEW.experiment, captions, settings, keep_epoch=train_again)

name = VISITOR.run
states = registry.RUNS.states(name) if name else None
going = states is not None and not all(state.over for state in states)
stop_button.button(
    say("Stop"), key="stop", disabled=not going, on_click=registry.RUNS.stop, args=(name or "",)
)
if name and settings is not None and settings != VISITOR.run_settings:
    told.caption(plain(say("The run below is from before the last change. Train to update it.")))

if name:
    every = panels.poll_seconds(states)
    st.fragment(panels.watch, run_every=every)(name, VISITOR.run_captions, every)
else:
    st.caption(
        plain(say("The first run takes about ten seconds to start; later runs start faster."))
    )

if settings is not None:
    with widgets.expander(View.program, say("Keras program")):
        for run_settings, caption, column in zip(
            settings, captions, st.columns(len(settings)), strict=True
        ):
            column.caption(plain(say(caption)))
            column.code(say_code(training_code(run_settings, images)), wrap_lines=True)
