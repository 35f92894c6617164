"""Compare: another set of outputs beside the data in view, over the same samples."""

from functools import partial

import streamlit as st

from accuracy_lens.components import findings, strip
from accuracy_lens.components.five_steps import step_choices
from accuracy_lens.explore.compare import answers, controls, lenses, panels, samples, several
from accuracy_lens.explore.compare.asked import Asked, ask
from accuracy_lens.explore.compare.beside import sources, trained
from accuracy_lens.explore.compare.decided import decided_of, marks_of
from accuracy_lens.explore.compare.pair import Pair, difference, joined
from accuracy_lens.frame.alone import alone
from accuracy_lens.view import state
from accuracy_lens.view.control_table import controls as inputs
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.feedback import explained, plain, tried
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import variant
from metrics_core.errors import InputError


@alone
def follow(asked: Asked, serious: findings.SeriousPlace) -> None:
    """Draw what follows the thresholds; a move of one runs this again and nothing around it."""
    with explained():
        compared(asked, asked.moved())
    findings.show_serious_at(serious, state.source().predictions)


def compared(asked: Asked, pair: Pair) -> None:
    """Draw A and B beside each other, or raise what refuses it."""
    name, second, seed = asked.what.name, asked.what.second, asked.what.seed
    main = difference(pair, name, seed, second, asked.known)
    a, b = pair.evaluations(name, second)
    marks = marks_of(pair, name, second)
    if main is not None:
        panels.show_answer(main, asked.joined_words)
    st.markdown(plain(say(answers.parting_words(marks.parting))))
    settings = asked.settings
    for side, evaluation in (("A", a), ("B", b)):
        title = variant(evaluation.variant.name).title
        st.caption(plain(say("{side}: {title}", side=side, title=title)))
        choices = {evaluation.variant.name: step_choices(evaluation)}
        control = settings.control_b if side == "B" else View.threshold
        strip.show_strip(
            choices, evaluation.variant.name, marks.parting.result, f"strip_{side}",
            control.url_name,
        )  # fmt: skip
    if asked.lenses is not None and asked.curves is not None:
        decided = lenses.are_thresholded(name, pair.data)
        lenses.show_lenses(
            asked.lenses, asked.curves, pair, asked.class_index,
            settings.control_b if decided else None,
        )  # fmt: skip
    if asked.metrics is not None:
        found = [difference(pair, row, seed, known=asked.known) for row in pair.names]
        found += asked.curves.areas if asked.curves else ()
        with asked.metrics:
            panels.show_metrics([each for each in found if each is not None])
    if asked.others:
        with asked.several:
            several.show_several(asked.others, pair, name)
    if asked.decided is not None:
        decided = decided_of(pair)
        with asked.decided.container():
            if decided is not None:
                panels.show_decided(decided, asked.class_names(decided.a.n_classes))
    with asked.parting:
        panels.show_parting(marks.parting)
    with asked.samples:
        samples.show_samples(a, b, marks, asked.which)


def show(way: str, other: sources.Other) -> None:
    """Draw all that is below the choice of B, or raise what refuses it."""
    top = st.container(key="compared")
    top.empty()  # keeps its space: a container without anything in it is not there yet
    both = joined(other.beside.digest, other.predictions.digest, other.beside, other.predictions)
    with st.container(key="compare_row", horizontal=True, vertical_alignment="bottom"):
        class_index = inputs.pick_class(both.a) if both.a.kind != "class_indices" else None
        settings = controls.pick_settings(both.a, way)
        picked = tried(partial(controls.pick_what, both, way))
    if isinstance(picked, InputError):
        settings.moved()
        raise picked
    asked = ask(way, other, source, both, settings, picked, class_index)
    with top:
        follow(asked, serious)


source = state.source()
serious = findings.place_serious(source.predictions)
with st.container(horizontal=True, vertical_alignment="bottom"):
    way = sources.pick_way(source)
    source = trained.pick_epoch_of_a(source)
    with explained():
        chosen = sources.pick_other(way, source)
if chosen is None:
    st.info(say("Drop the file of B, or choose something else to compare with."))
else:
    if way not in (sources.SETTINGS, sources.RELEASE):
        st.text(say("A: {a} · B: {b}", a=source.title, b=chosen.title))
    with explained():
        show(way, chosen)
