"""The samples of a chosen cell of the matrix."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import streamlit as st

from accuracy_lens.components.sample_columns import column_titles
from accuracy_lens.components.sample_table import sample_table, shortened
from accuracy_lens.explore.classes.answers import (
    called,
)
from accuracy_lens.explore.classes.matrix import (
    ANY,
    Matrix,
    most_confident_first,
    predicted_scores,
    rows_of_cell,
)
from accuracy_lens.report import exports
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.language import later
from accuracy_lens.words.text import say
from metrics_core.numeric.arrays import Array
from metrics_core.steps.shared import Steps

MOST_LISTED = 200
_OUTPUTS = ("output_", "activated_")


def show_cell(
    steps: Steps,
    sides: tuple[Array, Array],
    scores: Array | None,
    cell: tuple[Matrix, tuple[int, int]],
    labels: Sequence[str],
) -> None:
    """The samples of the chosen cell, the most confident first."""
    matrix, (true_key, predicted_key) = cell
    if true_key == predicted_key == ANY:
        st.caption(
            say("Click a cell (tap it twice), or choose a true class and a predicted class.")
        )
        return
    true, predicted = sides
    rows = rows_of_cell(true, predicted, matrix, true_key, predicted_key)
    rows = most_confident_first(rows, scores, predicted)
    shown = rows[:MOST_LISTED]
    st.markdown(plain(say(
        "{true} predicted as {predicted}: {n:,} sample",
        plural="{true} predicted as {predicted}: {n:,} samples",
        true=called(true_key, labels), predicted=called(predicted_key, labels), n=len(rows),
    )))  # fmt: skip
    if len(rows) > MOST_LISTED:
        st.caption(
            say("The first {count} are listed.", count=MOST_LISTED)
            if scores is None
            else say("The {count} most confident are listed.", count=MOST_LISTED)
        )
    if not len(rows):
        return
    table = shortened(sample_table(steps.predictions, steps, {}, shown))
    names = [called(int(index), labels) for index in predicted[shown].tolist()]
    position = table.column_names.index("label") + 1
    table = table.add_column(position, "predicted", pa.array(names))
    if steps.predictions.n_outputs > 1 and scores is not None:
        table = table.add_column(
            position + 1, "score", pa.array(predicted_scores(shown, scores, predicted))
        )
    st.dataframe(
        table,
        hide_index=True,
        key="cell_samples",
        height=min(400, 37 + 35 * len(shown)),
        column_order=sorted(table.column_names, key=lambda name: name.startswith(_OUTPUTS)),
        column_config=column_titles(table.column_names, steps.predictions.n_outputs)
        | {"row": st.column_config.NumberColumn(say("row"), pinned=True)},
        alt=say("Samples of a cell"),
    )
    st.download_button(
        say("These samples as CSV"),
        later(lambda: exports.samples_csv(steps.predictions, steps, {}, rows)),
        "cell.csv",
        "text/csv",
        on_click="ignore",
        key="cell_csv",
    )
