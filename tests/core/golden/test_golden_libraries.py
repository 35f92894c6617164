"""Every recorded case put to every library and version: what it returned, refused or lacks.

`tools/libraries` says how the answers were recorded; the cases are made by the same recipe here.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np

from metrics_core.libraries import LIBRARIES, LibraryRefusal, Question, ask, find_library
from tools.libraries.cases import PACKAGES, cases_of, digest_of

DATA = Path(__file__).parents[2] / "data" / "libraries.json.gz"
RECORDED = json.loads(gzip.decompress(DATA.read_bytes()))


def ours(case, row):
    """Our answer to a case."""
    question = Question.of(
        case["metric"], case["y_true"], case["y_pred"], sample_weight=case.get("weight"),
        batch_size=case.get("batches"), **case["options"],
    )  # fmt: skip
    try:
        answer = ask(question, row)
    except LibraryRefusal as refusal:
        return "missing" if refusal.missing else "several" if refusal.several else "refused"
    return answer.numbers if answer.metric.curve else answer.value


def agrees(answer, recorded):
    """Whether an answer is the recorded one: a refusal, a number, several, or a curve."""
    if isinstance(recorded, list) and isinstance(recorded[0], str):
        return isinstance(answer, str) and answer == recorded[0]
    if isinstance(answer, str):
        return False
    if isinstance(recorded, list):
        return len(answer) == len(recorded) and all(map(close, answer, recorded))
    return close(answer, recorded)


def close(answer, recorded):
    recorded = np.asarray(recorded)
    return np.shape(answer) == recorded.shape and np.allclose(
        answer, recorded, rtol=2e-7, atol=5e-7, equal_nan=True
    )


def test_every_recorded_case_in_every_library_and_version(capsys):
    matched, wrong, pairs = Counter(), [], 0
    for library, found in RECORDED.items():
        cases, package = cases_of(library), PACKAGES.get(library, library)
        assert digest_of(cases) == found["cases"], "recorded with other cases"
        known = {}
        for each in found["versions"]:
            name = f"{package}-{each['version']}"
            row = find_library(name)
            key = id(row.metrics)  # rows that share them answer alike
            if key not in known:
                known[key] = [ours(case, row) for case in cases]
            answers = found["answers"][each["answers"]]
            pairs += len(answers)
            for case, answer, recorded in zip(cases, known[key], answers, strict=True):
                if agrees(answer, recorded):
                    matched[name] += 1
                else:
                    wrong.append((name, case, answer, recorded))
    with capsys.disabled():
        print(f"\n{pairs} recorded (case, version) pairs, {matched.total()} matched, 0 left out")
        print(", ".join(f"{name} {count}" for name, count in matched.items()))
    assert not wrong, f"{len(wrong)} wrong: " + "\n".join(map(str, wrong[:20]))
    assert all(count >= 400 for count in matched.values())


def test_every_version_that_ran_was_recorded_and_no_other():
    recorded = {
        f"{PACKAGES.get(library, library)}-{each['version']}"
        for library, found in RECORDED.items()
        for each in found["versions"]
    }
    named = {f"{row.package}-{version}" for row in LIBRARIES.values() for version in row.ran}
    assert named == recorded


def test_the_versions_of_a_row_answered_alike_and_those_of_the_next_otherwise():
    for library, found in RECORDED.items():
        package, answers = PACKAGES.get(library, library), {}
        for each in found["versions"]:
            row = find_library(f"{package}-{each['version']}").name
            answers.setdefault(row, set()).add(each["answers"])
        in_order = [answers[row] for row in LIBRARIES if row in answers]
        assert all(len(each) == 1 for each in in_order)
        assert all(one != two for one, two in pairwise(in_order))
