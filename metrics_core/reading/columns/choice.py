"""The chosen columns: whether they fit together, and which of their rows are complete."""

from __future__ import annotations

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.naming import suffixes
from metrics_core.reading.columns.roles import Roles
from metrics_core.reading.limits import shorten
from metrics_core.reading.table import RawTable


def check_roles(table: RawTable, roles: Roles) -> None:
    """Refuse roles that name no labels or outputs, or columns that do not fit together."""
    alone = (roles.weight, roles.ids, roles.epoch, roles.predicted)
    single = [title for title in alone if title is not None]
    chosen = [*roles.labels, *roles.outputs, *single]
    if not roles.labels:
        raise InputError(
            "roles",
            "must name at least one column of labels",
            Message("none"),
            "Choose the column with the true classes; save labels and outputs in one file.",
        )
    if not roles.outputs:
        raise InputError(
            "roles",
            "must name at least one column of outputs",
            Message("none"),
            "Choose the output of the model; save labels and outputs in one file.",
        )
    if unknown := [title for title in chosen if title not in table.columns]:
        raise InputError(
            "roles",
            "must name columns of the file",
            shorten(unknown),
            "Choose from the columns that are shown.",
        )
    if len(set(chosen)) != len(chosen):
        raise InputError(
            "roles",
            "must give each column a single role",
            shorten(chosen),
            "Remove the column from one of its roles.",
        )
    if roles.predicted is not None and (
        len(roles.outputs) != 1
        or len(roles.labels) != 1
        or table.columns[roles.outputs[0]].is_text
        or table.columns[roles.outputs[0]].width > 1
    ):
        raise InputError(
            "roles",
            "must have one column of labels and one of scores beside the predicted classes",
            shorten(", ".join(roles.outputs)),
            "Set the predicted classes to none, or choose one column of scores.",
        )
    for several in (roles.labels, roles.outputs):
        wide = [title for title in several if table.columns[title].width > 1]
        if wide and len(several) > 1:
            raise InputError(
                "roles",
                "must not combine a column of lists with other columns",
                shorten(", ".join(several)),
                "Choose only the column of lists.",
            )


def rows_to_keep(table: RawTable, roles: Roles, missing: str) -> tuple[Array | None, int]:
    """Mask of the rows without missing cells (None: all of them), and how many are not."""
    if missing not in ("refuse", "drop"):
        raise InputError(
            "missing", 'must be "refuse" or "drop"', repr(missing), "Choose one of the two."
        )
    holes = _holes(table, roles)
    if not holes:
        return None, 0
    gone = np.logical_or.reduce(list(holes.values()))
    count = int(np.count_nonzero(gone))
    if missing == "refuse" or count == table.n_rows:
        where = ", ".join(f"{title}: {int(mask.sum()):,}" for title, mask in holes.items())
        raise InputError(
            table.name,
            "must have no missing cells in the columns that are used",
            Message(
                "{count:,} of {total:,} rows, the first is row {row:,} ({columns})",
                {
                    "count": count,
                    "total": table.n_rows,
                    "row": int(np.argmax(gone)),
                    "columns": shorten(where),
                },
            ),
            Message(
                "Fill the cells, choose other columns, or leave out the {n:,} row.",
                {"n": count},
                plural="Fill the cells, choose other columns, or leave out the {n:,} rows.",
            ),
        )
    return ~gone, count


def incomplete_rows(table: RawTable, roles: Roles) -> int:
    """How many rows lack a cell in the chosen columns.

    Examples
    --------
    >>> from metrics_core.reading import read_columns
    >>> table = read_columns(b"y_true,y_pred\\n1,\\n,\\n0,0.5\\n", "x.csv")
    >>> incomplete_rows(table, Roles(labels=("y_true",), outputs=("y_pred",)))
    2
    """
    holes = _holes(table, roles)
    return int(np.count_nonzero(np.logical_or.reduce(list(holes.values())))) if holes else 0


def _holes(table: RawTable, roles: Roles) -> dict[str, Array]:
    """Which cells are missing, for the chosen columns in which any is."""
    alone = (roles.weight, roles.epoch, roles.predicted)
    used = [*roles.labels, *roles.outputs, *filter(None, alone)]
    return {t: m for t in used if (m := table.columns[t].missing) is not None and m.any()}


def match_order(roles: Roles, notes: list[Message]) -> tuple[str, ...]:
    """Label columns in the order of the output columns, where both name the same classes."""
    true, pred = suffixes(roles.labels), suffixes(roles.outputs)
    if true is None or pred is None or true == pred or sorted(true) != sorted(pred):
        return roles.labels
    notes.append(Message("The label columns were reordered to match the output columns."))
    by_class = dict(zip(true, roles.labels, strict=True))
    return tuple(by_class[name] for name in pred)
