"""Training runs that are kept: each of their epochs can be A or B."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import cast

from accuracy_lens.frame.called import choice, setting
from accuracy_lens.jobs.runs import registry
from accuracy_lens.view.caches import session_cache
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.view.state import VISITOR, Source
from accuracy_lens.words.text import say
from metrics_core.live_keras import EpochReport, RunSettings
from metrics_core.live_keras.images import OWN
from metrics_core.predictions import Predictions
from metrics_core.reading.same_samples import same_samples

_ALWAYS = ("output_activation", "loss")
_NEVER = ("dataset", "metrics")
_BEFORE = "handed-over"


@dataclass(frozen=True, eq=False)
class KeptRun:
    """A run that went to its end.

    Attributes
    ----------
    settings : RunSettings
    reports : dict of int to EpochReport
        By epoch.
    """

    settings: RunSettings
    reports: Mapping[int, EpochReport]

    @property
    def name(self) -> str:
        """What it is called in a link: every setting that is not the usual one.

        Metrics are left out: the outputs are the same whatever is measured.

        Examples
        --------
        >>> KeptRun(RunSettings(seed=7, hidden=(16, 8)), {}).name
        'hidden-16-8~seed-7'
        """
        usual = RunSettings()
        changed = [
            re.sub(r"[^a-z0-9.]+", "-", f"{name} {value}".lower()).strip("-")
            for name, value in self.settings.__dict__.items()
            if value != getattr(usual, name) and name != "metrics"
        ]
        return "~".join(changed) or "usual"

    @property
    def last(self) -> int:
        """Its last epoch."""
        return max(self.reports)


def kept_runs(data: Predictions) -> dict[str, KeptRun]:
    """The runs with outputs for the samples in view, the newest first, by their names.

    Those of other visitors too, whose numbers would be the same, but for runs on their own images.
    """
    found: dict[str, KeptRun] = {}
    for key, state in registry.RUNS.kept():
        run = KeptRun(
            cast("RunSettings", state.settings),
            {report.epoch: report for report in cast("tuple[EpochReport, ...]", state.reports)},
        )
        mine = run.settings.dataset != OWN or key in VISITOR.run_keys
        if mine and run.reports and _fits(data.digest, run.name, data, run):
            found.setdefault(run.name, run)
    return found


@session_cache(entries=200)
def _fits(digest: str, name: str, _data: Predictions, _run: KeptRun) -> bool:
    other = _run.reports[_run.last].predictions()
    if (other.n_samples, other.n_outputs) != (_data.n_samples, _data.n_outputs):
        return False
    return _data.sample_ids is None and not same_samples(_data, other).other_labels


def run_of(source: Source, runs: Mapping[str, KeptRun]) -> KeptRun | None:
    """The kept run whose outputs are in view."""
    return runs.get(_name_of_a(source))


def _name_of_a(source: Source) -> str:
    known = source.origin.get("training")
    return "" if known is None else KeptRun(RunSettings(**known), {}).name  # type: ignore[arg-type]


def pick_epoch_of_a(source: Source) -> Source:
    """The data in view, or another epoch of the same run."""
    if "training" not in source.origin:
        return source
    run = run_of(source, kept_runs(source.predictions))
    if run is None or len(run.reports) < 2:
        return source
    epochs, in_view = sorted(run.reports), source.origin["epoch"]
    start = in_view if in_view in epochs else epochs[-1]
    widgets.keep_within(View.a_epoch, epochs, start)
    epoch = widgets.select(View.a_epoch, say("Epoch of A"), epochs, default=start, width=120)
    if epoch == in_view:
        return source
    return replace(
        source,
        predictions=run.reports[epoch].predictions(),
        title=_titled(run, epoch, {run.name: run}),
        origin={**source.origin, "epoch": epoch},
    )


def pick(
    source: Source, runs: Mapping[str, KeptRun], before: Source | None
) -> tuple[str, Predictions]:
    """A run and one of its epochs, or what was handed over before: the title and the outputs.

    What was handed over may be of a run that was stopped, which is not kept.
    """
    names = [*runs, *([_BEFORE] if before is not None else [])]
    start = next((name for name in runs if _epochs_beside(source, runs[name])), names[-1])
    widgets.keep_within(View.b_run, names, start)

    def title(name: str) -> str:
        if name not in runs:
            return say("what was handed over last")
        called = _called(runs[name], runs)
        return say("the run of A: {run}", run=called) if name == _name_of_a(source) else called

    name = widgets.select(
        View.b_run, say("Run of B"), names, default=start,
        format_func=title, width=420,
    )  # fmt: skip
    if before is not None and name not in runs:
        return before.title, before.predictions
    run = runs[name]
    epochs = _epochs_beside(source, run) or [run.last]
    widgets.keep_within(View.b_run_epoch, epochs, epochs[-1])
    epoch = widgets.select(
        View.b_run_epoch, say("Epoch of B"), epochs, default=epochs[-1], width=120
    )
    return _titled(run, epoch, runs), run.reports[epoch].predictions()


def every_run(source: Source, runs: Mapping[str, KeptRun]) -> dict[str, Callable[[], Predictions]]:
    """The last epoch of every run that is not the one in view."""
    return {
        _titled(run, run.last, runs): partial(EpochReport.predictions, run.reports[run.last])
        for run in runs.values()
        if run.last in _epochs_beside(source, run)
    }


def _epochs_beside(source: Source, run: KeptRun) -> list[int]:
    """The epochs of a run that are not A."""
    same = run.name == _name_of_a(source)
    return sorted(epoch for epoch in run.reports if not same or epoch != source.origin.get("epoch"))


def _titled(run: KeptRun, epoch: int, runs: Mapping[str, KeptRun]) -> str:
    return say("{run}, epoch {epoch}", run=_called(run, runs), epoch=epoch)


def _called(run: KeptRun, runs: Mapping[str, KeptRun]) -> str:
    """Its data, its last activation and its loss, and what tells it from the other runs."""
    parts = [say(choice(run.settings.dataset))]
    for field in fields(run.settings):
        values = {getattr(each.settings, field.name) for each in runs.values()}
        told = field.name in _ALWAYS or len(values) > 1
        if told and field.name not in _NEVER:
            value = getattr(run.settings, field.name)
            if isinstance(value, tuple):
                value = ", ".join(map(str, value)) or "none"
            parts.append(say("{setting} {value}", setting=setting(field.name), value=choice(value)))
    return " · ".join(parts)
