"""The operator's own metrics: the file that `ACCURACY_LENS_METRICS` names, once a server."""

from __future__ import annotations

import os

from metrics_core.catalog.custom import add_file

VARIABLE = "ACCURACY_LENS_METRICS"


def add_own_metrics() -> None:
    """Add the functions of the named file to the catalogue; without the variable do nothing.

    Raises
    ------
    InputError
        If the file cannot be used, with file, line and reason.
    """
    path = os.environ.get(VARIABLE)
    if path:
        add_file(path, VARIABLE)
