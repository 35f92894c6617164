"""The releases that were run: one row of rules for those that print the same in every case."""

from __future__ import annotations

from metrics_core.releases.rules.release import Release
from metrics_core.releases.table import keras_1_and_2, keras_3, tensorflow

RELEASES: dict[str, Release] = {
    row.name: row for row in (*keras_1_and_2.ROWS, *tensorflow.ROWS, *keras_3.ROWS)
}
"""Every row by its name, oldest first within each line."""
