"""Where a refusal points, and what it says to write instead."""

from __future__ import annotations

import pickle

import pytest

from metrics_core.errors import InputError
from metrics_core.formula import FormulaError, parse
from tests.every import every


def refused(text: str) -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    return caught.value


def test_what_is_no_text_is_refused():
    for value in (None, 1, b"mean(y_pred)", ["mean(y_pred)"]):
        with pytest.raises(InputError, match="must be a string"):
            parse(value)


PLACES = {
    "mean(y_tru)": ("y_tru", "Did you mean y_true?"),
    "  men(y_pred)": ("men", "Did you mean mean?"),
    "mean(Y_PRED)": ("Y_PRED", "Did you mean y_pred?"),
    "1 + np.mean(y_pred)": ("np.mean", "Write mean(x) instead of np.mean(x), K.mean(x)"),
    "cast(y_pred)": ("cast", "true is 1"),
    "abs(mean)": ("mean", "Write mean(x) or mean(x, -1)."),
    "mean(y_pred, axis=-1)": ("axis=-1", "Write mean(x) or mean(x, -1)."),
    "clip(y_pred, 0)": ("clip(y_pred, 0)", "commas"),
    "y_pred ** k": ("y_pred ** k", "exp(y * log(x))"),
    "y_pred ^ 2": ("y_pred ^ 2", "Write ** for powers"),
    "y_true == 1 & y_pred > 0.5": ("1", "Write (y_pred > 0.5) & (y_true == 1)"),
    "1 - (y_pred > 0 or k)": ("y_pred > 0 or k", "Write (a > b) & (c > d), or | instead of `or`."),
    "1 + (k if k else 2)": ("k if k else 2", "Write where(condition, x, y)."),
    "mean(2y_pred)": ("2y", "Write 2 * y_pred instead of 2y_pred."),
    "y_pred × 2": ("×", "Leave this character out."),
    "y_pred = 1": ("=", "Write == to compare."),
    "{'a': y_pred, 'a': 2}": ("'a'", "{'hit': mean(matches), 'mean_pred': mean(y_pred)}"),
    "y_pred, y_true": ("y_pred, y_true", "For several metrics write {'first'"),
    "(y_pred\n + y_tru)": ("y_tru", "y_true"),
}


@every("text", PLACES)
def test_a_refusal_points_at_the_place_and_says_what_to_write(text):
    part, hint = PLACES[text]
    error = refused(text)
    assert text[error.column : error.end] == part
    assert hint in str(error.hint)
    assert f"(character {error.column + 1})" in str(error)


def test_an_unfinished_formula_is_refused_at_its_end():
    assert refused("  mean(y_pred) +").column >= len("  mean(y_pred)")


def test_a_refusal_keeps_its_place_when_it_crosses_to_another_process():
    error = refused("mean(y_tru)")
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is FormulaError
    assert (copy.column, copy.end, str(copy)) == (5, 10, str(error))


def test_the_limits_are_the_last_values_that_pass():
    assert parse("1" + " " * 999).metrics
    assert parse("+".join(["1"] * 2)).metrics
    deep = "abs(" * 29 + "1" + ")" * 29
    assert parse(deep).text == deep
    many = "+".join(["(k+k+k+k+k+k+k+k+k+k)"] * 10)
    assert sum(1 for _ in parse(many).metrics[0][1].walk()) == 199
    for text in ("1" + " " * 1000, f"abs({deep})", many + "+abs(1)"):
        with pytest.raises(FormulaError, match="at most"):
            parse(text)
