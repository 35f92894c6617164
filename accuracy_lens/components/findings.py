"""What the doctor finds in the data in view, told on every page in a line with a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from accuracy_lens.view import prepared
from accuracy_lens.view.caches import session_cache
from accuracy_lens.view.control_table import controls, widgets
from accuracy_lens.view.control_table.table import VIEW, View, of_settings
from accuracy_lens.view.pages import DOCTOR
from accuracy_lens.view.state import VISITOR
from accuracy_lens.view.stored import runs_alone
from accuracy_lens.words.feedback import attempt, plain
from accuracy_lens.words.text import say
from metrics_core.doctor import RULES, Finding, Report, examine
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps

QUICK = 200_000
"""Outputs up to which an examination is quick enough to follow every move of the threshold."""
_MOST_LINES = 3


@session_cache(entries=4, examples=256)
def examined(
    digest: str, settings: Settings, _predictions: Predictions, _steps: Steps | None = None
) -> Report:
    """Examine once for each data and settings; see `metrics_core.doctor.examine`."""
    return examine(_predictions, settings=settings, steps=_steps)


def examined_by_page(predictions: Predictions, settings: Settings, steps: Steps) -> Report:
    """The report for the Doctor page, which examines data of any size.

    What it has found in large data is told on the other pages too, while the view stays as it is.
    """
    VISITOR.examined = (predictions.digest, settings)
    return examined(predictions.digest, settings, predictions, steps)


def pick_muted() -> None:
    """The muted findings, in the sidebar and in the URL, where there are some."""
    if not VIEW.muted and not View.muted.asked:
        return
    titles = {rule.id: rule.title for rule in RULES}
    muted = widgets.multiselect(
        View.muted,
        say("Muted findings"),
        list(titles),
        default=[],
        help=say("They are neither counted nor shown. Take one out to hear of it again."),
    )
    for code in muted:
        st.caption(plain(say("{code}: {title}", code=code, title=titles[code])))


def in_view(predictions: Predictions) -> tuple[Predictions, Settings]:
    """The data and settings that the controls stand for, wherever they are drawn."""
    form = controls.label_form(predictions)
    if form is not None:
        predictions = prepared.converted(predictions.digest, form, predictions)
    return predictions, controls.settings_in_view(predictions)


def can_be_told_first(predictions: Predictions) -> bool:
    """Whether data are new and the view is known before the page's controls are drawn.

    What is told then takes its place before the numbers below it come.
    """
    new = VISITOR.told != predictions.digest
    VISITOR.told = predictions.digest
    return new and all(
        control.stored or (not control.asked and control.read() == control.start)
        for control in (View.labels, *of_settings(Settings).values())
    )


@contextmanager
def told_above(predictions: Predictions) -> Iterator[None]:
    """Name the serious findings above what is drawn inside, which may have the controls.

    Parameters
    ----------
    predictions : Predictions
        The data in view, as they came.
    """
    line = st.container(key="serious")
    first = can_be_told_first(predictions)
    if first:
        with line:
            show_serious(predictions)
    yield
    if not first:
        with line:
            show_serious(predictions)


@dataclass(frozen=True)
class SeriousPlace:
    """Where a fragment names the serious findings, and whether this run has named them there."""

    place: DeltaGenerator
    told: bool


def place_serious(predictions: Predictions) -> SeriousPlace:
    """Ask for the place where a fragment names the serious findings with `show_serious_at`.

    They are named there at once where data are new, so that nothing below jumps.

    Parameters
    ----------
    predictions : Predictions
        The data in view, as they came.
    """
    place, told = st.empty(), can_be_told_first(predictions)
    VISITOR.told_first = told
    if told:
        with place.container(key="serious"):
            show_serious(predictions)
    return SeriousPlace(place, told)


def show_serious_at(where: SeriousPlace, predictions: Predictions) -> None:
    """Name them there, instead of what was; once is enough where the whole page is drawn."""
    if where.told and not runs_alone():
        return
    with where.place.container(key="serious_now"):
        show_serious(predictions)


def show_serious(predictions: Predictions) -> None:
    """Name each serious finding in a line with a link to the Doctor.

    Large data are not examined here; see `examined_by_page`.

    Parameters
    ----------
    predictions : Predictions
        The data in view, as they came.
    """
    attempt(lambda: _show_serious(predictions))


def _show_serious(predictions: Predictions) -> None:
    data, settings = in_view(predictions)
    if data.y_pred.size > QUICK and VISITOR.examined != (data.digest, settings):
        return
    steps = prepared.steps(data.digest, settings.activation, data)
    report = examined(data.digest, settings, data, steps).without(VIEW.muted)
    name_serious(report.of_severity("serious"))


def name_serious(findings: Sequence[Finding]) -> None:
    """A line for each of the first findings, with a link to the Doctor."""
    for found in findings[:_MOST_LINES]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge(say("serious"), color="orange", width="content")
            st.markdown(
                plain(say("{code}: {title}", code=found.id, title=found.title)), width="content"
            )
            _link(say("See Doctor"))


def _link(words: str) -> None:
    arrow = ":material/arrow_forward:"
    st.page_link(
        DOCTOR.script, label=plain(words), icon=arrow, icon_position="right", width="content"
    )


def show_quiet(predictions: Predictions, settings: Settings, steps: Steps) -> None:
    """Link to the Doctor with the number of serious findings and warnings; say where there is none.

    Parameters
    ----------
    predictions : Predictions
    settings : Settings
        The view.
    steps : Steps
        Those of the predictions under the activation in view, so that they are not computed again.
    """
    report = examined(predictions.digest, settings, predictions, steps).without(VIEW.muted)
    words = quiet_words(report)
    if report.healthy:
        st.caption(words)
    else:
        _link(words)


def quiet_words(report: Report) -> str:
    """Count the serious findings and the warnings of a report; notes do not count.

    Examples
    --------
    >>> quiet_words(examine(Predictions.of([0, 1, 0, 1] * 50, [-3.0, 0.2, -1.0, 2.5] * 50)))
    '3 findings: see Doctor'
    """
    count = len(report.findings) - len(report.of_severity("note"))
    if count == 0:
        return say("no findings")
    return say("{n} finding: see Doctor", plural="{n} findings: see Doctor", n=count)
