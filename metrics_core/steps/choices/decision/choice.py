"""What a choice at the decision step is, and the one that decides nothing."""

from __future__ import annotations

from typing import Literal

from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.sample import (
    Explanation,
    Sample,
    match_equation,
    number,
    numbers_apart,
    verdict,
)
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.shared import Steps


class Decision:
    """A choice at the decision step; this one decides nothing.

    Attributes
    ----------
    name : str
    uses : tuple of str
        The settings that can change what is decided.
    ordered : bool
        Whether only the order of a row's scores counts: one decision per sample, which an
        activation that keeps the order cannot change.
    boundary : {"threshold", "rounding"} or None
        What separates the classes on the axis of scores, where each score is decided by itself.
    numpy : tuple of str
        Lines of numpy that leave ``decided``; `metrics_core.codegen.numpy_code` fills the names in.
    keras : str
        The decision in `keras.ops`.
    casts : bool
        Whether a Keras metric that decides like this needs float32 scores.
    keras_accuracy : str
        The Keras metric that decides and compares by itself; empty where there is none.
    """

    name: str = "none"
    uses: tuple[str, ...] = ()
    ordered: bool = False
    boundary: Literal["threshold", "rounding"] | None = None
    numpy: tuple[str, ...] = ()
    keras: str = "{s}"
    casts: bool = True
    keras_accuracy: str = ""

    def for_kind(self, kind: Kind) -> Decision:
        """The choice that is meant for a kind of predictions."""
        return self

    def decide(self, steps: Steps, settings: Settable) -> Array:
        """The decisions: ``(n,)`` or ``(n, C)``."""
        return steps.scores

    def words(self, settings: Settable) -> Message:
        """The choice in a few words."""
        return Message("none")

    @property
    def without(self) -> Message | None:
        """Why the step does not matter, where it does not."""
        return Message("this number is computed from the scores")

    def caption(self, decisions: Array, settings: Settable) -> Message:
        """What the decisions say of all scores, in a sentence."""
        return Message("Nothing is decided here: the scores themselves count.")

    def explain(self, sample: Sample) -> Explanation:
        """Say of one sample what was decided and whether it is right."""
        label, score, right = sample.compared_label[()], sample.scores[()], sample.matches
        own, shown = numbers_apart(label, score)
        values: dict[str, object] = {"label": own, "score": shown, "verdict": verdict(right)}
        template = "the output {score} must equal the label {label} exactly: {verdict}"
        if score.dtype.kind != "f" and label != sample.label:
            values["given"] = number(sample.label[()])
            template = (
                "the output is a whole number, so the label {given} is truncated to {label}; "
                "the output {score} must equal it: {verdict}"
            )
        return Message(template, values), match_equation(f"{own} = {shown}", right)


NO_DECISION = Decision()
COMPARED_IN_ROWS = Message("No threshold: the outputs of one row are compared with each other.")
"""The caption where only the order of a row's scores counts."""
