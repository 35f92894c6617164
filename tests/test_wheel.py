"""The wheel holds all that runs: built and unpacked, it works from an empty folder elsewhere."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BUILT = pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None,
    reason="no hatchling: the wheel is not built; `pip install -r requirements-dev.txt` brings it",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """What `pip install` makes of a wheel of pure Python: its files, unpacked."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def elsewhere(installed: Path, **more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed), **more}


@contextlib.contextmanager
def started(
    installed: Path, folder: Path, *arguments: str, **more: str
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run the command from a folder; the address that it says, and its process."""
    command = [sys.executable, "-m", "accuracy_lens", *arguments]
    with subprocess.Popen(
        command, cwd=folder, env=elsewhere(installed, **more), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        try:
            said = ""
            assert process.stdout is not None
            for line in process.stdout:
                said += line
                if found := re.search(r"http://\S+", line):
                    yield found[0], process
                    break
            else:
                pytest.fail(f"the server did not start:\n{said}")
        finally:
            process.terminate()


def test_what_is_installed_is_what_make_run_installs():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = {line for line in lines if line and not line.startswith("#")}
    extras = PROJECT["optional-dependencies"]
    assert {*PROJECT["dependencies"], *chain(*extras.values())} == wanted
    assert {name for name, lines in extras.items() if any("tensorflow" in x for x in lines)} == {
        "train"
    }


@BUILT
def test_the_wheel_holds_every_file_of_the_packages_and_the_pages(wheel):
    tracked = {
        file.relative_to(ROOT).as_posix()
        for package in ("accuracy_lens", "metrics_core")
        for file in ROOT.glob(f"{package}/**/*")
        if file.is_file() and file.parent.name != "__pycache__"
    }
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    pages = {page.relative_to(ROOT).as_posix() for page in ROOT.glob("pages/**/*.py")}
    app = {f"accuracy_lens/_app/{name}" for name in ("app.py", ".streamlit/config.toml", *pages)}
    assert held >= {*tracked, *app}
    assert not any("__pycache__" in name or name.startswith(("tests", "docs")) for name in held)
    assert all(name.startswith(("accuracy_lens", "metrics_core")) for name in held)


@BUILT
def test_it_serves_from_an_empty_folder_elsewhere(installed, tmp_path):
    with started(installed, tmp_path, "--no-browser", "--port", "0", "-l", "zh") as (url, process):
        for path, holds in (("/", "<title>Accuracy Lens</title>"), ("/_stcore/health", "ok")):
            with urllib.request.urlopen(url + path, timeout=30) as answer:
                assert holds in answer.read().decode()
                assert answer.headers["X-Frame-Options"] == "DENY"
        assert process.poll() is None
    assert not list(tmp_path.iterdir())


@BUILT
@pytest.mark.long
def test_every_page_runs_without_tensorflow_and_says_what_is_missing(installed, tmp_path):
    code = """
import importlib.util, json, sys
from streamlit.testing.v1 import AppTest

ABSENT = ("keras", "tensorflow", "scipy", "psycopg")

class Hide:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Hide())
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: (
    None if name in ABSENT else find(name, *more))

from accuracy_lens.serve.script import SCRIPT
from accuracy_lens.view.pages import METRICS, PAGES
said = {}
app = AppTest.from_file(str(SCRIPT), default_timeout=60).run()
for page in PAGES:
    if page is not METRICS:
        app.switch_page(page.script).run()
    assert not app.exception, (page.path, app.exception)
    words = [*app.main.text, *app.main.markdown, *app.main.caption, *app.main.warning]
    said[page.path] = " ".join(each.value for each in words)
print(json.dumps(said))
"""
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=elsewhere(installed), text=True,
        capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)
    missing = {page for page, words in said.items() if "accuracy-lens[train]" in words}
    assert missing == {"training", "which_accuracy"}
