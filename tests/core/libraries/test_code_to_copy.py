"""The code to copy of the libraries that are installed here prints the number that is shown."""

from __future__ import annotations

from importlib.metadata import distributions

import pytest

from metrics_core.libraries import LIBRARIES
from tools.libraries.run_code import run_code

INSTALLED = {each.name for each in distributions()}
HERE = [
    package
    for package in dict.fromkeys(row.package for row in LIBRARIES.values() if row.ran)
    if package in INSTALLED and package != "pytorch-lightning"  # later ones have no metrics
]


@pytest.mark.skipif(not HERE, reason="needs one of the libraries, such as scikit-learn")
@pytest.mark.parametrize("weighted", [False, True])
def test_on_every_worked_example(weighted):
    for package in HERE:
        ran = list(run_code(package, weighted=weighted))
        assert [each for each in ran if not each.alike] == []
        assert any(each.shown is not None for each in ran)
