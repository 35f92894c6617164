"""What a call of a library computes, where no row of the catalogue does it."""

from __future__ import annotations

from metrics_core.kinds import Kind
from metrics_core.libraries import LibraryRefusal
from metrics_core.libraries.usual import UsualAnswer
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.reverse.recipes.metrics.metric import Labels, Metric
from metrics_core.steps.choices.decision.argmax_of_libraries import NAN_HIGHEST
from metrics_core.steps.choices.decision.choice import Decision
from metrics_core.steps.choices.decision.rounding import ROUND
from metrics_core.steps.choices.decision.threshold import THRESHOLD

_MATCHES = "matches = y_true == decided"
_MEAN = "result = float(np.mean(matches))"
_MEANS = "means = [matches[y_true == c].mean() if (y_true == c).any() else 0.0 for c in classes]"
_AVERAGES = {
    "mean": (_MEAN,),
    "labels": (_MEAN,),
    "labelled_classes": (
        "means = [matches[y_true == c].mean() for c in np.unique(y_true)]",
        "result = float(np.mean(means))",
    ),
    "seen_classes": (
        "classes = np.union1d(y_true, decided)  # 0 for a class that is only predicted",
        _MEANS,
        "result = float(np.mean(means))",
    ),
    "all_classes": (
        "classes = range({classes})  # 0 for a class without labels",
        _MEANS,
        "result = float(np.mean(means))",
    ),
    "adjusted": (
        "means = [matches[y_true == c].mean() for c in np.unique(y_true)]",
        "chance = 1 / len(means)",
        "result = float((np.mean(means) - chance) / (1 - chance))",
    ),
}
_RANKED = {
    "rank_highest_index_first": (
        "order = np.argsort(y_pred, axis=1, kind='stable')[:, ::-1]  # the last of equal scores",
        "matches = (order[:, :{k}] == y_true[:, None]).any(axis=1)",
    ),
    "rank_after_ties": (
        "own = np.take_along_axis(y_pred, y_true[:, None].astype(int), axis=1)",
        "matches = (y_pred >= own).sum(axis=1) <= {k}  # equal scores count against it",
    ),
}


_PREPARED: dict[str, Decision] = {"above": THRESHOLD, "rounded": ROUND, "highest": NAN_HIGHEST}


def metric_of_library(found: UsualAnswer, data: Predictions) -> Metric | None:
    """A usual call as a metric; None where no lines of numpy say what it computes.

    Parameters
    ----------
    found : UsualAnswer
    data : Predictions

    Examples
    --------
    >>> from metrics_core.libraries.usual import usual_answers
    >>> data = Predictions.of([0, 1, 1], [[0.2, 0.7, 0.1], [0.1, 0.6, 0.3], [0.1, 0.5, 0.4]])
    >>> metrics = [metric_of_library(found, data) for found in usual_answers(data)]
    >>> [str(metric.title) for metric in metrics if metric and "Macro" in metric.name]
    []
    """
    answer, usual = found.answer, found.usual
    if isinstance(answer, LibraryRefusal) or answer.average.name not in _AVERAGES:
        return None
    ranked = _RANKED.get(answer.decision.name)
    unknown = answer.decision.uses == ("k",) and ranked is None
    if unknown or answer.read.activation != "none" or answer.metric.is_error:
        return None
    values = {"classes": answer.read.n_classes, "k": answer.settings.k}
    lines = (*(ranked or (_MATCHES,)), *_AVERAGES[answer.average.name])
    imports, _, call = usual.filled(data, "{weight}").rpartition("\n\n")
    labels: dict[Kind, Labels] = {"binary": "one", "multi_label": "elements"}
    _, _, compared, averaged = answer.words
    title = Message("{library}: {call}", {"library": found.title, "call": usual.call})
    return Metric(
        name=f"{usual.package} {found.rows[-1].newest} {usual.call}",
        title=title,
        is_accuracy=answer.average.name != "adjusted",
        compared=compared,
        averaged=averaged,
        decision=_PREPARED.get(usual.prepared, answer.decision),
        labels=labels.get(data.kind, "classes"),
        numpy=tuple(line.format(**values) for line in lines),
        library=(
            *imports.splitlines(),
            f"# {found.title}",
            "",
            *call.replace("print(", "result = float(").splitlines(),
        ),
    )
