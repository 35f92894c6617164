"""Where the Metrics page draws what follows a move, in the order of the page."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from accuracy_lens.explore.metrics import details
from accuracy_lens.explore.metrics.formula import card
from accuracy_lens.explore.metrics.samples import Listing, pick_listing
from accuracy_lens.frame.story import columns_beside
from accuracy_lens.view.state import Source
from metrics_core.predictions import Predictions


@dataclass(frozen=True)
class Places:
    """Containers, and between them what is asked there and follows no move.

    Attributes
    ----------
    lens, quiet, formula, board, sample, outcome, some, explained, table : DeltaGenerator
        The last five are of one sample, of what the visitor's formula gives, over some samples and
        in its parts, and of the table.
    misfits : DeltaGenerator
        Of the variants without a number, where there are many others.
    asked : Asked or None
        The visitor's formula.
    listing : Listing
    """

    lens: DeltaGenerator
    quiet: DeltaGenerator
    formula: DeltaGenerator
    board: DeltaGenerator
    sample: DeltaGenerator
    outcome: DeltaGenerator
    some: DeltaGenerator
    explained: DeltaGenerator
    table: DeltaGenerator
    misfits: DeltaGenerator
    asked: card.Asked | None
    listing: Listing


def lay_out(source: Source, data: Predictions) -> Places:
    """Draw what follows no move, and keep the places of the rest.

    Parameters
    ----------
    source : Source
    data : Predictions
        With the labels in the form that was chosen.
    """
    left, right = columns_beside(source)
    with left:
        lens, quiet = st.container(), st.container(key="quiet")
        formula = st.container(key="recipe")
        with formula:
            details.head_formula()
    rest = st.container(key="rest")
    with rest:
        misfits = st.container()
        sample = st.container()
        asked = card.ask_formula()
        outcome, some = st.container(), st.container()
        card.show_help()
        explained = st.container()
        listing = pick_listing(data)
        table = st.container()
    return Places(
        lens,
        quiet,
        formula,
        right,
        sample,
        outcome,
        some,
        explained,
        table,
        misfits,
        asked,
        listing,
    )
