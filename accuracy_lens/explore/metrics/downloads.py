"""The results in view as files: samples, metrics, and the whole report."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from accuracy_lens.frame import prepare
from accuracy_lens.jobs.formula_runs import Outcome
from accuracy_lens.report import exports, metrics
from accuracy_lens.report.whole import Subject, find_out, write
from accuracy_lens.view.control_table.table import VIEW
from accuracy_lens.view.state import Source
from accuracy_lens.words.language import later
from accuracy_lens.words.text import say
from metrics_core.evaluation import Evaluation
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.releases.rules.release import USUAL_LOSS
from metrics_core.steps.shared import Steps


def show_downloads(
    evaluations: Mapping[str, Evaluation],
    selected: str,
    steps: Steps,
    source: Source,
    custom: Outcome | None,
    rows: Callable[[], slice | Array],
    n_rows: int,
) -> None:
    """Draw the buttons; the rows are looked up once a button is pressed."""
    data = steps.predictions
    columns = custom.columns() if custom else {}
    settings = next(iter(evaluations.values())).settings
    with st.container(horizontal=True):
        about = _subject(evaluations, selected, data, source)
        st.download_button(
            say("Report"),
            later(lambda: write(find_out(about), "html")),
            "report.html",
            "text/html",
            on_click="ignore",
            key="report",
            help=say("Everything about these outputs in one page to keep or print, no samples."),
        )
        st.download_button(
            say("{n:,} sample as CSV", plural="{n:,} samples as CSV", n=n_rows),
            later(lambda: exports.samples_csv(data, steps, evaluations, rows(), columns)),
            "samples.csv",
            "text/csv",
            on_click="ignore",
            key="csv",
        )
        st.download_button(
            say("{n:,} sample as Parquet", plural="{n:,} samples as Parquet", n=n_rows),
            lambda: exports.samples_parquet(data, steps, evaluations, rows(), columns),
            "samples.parquet",
            "application/vnd.apache.parquet",
            on_click="ignore",
            key="parquet",
        )
        st.download_button(
            say("All metrics as JSON"),
            later(
                lambda: metrics.metrics_json(
                    data, evaluations, settings, dict(source.origin), custom
                )
            ),
            "metrics.json",
            "application/json",
            on_click="ignore",
            key="json",
        )


def _subject(
    evaluations: Mapping[str, Evaluation], selected: str, data: Predictions, source: Source
) -> Subject:
    """What the report is about: the view as it stands."""
    columns = {each.steps.column for each in evaluations.values()} - {None}
    link = prepare.link(present=False, story=True, hidden=[], locked=[], cards=[])
    return Subject(
        predictions=data,
        title=source.title,
        origin=source.origin,
        settings=evaluations[selected].settings,
        loss=source.opens.get("which_loss") or USUAL_LOSS[data.kind],
        notes=source.notes,
        card=selected,
        positive=next(iter(columns), None),
        muted=frozenset(VIEW.muted),
        link=link,
    )
