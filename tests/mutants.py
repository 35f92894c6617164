"""Break the core on purpose, one small change at a time, and count the changes that tests notice.

mutmut makes the mutants and runs, for each, the tests of its package that reach its function. This
module picks the packages and a sample of mutants, and writes the result down:
``make mutants PART=sweep SAMPLE=200 SEED=0``.

What mutmut leaves out is not in the figures: code outside functions (tables of rows), properties
and other decorated functions. Left out here: sentences (texts with a space between words), whose
wording is not a matter of these tests, and ``strict=`` of a zip, which only says that the lengths
are equal.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from collections import Counter
from pathlib import Path

TESTS = {
    "sweep": ["tests/core/sweep", "tests/core/counting"],
    "releases": ["tests/core/releases", "tests/core/golden/test_golden_releases.py"],
    "reverse": ["tests/core/reverse"],
    "doctor": ["tests/core/doctor"],
    "steps": [
        "tests/core/steps",
        "tests/core/catalog",
        "tests/core/codegen",
        "tests/core/counting",
        "tests/core/test_evaluation.py",
        "tests/core/golden/test_golden_steps.py",
        "tests/core/test_invariants.py",
        "tests/core/test_sentences.py",
        "tests/core/overview/test_threshold_ladder.py",
        "tests/core/test_trace.py",
    ],
}
"""The packages, and what tests each of them."""


def main() -> None:
    """Run mutants of the packages that are asked for, and print what became of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--part", choices=TESTS, help="one package; default: all five in turn")
    parser.add_argument("--sample", type=int, help="mutants of each package; default: all")
    parser.add_argument("--seed", type=int, default=0, help="of the sample")
    asked = parser.parse_args()
    if asked.part is None:
        import subprocess

        for part in TESTS:
            command = [sys.executable, "-m", "tests.mutants", *sys.argv[1:], "--part", part]
            subprocess.run(command, check=True)
        return
    names = _sampled(asked.part, asked.sample, asked.seed)
    from mutmut.__main__ import _run

    _run(names, max_children=None)
    _report(asked.part, names, asked.seed)


def _sampled(part: str, size: int | None, seed: int) -> list[str]:
    """Write the mutants of a package anew, and choose some of them."""
    from mutmut import __main__ as mutmut
    from mutmut.configuration import config

    _leave_out_some()
    config().only_mutate = [f"metrics_core/{part}/*"]
    config().pytest_add_cli_args_test_selection = TESTS[part]
    shutil.rmtree("mutants", ignore_errors=True)
    Path("mutants").mkdir()
    mutmut.copy_src_dir()
    mutmut.create_mutants(max_children=2)
    found, _ = mutmut.collect_source_file_mutation_data(mutant_names=())
    names = sorted(name for _, name, _ in found)
    return random.Random(seed).sample(names, min(size or len(names), len(names)))


def _leave_out_some() -> None:
    """Take the mutants of sentences and of ``strict=`` from what mutmut makes."""
    from mutmut.mutation import file_mutation, mutators

    def of_keys(node):
        value = getattr(node, "value", "")
        return () if " " in value.strip("\"' ") else mutators.operator_string(node)

    def of_arguments(node):
        strict = [argument for argument in node.args if _is_strict(argument)]
        for changed in mutators.operator_arg_removal(node):
            if all(any(argument is kept for kept in changed.args) for argument in strict):
                yield changed

    others = {mutators.operator_string: of_keys, mutators.operator_arg_removal: of_arguments}
    table = mutators.mutation_operators
    table[:] = [(node, others.get(operator, operator)) for node, operator in table]
    skips = file_mutation.MutationVisitor._skip_node_and_children
    file_mutation.MutationVisitor._skip_node_and_children = lambda self, node: (
        _is_strict(node) or skips(self, node)
    )


def _is_strict(node) -> bool:
    keyword = getattr(node, "keyword", None)
    return keyword is not None and keyword.value == "strict"


def _report(part: str, names: list[str], seed: int) -> None:
    from mutmut.__main__ import collect_source_file_mutation_data
    from mutmut.mutation.diff_apply import get_diff_for_mutant
    from mutmut.stats import status_by_exit_code

    chosen = set(names)
    data, _ = collect_source_file_mutation_data(mutant_names=())
    found = [(name, status_by_exit_code[code]) for _, name, code in data if name in chosen]
    n = Counter(status for _, status in found)
    for name, status in found:
        if status != "killed":
            lines = get_diff_for_mutant(name).splitlines()
            moved = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
            print(f"\n{status}: {name}", *moved, sep="\n")
    survived = len(found) - n["killed"] - n["timeout"]
    print(
        f"\n{part}: {len(found)} mutants (seed {seed}), {n['killed']} killed, {survived} survived,"
        f" {n['timeout']} timed out: {n['killed'] / len(found):.1%} killed"
    )


if __name__ == "__main__":
    main()
