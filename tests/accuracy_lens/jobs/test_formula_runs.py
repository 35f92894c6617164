"""The visitor's formula in its child process: the numbers, the limits, and what is left behind."""

from __future__ import annotations

import tempfile

import numpy as np
import pytest

from accuracy_lens.explore.metrics.formula.panels import why
from accuracy_lens.explore.metrics.formula.refusal import pointed
from accuracy_lens.jobs import formula_runs
from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.formula_job import Batched
from accuracy_lens.jobs.workers import WorkerError, Workers
from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate
from metrics_core.formula import FormulaError, parse, trace, value_by_batches, values_of
from metrics_core.formula import evaluate as evaluate_formula
from metrics_core.predictions import Predictions


def random_evaluation(n=257, classes=4, **settings):
    random = np.random.default_rng(5)
    data = Predictions.of(
        random.integers(0, classes, n),
        random.random((n, classes), dtype=np.float32),
        sample_weight=random.random(n),
    )
    return evaluate(data, "sparse_categorical_accuracy", **settings)


@pytest.fixture
def strict():
    made = Workers(WorkerLimits(workers=1, seconds=0.5, memory=300 * 1024**2,
                                setup="accuracy_lens.jobs.formula_job:prepare"))  # fmt: skip
    yield made
    made.close()


def heavy():
    evaluation = random_evaluation(400_000, 8)
    return parse("+".join(["sin(tanh(y_pred))"] * 20)), evaluation


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "mean(max(softmax(y_pred), -1))",
        "matches",
        "{'one': scores * threshold, 'two': sum(decisions == y_true) / k}",
        "max(y_pred, -1) * sample_weight",
    ],
)
def test_the_child_says_what_the_core_says(text, weighted):
    evaluation = random_evaluation(weighted=weighted, threshold=0.25)
    formula = parse(text)
    given = values_of(evaluation, formula.names)
    weights = evaluation.predictions.sample_weight if weighted else None
    made = formula_runs.outcome(formula, evaluation, 32)
    wanted = evaluate_formula(formula, given, weights=weights)
    batches = value_by_batches(formula, given, 32, weights=weights)
    assert list(made.results) == list(wanted)
    for name, one in wanted.items():
        assert made.results[name].value == one.value
        if one.samples is None:
            assert made.results[name].samples is None
        else:
            np.testing.assert_array_equal(made.columns()[f"your_{name}"], one.samples)
        assert made.batches[name] == Batched.of(batches[name])
        assert (made.batches[name].count, made.batches[name].last) == (9, 1)
    assert formula_runs.followed(formula, evaluation, 3) == trace(formula, given, 3)
    assert made.weighted is weighted


def test_a_refusal_crosses_with_its_place():
    with pytest.raises(FormulaError) as caught:
        formula_runs.outcome(parse("1 + (y_true * y_pred)"), random_evaluation(), 32)
    assert (caught.value.column, caught.value.end) == (5, 20)


def test_a_formula_that_takes_too_long_is_stopped_and_the_next_one_works(strict):
    strict.limits = WorkerLimits(
        workers=1, seconds=0.3, setup="accuracy_lens.jobs.formula_job:prepare"
    )
    with pytest.raises(InputError, match=r"within 0\.3 seconds.*it was stopped"):
        formula_runs.outcome(*heavy(), 32, workers=strict)
    small = random_evaluation()
    made = formula_runs.values(parse("mean(y_pred)"), small, workers=strict)
    assert made["metric"].value == np.mean(small.predictions.y_pred, dtype=np.float64)


def test_a_formula_that_needs_too_much_memory_is_refused(strict):
    strict.limits = WorkerLimits(workers=1, seconds=20.0, memory=60 * 1024**2,
                                 setup="accuracy_lens.jobs.formula_job:prepare")  # fmt: skip
    formula, evaluation = heavy()
    with pytest.raises(InputError, match="memory"):
        formula_runs.outcome(formula, evaluation, 32, workers=strict)
    assert formula_runs.values(parse("1 + 1"), random_evaluation(), workers=strict)


@pytest.mark.parametrize(
    ("reason", "words"),
    [("died", "leave the process that computes it alive"), ("busy", "wait until other formulas")],
)
def test_a_process_that_dies_or_is_not_free_is_told(reason, words):
    class Stub:
        limits = formula_runs.LIMITS

        def run(self, *_):
            raise WorkerError(reason)

    with pytest.raises(InputError, match=words):
        formula_runs.values(parse("1 + 1"), random_evaluation(), workers=Stub())


def test_what_is_handed_over_and_given_back_is_bounded(monkeypatch):
    evaluation = random_evaluation()
    monkeypatch.setattr(formula_runs, "MOST_GIVEN", 1284)
    with pytest.raises(InputError, match=r"at most 1,284 numbers. Got 1,285"):
        formula_runs.values(parse("mean(y_true) + mean(y_pred)"), evaluation)
    assert formula_runs.values(parse("mean(y_pred)"), evaluation)
    monkeypatch.undo()
    monkeypatch.setattr(formula_runs, "MOST_MADE", 513)
    with pytest.raises(InputError, match=r"at most 513 values in total over all samples. Got 514"):
        formula_runs.values(parse("{'a': y_true, 'b': y_true, 'c': mean(y_true)}"), evaluation)
    assert formula_runs.values(parse("{'a': y_true, 'c': mean(y_true)}"), evaluation)


def test_no_file_is_left_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = formula_runs.outcome(parse("matches"), random_evaluation(), 32)
    assert made.results["metric"].samples.shape == (257,)
    assert not made.results["metric"].samples.flags.writeable
    with pytest.raises(FormulaError):
        formula_runs.outcome(parse("y_true * y_pred"), random_evaluation(), 32)
    assert list(tmp_path.iterdir()) == []


def test_the_child_has_neither_streamlit_nor_arrow(strict, monkeypatch, tmp_path):
    (tmp_path / "formula_spy.py").write_text(
        "import sys\ndef names(): return sorted(sys.modules)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    import formula_spy

    names = set(strict.run(formula_spy.names))
    assert {"numpy", "metrics_core.formula", "accuracy_lens.jobs.formula_job"} <= names
    assert names.isdisjoint({"streamlit", "pyarrow", "pandas", "keras", "tensorflow"})


def test_the_place_of_a_long_formula_stays_in_view():
    text = "+".join(["mean(y_pred)"] * 40) + "+oops+mean(y_true)"
    column = text.index("oops")
    line, carets = pointed(text, column, column + 4).splitlines()
    assert line.startswith("…")
    assert len(line) <= 74
    assert line[carets.index("^") : len(carets)] == "oops"
    assert pointed("a\n+", 2, 2).splitlines() == ["a +", "  ^"]
    assert len(pointed(text, 0, len(text)).splitlines()[1]) == 72


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ((1.0, 1.0, 1.0, 1.0, True, 2, 4), "does not matter."),
        ((1.0, 0.5, 1.0, 1.0, True, 2, 1), "the 1 sample of the last batch counts as much"),
        ((1.0, 0.5, 0.5, 0.5, True, 2, 4), "depends on the other samples of its batch"),
        ((1.0, 1.0, 1.0, 1.0, False, 2, 4), "all ways agree"),
        ((1.0, 0.5, 1.0, 0.5, False, 2, 1), "counts each batch once"),
        ((1.0, 0.5, 0.6, 0.5, False, 2, 1), "is not the number of all samples"),
        ((np.nan, np.nan, np.nan, np.nan, False, 2, 4), "all ways agree"),
        ((1.0, 1.0, 1.0, 1.0, False, 1, 4), "fit into one batch"),
    ],
)
def test_the_reason_fits_the_numbers(made, words):
    assert words in str(why(Batched(*made), 4))
