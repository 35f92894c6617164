"""Evaluations -> what the board and the strip show: one card per variant, and its five steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from accuracy_lens.components.fractions import count_words
from accuracy_lens.components.number_cards import Json, board_of, number_card
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import CATALOG, Misfit
from metrics_core.catalog.variant import Variant
from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps


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
    change = _change(evaluation.result, previous)
    words = count_words(evaluation)
    return number_card(evaluation.variant, evaluation.result, words, change, badges)


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
    threshold = next(iter(evaluations.values())).settings.threshold
    return board_of(cards, selected=selected, threshold=threshold, live=live)


def misfit_board(misfits: Mapping[str, Misfit]) -> Json:
    """The cards of the variants without a number, for `board.show_misfits`."""
    cards = [misfit_card(CATALOG[name], wrong) for name, wrong in misfits.items()]
    words = {"accuracies": "", "others": "", "misfits": say("Not applicable to these data")}
    return {"selected": "", "cards": [], "misfits": cards, "words": words, "live": {}}
