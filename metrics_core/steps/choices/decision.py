"""Step 3: each way to turn scores into decisions."""

from __future__ import annotations

from typing import Literal

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.sample import (
    Explanation,
    Sample,
    bracket,
    match_equation,
    number,
    numbers_apart,
    side,
    verdict,
)
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.decision.rank import NEVER
from metrics_core.steps.decision.threshold import effective_threshold
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


class _Threshold(Decision):
    name = "threshold"
    uses = ("threshold",)
    boundary = "threshold"
    numpy = ("decided = {s} > {t}",)
    keras = "keras.ops.greater({s}, {t})"
    casts = False
    keras_accuracy = "BinaryAccuracy(threshold={threshold!r})"
    without = None

    def decide(self, steps: Steps, settings: Settable) -> Array:
        return steps.above(settings.threshold)

    def words(self, settings: Settable) -> Message:
        return Message("> {threshold:g}", {"threshold": settings.threshold})

    def caption(self, decisions: Array, settings: Settable) -> Message:
        above = int(np.count_nonzero(decisions))
        return scores_above(above, decisions.size, f"{settings.threshold:g}")

    def explain(self, sample: Sample) -> Explanation:
        score, predicted, label = sample.scores[()], sample.decisions[()], sample.label[()]
        threshold = sample.settings.threshold
        limit = effective_threshold(threshold, score.dtype)
        shown, over = number(score, float(limit)), f"{threshold:g}"
        if side(shown, over) != side(score, limit):
            shown, over = str(float(score)), str(float(limit))
        values = {
            "score": shown,
            "threshold": over,
            "decided": number(predicted),
            "label": number(label, float(predicted)),
            "verdict": verdict(sample.matches),
        }
        if score == limit:
            said = Message(
                "{score} equals the threshold and is not above it, so class {decided}; "
                "the label is {label}: {verdict}",
                values,
            )
        elif predicted:
            said = Message(
                "{score} is above {threshold}, so class {decided}; the label is {label}: {verdict}",
                values,
            )
        elif np.isnan(score):
            said = Message(
                "{score} is above nothing, so class {decided}; the label is {label}: {verdict}",
                values,
            )
        else:
            said = Message(
                "{score} is not above {threshold}, so class {decided}; "
                "the label is {label}: {verdict}",
                values,
            )
        compared = values["label"]
        if sample.as_positive and label not in (0, 1):
            compared = rf"[\,{compared} \neq 0\,]"
        claim = f"{compared} = {bracket(f'{shown} > {over}')}"
        return said, match_equation(claim, sample.matches)


class _Round(Decision):
    name = "round"
    boundary = "rounding"
    numpy = ("decided = np.rint({s})  # halves to the even number",)
    keras = "keras.ops.round({s})"
    casts = False
    without = None

    def decide(self, steps: Steps, settings: Settable) -> Array:
        return steps.rounded

    def words(self, settings: Settable) -> Message:
        return Message("round, halves to even")

    def caption(self, decisions: Array, settings: Settable) -> Message:
        ones = f"{np.count_nonzero(decisions == 1):,}"
        values = {"ones": ones, "n": f"{decisions.size:,}"}
        return Message("{ones} of {n} scores round to exactly 1.", values)

    def explain(self, sample: Sample) -> Explanation:
        score, predicted, right = sample.scores[()], sample.decisions[()], sample.matches
        half = float(np.floor(float(score))) + 0.5 if np.isfinite(score) else None
        values = {
            "score": number(score, half),
            "decided": number(predicted + 0.0),  # -0 is 0
            "label": number(sample.compared_label[()], float(predicted)),
            "verdict": verdict(right),
        }
        said = Message("{score} rounds to {decided}; the label is {label}: {verdict}", values)
        if score == half:
            said = Message(
                "{score} lies halfway and rounds to the even {decided}; "
                "the label is {label}: {verdict}",
                values,
            )
        rounding = rf"{values['label']} = \mathrm{{round}}({values['score']})"
        return said, match_equation(rounding, right, f"{values['label']} = {values['decided']}")


class _Argmax(Decision):
    name = "argmax"
    ordered = True
    numpy = ("decided = np.argmax({s}, axis=1)",)
    keras = "keras.ops.argmax({s}, axis=1)"
    casts = False
    keras_accuracy = "{sparse}CategoricalAccuracy()"
    without = None

    def decide(self, steps: Steps, settings: Settable) -> Array:
        return steps.argmax

    def words(self, settings: Settable) -> Message:
        return Message("highest output")

    def caption(self, decisions: Array, settings: Settable) -> Message:
        return _COMPARED_IN_ROWS

    def explain(self, sample: Sample) -> Explanation:
        scores, predicted, right = sample.scores, sample.decisions[()], sample.matches
        best = scores[predicted]
        ties = int(np.count_nonzero((scores == best) & (np.signbit(scores) == np.signbit(best))))
        values = {
            "label": number(sample.true_class[()]),
            "verdict": verdict(right),
            "decided": number(predicted),
            "score": number(best),
            "ties": ties,
        }
        if np.isnan(best):
            said = Message(
                "no output is above the lowest number, so class {decided}; "
                "the label is {label}: {verdict}",
                values,
            )
        elif ties > 1:
            said = Message(
                "{ties} outputs share the highest score ({score}), the first is class {decided}; "
                "the label is {label}: {verdict}",
                values,
            )
        else:
            said = Message(
                "output {decided} is the highest ({score}), so class {decided}; "
                "the label is {label}: {verdict}",
                values,
            )
        own = f"{values['label']} = "
        equation = match_equation(rf"{own}\arg\max_c s_c", right, f"{own}{values['decided']}")
        return said, equation


class _Rank(Decision):
    name = "rank"
    uses = ("k",)
    ordered = True
    numpy = (
        "own = np.take_along_axis({s}, {c}[:, None], axis=1)",
        "higher = ({s} > own).sum(axis=1)",
    )
    without = None

    def decide(self, steps: Steps, settings: Settable) -> Array:
        return steps.rank

    def words(self, settings: Settable) -> Message:
        return Message("rank of the true class")

    def caption(self, decisions: Array, settings: Settable) -> Message:
        return _COMPARED_IN_ROWS

    def explain(self, sample: Sample) -> Explanation:
        rank, right, k = sample.decisions[()], sample.matches, sample.settings.k
        values: dict[str, object] = {
            "label": number(sample.true_class[()]),
            "verdict": verdict(right),
        }
        if rank == NEVER:
            said = Message(
                "class {label} has no rank, as it is out of range or the row is not finite: "
                "{verdict}",
                values,
            )
            return said, match_equation(rf"\mathrm{{rank}} < {k}", right, f"- < {k}")
        score = number(sample.scores[int(sample.true_class)])
        values |= {"score": score, "higher": int(rank), "k": k}
        said = Message(
            "outputs higher than the {score} of class {label}: {higher}; "
            "fewer than {k} are needed: {verdict}",
            values,
        )
        return said, match_equation(rf"\#\{{c : s_c > {score}\}} < {k}", right, f"{rank} < {k}")


class _PredictedClass(Decision):
    """The class that the outputs name: by threshold, by argmax, or the output itself."""

    name = "class"

    def for_kind(self, kind: Kind) -> Decision:
        by_kind: dict[Kind, Decision] = {"binary": THRESHOLD, "class_indices": NO_DECISION}
        return by_kind.get(kind, ARGMAX)


_COMPARED_IN_ROWS = Message("No threshold: the outputs of one row are compared with each other.")
NO_DECISION = Decision()
THRESHOLD = _Threshold()
ROUND = _Round()
ARGMAX = _Argmax()
RANK = _Rank()
PREDICTED_CLASS = _PredictedClass()


def scores_above(above: int, total: int, threshold: str) -> Message:
    """How many scores are above the threshold.

    Examples
    --------
    >>> str(scores_above(27, 96, "0.5"))
    '27 of 96 scores are above 0.5.'
    """
    values = {"above": f"{above:,}", "total": f"{total:,}", "threshold": threshold}
    return Message("{above} of {total} scores are above {threshold}.", values)
