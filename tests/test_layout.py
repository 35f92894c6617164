"""The layout holds: layers, folders, and what importing the app must not load."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("metrics_core", "accuracy_lens", "pages", "tests", "benchmarks")
ABOUT_TWELVE = 13
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py"}
STEPS = ["activation", "decision", "comparison", "aggregation"]
APP = [ROOT / "app.py", *sorted(ROOT.glob("pages/**/*.py"))]
CODE = [
    file
    for folder in ("metrics_core", "accuracy_lens")
    for file in sorted(ROOT.glob(f"{folder}/**/*.py"))
]


def imports(file: Path) -> set[str]:
    """Every module that a file imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
            assert node.level == 0, f"{file}: imports are absolute"
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def relative(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_the_import_contracts_are_kept():
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("file", APP, ids=relative)
def test_pages_import_no_page_and_no_app(file):
    tops = {name.split(".")[0] for name in imports(file)}
    assert tops.isdisjoint({"app", "pages"})


def test_accuracy_lens_imports_no_page_and_no_app():
    for file in CODE:
        tops = {name.split(".")[0] for name in imports(file)}
        assert tops.isdisjoint({"app", "pages", "tests"}), relative(file)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_imports_only_what_is_below_all_steps(step):
    files = [file for file in CODE if relative(file).startswith(f"metrics_core/steps/{step}")]
    assert files
    inside = {
        name.removeprefix("metrics_core.").rpartition(".")[0]
        for file in files
        for name in imports(file)
        if name.startswith("metrics_core.")
    }
    others = {name for name in inside if not name.startswith(f"steps.{step}.")}
    numeric = {f"numeric.{name}" for name in ("arrays", "class_rows", "large_arrays", "threads")}
    assert others <= {"errors", "messages", "rules", *numeric}


def test_only_one_module_touches_the_session_and_the_query_parameters():
    for file in [*APP, *CODE]:
        attributes = {
            node.attr
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Attribute)
        }
        touched = {"accuracy_lens/view/stored.py", "accuracy_lens/words/language.py"}
        if relative(file) not in touched:  # the second reads the language, below the first
            assert attributes.isdisjoint({"session_state", "query_params"}), relative(file)


def test_only_the_widgets_of_the_table_are_bound_to_the_url():
    for file in [*APP, *CODE]:
        bound = any(
            isinstance(node, ast.keyword) and node.arg == "bind"
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        )
        assert not bound, f"{relative(file)} draws a control that is in no row of the table"


def test_all_caches_are_made_in_one_module():
    for file in [*APP, *CODE]:
        tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        names = {node.attr for node in tree if isinstance(node, ast.Attribute)} | imports(file)
        names = {name.rpartition(".")[2] for name in names}
        if relative(file) != "accuracy_lens/view/caches.py":
            assert names.isdisjoint({"cache_data", "cache_resource"}), relative(file)


def test_what_is_said_and_computed_is_made_without_streamlit():
    modules = [
        "accuracy_lens.components.sample_rows",
        "accuracy_lens.components.threshold_lens.grid",
        "accuracy_lens.components.threshold_lens.stops",
        "accuracy_lens.explain.which_accuracy.answers",
        "accuracy_lens.explore.classes.answers",
        "accuracy_lens.explore.classes.matrix",
        "accuracy_lens.explore.metrics.cards",
        "accuracy_lens.components.five_steps",
        "accuracy_lens.explore.thresholds.answers",
        "accuracy_lens.explore.thresholds.tables",
        "accuracy_lens.learn.room.database.store",
        "accuracy_lens.words.text",
    ]
    code = f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)\n"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}assert 'streamlit' not in sys.modules"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


def test_every_page_lies_one_folder_down():
    pages = sorted(ROOT.glob("pages/**/*.py"))
    assert pages
    for page in pages:
        assert len(page.relative_to(ROOT / "pages").parts) == 2, relative(page)


def test_no_module_is_a_drawer_for_everything():
    names = {file.name for file in [*APP, *CODE]}
    assert names.isdisjoint(FORBIDDEN_NAMES)


def test_no_folder_wants_rooms_of_its_own():
    files = [path for top in FOLDERS for path in ROOT.glob(f"{top}/**/*.py")]
    counted = Counter(relative(file.parent) for file in files if file.name != "__init__.py")
    assert counted.keys() > {"metrics_core/sweep", "accuracy_lens/view", "tests/browser/pages"}
    assert {folder: many for folder, many in counted.items() if many > ABOUT_TWELVE} == {}


def test_importing_the_app_loads_no_tensorflow():
    wanted = sorted({name.split(".")[0] for file in APP for name in imports(file)})
    modules = ["accuracy_lens.serve.server", *wanted, *accuracy_lens_modules()]
    code = (
        "import importlib, json, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(run.stdout))
    assert {"streamlit", "accuracy_lens.serve.server", "metrics_core.evaluation"} <= loaded
    assert loaded.isdisjoint({"tensorflow", "keras"})


def accuracy_lens_modules() -> list[str]:
    """Every module of the accuracy_lens; a package by its own name."""
    files = sorted((ROOT / "accuracy_lens").glob("**/*.py"))
    parts = [file.relative_to(ROOT).with_suffix("").parts for file in files]
    return [".".join(part for part in path if part != "__init__") for path in parts]
