"""The formula of a number with its figures put in, and the lines that compute it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from accuracy_lens.words.text import amount, figure
from metrics_core.codegen.keras_code import keras_code
from metrics_core.codegen.numpy_code import numpy_code
from metrics_core.codegen.of_one_class import of_one_class
from metrics_core.evaluation import Evaluation
from metrics_core.kinds import Kind


def formula_of(evaluation: Evaluation) -> str:
    """The formula in LaTeX, with the fraction and its value behind it."""
    return rf"{evaluation.variant.formula} = {_fraction(evaluation)}"


def _fraction(evaluation: Evaluation) -> str:
    result = figure(evaluation.result)
    if not evaluation.count or evaluation.one_value:
        return result
    total, count = (
        amount(value).replace(",", "{,}") for value in (evaluation.total, evaluation.count)
    )
    return rf"\frac{{{total}}}{{{count}}} = {result}"


def programs_of(evaluation: Evaluation, kind: Kind) -> Iterator[tuple[str, str]]:
    """The lines of Keras and of numpy that give a number, each behind the name of its library.

    Parameters
    ----------
    kind : Kind
        Of the data in view; the evaluation may be of the column of one class.
    """
    for title, write in (("Keras", keras_code), ("numpy", numpy_code)):
        yield title, _written(write, evaluation, kind)


def _written(write: Callable[..., str], evaluation: Evaluation, kind: Kind) -> str:
    data, settings, column = evaluation.predictions, evaluation.settings, evaluation.steps.column
    weighted = data.sample_weight is not None
    if column is None:
        return write(evaluation.variant, data.kind, settings, has_weight=weighted)
    plain_outputs = settings.changed(activation="none")
    code = write(evaluation.variant, data.kind, plain_outputs, has_weight=weighted)
    return of_one_class(code, kind, column, settings.activation)
