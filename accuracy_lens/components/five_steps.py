"""Evaluations -> what the strip shows: the choice at each of the five steps."""

from __future__ import annotations

from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.steps.activation import ACTIVATIONS
from metrics_core.steps.aggregation.per_class import PerClassMean
from metrics_core.steps.choices.aggregation import AVERAGES
from metrics_core.steps.one_class import outputs_words


def step_choices(
    evaluation: Evaluation, whole: Predictions | None = None
) -> list[tuple[Message, Message]]:
    """The choice at each of the five steps, and why it does not matter where it does not.

    Parameters
    ----------
    whole : Predictions, optional
        The data in view, where the evaluation may be of the column of one class.
    """
    row, settings = evaluation.variant, evaluation.settings
    data, nothing = evaluation.predictions, Message("")
    decision = evaluation.decision
    shape = outputs_words(whole or data, evaluation.steps.column)
    ordered = decision.ordered and settings.activation != "none"
    how = row.aggregation if settings.aggregation is None else AVERAGES[settings.aggregation]
    if how.by_class and not isinstance(evaluation.state, PerClassMean):
        how = row.aggregation
    averaged = how.words(settings)
    if evaluation.one_value and not how.by_batch:
        averaged = Message("the value itself")
    return [
        (shape, nothing),
        (
            ACTIVATIONS[settings.activation].words,
            Message("it keeps the order, and only the order matters here") if ordered else nothing,
        ),
        (decision.words(settings), decision.without or nothing),
        (row.comparison.words(settings), row.comparison.without or nothing),
        (averaged, nothing),
    ]
