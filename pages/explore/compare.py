"""Compare: another set of outputs beside the data in view, over the same samples."""

import streamlit as st

from accuracy_lens.components import strip
from accuracy_lens.components.five_steps import step_choices
from accuracy_lens.explore.compare import (
    answers,
    controls,
    panels,
    releases,
    samples,
    several,
    sources,
    trained,
)
from accuracy_lens.explore.compare.curves import curves_of
from accuracy_lens.explore.compare.decided import decided_of, marks_of
from accuracy_lens.explore.compare.pair import Pair, difference, joined
from accuracy_lens.view import controls as inputs
from accuracy_lens.view import prepared, state
from accuracy_lens.words.feedback import explained, plain
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import variant
from metrics_core.compare.comparing import Difference


@st.fragment
def show(way: str, other: sources.Other) -> None:
    """Draw all that is below the choice of B; a move runs this again and nothing around it."""
    with explained():
        compared(way, other)


def compared(way: str, other: sources.Other) -> None:
    """Draw A and B beside each other, or raise what refuses it."""
    top = st.container(key="compared")
    top.empty()  # keeps its space: a container without anything in it is not there yet
    both = joined(other.beside.digest, other.predictions.digest, other.beside, other.predictions)
    with st.container(key="compare_row", horizontal=True, vertical_alignment="bottom"):
        class_index = inputs.pick_class(both.a) if both.a.kind != "class_indices" else None
        of_a, of_b = controls.pick_settings(both.a, way)
        pair = Pair(
            prepared.steps(both.a.digest, of_a.activation, both.a),
            prepared.steps(both.b.digest, of_b.activation, both.b),
            (of_a, of_b),
        )
        if way == sources.RELEASE:
            release_a, release_b = controls.pick_releases()
            name, second = (releases.variant_of(both.a, each) for each in (release_a, release_b))
        else:
            name, second = controls.pick_metric(pair), ""
        seed = controls.pick_seed()
    curves = curves_of(pair, class_index, seed)
    found: list[Difference] = []
    if way != sources.RELEASE:
        found = [
            each for each in (difference(pair, row, seed) for row in pair.names) if each is not None
        ]
        found += curves.areas if curves else ()
    main = difference(pair, name, seed, second)
    a, b = pair.evaluations(name, second)
    marks = marks_of(pair, name, second)
    with top:
        if main is not None:
            lines = answers.joined_words(both, labelled=other.labelled)
            panels.show_answer(main, lines if other.predictions is not both.a else [])
        st.markdown(plain(say(answers.parting_words(marks.parting))))
        lit = marks.parting.result
        for side, evaluation in (("A", a), ("B", b)):
            title = variant(evaluation.variant.name).title
            st.caption(plain(say("{side}: {title}", side=side, title=title)))
            choices = {evaluation.variant.name: step_choices(evaluation)}
            strip.show_strip(choices, evaluation.variant.name, lit, key=f"strip_{side}")
    if found:
        panels.show_metrics(found)
    several.show_several(sources.others(way, source), pair, name)
    if curves is not None and way != sources.RELEASE:
        thresholded = a.decision.boundary == "threshold"
        panels.show_spread(curves, (of_a.threshold, of_b.threshold), decided=thresholded)
        panels.show_curves(curves)
    elif way != sources.RELEASE and both.a.kind != "class_indices":
        st.caption(say("There are no curves: some scores are NaN, or every sample weight is 0."))
    decided = decided_of(pair) if way != sources.RELEASE else None
    if decided is not None:
        several_labels = both.a.kind == "multi_label"
        names = [
            str(i) if several_labels else both.a.class_name(i) for i in range(decided.a.n_classes)
        ]
        panels.show_decided(decided, names)
    st.markdown(f"## {say('Where A and B part')}")
    panels.show_parting(marks.parting)
    samples.show_samples(a, b, marks)


source = state.source()
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
    show(way, chosen)
