"""What the language takes, what it refuses, and where the refusal points."""

from __future__ import annotations

import pickle
import sys

import pytest

from metrics_core.errors import InputError
from metrics_core.formula import FUNCTIONS, NAMES, FormulaError, parse
from tests.every import every

HOSTILE = [
    "__import__('os').system('true')",
    "__import__",
    "__builtins__",
    "().__class__.__bases__[0].__subclasses__()",
    "y_pred.__class__",
    "y_pred.tofile('/tmp/stolen')",
    "y_pred.dump('/tmp/stolen')",
    "y_pred.T",
    "mean.__globals__",
    "mean(y_pred).real",
    "'{0.__class__}'.format(y_pred)",
    "f'{y_pred.__class__}'",
    "f'{mean(y_pred)}'",
    "open('/etc/passwd')",
    "open('/etc/passwd').read()",
    "eval('1')",
    "exec('1')",
    "compile('1', '', 'eval')",
    "getattr(y_pred, 'dtype')",
    "globals()",
    "vars()",
    "input()",
    "breakpoint()",
    "load('/etc/passwd')",
    "fromfile('/etc/passwd')",
    "memmap('/etc/passwd')",
    "genfromtxt('http://localhost')",
    "9 ** 9 ** 9 ** 9",
    "9 ** 99",
    "y_pred ** 1e9",
    "y_pred ** 17",
    "y_pred ** -17",
    "y_pred ** y_pred",
    "power(y_pred, 1e300)",
    "power(2, power(2, 2))",
    "1 << 1000000",
    "9" * 999,
    "1e999",
    "-1e999",
    "0x" + "f" * 500,
    "1" + "0" * 400,
    "1j",
    "1_000",
    "((" * 400,
    "(" * 1_000_000,
    "(" * 450 + "1" + ")" * 450,
    "-" * 999 + "1",
    "~" * 999 + "1",
    "[" * 500 + "]" * 500,
    "{" * 900,
    "abs(" * 31 + "1" + ")" * 31,
    "+".join(["1"] * 202),
    "+".join(["k"] * 40),
    "1<" * 300 + "1",
    "(" * 10 + "1<1<1)" + "<1<1)" * 9,
    "y_pred[:, None] * y_pred",
    "outer(y_pred, y_pred)",
    "matmul(y_pred, y_pred)",
    "dot(y_pred, y_pred)",
    "y_pred @ y_pred",
    "tile(y_pred, 1000000)",
    "repeat(y_pred, 1000000)",
    "zeros(1000000000)",
    "arange(1000000000)",
    "broadcast_to(y_pred, 9)",
    "reshape(y_pred, -1)",
    "y_pred[0]",
    "y_pred[::-1]",
    "[y_pred] * 1000000000",
    "'a' * 1000000000",
    "'a'",
    "b'a'",
    "mean('a')",
    "{'a': 'b'}",
    "{'a': {'b': y_pred}}",
    "{'a': [y_pred]}",
    "{**y_pred}",
    "{'a': 1, **k}",
    "{'a': 1, 'a': 2}",
    "{'': 1}",
    "{'__class__': 1}",
    "{'class': 1}",
    "{'a b': 1}",
    "{'a\\u0062': 1}",
    "{'" + "a" * 41 + "': 1}",
    "{'ключ': 1}",
    "{b'a': 1}",
    "{1: 1}",
    "{y_pred: 1}",
    "{'a'}",
    "{}",
    "{y_pred for y_pred in y_true}",
    "[y_pred for y_pred in y_true]",
    "{y: y for y in y_true}",
    "(y for y in y_true)",
    "mean(y for y in y_true)",
    "lambda: 1",
    "(lambda: 1)()",
    "(y := y_pred)",
    "mean(y := y_pred)",
    "mean(*y_pred)",
    "mean(**y_pred)",
    "*y_pred",
    "mean(x=y_pred)",
    "mean(y_pred, axis=-1)",
    "mean(y_pred, axis=-1, out=y_pred)",
    "where(y_pred > 0, out=y_pred)",
    "mean(y_pred, 0)",
    "mean(y_pred, 1)",
    "mean(y_pred, -2)",
    "mean(y_pred, k)",
    "mean(y_pred, -1, y_pred)",
    "mean(1, -1)",
    "argmax(threshold)",
    "exp(y_pred, y_pred)",
    "add(y_pred, y_pred, y_pred)",
    "mean()",
    "mean",
    "mean(mean)",
    "threshold()",
    "y_pred(1)",
    "mean(y_pred)(1)",
    "1(1)",
    "y_pred if 1 else y_true",
    "y_pred and y_true",
    "not y_pred",
    "y_pred is y_true",
    "y_pred in y_true",
    "y_pred ^ 2",
    "y_pred >> 2",
    "y_true == 1 & y_pred > 0.5",
    "~y_pred",
    "y_pred & y_true",
    "yield",
    "(yield 1)",
    "await y_pred",
    "import os",
    "del y_pred",
    "y_pred = 1",
    "y_pred == 1; import os",
    "1\n2",
    "...",
    "None",
    "True",
    "y_pred,",
    "y_pred, y_true",
    "()",
    "",
    "   \n",
    "#",
    "1 # comment",
    "mean(y_pred)\\",
    "mean(y_pred)\x00",
    "\x00",
    "mean(\ufeffy_pred)",
    "ｍean(y_pred)",
    "mean(y_ｐred)",
    "mean(y＿pred)",
    "mean(y_pred)\u202e",
    "１ + 1",
    "mean(y_pred) × 2",
    "y_pred − 1",
    "m\u0435an(y_pred)",
    "\ud800",
    "2y_pred",
    "1if 1else 1",
    "mean(y_pred",
    "mean(y_pred))",
    "'",
    '"""',
    "!y_pred",
    "y_pred :: 2",
    "`y_pred`",
    "$y_pred",
    "y_pred -> 1",
]


@every("text", HOSTILE, ids=lambda text: repr(text[:40]))
def test_a_hostile_or_foreign_text_is_refused_with_its_place(text):
    with pytest.raises(FormulaError) as caught:
        parse(text)
    error = caught.value
    assert error.argument == "formula"
    assert 0 <= error.column <= error.end <= len(text)
    assert len(str(error)) < 500


def test_nothing_is_opened_imported_or_run_by_a_refusal():
    before, events, recording = set(sys.modules), [], True

    def hook(event, arguments):
        if recording and event in {"open", "import", "exec", "os.system", "socket.connect"}:
            events.append((event, arguments))

    sys.addaudithook(hook)
    for text in HOSTILE:
        with pytest.raises(FormulaError):
            parse(text)
    recording = False
    assert set(sys.modules) == before
    assert events == []


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
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert text[caught.value.column : caught.value.end] == part
    assert hint in str(caught.value.hint)
    assert f"(character {caught.value.column + 1})" in str(caught.value)


def test_an_unfinished_formula_is_refused_at_its_end():
    with pytest.raises(FormulaError) as caught:
        parse("  mean(y_pred) +")
    assert caught.value.column >= len("  mean(y_pred)")


def test_a_refusal_keeps_its_place_when_it_crosses_to_another_process():
    with pytest.raises(FormulaError) as caught:
        parse("mean(y_tru)")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert type(copy) is FormulaError
    assert (copy.column, copy.end, str(copy)) == (5, 10, str(caught.value))


def test_the_limits_are_the_last_values_that_pass():
    assert parse("1" + " " * 999).metrics
    assert parse("+".join(["1"] * 2)).metrics
    deep = "abs(" * 29 + "1" + ")" * 29
    assert parse(deep).text == deep
    many = "+".join(f"({part})" for part in ["k+k+k+k+k+k+k+k+k+k"] * 10)
    assert sum(1 for _ in parse(many).metrics[0][1].walk()) == 199
    for text in ("1" + " " * 1000, f"abs({deep})", many + "+abs(1)"):
        with pytest.raises(FormulaError, match="at most"):
            parse(text)


def test_every_name_and_every_function_parses():
    for name in NAMES:
        assert parse(name).names == {name}
    for row in FUNCTIONS.values():
        arguments = ["y_pred", "2", "3"][: len(row.arguments)]
        node = parse(f"{row.name}({', '.join(arguments)})").metrics[0][1]
        assert (node.op, node.truth) == (row.name, row.truth)


def test_a_dictionary_names_its_metrics_in_order():
    made = parse("{'hit': mean(round(y_pred) == y_true), \"mean_pred\": mean(y_pred)}")
    assert [name for name, _ in made.metrics] == ["hit", "mean_pred"]
    assert made.names == {"y_true", "y_pred"}
    assert parse("y_pred").metrics[0][0] == "metric"


def test_operators_are_the_functions_of_their_name():
    same = {
        "y_pred + 1": "add(y_pred, 1)",
        "y_pred - 1": "subtract(y_pred, 1)",
        "y_pred * 2": "multiply(y_pred, 2)",
        "y_pred / 2": "divide(y_pred, 2)",
        "y_pred // 2": "floor_divide(y_pred, 2)",
        "y_pred % 2": "mod(y_pred, 2)",
        "y_pred ** 2": "power(y_pred, 2)",
        "-y_pred": "negative(y_pred)",
        "y_pred >= 2": "greater_equal(y_pred, 2)",
        "y_pred != 2": "not_equal(y_pred, 2)",
        "~(y_pred < 2)": "logical_not(less(y_pred, 2))",
        "(y_pred < 2) | (k == 1)": "logical_or(less(y_pred, 2), equal(k, 1))",
        "0 < y_pred <= k": "logical_and(less(0, y_pred), less_equal(y_pred, k))",
    }
    for sign, call in same.items():
        assert outline(parse(sign).metrics[0][1]) == outline(parse(call).metrics[0][1])


def outline(node):
    return (node.op, node.name, node.value, node.single, node.truth, *map(outline, node.parts))


def test_the_parts_of_a_chain_keep_their_parentheses():
    made = parse(" (y_pred + k) < (k + 1) < (y_pred)")
    chain = made.metrics[0][1]
    assert made.source(chain) == "(y_pred + k) < (k + 1) < (y_pred)"
    pieces = ["(y_pred + k) < (k + 1)", "(k + 1) < (y_pred)"]
    assert [made.source(part) for part in chain.parts] == pieces


def test_a_formula_over_several_lines_is_one_formula():
    made = parse("mean(\n\tabs(y_true\n - y_pred)\n)\n")
    assert made.source(made.metrics[0][1].parts[0]) == "abs(y_true\n - y_pred)"
