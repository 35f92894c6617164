"""Metrics of a data set: every variant that follows from counts, as cards."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import streamlit as st

from accuracy_lens.components import board
from accuracy_lens.components.fractions import fraction_words
from accuracy_lens.components.number_cards import Json, board_of, number_card
from accuracy_lens.sharded import samples
from accuracy_lens.sharded.settings import InView, at_labels, at_threshold
from accuracy_lens.view.control_table import controls
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import amount, figure, say
from metrics_core.catalog.rows import CATALOG, applicable
from metrics_core.counting.confusion import Confusion
from metrics_core.counting.counts import Counts
from metrics_core.datasets.counting.classes import Classes
from metrics_core.datasets.counting.labels import LabelCounts
from metrics_core.datasets.looking import Look
from metrics_core.messages import Message
from metrics_core.overview.threshold_ladder import ladder_results
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings

_LIKE = Predictions.of([0, 1], [0.25, 0.75], sample_weight=[1.0, 1.0])
"""Of the kind of one output: what fits it fits the data set."""

_LIKE_LABELS = {
    like.kind: like
    for like in (
        Predictions.of(labels, [[0.25, 0.75]], sample_weight=[1.0])
        for labels in ([[0, 1]], [[1, 1]])
    )
}
_SPARSE = ("sparse_categorical_accuracy", "sparse_top_k_categorical_accuracy")
_ONE_HOT = ("categorical_accuracy", "top_k_categorical_accuracy")


def show(view: InView, look: Look) -> None:
    """Draw the cards, and the most wrong rows on demand."""
    if look.labels is not None:
        k = 0 if look.classes is None else controls.pick_k()
        cards = list(_of_labels(view, look, look.labels, k))
    elif look.classes is not None:
        cards = list(_of_classes(look.classes, _SPARSE, controls.pick_k()))
    else:
        threshold, counts = at_threshold(view, look.found)
        st.markdown(plain(say(
            "Class 1 above {threshold}: accuracy {accuracy} ({right} of {count}).",
            threshold=f"{threshold:.9g}", accuracy=figure(float(counts.accuracy)),
            right=amount(float(counts.true_positives + counts.true_negatives)),
            count=amount(float(counts.count)),
        )))  # fmt: skip
        cards = list(_of_counts(counts, _LIKE, weighted=view.asked.weighted))
    board.show_board(board_of(cards), on_pick=lambda: None)
    st.caption(say(
        "Rounding, errors, means of batches and custom metrics need single outputs; they are not "
        "computed for a data set."
    ))  # fmt: skip
    if look.kind != "multi_label":  # of which no label is the one that counts
        samples.show_worst(view, look)


def _of_counts(counts: Counts, like: Predictions, *, weighted: bool) -> Iterator[Json]:
    """The variants whose number follows from the four counts of outputs, or of all elements."""
    settings = Settings(weighted=weighted)
    at = Counts(*map(np.atleast_1d, counts.parts))
    for row in applicable(like):
        results = ladder_results(row, like.kind, at, settings)
        if results is not None:
            total, count = float(results.totals[0]), float(results.counts[0])
            words = fraction_words(row, like, settings, total, count)
            yield number_card(row, float(results.results[0]), words)


def _of_labels(view: InView, look: Look, labels: LabelCounts, k: int) -> Iterator[Json]:
    """Those of outputs that have a label each."""
    threshold, place = at_labels(view, labels, look.found.dtype)
    counts = labels.elements(place)
    st.markdown(plain(say(
        "Label 1 above {threshold}: {right} of {count} elements right.",
        threshold=f"{threshold:.9g}", count=amount(float(np.sum(counts.count))),
        right=amount(float(np.sum(counts.true_positives + counts.true_negatives))),
    )))  # fmt: skip
    like = _LIKE_LABELS[look.kind]
    yield from _of_counts(counts, like, weighted=view.asked.weighted)
    row, total = CATALOG["subset_accuracy"], labels.all_right(place)
    settings = Settings(weighted=view.asked.weighted)
    words = fraction_words(row, like, settings, total, labels.weight)
    yield number_card(row, total / labels.weight if labels.weight else 0.0, words)
    if look.classes is not None:
        yield from _of_classes(look.classes, _ONE_HOT, k)


def _of_classes(classes: Classes, names: tuple[str, str], k: int) -> Iterator[Json]:
    """Those of several outputs that follow from the matrix and the ranks."""
    accuracy, balanced = of_matrix(classes.confusion, names[0])
    ranked = classes.top_k
    yield accuracy
    yield _share(names[1], ranked.accuracy(k) * ranked.count, ranked.count)
    yield balanced


def of_matrix(confusion: Confusion, name: str) -> Iterator[Json]:
    """Those that follow from the matrix of classes: the accuracy, by its name, and its kin."""
    yield _share(name, float(confusion.hits.sum()), confusion.count)
    n = int(np.count_nonzero(confusion.support))
    words = Message("mean of {n:,} class", {"n": n}, plural="mean of {n:,} classes")
    yield number_card(CATALOG["balanced_accuracy"], confusion.balanced_accuracy, words)


def _share(name: str, total: float, count: float) -> Json:
    values: dict[str, object] = {"total": amount(total), "count": amount(count)}
    value = total / count if count else 0.0
    return number_card(CATALOG[name], value, Message("{total} of {count}", values))
