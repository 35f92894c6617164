"""Parts of the lens that follow from one evaluation."""

from __future__ import annotations

from accuracy_lens.components.threshold_lens.lens import ROUNDING, Boundary, threshold_boundary
from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.overview.distribution import Distribution
from metrics_core.predictions import Predictions


def boundary_of(evaluation: Evaluation) -> Boundary | None:
    """Where scores become decisions under a variant; None where nothing is right by its score."""
    boundary = evaluation.decision.boundary
    if boundary == "threshold":
        return threshold_boundary(evaluation.settings.threshold)
    return ROUNDING if boundary == "rounding" else None


def sides_of(data: Predictions) -> tuple[Message, Message]:
    """What stands above and below the line."""
    if data.kind == "sparse":
        return Message("outputs of the true class"), Message("outputs of the other classes")
    if data.n_outputs > 1:
        return Message("outputs with label 1"), Message("outputs with label 0")
    return Message("label 1"), Message("label 0")


def caption_of(evaluation: Evaluation, spread: Distribution) -> Message:
    """What the decision does with these scores, in a sentence."""
    caption = evaluation.decision.caption(evaluation.decisions, evaluation.settings)
    if not spread.n_left_out:
        return caption
    return Message(
        "{caption} {n:,} is NaN or infinite and not drawn.",
        {"caption": caption, "n": spread.n_left_out},
        plural="{caption} {n:,} are NaN or infinite and not drawn.",
    )
