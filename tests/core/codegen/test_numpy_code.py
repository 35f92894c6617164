"""The numpy code beside every card, run and compared with the card."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from metrics_core.catalog.rows import CATALOG
from metrics_core.catalog.variant import Variant
from metrics_core.codegen.numpy_code import numpy_code
from metrics_core.evaluation import evaluate
from metrics_core.kinds import KINDS, Kind
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.activation import ACTIVATIONS
from metrics_core.steps.choices.aggregation import MEAN
from metrics_core.steps.choices.comparison.labels import ALL_EQUAL
from metrics_core.steps.choices.decision.rounding import ROUND
from tests.every import every

N, C = 83, 7
FITS = [(kind, row) for kind in KINDS for row in CATALOG.values() if kind in row.needs]
NAMES = [f"{kind}-{row.name}" for kind, row in FITS]


def data(kind: Kind, dtype: str = "f4", column: bool = False) -> Predictions:
    """Samples of a kind with many outputs on, just above and just below the usual thresholds."""
    rng = np.random.default_rng(5)
    shape = (N, 1 if column else C) if column or kind not in ("binary", "class_indices") else (N,)
    pred = rng.normal(0.4, 1.2, shape).astype(dtype)
    for place, value in enumerate((0.0, 0.5, 0.3, 1.5, 2.5, -0.5, 0.9, np.nextafter(0.5, 1))):
        pred[place::11] = value
    hard = rng.random(shape) < 1 / (1 + np.exp(-2 * pred))
    true = hard.astype("i8")
    weight = rng.integers(0, 5, N).astype("f4") / 2
    match kind:
        case "one_hot":
            true = np.eye(C, dtype="u1")[rng.integers(0, C, N)]
        case "sparse":
            true = np.argmax(pred + rng.normal(0, 1, shape), axis=1)
            true = true.reshape(N, 1) if column else true
        case "class_indices":
            pred = rng.integers(0, 4, shape)
            true = np.where(rng.random(shape) < 0.6, pred, 3 - pred)
    return Predictions.of(true, pred, kind=kind, sample_weight=weight)


def run(code: str, made: Predictions) -> float:
    """What the code leaves in `result`."""
    names = {"y_true": made.y_true, "y_pred": made.y_pred, "sample_weight": made.sample_weight}
    exec(code.replace("print(result)", ""), names)
    assert type(names["result"]) is float
    return names["result"]


def assert_same(made: Predictions, row: Variant, settings: Settings) -> None:
    expected = evaluate(made, row.name, settings).result
    got = run(numpy_code(row, made.kind, settings, has_weight=True), made)
    exact = row.comparison.name not in ("absolute_error", "squared_error", "none")
    within = 1e-12 if exact or made.y_pred.dtype == "f8" else 1e-6
    assert got == pytest.approx(expected, rel=within, abs=1e-300)


@every(("kind", "row"), FITS, ids=NAMES)
def test_the_code_gives_the_number_of_the_card(kind: Kind, row: Variant) -> None:
    for dtype, activation, weighted in itertools.product(("f4", "f8"), ACTIVATIONS, (False, True)):
        made = data(kind, dtype)
        for threshold in (0.5, 0.3, 0.0, -0.7, 0.9, 1.5):
            settings = Settings(activation=activation, threshold=threshold, weighted=weighted)
            assert_same(made, row, settings)
        for k, beta in ((0, 0.5), (1, 2.0), (3, 1.3), (C + 1, 1.0)):
            assert_same(
                made, row, Settings(activation=activation, k=k, beta=beta, weighted=weighted)
            )


@every(("kind", "row"), FITS, ids=NAMES)
def test_the_code_follows_another_aggregation(kind: Kind, row: Variant) -> None:
    made = data(kind)
    for weighted, threshold in itertools.product((False, True), (0.5, 2.0)):
        for size in (1, 16, 32, N):
            settings = Settings(
                activation="none",
                threshold=threshold,
                weighted=weighted,
                aggregation="batch_means",
                batch_size=size,
            )
            assert_same(made, row, settings)
        per_class = Settings(
            activation="none", threshold=threshold, weighted=weighted, aggregation="per_class"
        )
        assert_same(made, row, per_class)


@every(("kind", "row"), FITS, ids=NAMES)
def test_the_code_follows_class_weights(kind: Kind, row: Variant) -> None:
    for weighted in (False, True):
        assert_same(data(kind), row, Settings(weighted=weighted, class_weight=((0, 3.0), (1, 0.5))))


@pytest.mark.parametrize("kind", ["binary", "sparse", "class_indices"])
def test_a_column_is_one_value_a_sample(kind: Kind) -> None:
    made = data(kind, column=kind != "sparse")
    columns = Predictions.of(
        made.labels.reshape(-1, 1), made.y_pred, kind=kind, sample_weight=made.sample_weight
    )
    for row in (row for row in CATALOG.values() if kind in row.needs):
        for activation in ACTIVATIONS:
            assert_same(columns, row, Settings(activation=activation, weighted=True))


def test_a_score_on_the_threshold_is_class_0() -> None:
    made = Predictions.of([1, 1, 1], np.array([0.3, np.nextafter(np.float32(0.3), 1), 0.2], "f4"))
    code = numpy_code(CATALOG["recall"], "binary", Settings(threshold=0.3), has_weight=False)
    assert run(code, made) == pytest.approx(1 / 3)


def test_a_threshold_is_rounded_to_float32_for_float64_scores() -> None:
    made = Predictions.of([0, 0], np.array([0.9, 0.89999998]))
    code = numpy_code(CATALOG["recall"], "binary", Settings(threshold=0.9), has_weight=False)
    assert "np.float32(0.9)" in code
    settings = Settings(threshold=0.9)
    code = numpy_code(CATALOG["binary_accuracy"], "binary", settings, has_weight=False)
    assert run(code, made) == evaluate(made, "binary_accuracy", settings).result == 0.0


@pytest.mark.parametrize("name", ["precision", "recall", "f_beta", "accuracy", "balanced_accuracy"])
@pytest.mark.parametrize("how", [None, "batch_means"])
def test_where_nothing_counts_the_code_gives_0(name: str, how: str | None) -> None:
    made = Predictions.of([0, 0], [0.25, 0.125], sample_weight=[0.0, 0.0])
    settings = Settings(weighted=True, aggregation=how)  # type: ignore[arg-type]
    assert run(numpy_code(CATALOG[name], "binary", settings, has_weight=True), made) == 0.0
    unweighted = Settings(aggregation=how)  # type: ignore[arg-type]
    code = numpy_code(CATALOG["precision"], "binary", unweighted, has_weight=True)
    assert run(code, made) == 0.0


@pytest.mark.parametrize("dtype", ["u1", "i8", "?"])
def test_whole_outputs_do_not_wrap_around(dtype: str) -> None:
    true, pred = np.array([1, 0, 1, 1], dtype), np.array([0, 1, 1, 1], dtype)
    made = Predictions.of(true, pred, kind="binary")
    for row in (row for row in CATALOG.values() if "binary" in row.needs):
        assert_same(made, row, Settings())


def test_large_logits_do_not_overflow() -> None:
    made = Predictions.of([0, 1], np.array([-1e4, 1e4], "f4"))
    settings = Settings(activation="sigmoid")
    code = numpy_code(CATALOG["mean_absolute_error"], "binary", settings, has_weight=False)
    assert run(code, made) == 0.0


def test_weights_stay_out_where_they_do_not_count() -> None:
    for weighted, has_weight in ((True, False), (False, True)):
        settings = Settings(weighted=weighted)
        code = numpy_code(CATALOG["f_beta"], "binary", settings, has_weight=has_weight)
        assert "weight" not in code


def test_the_code_is_short() -> None:
    code = numpy_code(CATALOG["balanced_accuracy"], "binary", Settings(), has_weight=False)
    assert code == (
        "import numpy as np\n"
        "\n"
        "y_true, y_pred = y_true.reshape(-1), y_pred.reshape(-1)\n"
        "decided = y_pred > 0.5\n"
        "matches = y_true == decided\n"
        "means = [matches[y_true == c].mean() for c in np.unique(y_true)]\n"
        "result = float(np.mean(means))\n"
        "print(result)"
    )


def test_a_new_row_has_its_code_at_once() -> None:
    new = Variant(
        name="new",
        title=Message("New"),
        needs=("one_hot",),
        decision=ROUND,
        comparison=ALL_EQUAL,
        aggregation=MEAN,
        formula="",
        keras="",
        words=Message(""),
    )
    made = data("one_hot")
    rounded = np.rint(made.y_pred)
    expected = float((made.y_true == rounded).all(axis=1).mean())
    assert run(numpy_code(new, "one_hot", Settings(), has_weight=False), made) == expected
