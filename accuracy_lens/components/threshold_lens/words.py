"""What the lens says: the sentences that the browser fills in."""

from __future__ import annotations

from collections.abc import Sequence

from accuracy_lens.components.threshold_lens.grid import Grid
from accuracy_lens.words.text import say
from metrics_core.counting.counts import FIGURES


def lens_words(
    labels: Sequence[str],
    numbers: Sequence[str],
    grid: Grid | None,
    *,
    stops: bool,
    locked: bool,
) -> dict[str, object]:
    """Every sentence that the browser writes, with ``{names}`` for the numbers it puts in.

    Parameters
    ----------
    labels : pair of str
        What stands above and below the line.
    numbers : sequence of str
        Sentences of a saved picture.
    grid : Grid or None
        Where there is one, its counts and metrics have words, too.
    stops : bool
        Whether the threshold has stops without a grid.
    locked : bool
        Whether it cannot be moved.
    """
    words: dict[str, object] = {
        "right": say("right"),
        "wrong": say("wrong"),
        "scale": say("each side has its own scale"),
        "threshold": say("Threshold"),
        "standing": say(
            "threshold {threshold}. {sentence}", threshold="{threshold}", sentence="{sentence}"
        ),
        "clear": say("Clear trace"),
        "save": say("Save picture"),
        "title": say("Scores by label"),
        "file": "scores-at-{threshold}" if stops or grid is not None else "scores",
        "count": say("scores"),
        "numbers": list(numbers),
        "votes": [
            [say("an answer; the larger, the more gave it")],
            [say("first vote; the larger, the more gave it"), say("second vote")],
        ],
    } | _bin_words(labels, locked)
    if grid is None:
        return words
    counts = {"above": "{above}", "n": "{n}", "threshold": "{threshold}"}
    tied = {"count": "{count}", "accuracy": "{accuracy}"}
    if grid.weighted:
        words |= {
            "result": say(
                "threshold {threshold}: accuracy {accuracy}, weight {above} of {n} above",
                accuracy="{accuracy}",
                **counts,
            ),
            "above": say("Weight {above} of {n} is above {threshold}.", **counts),
            "ties": say(
                "Weight at the threshold itself: {count}. With ≥ the accuracy is {accuracy}.",
                **tied,
            ),
        }
    else:
        words |= {
            "result": say(
                "threshold {threshold}: accuracy {accuracy}, {above} of {n} above",
                accuracy="{accuracy}",
                **counts,
            ),
            "above": say("{above} of {n} scores are above {threshold}.", **counts),
            "ties": say(
                "Scores at the threshold itself: {count}. With ≥ instead of > the accuracy is "
                "{accuracy}.",
                **tied,
            ),
        }
    return words | {
        "untied": say("No score equals the threshold: > and ≥ predict the same.")
        if grid.ties_known
        else say("How many scores equal the threshold was not kept."),
        "majority": say("majority {value}", value="{value}"),
        "majority_why": say("The accuracy of always predicting the more frequent label."),
        "nothing": {
            "precision": say("nothing was predicted 1"),
            "recall": say("no sample is 1"),
            "specificity": say("no sample is 0"),
            "f1": say("nothing is 1 or was predicted 1"),
        },
        "cells": _cell_words(labels),
        "named": say("{name}: {value}", name="{name}", value="{value}"),
        "named_nothing": say(
            "{name}: {value} ({why})", name="{name}", value="{value}", why="{why}"
        ),
        "predicted": [say("predicted 0"), say("predicted 1")],
        "true": list(labels)[::-1],
        "metrics": [[row.name, say(row.title), say(row.formula)] for row in FIGURES.values()],
    }


def _bin_words(labels: Sequence[str], locked: bool) -> dict[str, object]:
    above, below = labels
    values = {"above": above, "below": below, "first": "{first}", "second": "{second}"}
    return {
        "point": say("Point at the bars to read their counts.")
        if locked
        else say("Point at the bars, or move the threshold by keys, to read their counts."),
        "bin": say(
            "Scores from {low} to {high}: {first} ({above}), {second} ({below}).",
            low="{low}", high="{high}", **values,
        ),
        "bin_of_one": say(
            "Scores of {low}: {first} ({above}), {second} ({below}).", low="{low}", **values
        ),
    }  # fmt: skip


def _cell_words(labels: Sequence[str]) -> dict[str, str]:
    one, zero = labels
    count = "{count}"
    return {
        "tn": say("{label}, predicted 0: {count}", label=zero, count=count),
        "fp": say("{label}, predicted 1: {count}", label=zero, count=count),
        "fn": say("{label}, predicted 0: {count}", label=one, count=count),
        "tp": say("{label}, predicted 1: {count}", label=one, count=count),
    }
