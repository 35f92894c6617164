"""Evaluations -> what the board and the strip show: one card per variant, and its five steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from accuracy_lens.words.text import amount, figure, say
from metrics_core.catalog.rows import CATALOG, Misfit
from metrics_core.catalog.variant import Variant
from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.aggregation.batches import BatchMeans
from metrics_core.steps.aggregation.per_class import PerClassMean
from metrics_core.steps.shared import Steps

Json = dict[str, object]


def fitting_card(evaluation: Evaluation, previous: float | None, badges: list[str]) -> Json:
    """One card with its number.

    Parameters
    ----------
    evaluation : Evaluation
    previous : float or None
        The number before the last move; None where there was none.
    badges : list of str
        Short remarks, already in words.
    """
    row, result = evaluation.variant, evaluation.result
    return {
        "name": row.name,
        "title": say(row.title),
        "words": say(row.words),
        "value": figure(result),
        "result": result if np.isfinite(result) else None,
        "count": say(count_words(evaluation)),
        "change": _change(result, previous),
        "badges": badges,
        "accuracy": row.is_accuracy,
    }


def misfit_card(row: Variant, wrong: Misfit) -> Json:
    """One card that says why it has no number, and what would give it one."""
    return {
        "name": row.name,
        "title": say(row.title),
        "reason": say(wrong.reason),
        "convert": wrong.conversion,
        "remedy": {
            "one_hot": say("Write the labels as one-hot rows"),
            "sparse": say("Write the labels as class indices"),
            None: "",
        }[wrong.conversion],
    }


def _change(result: float, previous: float | None) -> str:
    if previous is None:
        return ""
    if result == previous or (np.isnan(result) and np.isnan(previous)):
        return say("unchanged")
    return say("{change} since the last move", change=f"{result - previous:+.4f}")


def count_words(evaluation: Evaluation) -> Message:
    """The fraction behind the number, in words: "91 of 96"."""
    if evaluation.one_value and not isinstance(evaluation.state, BatchMeans):
        return Message(
            "one value for {n:,} sample",
            {"n": evaluation.predictions.n_samples},
            plural="one value for {n:,} samples",
        )
    return fraction_words(
        evaluation.variant,
        evaluation.predictions,
        evaluation.settings,
        evaluation.total,
        evaluation.count,
        per_class=isinstance(evaluation.state, PerClassMean),
    )


def fraction_words(
    row: Variant,
    predictions: Predictions,
    settings: Settings,
    total: float,
    count: float,
    *,
    per_class: bool | None = None,
) -> Message:
    """A fraction in words, by what its parts count.

    Parameters
    ----------
    total, count : float
    per_class : bool, optional
        Whether the parts are classes; by default where the variant's own averaging is.
    """
    groups: dict[str, object] = {"n": round(count)}
    if row.aggregation.by_class if per_class is None else per_class:
        return Message("mean of {n:,} class", groups, plural="mean of {n:,} classes")
    if settings.aggregation == "batch_means":
        return Message("mean of {n:,} batch", groups, plural="mean of {n:,} batches")
    nothing = row.aggregation.nothing
    if not count and nothing is not None:
        return nothing
    values: dict[str, object] = {"total": amount(total), "count": amount(count)}
    counted = row.aggregation.fraction(amount(total), amount(count))
    if not row.is_accuracy and counted is None:
        return Message("sum {total} over {count}", values)
    if settings.weighted and predictions.sample_weight is not None:
        return Message("weight {total} of {count}", values)
    if counted is not None:
        return counted
    if predictions.n_outputs > 1 and row.comparison.by_element:
        return Message("{total} of {count} elements", values)
    return Message("{total} of {count}", values)


def badges(row: Variant, predictions: Predictions, steps: Steps, plain: Steps) -> list[Message]:
    """What the activation does to one variant, and what it cannot change.

    Parameters
    ----------
    steps, plain : Steps
        With the chosen activation and with none.
    """
    if steps.activation == "none":
        return []
    name: dict[str, object] = {"activation": steps.activation}
    decision = row.decision_for(predictions.kind)
    if not decision.ordered:
        constant = steps.activation == "softmax" and predictions.n_outputs == 1
        if constant and decision.boundary is not None:
            return [Message("softmax: always 1")]
        return [Message("{activation} changes the outputs", name)]
    settings = Settings()
    after, before = decision.decide(steps, settings), decision.decide(plain, settings)
    moved = int(np.count_nonzero(after != before))
    if moved:
        return [
            Message(
                "{activation}: {n:,} sample tied",
                name | {"n": moved},
                plural="{activation}: {n:,} samples tied",
            )
        ]
    return [Message("{activation}: no effect", name)]


def _remarks(evaluation: Evaluation, steps: Steps, plain: Steps) -> list[Message]:
    """What stands small on a card: of which class it is, a k that is too large, the activation."""
    row, data = evaluation.variant, steps.predictions
    remarks = []
    if evaluation.steps.column is not None:
        name = data.class_name(evaluation.steps.column)
        remarks.append(Message("positive class: {name}", {"name": name}))
    k = evaluation.settings.k
    if "k" in row.uses(data.kind) and k >= data.n_classes:
        counts = {"k": k, "classes": data.n_classes}
        remarks.append(Message("all {classes} classes are in the top {k}", counts))
    return remarks + badges(row, data, steps, plain)


def board(
    evaluations: Mapping[str, Evaluation],
    previous: Mapping[str, float],
    steps: Steps,
    plain: Steps,
    selected: str,
    live: Mapping[str, object],
    shown: Collection[str] | None = None,
) -> Json:
    """The cards of the evaluations, for `accuracy_lens.components.board.show_board`.

    Parameters
    ----------
    live : mapping
        What cards say while the slider moves, see `accuracy_lens.explore.metrics.ladder`.
    shown : collection of str, optional
        The names of the cards that are shown; by default all.
    """
    cards = [
        fitting_card(
            evaluation,
            previous.get(name),
            [say(badge) for badge in _remarks(evaluation, steps, plain)],
        )
        for name, evaluation in evaluations.items()
        if shown is None or name in shown
    ]
    words = {
        "accuracies": say("Accuracies"),
        "others": say("Other metrics"),
        "misfits": "",
        "change": say("{change} since the last move", change="{change}"),
    }
    threshold = next(iter(evaluations.values())).settings.threshold
    return {
        "selected": selected,
        "cards": cards,
        "misfits": [],
        "words": words,
        "live": dict(live),
        "threshold": threshold,
    }


def misfit_board(misfits: Mapping[str, Misfit]) -> Json:
    """The cards of the variants without a number, for `board.show_misfits`."""
    cards = [misfit_card(CATALOG[name], wrong) for name, wrong in misfits.items()]
    words = {"accuracies": "", "others": "", "misfits": say("Not applicable to these data")}
    return {"selected": "", "cards": [], "misfits": cards, "words": words, "live": {}}
