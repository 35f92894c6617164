"""Run the code to copy of libraries on every worked example and compare with the number shown.

Run by hand from the root of the project, in an environment that has the libraries:

    PYTHONPATH=. python tools/libraries/run_code.py scikit-learn torchmetrics xgboost

Of a version that was not recorded, the newest row of its library is asked.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, NamedTuple

from metrics_core.libraries import LIBRARIES, Library
from metrics_core.libraries.usual import usual_answers
from metrics_core.predictions import Predictions
from metrics_core.scenarios import SCENARIOS

NEAR = 1e-5
"""float32 sums of up to 10,000 rows differ by less."""


class Ran(NamedTuple):
    """What a call shows and what its code prints; None for a refusal and for an error."""

    scenario: str
    call: str
    shown: float | None
    printed: float | None
    error: str

    @property
    def alike(self) -> bool:
        """Whether the code gives what is shown."""
        if self.shown is None or self.printed is None:
            return self.shown is self.printed
        return abs(self.shown - self.printed) < NEAR


def run_code(package: str, *, weighted: bool = False) -> Iterator[Ran]:
    """Run the code of each call of a package that is installed, on every worked example."""
    row = _row_of(package)
    for scenario in SCENARIOS.values():
        data = scenario.predictions()
        for found in usual_answers(data, weighted=weighted and data.sample_weight is not None):
            if row in found.rows:
                code = found.usual.code_for(data, weighted=weighted)
                printed, error = _printed(code, data)
                yield Ran(scenario.name, found.usual.call, found.value, printed, error)


def _row_of(package: str) -> Library:
    rows = [row for row in LIBRARIES.values() if row.package == package]
    return next((row for row in rows if version(package) in row.ran), rows[-1])


def _printed(code: str, data: Predictions) -> tuple[float | None, str]:
    seen: list[Any] = []
    names = {
        "y_true": data.y_true.copy(),
        "y_pred": data.y_pred.copy(),
        "sample_weight": data.sample_weight,
        "print": seen.append,
    }
    try:
        exec(code, names)
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"
    return _number(seen[-1]), ""


def _number(printed: Any) -> float:
    if isinstance(printed, str):  # [0]	eval-error:0.25
        return float(printed.rpartition(":")[2])
    if isinstance(printed, list):  # [('training', 'binary_error', 0.25, False)]
        return float(printed[0][2])
    return float(printed)


def main(*packages: str) -> None:
    """Print how many calls agree, and those that do not."""
    warnings.simplefilter("ignore")
    all_alike = True
    for package in packages:
        ran = list(run_code(package))
        wrong = [each for each in ran if not each.alike]
        print(f"{package} {version(package)}: {len(ran)} calls, {len(wrong)} not as shown")
        for each in wrong:
            print("   ", *each)
        all_alike = all_alike and not wrong
    sys.exit(not all_alike)


if __name__ == "__main__":
    main(*sys.argv[1:])
