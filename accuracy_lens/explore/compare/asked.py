"""What is compared, whatever the threshold is, and where the page draws what follows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from accuracy_lens.explore.compare import answers, lenses, panels, samples, several
from accuracy_lens.explore.compare.beside import sources
from accuracy_lens.explore.compare.controls import Picked, TwoSettings
from accuracy_lens.explore.compare.curves import Curves, curves_of
from accuracy_lens.explore.compare.pair import Known, Pair
from accuracy_lens.view import prepared
from accuracy_lens.view.state import Source
from accuracy_lens.words.text import say
from metrics_core.messages import Message
from metrics_core.reading.same_samples import SameSamples


@dataclass(frozen=True, eq=False, kw_only=True)
class Asked:
    """A comparison.

    Attributes
    ----------
    both : SameSamples
        What is compared.
    other : Other
        B as it was chosen.
    pair : Pair
        With the thresholds as they stood.
    settings : TwoSettings
    class_index : int or None
    what : Picked
    curves : Curves or None
    others : mapping
        All that stand beside A at once, where that is asked for.
    which : str
        The samples that are shown.
    metrics, several, lenses, decided, parting, samples : DeltaGenerator, or a pair
        Where each is drawn; None for what two releases do not have.
    known : dict
        The differences that were found; no move changes those that follow no threshold.
    """

    both: SameSamples
    other: sources.Other
    pair: Pair
    settings: TwoSettings
    class_index: int | None
    what: Picked
    curves: Curves | None
    others: Mapping[str, Callable[[], sources.Other]]
    which: str
    metrics: DeltaGenerator | None
    several: DeltaGenerator
    lenses: lenses.Places | None
    decided: DeltaGenerator | None
    parting: DeltaGenerator
    samples: DeltaGenerator
    known: Known = field(default_factory=dict)

    def moved(self) -> Pair:
        """Draw the thresholds; A and B with them."""
        return Pair(self.pair.a, self.pair.b, self.settings.moved())

    @property
    def joined_words(self) -> list[Message]:
        """How the samples were brought together; empty where they are the same ones."""
        if self.other.predictions is self.both.a:
            return []
        return answers.joined_words(self.both, labelled=self.other.labelled)

    def class_names(self, n_classes: int) -> list[str]:
        """What the classes of the confusion matrices are called."""
        data = self.both.a
        if data.kind == "multi_label":
            return [str(index) for index in range(n_classes)]
        return [data.class_name(index) for index in range(n_classes)]


def ask(
    way: str,
    other: sources.Other,
    source: Source,
    both: SameSamples,
    settings: TwoSettings,
    what: Picked,
    class_index: int | None,
) -> Asked:
    """Draw what follows no threshold, and keep the places of the rest.

    Parameters
    ----------
    way : str
        To get B.
    other, source, both, settings, what, class_index :
        See `Asked`.
    """
    pair = Pair(
        prepared.steps(both.a.digest, settings.a.activation, both.a),
        prepared.steps(both.b.digest, settings.b.activation, both.b),
        (settings.a, settings.b),
    )
    released, has_scores = way == sources.RELEASE, both.a.kind != "class_indices"
    curves = None if released else curves_of(pair, class_index, what.seed)
    metrics = None if released else st.container()
    others = sources.others(way, source)
    every, at_once = several.is_asked(others), st.container()
    places = None
    if curves is not None:
        places = lenses.lay_out(curves, decided=lenses.are_thresholded(what.name, both.a))
        panels.show_curves(curves)
    elif has_scores and not released:
        st.caption(say("There are no curves: some scores are NaN, or every sample weight is 0."))
    decided = None if released else st.container()
    st.markdown(f"## {say('Where A and B part')}")
    parting = st.container()
    which, table = samples.pick_filter(), st.container()
    return Asked(
        both=both,
        other=other,
        pair=pair,
        settings=settings,
        class_index=class_index,
        what=what,
        curves=curves,
        others=others if every else {},
        which=which,
        metrics=metrics,
        several=at_once,
        lenses=places,
        decided=decided,
        parting=parting,
        samples=table,
    )
