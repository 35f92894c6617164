"""Where AVX-512 makes numpy's sort slow, the programs go without it; what is set stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from accuracy_lens import processor

ZEN_4 = "vendor_id\t: AuthenticAMD\ncpu family\t: 25\nflags\t\t: fpu avx2 avx512f avx512bw\n"
ROOT = Path(__file__).parents[2]
OTHERS = {
    "Zen 3": ZEN_4.replace(" avx512f avx512bw", ""),
    "Zen 5": ZEN_4.replace(": 25", ": 26"),
    "Intel": ZEN_4.replace("AuthenticAMD", "GenuineIntel"),
    "none": "",
}


@pytest.fixture
def found(monkeypatch, tmp_path):
    """What is told to numpy, by what Linux says of the processor."""
    monkeypatch.delenv(processor.FEATURES, raising=False)
    monkeypatch.delitem(sys.modules, "numpy", raising=False)

    def tell(text):
        file = tmp_path / "cpuinfo"
        file.write_text(text)
        monkeypatch.setattr(processor, "_CPU_INFO", file)
        processor.avoid_slow_sort()
        return os.environ.get(processor.FEATURES)

    return tell


@pytest.mark.parametrize(("number", "name"), [("2.3.5", "AVX512_SKX"), ("2.4.0", "X86_V4")])
def test_zen_4_goes_without_by_the_name_that_numpy_gives_it(found, monkeypatch, number, name):
    monkeypatch.setattr(processor, "version", {"numpy": number}.__getitem__)
    assert found(ZEN_4) == name


def test_numpy_knows_what_it_is_told_here():
    code = "from accuracy_lens import processor\nprocessor.avoid_slow_sort()\nimport numpy"
    environment = {name: value for name, value in os.environ.items() if name != processor.FEATURES}
    subprocess.run(
        [sys.executable, "-W", "error", "-c", code], check=True, cwd=ROOT, env=environment
    )


@pytest.mark.parametrize("name", OTHERS)
def test_others_keep_all(found, name):
    assert found(OTHERS[name]) is None


def test_what_the_environment_says_stays(found, monkeypatch):
    monkeypatch.setenv(processor.FEATURES, "AVX2")
    assert found(ZEN_4) == "AVX2"


def test_nothing_is_told_once_numpy_is_there(found, monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", os)
    assert found(ZEN_4) is None


@pytest.mark.parametrize("program", ["accuracy_lens.shell.program", "accuracy_lens.serve.process"])
def test_a_program_tells_it_before_it_imports_numpy(program):
    code = (
        "import sys\nfrom accuracy_lens import processor\n"
        "processor.avoid_slow_sort = lambda: print('numpy' in sys.modules)\n"
        f"import {program}"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert run.stdout.split() == ["False"]
