"""What the language takes, and what it makes of it."""

from __future__ import annotations

from metrics_core.formula import FUNCTIONS, NAMES, parse


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


def outline(node):
    return (node.op, node.name, node.value, node.single, node.truth, *map(outline, node.parts))


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


def test_the_parts_of_a_chain_keep_their_parentheses():
    made = parse(" (y_pred + k) < (k + 1) < (y_pred)")
    chain = made.metrics[0][1]
    assert made.source(chain) == "(y_pred + k) < (k + 1) < (y_pred)"
    pieces = ["(y_pred + k) < (k + 1)", "(k + 1) < (y_pred)"]
    assert [made.source(part) for part in chain.parts] == pieces


def test_a_formula_over_several_lines_is_one_formula():
    made = parse("mean(\n\tabs(y_true\n - y_pred)\n)\n")
    assert made.source(made.metrics[0][1].parts[0]) == "abs(y_true\n - y_pred)"
