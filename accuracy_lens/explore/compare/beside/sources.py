"""B: what stands beside the data in view, and how it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from accuracy_lens.explore.compare.beside import second_file, trained
from accuracy_lens.explore.compare.beside.trained import kept_runs
from accuracy_lens.frame.picker import generated
from accuracy_lens.view.caches import DATA, session_cache
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.view.state import VISITOR, Source
from accuracy_lens.words.text import say
from metrics_core.generate import GeneratorSettings
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reading import Roles, to_predictions
from metrics_core.reading.columns.choice import rows_to_keep
from metrics_core.reading.columns.others import other_outputs
from metrics_core.reading.limits import shorten
from metrics_core.reading.same_samples import same_samples
from metrics_core.reading.table import RawTable
from metrics_core.scenarios import SCENARIOS, scenario

SETTINGS, RELEASE = "settings", "release"
WAYS: dict[str, Message] = {
    "epoch": Message("another epoch of this file"),
    "columns": Message("other columns of this file"),
    "scenario": Message("another scenario"),
    "generate": Message("generated outputs for the same labels"),
    "training": Message("a run of Training"),
    "file": Message("a second file"),
    SETTINGS: Message("the same outputs, other settings"),
    RELEASE: Message("the same outputs, another release of Keras"),
}
"""In the order in which the first that the data have is the default."""
_FEW = 20_000


@dataclass(frozen=True, eq=False)
class Other:
    """A set of outputs that can stand beside the data in view.

    Attributes
    ----------
    title : str
        May hold a file name, so show it as plain text.
    predictions : Predictions
    beside : Predictions
        The data in view, with the rows of the file as ids where these join the two.
    labelled : bool
        Whether it has labels of its own.
    """

    title: str
    predictions: Predictions
    beside: Predictions
    labelled: bool = True


def ways(source: Source) -> list[str]:
    """The ways to get a B that the data in view have."""
    kept = VISITOR.upload if "file" in source.origin else None
    loaded = None if kept is None else kept.loaded
    has = {
        "epoch": loaded is not None and loaded.epochs is not None,
        "columns": kept is not None and bool(other_outputs(kept.table, kept.roles)),
        "scenario": bool(fitting_scenarios(source)),
        "generate": "generated" in source.origin,
        "training": bool(kept_runs(source.predictions)) or _trained_beside(source) is not None,
    }
    return [way for way in WAYS if has.get(way, True)]


def fitting_scenarios(source: Source) -> list[str]:
    """The other scenarios with the same labels, and as many outputs."""
    data, own = source.predictions, source.origin.get("scenario")
    if data.n_samples > _FEW or data.sample_ids is not None:
        return []
    return [name for name in SCENARIOS if name != own and _fits(data, name)]


def _fits(data: Predictions, name: str) -> bool:
    other = scenario(name).predictions()
    if (other.n_samples, other.n_outputs) != (data.n_samples, data.n_outputs):
        return False
    return not same_samples(data, other).other_labels


def pick_way(source: Source) -> str:
    """What the data in view are compared with."""
    options = ways(source)
    widgets.keep_within(View.b, options, options[0])
    return widgets.select(
        View.b, say("Compare with"), options, default=options[0],
        format_func=lambda way: say(WAYS[way]), width=330,
    )  # fmt: skip


def pick_other(way: str, source: Source) -> Other | None:
    """The outputs of B; None while there are none."""
    if way in (SETTINGS, RELEASE):
        return Other(source.title, source.predictions, source.predictions)
    return _PICK[way](source)


def others(way: str, source: Source) -> Mapping[str, Callable[[], Other]]:
    """Every set of outputs that a way offers, by what it is called."""
    if way == "epoch":
        epochs = _epochs()
        return {
            say("epoch {epoch}", epoch=epoch): partial(_of_epoch, source, epoch)
            for epoch in epochs
            if epoch != source.origin["epoch"]
        }
    if way == "columns":
        groups = _groups()
        return {
            _called(group): partial(_of_columns, source, index)
            for index, group in enumerate(groups)
        }
    if way == "scenario":
        return {
            say(SCENARIOS[name].title): partial(_of_scenario, source, name)
            for name in fitting_scenarios(source)
        }
    if way == "file":
        return {each.title: partial(_of_file, source, each) for each in second_file.kept()}
    if way == "training":
        runs = trained.every_run(source, kept_runs(source.predictions))
        return {title: partial(_of_run, source, title, data) for title, data in runs.items()}
    return {}


def _pick_scenario(source: Source) -> Other:
    names = fitting_scenarios(source)
    widgets.keep_within(View.b_scenario, names, names[0])
    name = widgets.select(
        View.b_scenario, say("Scenario of B"), names, default=names[0],
        format_func=lambda name: say(SCENARIOS[name].title), width=330,
    )  # fmt: skip
    return _of_scenario(source, name)


def _of_scenario(source: Source, name: str) -> Other:
    return Other(say(SCENARIOS[name].title), scenario(name).predictions(), source.predictions)


def _pick_generated(source: Source) -> Other:
    """The labels stay as they are, for they follow from the other settings."""
    base = GeneratorSettings(**source.origin["generated"])  # type: ignore[arg-type]
    separability = widgets.number(
        View.b_separability, say("Separability of B"), 0.0, 6.0, step=0.1, width=160
    )
    calibration = widgets.number(
        View.b_confidence, say("Confidence of B"), 0.1, 5.0, step=0.1, width=160
    )
    settings = replace(base, separability=separability, calibration=calibration)
    return Other(say("Generated outputs"), generated(settings), source.predictions)


def _epochs() -> list[int]:
    kept = VISITOR.upload
    assert kept is not None
    assert kept.loaded is not None
    assert kept.loaded.epochs is not None
    return list(kept.loaded.epochs.numbers)


def _pick_epoch(source: Source) -> Other:
    epochs = [epoch for epoch in _epochs() if epoch != source.origin["epoch"]]
    widgets.keep_within(View.b_epoch, epochs, epochs[0])
    epoch = widgets.select(View.b_epoch, say("Epoch of B"), epochs, default=epochs[0], width=160)
    return _of_epoch(source, epoch)


def _of_epoch(source: Source, epoch: int) -> Other:
    kept = VISITOR.upload
    assert kept is not None
    assert kept.loaded is not None
    data = kept.loaded.of_epoch(epoch)
    return Other(say("epoch {epoch}", epoch=epoch), data, source.predictions)


def _groups() -> tuple[tuple[str, ...], ...]:
    kept = VISITOR.upload
    return () if kept is None else other_outputs(kept.table, kept.roles)


def _called(group: tuple[str, ...]) -> str:
    return shorten(group[0] if len(group) == 1 else f"{group[0]} … {group[-1]}")


def _pick_columns(source: Source) -> Other:
    groups = _groups()
    indices = list(range(len(groups)))
    widgets.keep_within(View.b_columns, indices, 0)
    index = widgets.select(
        View.b_columns, say("Columns of B"), indices,
        format_func=lambda index: _called(groups[index]), width=330,
    )  # fmt: skip
    return _of_columns(source, index)


def _of_columns(source: Source, index: int) -> Other:
    kept = VISITOR.upload
    assert kept is not None
    assert kept.loaded is not None
    group, data = _groups()[index], source.predictions
    epoch = VIEW.epoch if kept.loaded.epochs is not None else None
    key = (data.digest, VISITOR.uploads, epoch, group)
    other = of_columns(key, data, kept.table, kept.roles)
    if data.sample_ids is None and other.sample_ids is not None:
        data = replace(data, sample_ids=_rows(kept.table, kept.roles))
    return Other(_called(group), other, data)


@session_cache(entries=1, size=DATA)
def of_columns(
    key: tuple[str, int, int | None, tuple[str, ...]], _data: Predictions, _table: RawTable,
    _roles: Roles,
) -> Predictions:  # fmt: skip
    """The outputs of other columns, with their rows of the file as ids where cells are missing."""
    _, _, epoch, group = key
    roles = replace(_roles, outputs=group, predicted=None, hard=None, chosen=True)
    loaded = to_predictions(_table, roles, kind=_data.kind, missing="drop")
    if epoch is not None:
        return loaded.of_epoch(epoch)
    other = loaded.predictions
    if _data.sample_ids is not None or other.n_samples == _data.n_samples == _table.n_rows:
        return other
    return replace(other, sample_ids=_rows(_table, roles))


def _rows(table: RawTable, roles: Roles) -> Array:
    """The rows of a file in which no cell that is used is missing."""
    keep, _ = rows_to_keep(table, roles, "drop")
    return np.arange(table.n_rows) if keep is None else np.flatnonzero(keep)


def _trained_beside(source: Source) -> Source | None:
    """The outputs that Training handed over last; where these are in view, those before them.

    They may be of a run that was stopped, which is not kept.
    """
    last = VISITOR.trained
    in_view = last is not None and last.origin["link"] == source.origin.get("link")
    return VISITOR.trained_before if in_view else last


def _of_run(source: Source, title: str, data: Callable[[], Predictions]) -> Other:
    return Other(title, data(), source.predictions)


def _pick_trained(source: Source) -> Other:
    runs, before = kept_runs(source.predictions), _trained_beside(source)
    return Other(*trained.pick(source, runs, before), source.predictions)


def _pick_file(source: Source) -> Other | None:
    found = second_file.pick(source.predictions)
    return None if found is None else _of_file(source, found)


def _of_file(source: Source, file: second_file.SecondFile) -> Other:
    return Other(file.title, file.predictions, source.predictions, file.labelled)


_PICK: Mapping[str, Callable[[Source], Other | None]] = {
    "epoch": _pick_epoch,
    "columns": _pick_columns,
    "scenario": _pick_scenario,
    "generate": _pick_generated,
    "training": _pick_trained,
    "file": _pick_file,
}
