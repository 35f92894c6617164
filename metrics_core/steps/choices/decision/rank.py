"""How many outputs are higher than that of the true class."""

from __future__ import annotations

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.decision.choice import COMPARED_IN_ROWS, Decision
from metrics_core.steps.choices.sample import Explanation, Sample, match_equation, number, verdict
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.decision.rank import NEVER
from metrics_core.steps.shared import Steps


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
        return COMPARED_IN_ROWS

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


RANK = _Rank()
