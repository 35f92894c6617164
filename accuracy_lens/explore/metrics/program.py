"""The lines of Keras and of numpy that give a number of the Metrics page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from accuracy_lens.view import widgets
from accuracy_lens.view.table import View
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say, say_code
from metrics_core.codegen.keras_code import keras_code
from metrics_core.codegen.numpy_code import numpy_code
from metrics_core.codegen.of_one_class import of_one_class
from metrics_core.evaluation import Evaluation
from metrics_core.kinds import Kind
from metrics_core.predictions import Predictions


def show_code(evaluation: Evaluation, whole: Predictions) -> None:
    """The lines of Keras and of numpy that give the number in view.

    Parameters
    ----------
    whole : Predictions
        The data in view; the evaluation may be of the column of one class.
    """
    box = widgets.expander(View.code, say("Code that gives this number"))
    if not box.open:
        return
    with box:
        st.caption(plain(evaluation.variant.keras))
        for title, write in (("Keras", keras_code), ("numpy", numpy_code)):
            st.text(title)
            st.code(say_code(_written(write, evaluation, whole.kind)), wrap_lines=True)


def _written(write: Callable[..., str], evaluation: Evaluation, kind: Kind) -> str:
    data, settings, column = evaluation.predictions, evaluation.settings, evaluation.steps.column
    weighted = data.sample_weight is not None
    if column is None:
        return write(evaluation.variant, data.kind, settings, has_weight=weighted)
    plain_outputs = settings.changed(activation="none")
    code = write(evaluation.variant, data.kind, plain_outputs, has_weight=weighted)
    return of_one_class(code, kind, column, settings.activation)
