"""Each rule of the doctor: data that have the confusion, and data that nearly do."""

from __future__ import annotations

import numpy as np

from metrics_core.doctor import RULES, examine
from metrics_core.evaluation import evaluate
from tests.core.doctor.confused import FIRES
from tests.core.doctor.near_misses import MISSES
from tests.core.doctor.samples import (
    COLUMN,
    CRISP,
    LOGITS,
    MULTI,
    ONE_HOT,
    ROLL,
    SEEN,
    SPARSE,
    C,
    L,
    P,
    Q,
    Y,
    data,
    padded,
    replaced,
)
from tests.every import every


def cases(table):
    return [(name, *row) for name, rows in table.items() for row in rows]


def ids(table):
    return [f"{name}-{at}" for name, rows in table.items() for at in range(len(rows))]


def finding(name, report):
    return next((found for found in report.findings if found.rule == name), None)


def test_every_rule_has_data_that_have_it_and_data_that_nearly_do():
    names = {rule.name for rule in RULES}
    assert set(FIRES) == names
    assert set(MISSES) == names


@every(("name", "predictions", "settings", "severity"), cases(FIRES), ids(FIRES))
def test_a_rule_names_its_confusion(name, predictions, settings, severity):
    found = finding(name, examine(predictions, settings=settings))
    assert found is not None
    assert found.severity == severity


@every(("name", "predictions", "settings"), cases(MISSES), ids(MISSES))
def test_a_rule_is_silent_on_a_near_miss(name, predictions, settings):
    report = examine(predictions, settings=settings)
    assert finding(name, report) is None
    rule = next(rule for rule in RULES if rule.name == name)
    assert (rule in report.checked) == (predictions.kind in rule.kinds)


@every(("name", "predictions", "settings", "severity"), cases(FIRES), ids(FIRES))
def test_a_finding_is_fit_to_be_shown(name, predictions, settings, severity):
    found = finding(name, examine(predictions, settings=settings))
    for message in (found.title, found.seen, found.consistent_with, found.remedy):
        assert "{" not in str(message)
    compile(found.code, name, "exec")
    assert found.rows.dtype == np.int64
    assert ((found.rows >= 0) & (found.rows < predictions.n_samples)).all()


@every(("name", "predictions", "settings", "severity"), cases(FIRES), ids(FIRES))
def test_the_remedy_applied_gives_the_promised_number(name, predictions, settings, severity):
    found = finding(name, examine(predictions, settings=settings))
    if not found.apply:
        return
    changes = dict(found.apply)
    treated = predictions.as_kind(changes.pop("labels", predictions.kind))
    variants = {
        "binary": "binary_accuracy",
        "multi_label": "element_accuracy",
        "class_indices": "accuracy",
        "sparse": "sparse_categorical_accuracy",
        "one_hot": "categorical_accuracy",
    }
    variant = variants[treated.kind]
    if name == "k-too-large":
        variant = variant.replace("categorical", "top_k_categorical")
    value = evaluate(treated, variant, settings.changed(**changes)).result
    assert f"{value:.4f}" in str(found.counterfactual)
    after = finding(name, examine(treated, settings=settings.changed(**changes)))
    assert after is None or after.severity == "note"


def counterfactual(name, predictions, settings=SEEN):
    return str(finding(name, examine(predictions, settings=settings)).counterfactual)


def test_the_other_number_is_that_of_the_data_before_the_confusion():
    crisp = evaluate(CRISP, "binary_accuracy").result
    right = evaluate(SPARSE, "sparse_categorical_accuracy").result
    elements = evaluate(MULTI, "element_accuracy").result
    assert f"{right:.4f}" in counterfactual("labels-from-one", data(C + 1, Q))
    assert f"{right:.4f}" in counterfactual("classes-permuted", data(C, Q[:, ROLL]))
    assert f"{right:.4f}" in counterfactual("labels-shuffled", data(C[::-1], Q))
    assert f"{right:.4f}" in counterfactual("padding", padded(C, Q, 60, 0, 0.2))
    assert f"{right:.4f}" in counterfactual("broadcast", data(C[:, None], Q))
    flat = data(ONE_HOT.y_true.ravel(), Q.ravel())
    assert f"{right:.4f}" in counterfactual("one-hot-or-sparse", flat)
    flipped = data(1 - CRISP.y_true, CRISP.y_pred)
    assert f"{crisp:.4f}" in counterfactual("classes-permuted", flipped)
    signs = data(2 * MULTI.y_true.astype(int) - 1, MULTI.y_pred)
    assert f"{elements:.4f}" in counterfactual("labels-minus-one", signs)


def test_a_naive_comparison_of_a_column_with_a_row_is_counted_exactly():
    decided = (COLUMN > 0.5).astype(int)
    naive = float((decided == Y).mean())
    found = finding("broadcast", examine(data(Y, COLUMN)))
    assert found.seen.values["naive"] == f"{naive:.4f}"
    assert found.seen.values["count"] == 1_000_000


def test_the_order_of_shuffled_labels_is_found_where_it_is_a_shift():
    for shift, where in ((2, "2 rows further down"), (-2, "2 rows further up")):
        found = finding("labels-shuffled", examine(data(np.roll(C, shift), Q)))
        assert where in str(found.consistent_with)
        assert found.sure == "certain"
    mixed = data(np.random.RandomState(1).permutation(C), Q)
    found = finding("labels-shuffled", examine(mixed))
    assert (found.sure, found.counterfactual) == ("possible", None)


def test_evidence_points_at_the_rows_that_show_it():
    found = finding("not-finite", examine(data(Y, replaced(P, [3, 7], np.nan))))
    assert found.rows.tolist() == [3, 7]
    found = finding("labels-out-of-range", examine(data(replaced(C, [3, 9], 7), Q)))
    assert found.rows.tolist() == [3, 9]
    found = finding("logits-cut", examine(LOGITS))
    assert ((L[found.rows] > 0) & (L[found.rows] <= 0.5)).all()


def test_labels_minus_one_are_counted():
    found = finding("labels-minus-one", examine(data(2 * Y.astype(int) - 1, P)))
    assert found.seen.n == np.count_nonzero(Y == 0)


def test_nan_says_what_it_counted_as():
    labels = np.tile([0, 0, 0, 1], 10)
    outputs = replaced(labels * 0.6 + 0.2, slice(0, 4), np.nan)
    found = finding("not-finite", examine(data(labels, outputs)))
    assert "In the 4 rows concerned, the share counted as right is 0.7500" in str(found.seen)
    assert str(found.counterfactual) == "without these rows: 1.0000 instead of 0.9750"
