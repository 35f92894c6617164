"""A file, standard input or a scenario -> the predictions that a command works on."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.overview.summary import summarize
from metrics_core.predictions import Predictions
from metrics_core.scenarios import View, scenario
from metrics_core.settings import Settings

if TYPE_CHECKING:
    from metrics_core.reading import RawTable, Roles

STANDARD_INPUT = "-"
_MOST = 20


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What the options say of a file; what they leave out is guessed.

    Attributes
    ----------
    y_true, y_pred : tuple of str
        Columns of the labels and of the outputs, in the order of the classes.
    sample_weight, ids : str or None
    part : str or None
        The sheet of a workbook, or one of a model's heads.
    epoch : int or None
        By default the last.
    drop_missing : bool
        Whether rows with missing cells are left out instead of refused.
    """

    y_true: tuple[str, ...] = ()
    y_pred: tuple[str, ...] = ()
    sample_weight: str | None = None
    ids: str | None = None
    part: str | None = None
    epoch: int | None = None
    drop_missing: bool = False


@dataclass(frozen=True, kw_only=True)
class Data:
    """What a command works on.

    Attributes
    ----------
    predictions : Predictions
    title : Message or str
        What they are called; may hold the name of a file.
    origin : mapping
        Where they came from, in plain values.
    notes : tuple of Message
        What was assumed, invented or left out.
    view : View or None
        What a scenario opens with.
    """

    predictions: Predictions
    title: Message | str
    origin: Mapping[str, object]
    notes: tuple[Message, ...] = ()
    view: View | None = None
    settings: Settings = field(default_factory=Settings)

    @property
    def line(self) -> Message:
        """What the data look like, in one line."""
        return summarize(self.predictions).line


def load(file: str | None, name: str | None, columns: Columns) -> Data:
    """The data that a command was given.

    Parameters
    ----------
    file : str or None
        A path, or ``-`` for standard input.
    name : str or None
        Of a scenario, which stands in for a file.
    columns : Columns

    Raises
    ------
    InputError
        Without any data or with two, and for a file that cannot be used or needs to be asked about.
    """
    if (file is None) == (name is None):
        raise InputError(
            "FILE",
            "must be one file of outputs, or `--scenario` with a name",
            Message("neither") if file is None else Message("both"),
            "`accuracy-lens --help` has examples.",
        )
    if name is not None:
        row = scenario(name)
        given = {"activation": row.view.activation, "threshold": row.view.threshold}
        return Data(
            predictions=row.predictions(),
            title=row.title,
            origin={"scenario": name},
            notes=row.notes,
            view=row.view,
            settings=Settings().changed(**given, k=row.view.k),
        )
    assert file is not None
    return _from_file(file, columns)


def _from_file(file: str, columns: Columns) -> Data:
    from metrics_core.reading import to_predictions  # noqa: PLC0415 - brings the readers of files

    table, roles, notes = read(file, columns)
    if not (roles.sure or roles.chosen):
        raise ask(table, roles)
    loaded = to_predictions(table, roles, missing="drop" if columns.drop_missing else "refuse")
    data = loaded.predictions
    origin: dict[str, object] = {"file": table.name}
    if loaded.epochs is not None:
        epoch = loaded.epochs.numbers[-1] if columns.epoch is None else columns.epoch
        data, origin = loaded.of_epoch(epoch), {"file": table.name, "epoch": epoch}
        last = loaded.epochs.numbers[-1]
        notes.append(Message("Epoch {epoch} of {last} is used.", {"epoch": epoch, "last": last}))
    return Data(predictions=data, title=table.name, origin=origin, notes=(*loaded.notes, *notes))


def ask(table: RawTable, roles: Roles) -> InputError:
    """What the page would ask, as a refusal that says what to type."""
    given = [("--y-true", each) for each in roles.labels]
    given += [("--y-pred", each) for each in roles.outputs]
    guess = " ".join(f"{option} {shlex.quote(column)}" for option, column in given)
    hint = Message("Name them with --y-true and --y-pred.")
    if roles.labels and roles.outputs:
        hint = Message("Name them; the guess is: {options}", {"options": guess})
    for doubt in roles.doubts:
        hint = Message("{first} {second}", {"first": doubt, "second": hint})
    return InputError(
        table.name,
        "must leave no doubt which columns hold the labels and the outputs",
        Message("the columns {names}", {"names": ", ".join(list(table.columns)[:_MOST])}),
        hint,
    )


def read(file: str, columns: Columns) -> tuple[RawTable, Roles, list[Message]]:
    """The table of a file, what each column is for, and what was left out.

    Rows that are padding or unlabelled beyond doubt are left out, as on the page.
    """
    from metrics_core.reading import ignored, joining, read_columns  # noqa: PLC0415

    source: bytes | str = file
    name = Path(file).name
    if file == STANDARD_INPUT:
        source, name = sys.stdin.buffer.read(), "stdin"
    elif not Path(file).is_file():
        raise InputError(
            "FILE", "must name a file that is there", file, "`accuracy-lens --help` lists commands."
        )
    table = read_columns(source, name)
    if columns.part is not None:
        if columns.part not in table.parts:
            raise InputError(
                "--part",
                "must name a part of the file: {parts}",
                columns.part,
                "Leave it out where the file has one part.",
                parts=", ".join(table.parts) or Message("it has one only"),
            )
        table = table.parts[columns.part]
    roles = chosen_roles(joining.guess(table), columns)
    notes = []
    usual = next((row for row in ignored.ignorable(table, roles) if row.usual), None)
    if usual is not None:
        table = ignored.leave_out(table, roles, usual.name)
        notes.append(
            Message(
                "{n:,} row is left out as padding or unlabelled ({what}).",
                {"n": usual.n, "what": usual.name},
                plural="{n:,} rows are left out as padding or unlabelled ({what}).",
            )
        )
    return table, roles, notes


def chosen_roles(roles: Roles, columns: Columns) -> Roles:
    """The guess, with what the options say in its place."""
    chosen: dict[str, Any] = {
        "labels": columns.y_true,
        "outputs": columns.y_pred,
        "weight": columns.sample_weight,
        "ids": columns.ids,
    }
    chosen = {role: value for role, value in chosen.items() if value}
    if chosen:
        predicted = None if "outputs" in chosen else roles.predicted
        complete = "outputs" in chosen and "labels" in chosen
        return replace(
            roles, **chosen, predicted=predicted, sure=roles.sure and not complete, chosen=complete
        )
    return roles
