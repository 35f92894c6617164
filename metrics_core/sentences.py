"""What happened to one sample: a sentence, and the variant's formula with the numbers put in."""

from __future__ import annotations

import numpy as np

from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.steps.decision import NEVER, argmax, effective_threshold


def number(value: object, apart_from: float | None = None) -> str:
    """Four decimals, or as many as keep its side of another value that it is compared with.

    Examples
    --------
    >>> number(0.46332538), number(np.float32(0.50000006), 0.5), number(3), number(1e-7)
    ('0.4633', '0.50000006', '3', '1e-07')
    """
    if isinstance(value, (bool, np.bool_)):
        return str(int(value))
    if isinstance(value, (int, np.integer)):
        return str(value)
    assert isinstance(value, (float, np.floating))
    if not np.isfinite(value):
        return str(value)
    short = f"{value:.4f}"
    if float(value).is_integer() and abs(float(value)) < 1e6:
        short = f"{value:.0f}"
    lost = float(short) == 0 and value != 0
    crossed = apart_from is not None and _side(short, apart_from) != _side(value, apart_from)
    return str(value) if lost or crossed else short


def _side(value: object, limit: object) -> tuple[bool, bool]:
    return float(value) > float(limit), float(value) == float(limit)  # type: ignore[arg-type]


def explain(evaluation: Evaluation, index: int) -> tuple[Message, str]:
    r"""Say what happened to one sample, in a sentence and in LaTeX.

    Parameters
    ----------
    evaluation, index
        See `metrics_core.trace.trace`; the index is not checked here.

    Returns
    -------
    sentence : Message
    equation : str
        One term of the variant's formula with the numbers put in, down to what the sample adds;
        for several elements the share that is right.

    Examples
    --------
    >>> from metrics_core.evaluation import evaluate
    >>> from metrics_core.predictions import Predictions
    >>> made = evaluate(Predictions.of([1], [0.8656]), "binary_accuracy")
    >>> print(explain(made, 0)[1])
    [\,1 = [\,0.8656 > 0.5\,]\,] = 1
    """
    evaluation, index = evaluation.only(slice(index, index + 1)), 0
    row = evaluation.variant
    if row.comparison == "none":
        score = number(float(evaluation.sample_values()[0]))
        return Message("the score is {score}; the label does not matter", {"score": score}), score
    if row.comparison == "own":
        return _own(evaluation)
    if evaluation.decisions.ndim == 2:
        return _elements(evaluation, index)
    if row.comparison in ("absolute_error", "squared_error"):
        return _distance(evaluation, index)
    ways = {"threshold": _cut, "round": _rounded, "argmax": _highest, "rank": _ranked}
    return ways.get(row.decision_for(evaluation.predictions.kind), _exact)(evaluation, index)


def _cut(evaluation: Evaluation, index: int) -> tuple[Message, str]:
    score, decided = evaluation.scores[index], evaluation.decisions[index]
    label, right = evaluation.predictions.labels[index], evaluation.matches[index]
    threshold = evaluation.settings.threshold
    limit = effective_threshold(threshold, evaluation.scores.dtype)
    shown, over = number(score, float(limit)), f"{threshold:g}"
    if _side(shown, over) != _side(score, limit):
        shown, over = str(float(score)), str(float(limit))
    values = {
        "score": shown,
        "threshold": over,
        "decided": number(decided),
        "label": number(label, float(decided)),
        "verdict": _verdict(right),
    }
    if score == limit:
        template = "{score} equals the threshold and is not above it, so class {decided}; "
    elif decided:
        template = "{score} is above {threshold}, so class {decided}; "
    elif np.isnan(score):
        template = "{score} is above nothing, so class {decided}; "
    else:
        template = "{score} is not above {threshold}, so class {decided}; "
    own = values["label"]
    if evaluation.variant.comparison == "equal_as_positive" and label not in (0, 1):
        own = rf"[\,{own} \neq 0\,]"
    equation = _match(f"{own} = {_bracket(f'{shown} > {over}')}", right)
    return Message(template + "the label is {label}: {verdict}", values), equation


def _rounded(evaluation: Evaluation, index: int) -> tuple[Message, str]:
    score, decided = evaluation.scores[index], evaluation.decisions[index]
    label, right = _as_compared(evaluation, index), evaluation.matches[index]
    half = float(np.floor(float(score))) + 0.5 if np.isfinite(score) else None
    values = {
        "score": number(score, half),
        "decided": number(decided),
        "label": number(label, float(decided)),
        "verdict": _verdict(right),
    }
    template = (
        "{score} lies halfway and rounds to the even {decided}; the label is {label}: {verdict}"
        if score == half
        else "{score} rounds to {decided}; the label is {label}: {verdict}"
    )
    rounding = rf"{values['label']} = \mathrm{{round}}({values['score']})"
    equation = _match(rounding, right, f"{values['label']} = {values['decided']}")
    return Message(template, values), equation


def _exact(evaluation: Evaluation, index: int) -> tuple[Message, str]:
    given, label = evaluation.predictions.labels[index], _as_compared(evaluation, index)
    score, right = evaluation.scores[index], evaluation.matches[index]
    own, shown = _apart(label, score)
    values: dict[str, object] = {"label": own, "score": shown, "verdict": _verdict(right)}
    template = "the output {score} must equal the label {label} exactly: {verdict}"
    if score.dtype.kind != "f" and label != given:
        values["given"] = number(given)
        template = (
            "the output is a whole number, so the label {given} is cut to {label}; "
            "the output {score} must equal it: {verdict}"
        )
    return Message(template, values), _match(f"{own} = {shown}", right)


def _as_compared(evaluation: Evaluation, index: int) -> np.generic:
    """The label in the dtype in which it is compared with what was decided."""
    label: np.generic = evaluation.predictions.labels[index]
    row, dtype = evaluation.variant, evaluation.decisions.dtype
    if dtype.kind == "f" or (row.decision, row.comparison) == ("none", "equal"):
        with np.errstate(invalid="ignore", over="ignore"):
            return label.astype(dtype)
    return label


def _highest(evaluation: Evaluation, index: int) -> tuple[Message, str]:
    scores, decided = evaluation.scores[index], evaluation.decisions[index]
    true_class, right = _true_class(evaluation, index), evaluation.matches[index]
    best = scores[decided]
    ties = int(np.count_nonzero((scores == best) & (np.signbit(scores) == np.signbit(best))))
    values = {
        "label": number(true_class),
        "verdict": _verdict(right),
        "decided": number(decided),
        "score": number(best),
        "ties": ties,
    }
    template = "output {decided} is the highest ({score}), so class {decided}; "
    if np.isnan(best):
        template = "no output is above the lowest number, so class {decided}; "
    elif ties > 1:
        template = (
            "{ties} outputs share the highest score ({score}), the first is class {decided}; "
        )
    own = f"{values['label']} = "
    equation = _match(rf"{own}\arg\max_c s_c", right, f"{own}{values['decided']}")
    return Message(template + "the label is {label}: {verdict}", values), equation


def _ranked(evaluation: Evaluation, index: int) -> tuple[Message, str]:
    decided, right = evaluation.decisions[index], evaluation.matches[index]
    true_class, k = _true_class(evaluation, index), evaluation.settings.k
    values: dict[str, object] = {"label": number(true_class), "verdict": _verdict(right)}
    if decided == NEVER:
        template = (
            "class {label} has no rank, as it is out of range or the row is not finite: {verdict}"
        )
        return Message(template, values), _match(rf"\mathrm{{rank}} < {k}", right, f"- < {k}")
    score = number(evaluation.scores[index][int(true_class)])
    values |= {"score": score, "higher": int(decided), "k": k}
    template = (
        "outputs higher than the {score} of class {label}: {higher}; "
        "fewer than {k} are needed: {verdict}"
    )
    equation = _match(rf"\#\{{c : s_c > {score}\}} < {k}", right, f"{decided} < {k}")
    return Message(template, values), equation


def _true_class(evaluation: Evaluation, index: int) -> np.generic:
    label: np.generic = evaluation.predictions.labels[index]
    return label if np.ndim(label) == 0 else argmax(np.asarray(label)[None])[0]


def _elements(evaluation: Evaluation, index: int) -> tuple[Message, str]:
    labels, decisions = evaluation.predictions.labels[index], evaluation.decisions[index]
    matches = evaluation.matches[index]
    if evaluation.matches.dtype.kind != "b":
        return _distance(evaluation, index)
    right = int(np.count_nonzero(matches))
    if matches.ndim == 0:
        right = int(np.count_nonzero(labels == decisions))
    values: dict[str, object] = {"right": right, "n": len(labels)}
    equation = rf"\frac{{{right}}}{{{len(labels)}}}"
    if matches.ndim == 0:
        values["verdict"] = _verdict(matches)
        template = "{right} of {n} elements are right and all must be: {verdict}"
        return Message(template, values), _match(f"{right} = {len(labels)}", matches)
    return Message("{right} of the {n} elements of this sample are right", values), equation


def _distance(evaluation: Evaluation, index: int) -> tuple[Message, str]:
    squared = evaluation.variant.comparison == "squared_error"
    error = number(float(evaluation.sample_values()[0]))
    score = evaluation.scores[index]
    if np.ndim(score):
        template = (
            "the mean squared distance between scores and labels is {error}"
            if squared
            else "the mean distance between scores and labels is {error}"
        )
        return Message(template, {"error": error}), error
    values = {
        "score": number(score),
        "label": number(evaluation.predictions.labels[index]),
        "error": error,
    }
    template = (
        "the score {score} and the label {label} differ by {error} when squared"
        if squared
        else "the score {score} and the label {label} differ by {error}"
    )
    equation = rf"\lvert {values['score']} - {values['label']} \rvert"
    return Message(template, values), rf"{equation}{'^2' if squared else ''} = {error}"


def _own(evaluation: Evaluation) -> tuple[Message, str]:
    name = evaluation.variant.name
    values = {"function": name, "value": number(float(evaluation.sample_values()[0]))}
    template = (
        "{function} gives one value, {value}, for all samples together; none has its own"
        if evaluation.one_value
        else "{function} gives {value} for this sample"
    )
    called = rf"\mathrm{{{name.replace('_', chr(92) + '_')}}}(y, s)"
    return Message(template, values), f"{called} = {values['value']}"


def _verdict(right: object) -> Message:
    return Message("right") if right else Message("wrong")


def _bracket(claim: str) -> str:
    """1 where the claim holds, else 0, as the formulas of the catalogue write it."""
    return rf"[\,{claim}\,]"


def _match(claim: str, right: object, with_numbers: str | None = None) -> str:
    """A claim in brackets, the same with what was decided put in, and the match that it gives."""
    steps = [_bracket(part) for part in (claim, with_numbers) if part is not None]
    return " = ".join([*steps, str(int(bool(right)))])


def _apart(one: object, other: object) -> tuple[str, str]:
    """Both numbers, as short as lets them look equal only where they are."""
    shown = number(one, float(other)), number(other, float(one))  # type: ignore[arg-type]
    looks_equal = float(shown[0]) == float(shown[1])
    return shown if looks_equal == (one == other) else (str(one), str(other))
