"""Metrics of a data set: every variant that follows from counts, as cards."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import streamlit as st

from accuracy_lens.components import board
from accuracy_lens.components.fractions import fraction_words
from accuracy_lens.components.number_cards import Json, board_of, number_card
from accuracy_lens.sharded import samples
from accuracy_lens.sharded.settings import InView, at_threshold
from accuracy_lens.view import controls
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import amount, figure, say
from metrics_core.catalog.rows import CATALOG, applicable
from metrics_core.counting.counts import Counts
from metrics_core.datasets.counting.classes import Classes
from metrics_core.datasets.looking import Look
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.threshold_ladder import ladder_results

_LIKE = Predictions.of([0, 1], [0.25, 0.75], sample_weight=[1.0, 1.0])
"""Of the kind of one output: what fits it fits the data set."""


def show(view: InView, look: Look) -> None:
    """Draw the cards, and the most wrong rows on demand."""
    if view.several and look.classes is not None:
        cards = list(_of_classes(look.classes, controls.pick_k()))
    else:
        threshold, counts = at_threshold(view, look.found)
        st.markdown(plain(say(
            "Class 1 above {threshold}: accuracy {accuracy} ({right} of {count}).",
            threshold=f"{threshold:.9g}", accuracy=figure(float(counts.accuracy)),
            right=amount(float(counts.true_positives + counts.true_negatives)),
            count=amount(float(counts.count)),
        )))  # fmt: skip
        cards = list(_of_counts(counts, weighted=view.asked.weighted))
    board.show_board(board_of(cards), on_pick=lambda: None)
    st.caption(say(
        "Rounding, errors, means of batches and custom metrics need single outputs; they are not "
        "computed for a data set."
    ))  # fmt: skip
    samples.show_worst(view, look)


def _of_counts(counts: Counts, *, weighted: bool) -> Iterator[Json]:
    """The variants of one output whose number follows from the four counts."""
    settings = Settings(weighted=weighted)
    at = Counts(*(np.array([part]) for part in counts.parts))
    for row in applicable(_LIKE):
        results = ladder_results(row, "binary", at, settings)
        if results is not None:
            total, count = float(results.totals[0]), float(results.counts[0])
            words = fraction_words(row, _LIKE, settings, total, count)
            yield number_card(row, float(results.results[0]), words)


def _of_classes(classes: Classes, k: int) -> Iterator[Json]:
    """Those of several outputs that follow from the matrix and the ranks."""
    confusion, ranked = classes.confusion, classes.top_k
    top = ranked.accuracy(k)
    parts = {
        "sparse_categorical_accuracy": (float(confusion.hits.sum()), confusion.count),
        "sparse_top_k_categorical_accuracy": (top * ranked.count, ranked.count),
    }
    for name, (total, count) in parts.items():
        values: dict[str, object] = {"total": amount(total), "count": amount(count)}
        value = total / count if count else 0.0
        yield number_card(CATALOG[name], value, Message("{total} of {count}", values))
    n = int(np.count_nonzero(confusion.support))
    words = Message("mean of {n:,} class", {"n": n}, plural="mean of {n:,} classes")
    yield number_card(CATALOG["balanced_accuracy"], confusion.balanced_accuracy, words)
