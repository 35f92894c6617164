"""No cache holds more than it declares, and all of a session together no more than is stated."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from accuracy_lens.explain.number import headline, typed  # noqa: F401 - it makes a cache
from accuracy_lens.frame import picker
from accuracy_lens.frame.upload import arrays  # noqa: F401 - it makes a cache
from accuracy_lens.view.caches import (
    BOUNDS,
    DATA,
    MOST_BESIDE,
    MOST_OF_EXAMPLES,
    MOST_TIMES,
    worst_case,
    worst_of_examples,
)
from metrics_core.counting.confusion import MOST_CLASSES
from metrics_core.generate import GeneratorSettings
from metrics_core.reading import LIMITS
from metrics_core.scenarios import SCENARIOS, scenario
from tests.accuracy_lens.view.kept import (
    CLASSES,
    KINDS,
    N,
    data_of,
    kept_of,
    kept_of_columns,
    kept_of_data_sets,
    kept_of_lessons,
    kept_of_training,
)


def bytes_of(value: Any) -> int:
    """Bytes of all arrays and tables that a value keeps alive, each buffer once."""
    found: dict[int, int] = {}
    seen: set[int] = set()
    todo = [value]
    while todo:
        part = todo.pop()
        if id(part) in seen or isinstance(part, type | FunctionType | ModuleType | str | bytes):
            continue
        seen.add(id(part))
        if isinstance(part, np.ndarray):
            while isinstance(part.base, np.ndarray):
                part = part.base
            found[id(part)] = part.nbytes
        elif isinstance(part, pd.DataFrame):
            found[id(part)] = int(part.memory_usage(deep=True).sum())
        elif isinstance(part, pa.Table):
            found[id(part)] = part.nbytes
        elif isinstance(part, dict):
            todo += [*part.keys(), *part.values()]
        elif isinstance(part, list | tuple | set | frozenset):
            todo += part
        else:
            todo += vars(part).values() if hasattr(part, "__dict__") else ()
            names = (name for kind in type(part).__mro__ for name in getattr(kind, "__slots__", ()))
            todo += [getattr(part, name) for name in names if hasattr(part, name)]
    return sum(found.values())


@pytest.fixture
def uncached(monkeypatch):
    """The functions behind the caches: there is no session here."""
    for name in BOUNDS:
        module, _, function = name.rpartition(".")
        if module:
            place = importlib.import_module(module)
            monkeypatch.setattr(place, function, getattr(place, function).__wrapped__)


def short(name: str) -> str:
    return ".".join(name.split(".")[-2:])


def test_no_entry_holds_more_than_its_cache_declares(uncached, tmp_path):
    bounds = {short(name): bound for name, bound in BOUNDS.items()}
    met: dict[str, int] = dict.fromkeys(bounds, 0)
    for kind in KINDS:
        data = data_of(kind)
        for name, values in kept_of(kind).items():
            most = bounds[name].size.of(data.n_samples, data.n_outputs, max(2, data.n_classes))
            for value in values:
                size = bytes_of(value)
                met[name] += 1
                assert size <= most, f"{name}, {kind}: {size:,} bytes, {most:,} declared"
    for name, values in {
        **kept_of_columns(),
        **kept_of_training(),
        **kept_of_lessons(),
        **kept_of_data_sets(tmp_path),
    }.items():
        for value in values:
            met[name] += 1
            assert bytes_of(value) <= bounds[name].size.of(N, CLASSES, CLASSES), name
    made = picker.generated(GeneratorSettings(n_samples=N))
    met["picker.generated"] += 1
    assert bytes_of(made) <= DATA.of(N, 1, 2)
    assert [name for name, times in met.items() if not times] == []


@pytest.mark.parametrize("n_outputs", [1, 10, 1000, MOST_CLASSES, LIMITS.max_columns])
def test_all_caches_of_a_session_hold_no_more_than_is_stated(n_outputs):
    n_samples = min(LIMITS.max_rows, LIMITS.max_values // n_outputs)
    n_classes = max(2, min(n_outputs, MOST_CLASSES))
    data = DATA.of(n_samples, n_outputs, n_classes)
    assert worst_case(n_samples, n_outputs, n_classes) <= MOST_TIMES * data + MOST_BESIDE


def test_all_examples_together_hold_no_more_than_is_stated():
    largest = 0
    for name in SCENARIOS:
        data = scenario(name).predictions()
        size_of = data.n_samples, data.n_outputs, max(2, data.n_classes)
        largest = max(largest, worst_of_examples(*size_of))
    assert 0 < largest <= MOST_OF_EXAMPLES


def test_the_readme_states_that_limit():
    said = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    assert f"at most {MOST_TIMES} times" in said
    assert f"{MOST_BESIDE // 2**20} MB" in said


def test_every_cache_was_met_when_the_app_is_imported():
    """A module that makes a cache and is not imported here would be left out of the sum."""
    code = "import accuracy_lens, importlib, pkgutil\n"
    code += "for found in pkgutil.walk_packages(accuracy_lens.__path__, 'accuracy_lens.'):\n"
    code += "    importlib.import_module(found.name)\n"
    code += "from accuracy_lens.view.caches import BOUNDS\nprint(*sorted(BOUNDS))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert run.stdout.split() == sorted(BOUNDS)
