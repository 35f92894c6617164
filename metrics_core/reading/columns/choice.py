"""The chosen columns: whether they go together, and which of their rows are whole."""

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
    """Refuse roles that name no labels or outputs, or columns that do not go together."""
    single = [title for title in (roles.weight, roles.ids, roles.epoch) if title is not None]
    chosen = [*roles.labels, *roles.outputs, *single]
    needs: list[tuple[bool, str, object, str]] = [
        (not roles.labels, "must name at least one column of labels", "none",
         "Choose the column with the true classes; save labels and outputs in one file."),
        (not roles.outputs, "must name at least one column of outputs", "none",
         "Choose what the model gave; save labels and outputs in one file."),
        (any(title not in table.columns for title in chosen), "must name columns of the file",
         shorten([title for title in chosen if title not in table.columns]),
         "Choose among the columns that are shown."),
        (len(set(chosen)) != len(chosen), "must give each column one role", shorten(chosen),
         "Take the column out of one of its roles."),
    ]  # fmt: skip
    for broken, rule, received, hint in needs:
        if broken:
            raise InputError("roles", rule, received, hint)
    for several in (roles.labels, roles.outputs):
        wide = [title for title in several if table.columns[title].width > 1]
        if wide and len(several) > 1:
            raise InputError(
                "roles",
                "must not set a column of lists beside other columns",
                shorten(", ".join(several)),
                "Choose the column of lists alone.",
            )


def rows_to_keep(table: RawTable, roles: Roles, missing: str) -> tuple[Array | None, int]:
    """Mask of the rows without missing cells (None: all of them), and how many are not."""
    if missing not in ("refuse", "drop"):
        raise InputError("missing", 'must be "refuse" or "drop"', repr(missing), "Choose one.")
    used = [*roles.labels, *roles.outputs, *filter(None, (roles.weight, roles.epoch))]
    holes = {t: m for t in used if (m := table.columns[t].missing) is not None and m.any()}
    if not holes:
        return None, 0
    gone = np.logical_or.reduce(list(holes.values()))
    count = int(np.count_nonzero(gone))
    if missing == "refuse" or count == table.n_rows:
        where = ", ".join(f"{title}: {int(mask.sum()):,}" for title, mask in holes.items())
        raise InputError(
            table.name,
            "must have no missing cells in the columns that are used",
            f"{count:,} of {table.n_rows:,} rows, the first is row {int(np.argmax(gone)):,} "
            f"({shorten(where)})",
            "Fill the cells, choose other columns, or leave these rows out.",
        )
    return ~gone, count


def match_order(roles: Roles, notes: list[Message]) -> tuple[str, ...]:
    """Label columns in the order of the output columns, where both name the same classes."""
    true, pred = suffixes(roles.labels), suffixes(roles.outputs)
    if true is None or pred is None or true == pred or sorted(true) != sorted(pred):
        return roles.labels
    notes.append(Message("Label columns are put into the order of the output columns."))
    by_class = dict(zip(true, roles.labels, strict=True))
    return tuple(by_class[name] for name in pred)
