"""A small part of `make hostile`: damaged files and killed children by the way of an upload."""

from __future__ import annotations

import threading

import numpy as np

from accuracy_lens.jobs import formula_runs, parsing
from metrics_core.evaluation import evaluate
from metrics_core.formula import parse
from metrics_core.predictions import Predictions
from tests.hostile.files import CORPUS, mutated, whole
from tests.hostile.killing import kill_children
from tests.hostile.reading import read_all

MB = 2**20
SLOW = ("y_true,y_pred\n" + "1,0.75\n0,0.25\n" * 400_000).encode()


def test_what_once_ended_a_server_is_read_or_refused_and_the_next_upload_works():
    found = read_all([(path.name, path.read_bytes()) for path in CORPUS])
    assert found.uncaught == []
    assert found.outcomes["late"] == found.outcomes["full"] == 0
    assert found.growth < 50 * MB
    after = read_all(whole().items())
    assert after.outcomes == {"used": len(whole())}


def test_damaged_files_of_every_format_end_in_columns_or_a_sentence():
    found = read_all(mutated(seed=7, n=300))
    assert found.uncaught == []
    assert found.outcomes.total() == 300
    assert found.outcomes["late"] == found.outcomes["full"] == 0
    assert found.growth < 50 * MB


def test_the_same_seed_gives_the_same_files():
    assert list(mutated(3, 40)) == list(mutated(3, 40))
    assert list(mutated(3, 40)) != list(mutated(4, 40))


def test_whoever_waits_for_a_parser_that_is_killed_is_told_and_the_next_file_is_read():
    found = kill_children(parsing.PARSERS, lambda: parsing.read_upload(SLOW, "slow.csv"), 4)
    assert found.wrong == []
    assert len(found.told) + found.finished == 4
    assert parsing.parse_upload(b"y_true,y_pred\n1,0.7\n0,0.2\n", "a.csv").n_rows == 2


def test_whoever_waits_for_a_formula_that_is_killed_is_told_and_the_next_is_computed():
    rng = np.random.default_rng(0)
    made = evaluate(
        Predictions.of(rng.integers(0, 2, 400_000), rng.random(400_000)), "binary_accuracy"
    )
    formula = parse("mean(abs(y_true - y_pred) ** 0.3)")
    found = kill_children(formula_runs.FORMULAS, lambda: formula_runs.values(formula, made), 3)
    assert found.wrong == []
    assert len(found.told) + found.finished == 3
    assert formula_runs.values(formula, made)
    assert threading.active_count() < 100
