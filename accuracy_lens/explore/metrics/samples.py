"""The table of samples: filter, sort, page, open one, download all."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import streamlit as st

from accuracy_lens.components.sample_columns import column_titles
from accuracy_lens.components.sample_rows import (
    DOUBTED,
    PAGE,
    SHOW,
    SORT,
    chosen_rows,
    page_of,
    rows_in_view,
    sort_keys,
    sort_values,
)
from accuracy_lens.components.sample_table import sample_table, shortened
from accuracy_lens.explore.metrics import label_errors
from accuracy_lens.explore.metrics.downloads import show_downloads
from accuracy_lens.explore.metrics.numbers import score_order
from accuracy_lens.jobs.formula_runs import Outcome
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.view.events import selected_cells
from accuracy_lens.view.state import VISITOR, Source
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import CATALOG
from metrics_core.evaluation import Evaluation
from metrics_core.label_errors import LabelErrors
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps

_RIGHT, _WRONG, _PARTLY = "right", "wrong", "partly"
_VERDICTS: dict[str, Message] = {
    _RIGHT: Message("right"),
    _WRONG: Message("wrong"),
    _PARTLY: Message("partly"),
}
_PREFIX = "right_"


@dataclass(frozen=True)
class Listing:
    """Which samples the table shows, in which order."""

    show: str
    sort: str
    descending: bool


def pick_listing(data: Predictions) -> Listing:
    """Draw the heading of the table and its controls."""
    st.markdown(f"## {say('Samples')}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        show = widgets.select(
            View.show, say("Show"), _filters(data),
            format_func=lambda name: say(SHOW[name]), width=190,
        )  # fmt: skip
        sort = widgets.select(
            View.sort, say("Sort by"), sort_keys(data, doubted=show == DOUBTED),
            format_func=lambda name: say(SORT[name]), width=220,
        )  # fmt: skip
        return Listing(show, sort, widgets.toggle(View.descending, say("Descending")))


def show_samples(
    listing: Listing,
    evaluations: Mapping[str, Evaluation],
    selected: str,
    steps: Steps,
    source: Source,
    custom: Outcome | None = None,
) -> None:
    """Draw the table; a click on a cell opens the trace of its sample.

    Parameters
    ----------
    custom : Outcome, optional
        What the visitor's formula gave; its values per sample are columns.
    """
    data, descending = evaluations[selected].predictions, listing.descending
    chosen = evaluations[selected]
    quick = listing.show == "all" and listing.sort == "row"
    with nullcontext() if quick else st.spinner(say("Sorting the samples")):
        doubted = label_errors.found(steps) if listing.show == DOUBTED else None
        order = _order(steps, listing.sort, chosen.settings.threshold, doubted)
        mask = (
            chosen_rows(listing.show, chosen, evaluations) if doubted is None else doubted.suspect
        )
        n_shown = data.n_samples if mask is None else int(np.count_nonzero(mask))
        n_pages = max(1, -(-n_shown // PAGE))
        if n_pages < VIEW.page:
            View.page.write_start()
        above = st.container()
        page = min(int(widgets.pagination(View.page, n_pages)), n_pages)
        rows = page_of(data.n_samples, mask, order, descending=descending, page=page)
    above.text(
        say(
            "{shown} of {n:,} sample; right and wrong by the selected metric",
            plural="{shown} of {n:,} samples; right and wrong by the selected metric",
            shown=f"{n_shown:,}", n=data.n_samples,
        )
    )  # fmt: skip
    if len(rows):
        with above:
            _show_rows(evaluations, steps, rows, custom.columns() if custom else {})
    if doubted is not None:
        label_errors.show(doubted, steps, evaluations)
    whole = mask is None and order is None and not descending
    with st.container(horizontal=True, vertical_alignment="center"):
        every = whole or widgets.toggle(
            View.export_all,
            say("Files of all {n:,} samples, in the order of the data", n=data.n_samples),
            help=say("Otherwise the files hold the samples that are shown, in the order shown."),
        )
    n_written = data.n_samples if every else n_shown
    show_downloads(
        evaluations,
        selected,
        steps,
        source,
        custom,
        lambda: (
            slice(None)
            if every
            else rows_in_view(data.n_samples, mask, order, descending=descending)
        ),
        n_written,
    )


def _filters(data: Predictions) -> list[str]:
    """What the table can show; no label is doubted without scores."""
    some = data.kind != "class_indices"
    return [name for name in SHOW if some or name != DOUBTED]


def _order(steps: Steps, sort: str, threshold: float, doubted: LabelErrors | None) -> Array | None:
    values = sort_values(steps, sort, threshold)
    if sort == "margin" and doubted is not None:
        values = doubted.margin
    if values is None:
        return None
    mark = f"{sort} {threshold if sort == 'distance' else ''}"
    return score_order(steps.predictions.digest, steps.activation, mark, values)


def _show_rows(
    evaluations: Mapping[str, Evaluation], steps: Steps, rows: Array, custom: Mapping[str, Array]
) -> None:
    table = shortened(sample_table(steps.predictions, steps, evaluations, rows, custom))
    verdicts = [name for name in table.column_names if name.startswith(_PREFIX)]
    for name in verdicts:
        words = [[_verdict(value)] for value in table[name].to_pylist()]
        table = table.set_column(table.column_names.index(name), name, pa.array(words))
    titles = column_titles(table.column_names, steps.predictions.n_outputs)
    config: dict[str, Any] = titles | {
        name: st.column_config.MultiselectColumn(
            say(CATALOG[name.removeprefix(_PREFIX)].title),
            options=list(_VERDICTS),
            color=["#0072B2", "#D55E00", "#8a8a8a"],
            format_func=lambda verdict: say(_VERDICTS[verdict]),
        )
        for name in verdicts
    }
    config |= {
        name: st.column_config.NumberColumn(name, help=say("Your metric"), format="%.4g")
        for name in custom
    }
    config["row"] = st.column_config.NumberColumn(say("row"), pinned=True)
    VISITOR.rows = rows
    st.dataframe(
        table,
        hide_index=True,
        key="samples",
        height=400,
        on_select=_open_sample,
        selection_mode="single-cell",
        column_order=_verdicts_first(table.column_names, steps),
        column_config=config,
        alt=say("Samples"),
    )


def _verdicts_first(columns: list[str], steps: Steps) -> list[str]:
    """With several outputs per sample, their columns stand behind what follows from them."""
    if steps.predictions.n_outputs == 1:
        return columns
    return sorted(columns, key=lambda name: name.startswith(("output_", "activated_")))


def _verdict(value: object) -> str:
    if value in (True, 1.0):
        return _RIGHT
    return _PARTLY if isinstance(value, float) and value > 0 else _WRONG


def _open_sample() -> None:
    """After a cell was clicked: trace its sample, under its column's variant where it has one."""
    for position, column in selected_cells("samples")[:1]:
        assert VISITOR.rows is not None
        VIEW.sample = int(VISITOR.rows[position])
        if column.startswith(_PREFIX):
            View.card.move(column.removeprefix(_PREFIX))
