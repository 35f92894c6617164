"""The outputs of two models, joined by id or by row; a second group of columns of one file."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.predictions import Predictions
from metrics_core.reading import guess_roles, read_columns, to_predictions
from metrics_core.reading.columns.others import other_outputs
from metrics_core.reading.same_samples import same_samples
from tests.every import every

LABELS = np.array([0, 1, 1, 0])
SCORES = np.array([0.2, 0.7, 0.4, 0.6])


def test_rows_without_ids_are_joined_as_they_stand():
    joined = same_samples(Predictions.of(LABELS, SCORES), Predictions.of(LABELS, SCORES[::-1]))
    assert (joined.by_id, joined.left_a, joined.left_b, joined.other_labels) == (False, 0, 0, 0)
    assert joined.b.y_pred.tolist() == SCORES[::-1].tolist()
    labels = np.array([0, 1, 0, 0])
    assert same_samples(joined.a, Predictions.of(labels, SCORES)).other_labels == 1


@every(
    "ids_a, ids_b",
    [(["a", "b", "c", "d"], ["d", "x", "b", "a"]), ([1, 2, 3, 4], [4, 9, 2, 1]),
     ([b"1", b"2", b"3", b"4"], [4, 9, 2, 1]),
     (["img/1.png", "img/2.png", "img/3.png", "img/4.png"], ["4", "9", "2", "1"])],
)  # fmt: skip
def test_ids_join_in_the_order_of_a_and_what_is_left_is_counted(ids_a, ids_b):
    a = Predictions.of(LABELS, SCORES, sample_ids=np.array(ids_a))
    b = Predictions.of(LABELS[[3, 0, 1, 0]], SCORES[[3, 0, 1, 0]] / 2, sample_ids=np.array(ids_b))
    joined = same_samples(a, b)
    assert (joined.by_id, joined.left_a, joined.left_b, joined.other_labels) == (True, 1, 1, 0)
    assert joined.a.y_pred.tolist() == [0.2, 0.7, 0.6]
    assert joined.b.y_pred.tolist() == [0.1, 0.35, 0.3]
    assert joined.b.labels.tolist() == joined.a.labels.tolist() == [0, 1, 0]


def test_labels_of_another_form_are_compared_by_their_class():
    rows = np.eye(2)[LABELS]
    hot, sparse = Predictions.of(rows, rows), Predictions.of(LABELS, rows)
    joined = same_samples(hot, sparse)
    assert (joined.b.kind, joined.other_labels) == ("one_hot", 0)


def test_what_cannot_be_the_same_samples_is_refused():
    a = Predictions.of(LABELS, SCORES)
    with pytest.raises(InputError, match="must have the 4 samples"):
        same_samples(a, Predictions.of(LABELS[:3], SCORES[:3]))
    with pytest.raises(InputError, match="must have 1 output per sample"):
        same_samples(a, Predictions.of(LABELS, np.eye(2)[LABELS]))
    ids = [Predictions.of(LABELS, SCORES, sample_ids=list(names)) for names in ("abcd", "wxyz")]
    with pytest.raises(InputError, match="some of the same ids"):
        same_samples(*ids)
    twice = Predictions.of(LABELS, SCORES, sample_ids=list("abca"))
    for pair in ((ids[0], twice), (twice, ids[0])):
        with pytest.raises(InputError, match="must have each id once"):
            same_samples(*pair)


FILES = [
    ("id,y_true,prob_a,prob_b", ("prob_a",), (("prob_b",),)),
    ("y_true,model1_prob,model2_prob", ("model1_prob",), (("model2_prob",),)),
    ("y_true,y_pred_old,y_pred_new,age", ("y_pred_old",), (("y_pred_new",), ("age",))),
    ("y_true,m1_p0,m1_p1,m1_p2,m2_p0,m2_p1,m2_p2", ("m1_p0", "m1_p1", "m1_p2"),
     (("m2_p0", "m2_p1", "m2_p2"),)),
    ("y_true,prob_a_0,prob_a_1,prob_a_2,prob_b_0,prob_b_1,prob_b_2,x",
     ("prob_a_0", "prob_a_1", "prob_a_2"), (("prob_b_0", "prob_b_1", "prob_b_2"),)),
    ("y_true,y_pred,sample_weight,fold", ("y_pred",), ()),
]  # fmt: skip


@every("header, outputs, others", FILES)
def test_a_second_group_of_outputs_is_found_by_name(header, outputs, others):
    random, names = np.random.default_rng(2), header.split(",")
    rows = []
    for number in range(60):
        shares = np.round(random.dirichlet([1] * len(names)), 3)
        label = number % len(outputs) if len(outputs) > 1 else number % 2
        cells = {"id": number, "y_true": label, "fold": number % 5}
        rows.append([cells.get(name, share) for name, share in zip(names, shares, strict=True)])
    lines = [header, *(",".join(map(str, row)) for row in rows)]
    table = read_columns("\n".join(lines).encode(), "x.csv")
    roles = guess_roles(table)
    assert roles.outputs == outputs
    assert other_outputs(table, roles) == others
    assert to_predictions(table, roles).predictions.n_outputs == len(outputs)
