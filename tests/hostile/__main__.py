"""The whole campaign, by hand: ``make hostile``, or ``make hostile FILES=20000 PART=files``.

Damaged files by the way of an upload, formulas that nobody thought of, children and servers that
are killed under load, and the memory after visitors have left.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from accuracy_lens.jobs import formula_runs, parsing
from accuracy_lens.serve.several import proxy
from metrics_core.evaluation import evaluate
from metrics_core.formula import parse
from metrics_core.predictions import Predictions
from tests.hostile.files import CORPUS, mutated, whole
from tests.hostile.killing import Killed, kill_children, kill_trainers, load
from tests.hostile.reading import read_all
from tests.hostile.visiting import kill_servers, memory_after

PARTS = ("files", "formulas", "children", "servers", "memory")
ROOT = Path(__file__).parents[2]
MB = 2**20
SLOW = ("y_true,y_pred\n" + "1,0.75\n0,0.25\n" * 400_000).encode()


def main() -> None:
    """Run what is asked for and print what came of it; exit code 1 where a line is not met."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile")
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--files", type=int, default=1_000_000, help="damaged files")
    parser.add_argument("--formulas", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=100, help="of parsers, and of formulas")
    parser.add_argument("--trainings", type=int, help="kills of training runs; as many by default")
    parser.add_argument("--restarts", type=int, default=10, help="of servers")
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    good = True
    for part in [asked.part] if asked.part else PARTS:
        start = time.monotonic()
        for line, is_good in globals()[f"_{part}"](asked):
            print(f"{part}: {line}{'' if is_good else '  <- NOT MET'}", flush=True)
            good = good and is_good
        print(f"{part}: {time.monotonic() - start:.0f} seconds", flush=True)
    sys.exit(not good)


Lines = Iterator[tuple[str, bool]]


def _files(asked: argparse.Namespace) -> Lines:
    corpus = read_all([(path.name, path.read_bytes()) for path in CORPUS])
    yield f"corpus {dict(corpus.outcomes)}", not corpus.uncaught
    found = read_all(mutated(asked.seed, asked.files))
    yield f"{asked.files:,} damaged files: {dict(found.outcomes)}", not found.uncaught
    yield from ((f"uncaught: {each}", False) for each in found.uncaught[:20])
    yield from ((each, True) for each in found.at_limits[:20])
    slowest, limit = max(found.seconds), parsing.PARSERS.limits.seconds
    late = found.outcomes["late"]
    yield f"stopped at the limit of {limit:g} s: {late}; slowest {slowest:.2f} s", not late
    yield f"server: at most {found.growth / MB:.1f} MB beyond the columns", found.growth < 50 * MB
    after = read_all(whole().items())
    yield f"whole files afterwards: {dict(after.outcomes)}", after.outcomes["used"] == len(whole())


def _formulas(asked: argparse.Namespace) -> Lines:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
               "tests/core/formula/test_fuzz.py"]  # fmt: skip
    environment = os.environ | {"FORMULA_CASES": str(asked.formulas)}
    run = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    yield f"{asked.formulas:,} formulas: {run.stdout.splitlines()[-1]}", run.returncode == 0


def _children(asked: argparse.Namespace) -> Lines:
    rng = np.random.default_rng(0)
    made = evaluate(Predictions.of(rng.integers(0, 2, 10**6), rng.random(10**6)), "binary_accuracy")
    formula = parse("mean(abs(y_true - y_pred) ** 0.3)")
    with load():
        read = lambda: parsing.read_upload(SLOW, "slow.csv")  # noqa: E731
        yield _killed("parser", kill_children(parsing.PARSERS, read, asked.kills))
        compute = lambda: formula_runs.values(formula, made)  # noqa: E731
        yield _killed("formula", kill_children(formula_runs.FORMULAS, compute, asked.kills))
        yield _killed(
            "training, three visitors each",
            kill_trainers(asked.kills if asked.trainings is None else asked.trainings),
        )


def _killed(what: str, found: Killed) -> tuple[str, bool]:
    times = sorted(found.told) or [0.0]
    late = sum(each > 2 for each in times)
    line = (
        f"{what}: {found.kills} kills, {len(found.told)} told after at most {times[-1]:.2f} s "
        f"(median {times[len(times) // 2]:.2f}, {late} above 2 s), {found.finished} had ended, "
        f"wrong: {found.wrong}"
    )
    return line, not found.wrong and not late


def _servers(asked: argparse.Namespace) -> Lines:
    if proxy.found() is None:
        yield "not run: this machine has no nginx, which shares visitors among servers", False
        return
    with tempfile.TemporaryDirectory() as store, load():
        seconds = kill_servers(Path(store), asked.restarts)
    late = sum(each > 2 for each in seconds)
    yield f"{len(seconds)} kills, told after at most {max(seconds):.2f} s", not late


def _memory(asked: argparse.Namespace) -> Lines:
    with tempfile.TemporaryDirectory() as store:
        before, after = memory_after(Path(store), asked.visitors)
    grown = after / before - 1
    sizes = (
        f"{before / MB:.0f} MB after 5 visitors, {after / MB:.0f} MB after {asked.visitors} more"
    )
    yield f"{sizes} ({grown:+.1%})", grown < 0.1


if __name__ == "__main__":
    main()
