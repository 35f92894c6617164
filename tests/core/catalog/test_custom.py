"""Functions from a file of one's own: rows like the others, or a refusal with file and line."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.catalog.custom import add_file, remove_file, rows_of
from metrics_core.catalog.rows import CATALOG, applicable, misfit
from metrics_core.codegen.keras_code import keras_code
from metrics_core.codegen.numpy_code import numpy_code
from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate
from metrics_core.kinds import KINDS
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps
from metrics_core.trace import trace

FILE = '''
import numpy as np
from numpy import mean as public_but_not_of_this_file

LIMIT = 0.25


def _width(array):
    return array.reshape(len(array), -1)


def close_enough(y_true, y_pred):
    """Whether every {score} is close to the label

    The rest is not shown.
    """
    return (abs(_width(y_true).mean(axis=1) - _width(y_pred).mean(axis=1)) <= LIMIT)


def gap(y_true, y_pred):
    return abs(_width(y_true).mean(axis=1) - _width(y_pred).mean(axis=1))


def largest(y_true, y_pred):
    """The largest score of all samples!"""
    return y_pred.max()


def heavy(y_true, y_pred, sample_weight):
    """The sum of the weights, or minus one."""
    return -1 if sample_weight is None else sample_weight.sum()
'''
N, CLASSES = 70, 3
NAMES = ("close_enough", "gap", "largest", "heavy")


def predictions(kind, rows=slice(None)):
    rng = np.random.default_rng(3)
    wide = kind in ("one_hot", "sparse", "multi_label")
    scores = rng.integers(0, 9, (N, CLASSES) if wide else N) / 8
    labels = rng.integers(0, CLASSES if wide else 2, N)
    if kind == "one_hot":
        labels = np.eye(CLASSES)[labels]
    elif kind == "multi_label":
        labels = rng.integers(0, 2, (N, CLASSES))
    elif kind == "class_indices":
        labels, scores = rng.integers(0, CLASSES, (2, N))
    weight = rng.integers(1, 9, N) / 4
    return Predictions.of(labels[rows], scores[rows], kind=kind, sample_weight=weight[rows])


@pytest.fixture
def own(tmp_path):
    """Write a file, add it, and take it out of the catalogue again."""
    path = tmp_path / "my_metrics.py"

    def add(text=FILE):
        path.write_text(text, encoding="utf-8")
        add_file(str(path))
        return path

    yield add
    remove_file(str(path))
    assert not any(row.comparison.custom for row in CATALOG.values())


def test_each_public_function_of_the_file_is_a_row_behind_the_others(own):
    before = list(CATALOG)
    path = own()
    assert list(CATALOG) == [*before, *NAMES]
    row = CATALOG["close_enough"]
    assert str(row.title) == "Close enough"
    assert str(row.words) == "Whether every {score} is close to the label."
    assert str(CATALOG["gap"].words) == "A custom function."
    assert str(CATALOG["largest"].words) == "The largest score of all samples!"
    assert row.formula.count("{") == row.formula.count("}") > 0
    assert r"close\_enough" in row.formula
    assert row.keras == "none; close_enough in my_metrics.py, line 12"
    assert [CATALOG[name].comparison.takes_weight for name in NAMES] == [False, False, False, True]
    add_file(str(path))
    assert len(CATALOG) == len(before) + len(NAMES)


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_fits_every_kind_and_averages_what_the_function_gives(own, kind):
    own()
    data = predictions(kind)
    weight = data.sample_weight
    labels, scores = (array.reshape(N, -1).mean(axis=1) for array in (data.labels, data.outputs))
    gaps = abs(labels - scores)
    assert {CATALOG[name] for name in NAMES} <= set(applicable(data))
    assert all(misfit(CATALOG[name], kind) is None for name in NAMES)
    made = evaluate(data, "gap")
    assert made.result == pytest.approx(gaps.mean(), rel=1e-14)
    assert made.count == N
    assert np.array_equal(made.sample_values(slice(3, 9)), gaps[3:9])
    weighted = evaluate(data, "gap", weighted=True)
    assert weighted.result == pytest.approx(np.average(gaps, weights=weight), rel=1e-14)
    assert weighted.count == weight.sum()
    close = evaluate(data, "close_enough")
    assert close.matches.dtype == bool
    assert (close.total, close.count) == (np.count_nonzero(gaps <= 0.25), N)
    assert CATALOG["gap"].uses(kind) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_parts_merge_order_does_not_matter_and_zero_weights_are_left_out(own, kind):
    own()
    for name in NAMES[:2]:
        whole = evaluate(predictions(kind), name, weighted=True)
        state = type(whole.state).empty()
        for start in range(0, N, 30):
            part = evaluate(predictions(kind, slice(start, start + 30)), name, weighted=True)
            state = state.merge(part.state)
        assert (state.total.value, state.count.value) == (whole.total, whole.count)
        mixed = predictions(kind, np.random.default_rng(1).permutation(N))
        assert evaluate(mixed, name, weighted=True).result == whole.result
        data = predictions(kind)
        weight = np.where(np.arange(N) < 20, 0.0, data.sample_weight)
        some = Predictions.of(data.y_true, data.y_pred, kind=kind, sample_weight=weight)
        fewer = evaluate(predictions(kind, slice(20, None)), name, weighted=True)
        assert evaluate(some, name, weighted=True).result == fewer.result


def test_one_value_for_all_samples_is_the_number_and_weights_do_not_touch_it(own):
    own()
    data = predictions("binary")
    for settings in ({}, {"weighted": True}, {"aggregation": "per_class"}):
        made = evaluate(data, "largest", **settings)
        assert (made.result, made.total, made.count) == (1.0, 1.0, 1.0)
        assert made.one_value
        assert made.sample_values(slice(0, 2)).tolist() == [1.0, 1.0]
    assert not evaluate(data, "gap").one_value


def test_batch_means_call_the_function_on_each_batch(own):
    own()
    data = predictions("one_hot")
    made = evaluate(data, "largest", aggregation="batch_means", batch_size=4)
    starts = range(0, N, 4)
    assert made.result == np.mean([data.outputs[i : i + 4].max() for i in starts])
    assert made.count == len(starts)
    gaps = evaluate(data, "gap").sample_values()
    cut = evaluate(data, "gap", aggregation="batch_means", batch_size=4)
    assert cut.result == pytest.approx(np.mean([gaps[i : i + 4].mean() for i in starts]))


def test_a_function_that_takes_weights_gets_them_where_they_are_on(own):
    own()
    data, steps = predictions("sparse"), None
    steps = Steps(data)
    assert evaluate(data, "heavy", steps=steps).result == -1
    weighted = evaluate(data, "heavy", weighted=True, steps=steps)
    assert weighted.result == data.sample_weight.sum()
    by_class = evaluate(data, "heavy", class_weight=((0, 3.0),), steps=steps)
    assert by_class.result == N + 2 * np.count_nonzero(data.labels == 0)
    assert evaluate(data, "heavy", steps=steps).result == -1


def test_the_function_sees_the_scores_after_the_activation(own):
    own()
    data = predictions("binary")
    made = evaluate(data, "largest", activation="sigmoid")
    assert made.result == pytest.approx(1 / (1 + np.exp(-1)))


def test_the_function_is_called_once_for_all_that_is_asked_of_it(own):
    own("CALLS = []\ndef gap(y_true, y_pred):\n    CALLS.append(1)\n    return y_pred - y_true\n")
    made = evaluate(predictions("binary"), "gap")
    for index in range(5):
        trace(made, index)
    made.sample_values()
    assert CATALOG["gap"].comparison.call.__globals__["CALLS"] == [1]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("weighted", [False, True])
def test_the_traces_recombine_to_the_number(own, kind, weighted):
    own()
    for name in NAMES[:3]:
        made = evaluate(predictions(kind), name, weighted=weighted)
        seen = [trace(made, index) for index in range(N)]
        values = [one.value for one in seen]
        assert values == made.sample_values().tolist()
        weights = [float(one.weight) for one in seen]
        assert np.average(values, weights=weights) == pytest.approx(made.result)
        assert not set("{}") & set(str(seen[0].sentence))
        assert seen[0].equation.count("{") == seen[0].equation.count("}")
    assert str(seen[0].sentence) == (
        f"largest gives one value, {made.result:g}, for all samples together; none has its own"
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("activation", ["none", "sigmoid"])
@pytest.mark.parametrize("how", [None, "per_class", "batch_means"])
@pytest.mark.parametrize("weighted", [False, True])
def test_the_numpy_code_gives_the_number(own, monkeypatch, kind, activation, how, weighted):
    monkeypatch.syspath_prepend(own().parent)
    monkeypatch.delitem(__import__("sys").modules, "my_metrics", raising=False)
    data = predictions(kind)
    settings = Settings(activation=activation, weighted=weighted, aggregation=how, batch_size=8)
    for name in NAMES:
        code = numpy_code(CATALOG[name], kind, settings, has_weight=True)
        assert f"from my_metrics import {name}" in code
        space = {"y_true": data.y_true, "y_pred": data.y_pred, "sample_weight": data.sample_weight}
        exec(code, space)
        made = evaluate(data, name, settings)
        assert space["result"] == pytest.approx(made.result, rel=1e-6), code
        written = keras_code(CATALOG[name], kind, settings, has_weight=True)
        compile(written, "keras", "exec")
        assert "keras.metrics.Mean()" in written


def test_a_file_whose_name_is_no_module_is_run_by_its_path(tmp_path):
    path = tmp_path / "my-metrics.py"
    path.write_text("def gap(y_true, y_pred):\n    return 0.5\n")
    (row,) = rows_of(str(path))
    space = {}
    line = row.comparison.import_code().replace("'my-metrics.py'", repr(str(path)))
    exec(line, space)
    assert space["gap"](1, 2) == 0.5


WRONG_FILES = {
    "syntax": ("x = 1\ndef f(y_true, y_pred:\n    return 1\n", 2, "SyntaxError"),
    "import": ("import math\nimport no_such_module_here\n", 2, "ModuleNotFoundError"),
    "raises": ("def _f():\n    return 1 / 0\n\n_f()\n", 2, "ZeroDivisionError"),
    "exits": ("import sys\nsys.exit(0)\n", 2, "SystemExit"),
    "one": ("\n\ndef f(y_true):\n    return 1\n", 3, "f(y_true)"),
    "names": ("def f(labels, scores):\n    return 1\n", 1, "f(labels, scores)"),
    "star": ("def f(*y_true):\n    return 1\n", 1, "f(*y_true)"),
    "keyword": ("def f(y_true, *, y_pred):\n    return 1\n", 1, "f(y_true, *, y_pred)"),
    "yields": ("def f(y_true, y_pred):\n    yield 1\n", 1, "f(y_true, y_pred)"),
    "taken": ("x = 1\ndef precision(y_true, y_pred):\n    return 1\n", 2, "precision"),
    "title": ("def gap(y_true, y_pred):\n    return 1\nGap = lambda y_true, y_pred: 1\n", 3, "Gap"),
    "empty": ("import numpy as np\nfrom os.path import join\n", 1, "no public function"),
    "null": ("x = 1\0\n", 1, "null bytes"),
}


@pytest.mark.parametrize("case", WRONG_FILES)
def test_a_wrong_file_is_refused_with_file_line_and_reason(own, case):
    text, line, reason = WRONG_FILES[case]
    before = list(CATALOG)
    with pytest.raises(InputError) as caught:
        own(text)
    assert f"my_metrics.py, line {line}: " in str(caught.value.received)
    assert reason in str(caught.value.received)
    assert "\n" not in str(caught.value)
    assert list(CATALOG) == before


def test_nothing_is_added_where_one_function_is_wrong(own):
    with pytest.raises(InputError, match="line 3"):
        own("def good(y_true, y_pred):\n    return 1\ndef bad(y_pred):\n    return 1\n")
    assert "good" not in CATALOG


def test_a_file_that_is_not_there_is_refused(tmp_path):
    for path in (tmp_path / "none.py", tmp_path):
        with pytest.raises(InputError) as caught:
            add_file(str(path), "ACCURACY_LENS_METRICS")
        assert str(caught.value).startswith("`ACCURACY_LENS_METRICS` must name a file that can be")
        assert str(path) in caught.value.received


WRONG_VALUES = {
    "raise ValueError('no {luck}')": "line 2: ValueError: no {luck}",
    "y_pred[0] = 1": "read-only",
    "return y_true[:2]": "shape (2,) for 70 samples",
    "return np.zeros((70, 2))": "shape (70, 2) for 70 samples",
    "return np.zeros(1)": "shape (1,) for 70 samples",
    "return np.nan": "Got nan.",
    "return y_pred / 0": "(70 of 70 values are not finite)",
    "return {'a': 1}": "dict of object",
    "return None": "NoneType of object",
    "return 'one'": "str of ",
    "return 1j": "complex of complex128",
    "return [[1], [1, 2]]": "ValueError",
    "raise SystemExit": "SystemExit",
    "return f(y_true, y_pred)": "RecursionError",
}


@pytest.mark.parametrize("body", WRONG_VALUES)
def test_what_a_function_cannot_give_is_said_in_one_sentence(own, body):
    own(f"def f(y_true, y_pred):\n    {body}\nimport numpy as np\n")
    steps = Steps(predictions("binary"))
    for _ in range(2):
        with pytest.raises(InputError) as caught:
            evaluate(steps.predictions, "f", steps=steps)
        text = str(caught.value)
        assert text.startswith("`f` must ")
        assert WRONG_VALUES[body] in text
        assert "my_metrics.py" not in text
        assert "Traceback" not in text


def test_a_long_error_is_cut_and_has_one_line(own):
    own("def f(y_true, y_pred):\n    raise ValueError('a long\\n text ' * 99)\n")
    with pytest.raises(InputError) as caught:
        evaluate(predictions("binary"), "f")
    assert len(caught.value.received) < 220
    assert "\n" not in caught.value.received


def test_what_a_function_returns_is_not_kept_by_reference(own):
    own("import numpy as np\nKEPT = np.zeros(70)\ndef f(y_true, y_pred):\n    return KEPT\n")
    made = evaluate(predictions("binary"), "f")
    CATALOG["f"].comparison.call.__globals__["KEPT"][:] = 7
    assert made.sample_values().tolist() == [0.0] * N
