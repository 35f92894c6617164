"""Formulas and texts that nobody thought of: a value or a refusal, and never anything else.

FORMULA_CASES sets how many are tried; the long run takes 100,000.
"""

from __future__ import annotations

import os
import string

import numpy as np
import pytest

from metrics_core.formula import (
    FUNCTIONS,
    NAMES,
    FormulaError,
    code,
    evaluate,
    parse,
    trace,
    value_by_batches,
)

hypothesis = pytest.importorskip("hypothesis")
st = hypothesis.strategies
CASES = int(os.environ.get("FORMULA_CASES", "1000"))
fuzzed = hypothesis.settings(
    max_examples=CASES // 2,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
N, C = 23, 3
RNG = np.random.default_rng(1)
ODD = np.array([0.0, -0.0, 0.5, 1.5, 0.3, np.nan, np.inf, -np.inf, 1e300, -1e-300, 2.0**53])
SHAPES = {"flat": ((N,), (N,)), "sparse": ((N,), (N, C)), "wide": ((N, C), (N, C))}
numbers = st.sampled_from(
    ["0", "1", "2", ".5", "0.3", "1e300", "1e-300", "16", "-1", "9007199254740993"]
)
atoms = st.one_of(numbers, st.sampled_from([*NAMES, "y_true", "y_pred", "y_tru"]))


def grown(inner):
    signs = ["+", "-", "*", "/", "//", "%", "**", "==", "!=", "<", "<=", ">", ">=", "&", "|", "^"]
    pair = st.tuples(inner, st.sampled_from(signs), inner).map(" ".join)
    called = st.tuples(
        st.sampled_from([*FUNCTIONS, "men"]), st.lists(st.one_of(inner, st.just("-1")), max_size=3)
    )
    return st.one_of(
        pair,
        pair.map("({})".format),
        inner.map("-{}".format),
        inner.map("~({})".format),
        inner.map("{} ** 2".format),
        st.sampled_from(
            [row.name for row in FUNCTIONS.values() if len(row.arguments) == 1]
        ).flatmap(lambda name: inner.map(lambda part: f"{name}({part})")),
        st.sampled_from([row.name for row in FUNCTIONS.values() if row.how == "reduce"]).flatmap(
            lambda name: inner.map(lambda part: f"{name}({part}, -1)")
        ),
        called.map(lambda made: f"{made[0]}({', '.join(made[1])})"),
        st.tuples(inner, inner, inner).map(lambda parts: "where({} > 0, {}, {})".format(*parts)),
        st.tuples(inner, inner, inner).map(lambda parts: "{} < {} <= {}".format(*parts)),
        inner.map("{{'a': {}, 'b': 1}}".format),
    )


def sound(inner):
    """Formulas that are in the language, though their shapes may not fit."""
    arithmetic, compared = ["+", "-", "*", "/", "//", "%"], ["==", "!=", "<", "<=", ">", ">="]
    single = [row.name for row in FUNCTIONS.values() if len(row.arguments) == 1]
    pair = st.tuples(inner, st.sampled_from(arithmetic), inner).map("({0[0]} {0[1]} {0[2]})".format)
    truth = st.tuples(inner, st.sampled_from(compared), inner).map("({0[0]} {0[1]} {0[2]})".format)
    return st.one_of(
        pair,
        truth,
        st.tuples(truth, st.sampled_from("&|"), truth).map("({0[0]} {0[1]} ~{0[2]})".format),
        st.tuples(st.sampled_from(single), inner).map("{0[0]}({0[1]})".format),
        st.tuples(inner, st.sampled_from(["2", ".5", "-1", "16"])).map("({0[0]}) ** {0[1]}".format),
        st.tuples(truth, inner, inner).map("where({0[0]}, {0[1]}, {0[2]})".format),
        inner.map("mean({}, -1)".format),
        inner.map("clip({}, 0, 1)".format),
    )


arrays = st.sampled_from(["y_true", "y_pred", "scores", "matches", "mean(y_pred)", "0.5", "k"])
formulas = st.one_of(
    st.recursive(arrays, sound, max_leaves=25), st.recursive(atoms, grown, max_leaves=25)
)
texts = st.one_of(
    st.text(max_size=60),
    st.text(string.printable, max_size=60),
    st.text("()[]{}+-*/%<>=!&|~^@.,:'\"0123456789eyk_ \n", max_size=80),
    st.lists(
        st.sampled_from(
            [
                *NAMES,
                *FUNCTIONS,
                *"()[]{},:+-*/%<>=&|~.'",
                "**",
                "-1",
                "1e9",
                "if",
                "for",
                "in",
                " ",
            ]
        ),
        max_size=40,
    ).map("".join),
)


def given(shape, odd):
    true, pred = SHAPES[shape]
    values = RNG.choice(ODD, pred) if odd else RNG.random(pred)
    return {
        "y_true": RNG.integers(0, 2, true),
        "y_pred": values,
        "scores": values,
        "decisions": RNG.integers(0, 2, pred),
        "matches": RNG.integers(0, 2, true).astype(bool),
        "sample_weight": RNG.random(N),
        "threshold": 0.5,
        "k": 2,
    }


GIVEN = {(shape, odd): given(shape, odd) for shape in SHAPES for odd in (False, True)}


def check(error, text):
    assert 0 <= error.column <= error.end <= len(text)
    assert str(error).startswith("`formula` ")


def read(text):
    """The formula, or None where it is refused as it should be."""
    try:
        return parse(text)
    except FormulaError as error:
        check(error, text)
        return None


@fuzzed
@hypothesis.given(formulas, st.sampled_from(sorted(GIVEN)), st.integers(1, N + 1))
def test_a_formula_has_a_value_or_is_refused(text, key, size):
    formula = read(text)
    if formula is None:
        return
    values = GIVEN[key]
    try:
        results = evaluate(formula, values, weights=values["sample_weight"])
    except FormulaError as error:
        check(error, text)
        return
    batches = value_by_batches(formula, values, size)
    traced = trace(formula, values, size - 1 if size <= N else 0)
    for flavour in ("numpy", "keras"):
        compile(code(formula, flavour), "code", "exec")
    for name, result in results.items():
        assert isinstance(result.value, float)
        assert result.samples is None or result.samples.shape == (N,)
        assert (result.remark is None) == bool(np.isfinite(result.value))
        assert batches[name].by_sample == (result.samples is not None)
        assert len(batches[name].values) == -(-N // size)
        if result.samples is not None:
            row = size - 1 if size <= N else 0
            with np.errstate(all="ignore"):
                mean = np.mean(traced[name].values)
            assert np.array_equal(mean, result.samples[row], equal_nan=True)


@fuzzed
@hypothesis.given(texts)
def test_any_text_is_a_formula_or_is_refused(text):
    formula = read(text)
    if formula is not None:
        try:
            evaluate(formula, GIVEN["wide", True])
        except FormulaError as error:
            check(error, text)
