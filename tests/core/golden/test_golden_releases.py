"""Every recorded case put to every release: what it returned, printed, refused or lacks."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from metrics_core.releases import (
    RELEASES,
    KerasRefusal,
    call_function,
    compiled_accuracy,
    release_names,
    row_of,
    run_class,
)
from metrics_core.steps.activation import activate
from tests.core.golden import golden

ROWS = {name: row_of(name) for name in release_names()}
ABSOLUTE, RELATIVE = 5e-7, 2e-7
COUNTED = ("accuracy", "precision", "recall")


def ask(case, release, y_true, y_pred, weights):
    """Our answer to a case."""
    options = dict(case["params"])
    if case["kind"] == "evaluate":
        activation = options.pop("activation")
        if activation != "linear":
            y_pred = activate(y_pred.astype("f4"), activation)
        return compiled_accuracy(
            y_true,
            y_pred,
            release=release,
            loss=case["loss"],
            metric=case["metric"],
            batch_size=options.pop("batch_size"),
            sample_weight=weights,
            weighted=options.pop("metrics_kw") == "weighted_metrics",
            **options,
        )
    if case["kind"] == "function":
        return call_function(case["metric"], y_true, y_pred, release=release, **options["kwargs"])
    return run_class(
        case["metric"],
        y_true,
        y_pred,
        release=release,
        batch_size=options["batch_size"],
        sample_weight=weights,
        **options["kwargs"],
    )


def difference(case, expected, answer):
    """What is wrong with an answer, or None."""
    refused = isinstance(answer, KerasRefusal)
    if expected["status"] == "not_available":
        return None if refused and answer.stage == "missing" and str(answer) else "not said"
    if expected["status"] == "error":
        return None if refused and answer.stage != "missing" and str(answer) else "not refused"
    if refused:
        return f"refused: {answer}"
    if case["kind"] == "evaluate":
        return different_number(expected, answer)
    recorded = expected["result"]
    if case["kind"] == "class":
        return None if close(answer, float.fromhex(recorded["hex"])) else f"{answer}"
    values = np.array(recorded["values"], dtype=recorded["dtype"]).reshape(recorded["shape"])
    if answer.shape != values.shape:
        return f"shape {answer.shape}"
    exact = answer.ndim > 0 and "accuracy" in case["metric"]
    if answer.dtype != values.dtype:
        return f"dtype {answer.dtype}"
    if exact:
        return None if np.array_equal(answer, values, equal_nan=True) else f"{answer.tolist()}"
    return None if close(answer, values) else f"{answer.tolist()}"


def different_number(expected, answer):
    value = float.fromhex(expected["accuracy"]["hex"])
    if answer.resolved != expected["resolved"]:
        return f"resolved {answer.resolved}"
    if answer.reported_name != expected["reported_name"]:
        return f"reported {answer.reported_name}"
    if not close(answer.value, value) or answer.printed != expected["accuracy"]["f4"]:
        return f"{answer.value!r} and not {value!r}"
    return None if str(answer.branch) else "no branch"


def close(ours, theirs):
    """Within 5e-7, or where that is less than one float32 step, within 2e-7 of the value."""
    if isinstance(ours, float) and math.isfinite(ours):
        return abs(ours - theirs) <= max(ABSOLUTE, RELATIVE * abs(theirs))
    absolute = np.isclose(ours, theirs, rtol=0, atol=ABSOLUTE, equal_nan=True)
    relative = np.isclose(ours, theirs, rtol=RELATIVE, atol=0, equal_nan=True)
    return bool(np.all(absolute | relative))


def test_close_is_within_either_tolerance_and_not_their_sum():
    assert close(0.1 + 4e-7, 0.1)
    assert close(100.0 * (1 + 1.9e-7), 100.0)
    assert close(np.nan, np.nan)
    assert not close(100.0 * (1 + 2.1e-7), 100.0)
    assert not close(1.0 + 6e-7, 1.0)
    assert not close(np.array([0.5, 0.1 + 6e-7]), np.array([0.5, 0.1]))


def answers(case, data):
    """Our answer in every release; those of one row of the table are asked for once."""
    by_row = {}
    for release in case["expected"]:
        row = ROWS[release]
        if row not in by_row:
            try:
                by_row[row] = ask(case, row, *data)
            except KerasRefusal as refusal:
                by_row[row] = refusal
        yield release, by_row[row]


def test_every_recorded_case_in_every_release(capsys):
    matched, wrong, kinds = Counter(), [], set()
    for case in golden.cases("evaluate", "function", "class"):
        for release, answer in answers(case, golden.inputs(case)):
            expected = case["expected"][release]
            found = difference(case, expected, answer)
            if found:
                wrong.append((case["id"], release, expected.get("accuracy", expected), found))
            else:
                matched[release] += 1
            kinds.add((case["kind"], release))
    ran = matched.total() + len(wrong)
    with capsys.disabled():
        print(f"\n{ran} recorded (case, release) pairs ran, {matched.total()} matched, 0 left out")
        print(", ".join(f"{release} {count}" for release, count in matched.items()))
    assert not wrong, f"{len(wrong)} wrong: " + "\n".join(map(str, wrong[:60]))
    recorded = golden.cases("evaluate", "function", "class")
    assert kinds == {(case["kind"], release) for case in recorded for release in case["expected"]}
    assert ran == sum(len(case["expected"]) for case in recorded)
    assert ran >= 9 * 700


def test_every_release_was_recorded():
    assert set(golden.cases("evaluate")[0]["expected"]) == set(ROWS)


def test_a_release_that_ran_answers_as_the_row_that_it_follows():
    """The rest of the cases asks the rows; the names of all releases lead to them."""
    case = golden.cases("evaluate")[0]
    data = golden.inputs(case)
    for release, answer in answers(case, data):
        named = ask(case, release, *data)
        assert (named.release, named.value) == (release, answer.value)


@pytest.mark.parametrize("release", RELEASES)
def test_matches_that_are_given_stand_for_the_printed_mean(release):
    ran = 0
    for case in golden.cases("evaluate"):
        if case["expected"][release]["status"] != "ok" or case["params"]["metrics_kw"] != "metrics":
            continue
        answer = ask(case, release, *golden.inputs(case))
        if answer.matches is not None and "top" not in answer.resolved:
            assert answer.matches.mean(dtype="f8") == pytest.approx(answer.value, abs=4e-6), case
            assert set(np.unique(answer.matches)) <= {0.0, 1.0}
            ran += 1
    assert ran >= 100
