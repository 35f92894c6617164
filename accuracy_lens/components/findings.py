"""What the doctor finds in the data in view, and how many findings there are in a few words."""

from __future__ import annotations

from accuracy_lens.view.caches import session_cache
from accuracy_lens.words.text import say
from metrics_core.doctor import Report, examine
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps

QUICK = 200_000
"""Outputs up to which an examination is quick enough to follow every move of the threshold."""


@session_cache(entries=4)
def examined(
    digest: str, settings: Settings, _predictions: Predictions, _steps: Steps | None = None
) -> Report:
    """Examine once for each data and settings; see `metrics_core.doctor.examine`."""
    return examine(_predictions, settings=settings, steps=_steps)


def quiet_line(predictions: Predictions, settings: Settings, steps: Steps | None = None) -> str:
    """Say in a few words how many serious findings and warnings there are.

    Parameters
    ----------
    predictions : Predictions
    settings : Settings
        The view.
    steps : Steps, optional
        Those of the predictions under the activation in view, so that they are not computed again.

    Returns
    -------
    str
        See `quiet_words`.
    """
    return quiet_words(examined(predictions.digest, settings, predictions, steps))


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
