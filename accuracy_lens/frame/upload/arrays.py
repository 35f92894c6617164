"""The question about a file beyond its columns: which part, what the axes are, what is left out."""

from __future__ import annotations

import math
from dataclasses import replace

from accuracy_lens.jobs import parsing
from accuracy_lens.view.caches import Size, session_cache
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.view.state import VISITOR, Upload
from accuracy_lens.words.feedback import tried
from accuracy_lens.words.text import say
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading import RawTable, Roles, axes, ignored, positions
from metrics_core.reading.columns.classes.coding import has_signed_labels

_NOTHING = View.upload_ignored.default
_COUNTING: dict[str, Message] = {
    "position": Message("each position, as Keras counts"),
    "sample": Message("each sample once"),
}
_KEPT = "as they are"
_SIGNS: dict[str, Message] = {
    View.upload_signs.default: Message("read as 0 and 1"),
    _KEPT: Message("as they are"),
}


def pick_part(kept: Upload) -> tuple[RawTable, Roles]:
    """The table to ask about, and the guess of its columns: a part of the file, in one reading."""
    top = part = kept.table
    name, which = "", 0
    if top.parts:
        name = widgets.select(
            View.upload_part.of(top.name),
            say("Part of the file"),
            list(top.parts),
            on_change=forget_columns,
            help=say("Sheets of a workbook, or the outputs of a model with several heads."),
        )
        part = top.parts[name]
    table = part
    if part.raw is not None:
        raw = part.raw
        found = axes.readings(raw.arrays)
        if len(found) > 1:
            which = widgets.select(
                View.upload_axes.of(top.name),
                say("What the axes are"),
                range(len(found)),
                format_func=lambda index: _axes(found[index]),
                on_change=forget_columns,
            )
        table = positions.arrange(raw, found[which])
    known = {*kept.roles.labels, *kept.roles.outputs} <= table.columns.keys()
    first = not top.parts or part is next(iter(top.parts.values()))
    if known and first:
        return table, kept.roles
    return table, guessed(VISITOR.uploads, name, which, part)


@session_cache(entries=8, size=Size(fixed=1 << 20))
def guessed(turn: int, name: str, which: int, _part: RawTable) -> Roles:
    """What the columns of a part of an upload seem to be, as a child process guesses."""
    roles = tried(lambda: parsing.guess(_part, which))
    return Roles() if isinstance(roles, InputError) else roles


def _axes(reading: axes.Reading) -> str:
    if len(reading.lead) == 1:
        return say("{n} samples, one row each", n=f"{reading.lead[0]:,}")
    shape = " × ".join(f"{size:,}" for size in reading.lead)
    if reading.first:
        return say("{shape} positions, the classes on the second axis", shape=shape)
    return say("{shape} positions", shape=shape)


def forget_columns() -> None:
    """Another part has other columns: what was chosen before does not stand for them."""
    kept = VISITOR.upload
    if kept is None:
        return
    rows = (
        View.upload_labels, View.upload_outputs, View.upload_weight, View.upload_ids,
        View.upload_epoch, View.upload_ignored, View.upload_predicted, View.upload_signs,
    )  # fmt: skip
    for row in rows:
        row.of(kept.table.name).forget()


def settle(table: RawTable, roles: Roles) -> tuple[RawTable, Roles]:
    """Ask what is left out, how signs and positions count; the table and the roles that follow."""
    found = {row.name: row for row in ignored.ignorable(table, roles)}
    if found:
        usual = next((name for name, row in found.items() if row.usual), _NOTHING)
        name = widgets.select(
            View.upload_ignored.of(table.name),
            say("Leave out, as padding or unlabelled"),
            [_NOTHING, *found],
            default=usual,
            format_func=lambda name: _ignorable(found.get(name), table.n_rows),
        )
        if name != _NOTHING:
            table = ignored.leave_out(table, roles, name)
    if has_signed_labels(table, roles):
        signs = widgets.segments(
            View.upload_signs.of(table.name),
            say("Labels -1 and 1"),
            list(_SIGNS),
            format_func=lambda name: say(_SIGNS[name]),
            help=say(
                "Keras compares labels as they are, so that binary accuracy counts every -1 as "
                "wrong. To get the number that it printed for such labels, keep them."
            ),
        )
        roles = replace(roles, keep_signs=signs == _KEPT)
    if table.lead:
        counting = widgets.segments(
            View.upload_counting,
            say("What counts"),
            list(_COUNTING),
            format_func=lambda name: say(_COUNTING[name]),
            help=say(
                "The mean over all positions, or over samples of the mean in each, by weights; the "
                "two differ where positions are left out. {n} positions in a sample.",
                n=f"{math.prod(table.lead[1:]):,}",
            ),
        )
        if counting == "sample":
            table, roles = ignored.each_sample_once(table, roles)
    return table, roles


def _ignorable(row: ignored.Ignorable | None, total: int) -> str:
    if row is None:
        return say("nothing")
    kind, _, which = row.name.partition(" ")
    shown = {"n": f"{row.n:,}", "total": f"{total:,}", "which": which}
    if kind == "mask":
        return say("where {which} is 0 ({n} of {total})", **shown)
    if kind == "label":
        return say("label {which} ({n} of {total})", **shown)
    return say("rows of labels that are all 0 ({n} of {total})", **shown)
