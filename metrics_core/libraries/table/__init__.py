"""The libraries: one row of rules for the versions that compute alike, most met first."""

from __future__ import annotations

from metrics_core.libraries.library import Library
from metrics_core.libraries.table import lightning, others, scikit_learn, torchmetrics

LIBRARIES: dict[str, Library] = {
    row.name: row for row in (*scikit_learn.ROWS, *torchmetrics.ROWS, *lightning.ROWS, *others.ROWS)
}
"""Every row by its name, oldest first within each library."""
