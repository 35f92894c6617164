"""One sample's way through an evaluation, read from the arrays that the steps left behind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.catalog import Decision
from metrics_core.decision import NEVER, argmax, effective_threshold
from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.predictions import Array


@dataclass(frozen=True, eq=False)
class Trace:
    """What happened to one sample at every step.

    Attributes
    ----------
    index : int
        Row of the sample, from 0.
    label, raw, activated, decided, compared : ndarray
        The sample's part of the array of each step: a scalar ``()`` or a row ``(C,)``.
    value : float
        What the sample adds: 1.0 right, 0.0 wrong, a share of elements, or an error.
    weight : ndarray
        What it weighs in the aggregation: ``()`` or ``(C,)``.
    sentence : Message
        The same in one sentence.
    equation : str
        The step that decided, in LaTeX, with the numbers put in.
    """

    index: int
    label: Array
    raw: Array
    activated: Array
    decided: Array
    compared: Array
    value: float
    weight: Array
    sentence: Message
    equation: str


def trace(evaluation: Evaluation, index: int) -> Trace:
    """Read one sample's numbers from an evaluation; nothing is computed again.

    Parameters
    ----------
    evaluation : Evaluation
    index : int
        Row of the sample, from 0 to n - 1.

    Raises
    ------
    InputError
        If there is no such row.

    Examples
    --------
    >>> from metrics_core.evaluation import evaluate
    >>> from metrics_core.predictions import Predictions
    >>> data = Predictions.of([1, 1], np.array([0.46332538, 1.5], dtype="f4"))
    >>> str(trace(evaluate(data, "binary_accuracy"), 0).sentence)
    '0.4633 is not above 0.5, so class 0; the label is 1: wrong'
    """
    data = evaluation.predictions
    if not 0 <= index < data.n_samples:
        raise InputError(
            "index",
            "must be a row from 0 to {last}",
            index,
            "Choose a row of the table.",
            last=data.n_samples - 1,
        )
    compared = np.asarray(evaluation.matches[index])
    sentence, equation = _words(evaluation, index)
    return Trace(
        index,
        np.asarray(data.labels[index]),
        np.asarray(data.outputs[index]),
        np.asarray(evaluation.scores[index]),
        np.asarray(evaluation.decisions[index]),
        compared,
        _value(evaluation, index),
        evaluation.weight(index),
        sentence,
        equation,
    )


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


def _value(evaluation: Evaluation, index: int) -> float:
    return float(evaluation.sample_values(slice(index, index + 1))[0])


def _words(evaluation: Evaluation, index: int) -> tuple[Message, str]:
    row = evaluation.variant
    if row.comparison == "none":
        score = number(_value(evaluation, index))
        return Message("the score is {score}; the label does not matter", {"score": score}), score
    if evaluation.decisions.ndim == 2:
        return _elements(evaluation, index)
    decision = row.decision_for(evaluation.predictions.kind)
    if row.comparison in ("absolute_error", "squared_error"):
        return _distance(evaluation, index)
    if decision in ("argmax", "rank"):
        return _classes(evaluation, index, decision)
    return _single(evaluation, index, decision)


def _verdict(right: object) -> Message:
    return Message("right") if right else Message("wrong")


def _single(evaluation: Evaluation, index: int, decision: Decision) -> tuple[Message, str]:
    score, decided = evaluation.scores[index], evaluation.decisions[index]
    label = evaluation.predictions.labels[index]
    right = evaluation.matches[index]
    values = {"label": number(label), "verdict": _verdict(right), "decided": number(decided)}
    sign = "=" if right else r"\neq"
    if decision == "threshold":
        limit = effective_threshold(evaluation.settings.threshold, evaluation.scores.dtype)
        shown, threshold = number(score, float(limit)), f"{evaluation.settings.threshold:g}"
        if _side(shown, threshold) != _side(score, limit):
            shown, threshold = str(float(score)), str(float(limit))
        values |= {"score": shown, "threshold": threshold}
        equation = (
            rf"[\,{shown} > {values['threshold']}\,] = {values['decided']} {sign} {values['label']}"
        )
        if score == limit:
            template = "{score} equals the threshold and is not above it, so class {decided}; "
        elif decided:
            template = "{score} is above {threshold}, so class {decided}; "
        elif np.isnan(score):
            template = "{score} is above nothing, so class {decided}; "
        else:
            template = "{score} is not above {threshold}, so class {decided}; "
        return Message(template + "the label is {label}: {verdict}", values), equation
    half = float(np.floor(float(score))) + 0.5 if np.isfinite(score) else None
    values["score"] = number(score, half)
    if decision == "round":
        equation = (
            rf"\mathrm{{round}}({values['score']}) = {values['decided']} {sign} {values['label']}"
        )
        template = (
            "{score} lies halfway and rounds to the even {decided}; the label is {label}: {verdict}"
            if score == half
            else "{score} rounds to {decided}; the label is {label}: {verdict}"
        )
        return Message(template, values), equation
    template = "the output {score} must equal the label {label} exactly: {verdict}"
    cut = label.astype(score.dtype)
    if evaluation.variant.comparison == "equal" and score.dtype.kind != "f" and cut != label:
        values["label"], values["given"] = number(cut), number(label)
        template = (
            "the output is a whole number, so the label {given} is cut to {label}; "
            "the output {score} must equal it: {verdict}"
        )
    return Message(template, values), rf"{values['score']} {sign} {values['label']}"


def _classes(evaluation: Evaluation, index: int, decision: Decision) -> tuple[Message, str]:
    scores, decided = evaluation.scores[index], evaluation.decisions[index]
    label = evaluation.predictions.labels[index]
    true_class = label if np.ndim(label) == 0 else int(argmax(label[None])[0])
    right = evaluation.matches[index]
    values: dict[str, object] = {"label": number(true_class), "verdict": _verdict(right)}
    if decision == "argmax":
        best = scores[decided]
        ties = int(np.count_nonzero((scores == best) & (np.signbit(scores) == np.signbit(best))))
        values |= {"decided": number(decided), "score": number(best), "ties": ties}
        template = "output {decided} is the highest ({score}), so class {decided}; "
        if np.isnan(best):
            template = "no output is above the lowest number, so class {decided}; "
        elif ties > 1:
            template = (
                "{ties} outputs share the highest score ({score}), the first is class {decided}; "
            )
        sign = "=" if right else r"\neq"
        equation = rf"\arg\max_c s_c = {values['decided']} {sign} {values['label']}"
        return Message(template + "the label is {label}: {verdict}", values), equation
    k = evaluation.settings.k
    if decided == NEVER:
        template = (
            "class {label} has no rank, as it is out of range or the row is not finite: {verdict}"
        )
        return Message(template, values), r"\text{rank} = -"
    values |= {"score": number(scores[int(true_class)]), "higher": int(decided), "k": k}
    template = (
        "outputs higher than the {score} of class {label}: {higher}; "
        "fewer than {k} are needed: {verdict}"
    )
    sign = "<" if right else r"\not<"
    return Message(template, values), rf"\#\{{c : s_c > {values['score']}\}} = {decided} {sign} {k}"


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
        return Message(template, values), rf"[\,{right} = {len(labels)}\,] = {int(matches)}"
    return Message("{right} of the {n} elements of this sample are right", values), equation


def _distance(evaluation: Evaluation, index: int) -> tuple[Message, str]:
    squared = evaluation.variant.comparison == "squared_error"
    error = number(_value(evaluation, index))
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
