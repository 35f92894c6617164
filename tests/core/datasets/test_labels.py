"""A label for each output, in files: every count is that of the rows in memory."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from metrics_core.catalog.rows import CATALOG
from metrics_core.counting.confusion import Confusion
from metrics_core.counting.top_k import TopK
from metrics_core.datasets.columns.asked import Asked, Columns
from metrics_core.datasets.columns.meaning import meaning_of
from metrics_core.datasets.guessing import guess
from metrics_core.datasets.looking import Question, look
from metrics_core.datasets.running import Here
from metrics_core.datasets.samples import Cell, Looking, most_wrong, of_cell
from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate
from metrics_core.overview.threshold_ladder import ladder_results
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.decision.threshold import effective_threshold
from metrics_core.sweep import Sweep, auc
from tests.core.datasets.files import split, written

N = 500
LABELS, OUTPUTS = ("t_a", "t_b", "t_c"), ("p_a", "p_b", "p_c")
EACH = Columns(y_true=LABELS, y_pred=OUTPUTS, sample_weight="w")
BY_ELEMENT = ("binary_accuracy", "element_accuracy", "precision", "recall", "f_beta")


def rows(seed, *, one_hot, logits=False):
    rng = np.random.default_rng(seed)
    labels = np.eye(3, dtype=np.int64)[rng.integers(0, 3, N)]
    if not one_hot:
        labels = (rng.random((N, 3)) < (0.5, 0.2, 0.05)).astype(np.int64)
    outputs = rng.random((N, 3)).round(2).astype(np.float32)
    if logits:
        outputs = (rng.normal(size=(N, 3)) * 3 + labels).astype(np.float32)
    return labels, outputs, rng.integers(0, 4, N) / 2


def asked_of(folder, given, columns=EACH, **asked):
    labels, outputs, weights = given
    cells = dict(zip((*LABELS, *OUTPUTS), [*labels.T, *outputs.T], strict=True))
    shards = split(folder, 3, **cells, w=weights)
    question = Question(tuple(shards), Asked(columns=columns, **asked), (0.0, 0.123))
    return look(question, Here(threads=2), lambda _: None)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("one_hot", [False, True])
@pytest.mark.parametrize("threshold", [0.0, 0.123, 0.3, 0.5, 0.99, -3.0])
def test_each_variant_of_the_counts_is_that_of_the_rows(tmp_path, one_hot, weighted, threshold):
    given = rows(3, one_hot=one_hot, logits=threshold == -3.0)
    found = asked_of(tmp_path, given, weighted=weighted)
    labels, outputs, weights = given
    data = Predictions.of(labels, outputs, sample_weight=weights)
    assert found.kind == data.kind == ("one_hot" if one_hot else "multi_label")
    settings = Settings(threshold=threshold, weighted=weighted)
    limit = float(effective_threshold(threshold, found.found.dtype))
    place = found.labels.place(limit)
    assert found.labels.thresholds[place] == limit
    for name in BY_ELEMENT:
        ours = ladder_results(CATALOG[name], data.kind, found.labels.elements(place), settings)
        assert ours.results[0] == pytest.approx(evaluate(data, name, settings).result, rel=1e-12)
    exact = evaluate(data, "subset_accuracy", settings)
    assert found.labels.all_right(place) == pytest.approx(exact.total, rel=1e-12)
    assert found.labels.weight == pytest.approx(exact.count, rel=1e-12)


@pytest.mark.parametrize("weighted", [False, True])
def test_classes_of_one_hot_labels_are_those_of_the_rows(tmp_path, weighted):
    labels, outputs, weights = given = rows(5, one_hot=True)
    found = asked_of(tmp_path, given, weighted=weighted, class_index=1)
    weight = weights if weighted else None
    true = labels.argmax(axis=1)
    whole = Confusion.of(true, outputs.argmax(axis=1), 3, weight)
    assert found.classes.confusion.counts.tolist() == whole.counts.tolist()
    assert found.classes.confusion.squares.tolist() == whole.squares.tolist()
    ranked = TopK.of(true, outputs, weight)
    assert found.classes.top_k.by_rank.tolist() == ranked.by_rank.tolist()
    one = Sweep.of(outputs[:, 1], labels[:, 1] == 1, weight)
    assert found.found.auc == pytest.approx(auc(one), rel=1e-12)


@pytest.mark.parametrize("weighted", [False, True])
def test_each_label_of_several_is_that_of_its_own_rows(tmp_path, weighted):
    labels, outputs, weights = given = rows(6, one_hot=False)
    found = asked_of(tmp_path, given, weighted=weighted)
    assert found.classes is None
    metrics = found.labels.per_label(found.labels.place(0.5))
    weight = weights if weighted else None
    for index in range(3):
        above = outputs[:, index] > 0.5
        alone = Confusion.of(labels[:, index], above.astype(int), 2, weight).per_class()
        for name in ("support", "predicted", "hits", "recall", "precision", "f1", "accuracy"):
            ours, theirs = getattr(metrics, name)[index], getattr(alone, name)[1]
            assert ours == pytest.approx(theirs, rel=1e-12)
        for end in (0, 1):
            ours = metrics.precision_interval[end][index]
            assert ours == pytest.approx(alone.precision_interval[end][1], rel=1e-9)
    every = Sweep.of(
        outputs.reshape(-1), labels.reshape(-1) == 1, np.repeat(weights, 3) if weighted else None
    )
    assert found.found.auc == pytest.approx(auc(every), rel=1e-12)


@pytest.mark.parametrize("fixed", [False, True])
def test_meaning_of_lists_are_their_elements(tmp_path, fixed):
    labels, outputs, _ = rows(7, one_hot=False)
    kind = pa.list_(pa.float32(), 3) if fixed else pa.list_(pa.float32())
    tables = [
        {"y_true": labels[part].tolist(), "y_pred": pa.array(outputs[part].tolist(), kind)}
        for part in (slice(0, 200), slice(200, N))
    ]  # fmt: skip
    shards = written(tmp_path, *tables)
    table, roles = guess(shards)
    columns = meaning_of("lists", table, roles).columns
    assert columns.labels == ("y_true[0]", "y_true[1]", "y_true[2]")
    assert columns.y_pred == ("y_pred[0]", "y_pred[1]", "y_pred[2]")
    found = look(Question(tuple(shards), Asked(columns=columns)), Here(), lambda _: None)
    data = Predictions.of(labels, outputs)
    ours = float(found.labels.elements(found.labels.place(0.5)).accuracy[0])
    assert ours == evaluate(data, "element_accuracy", Settings()).result
    assert found.n_bytes > 0


def test_class_indices_beside_a_column_of_lists(tmp_path):
    labels, outputs, _ = rows(8, one_hot=True)
    true = labels.argmax(axis=1)
    shards = written(tmp_path, {"label": true, "probs": outputs.tolist()})
    table, roles = guess(shards)
    asked = Asked(columns=meaning_of("lists", table, roles).columns)
    found = look(Question(tuple(shards), asked), Here(), lambda _: None)
    assert found.kind == "sparse"
    assert found.classes.confusion.accuracy == (outputs.argmax(axis=1) == true).mean()


REFUSED = [
    ({"t": [[0, 1], [1]], "p": [[0.5, 0.5]] * 2}, r"`t\[0\]` must be of lists of 2 .*Got 1 in row"),
    ({"t": [[0, 1], [1, 2]], "p": [[0.5, 0.5]] * 2}, r"from 0 to 1\. Got 2 in row 1 of part-0"),
    ({"t": [[0, 1], [1, 0]], "p": [[0.5, 0.5], [0.5, None]]}, "a missing cell in row 1"),
    ({"t": [[0, 1], [1, 0]], "p": [[0.5, 0.5], [0.5, np.nan]]}, "NaN in row 1 of part-0.parquet"),
    ({"t": [[0, 1], None], "p": [[0.5, 0.5]] * 2}, "a missing cell in row 1"),
    ({"t": [0, 1], "p": [[0.5, 0.5]] * 2}, r"`t\[0\]` must be a column of every file"),
    ({"t": [["a", "b"]] * 2, "p": [[0.5, 0.5]] * 2}, r"`t\[0\]` must hold numbers\. Got string"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said"), REFUSED)
def test_what_lists_may_not_hold_is_a_sentence(tmp_path, cells, said):
    shards = written(tmp_path, cells)
    columns = Columns(y_true=("t[0]", "t[1]"), y_pred=("p[0]", "p[1]"))
    with pytest.raises(InputError, match=said):
        look(Question(tuple(shards), Asked(columns=columns)), Here(), lambda _: None)


def test_labels_are_one_column_or_as_many_as_outputs():
    with pytest.raises(InputError, match="Got 2 columns of labels beside 3 of outputs"):
        Columns(y_true=("a", "b"), y_pred=("c", "d", "e"))


def test_single_rows_of_one_hot_labels_are_those_of_their_classes(tmp_path):
    labels, outputs, weights = rows(9, one_hot=True)
    cells = dict(zip((*LABELS, *OUTPUTS), [*labels.T, *outputs.T], strict=True))
    true = labels.argmax(axis=1)
    shards = split(tmp_path, 2, **cells, label=true, w=weights)
    one_hot, sparse = (
        Asked(columns=Columns(y_true=names, y_pred=OUTPUTS)) for names in (LABELS, "label")
    )
    cell = Cell(2, 0, 0.5)
    found = of_cell(shards, one_hot, cell, 0, 30, lambda _: None)
    assert found == of_cell(shards, sparse, cell, 0, 30, lambda _: None)
    assert {sample.label for sample in found} == {2}
    worst = [most_wrong(Looking(shards[1], asked, 10)) for asked in (one_hot, sparse)]
    assert worst[0].samples == worst[1].samples
