"""Classes, calibration and single rows of files are those of their rows in memory."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from metrics_core.counting.confusion import Confusion
from metrics_core.counting.top_k import TopK
from metrics_core.datasets.columns.asked import Asked, Columns
from metrics_core.datasets.looking import Question, look
from metrics_core.datasets.running import Here
from metrics_core.datasets.samples import Cell, Looking, Worst, most_wrong, of_cell
from metrics_core.errors import InputError
from metrics_core.sweep import Sweep, auc, reliability
from tests.core.datasets.files import BINARY, split

THREE = Columns(y_true="label", y_pred=("a", "b", "c"), sample_weight="w")


@pytest.fixture
def classes(tmp_path):
    rng = np.random.default_rng(4)
    outputs = rng.normal(size=(400, 3)).astype(np.float32)
    labels, weights = rng.integers(0, 3, 400), rng.integers(0, 4, 400) / 2
    columns = dict(zip("abc", outputs.T, strict=True))
    return split(tmp_path, 3, label=labels, w=weights, **columns), outputs, labels, weights


@pytest.mark.parametrize("weighted", [False, True])
def test_classes_of_files_are_those_of_their_rows(classes, weighted):
    shards, outputs, labels, weights = classes
    asked = Asked(columns=THREE, weighted=weighted, class_index=1)
    done = []
    found = look(Question(tuple(shards), asked), Here(threads=2), done.append)
    weight = weights if weighted else None
    whole = Confusion.of(labels, outputs.argmax(axis=1), 3, weight)
    assert found.classes.confusion.counts.tolist() == whole.counts.tolist()
    assert found.classes.confusion.squares.tolist() == whole.squares.tolist()
    ranked = TopK.of(labels, outputs, weight)
    assert found.classes.top_k.by_rank.tolist() == ranked.by_rank.tolist()
    one = Sweep.of(outputs[:, 1], labels == 1, weight)
    assert found.found.auc == pytest.approx(auc(one), rel=1e-12)
    assert found.calibration is None  # logits
    assert (found.n_files, found.n_rows) == (3, 400)
    assert done == sorted(done)
    assert done[-1] == 1


@pytest.mark.parametrize("weighted", [False, True])
def test_calibration_of_files_is_that_of_their_rows(tmp_path, weighted):
    rng = np.random.default_rng(6)
    scores, weights = rng.random(700).astype(np.float32).round(2), rng.integers(0, 3, 700) / 4
    labels = rng.random(700) < scores
    shards = split(tmp_path, 4, y_true=labels, y_pred=scores, w=weights)
    asked = Asked(columns=BINARY, weighted=weighted)
    ours = look(Question(tuple(shards), asked), Here(threads=1), lambda _: None).calibration
    theirs = reliability(Sweep.of(scores, labels, weights if weighted else None))
    for name in ("edges", "mean_score", "share_positive", "weight", "ece", "brier", "log_loss"):
        assert getattr(ours, name) == pytest.approx(getattr(theirs, name), rel=1e-12, nan_ok=True)


def test_the_rows_of_a_cell_come_page_by_page_in_the_order_of_the_files(classes):
    shards, outputs, labels, _ = classes
    asked = Asked(columns=THREE)
    predicted = outputs.argmax(axis=1)
    rows = np.flatnonzero((labels == 2) & (predicted == 0))
    starts = [0, 133, 266]
    pages = [
        of_cell(shards, asked, Cell(2, 0, 0.5), first, 10, lambda _: None)
        for first in range(0, len(rows) + 10, 10)
    ]
    found = [starts[int(each.file[5])] + each.row for page in pages for each in page]
    assert found == rows.tolist()
    assert {len(page) for page in pages[:-2]} == {10}
    assert pages[0][0].scores == pytest.approx(outputs[rows[0]])
    assert pages[0][0].label == 2


def test_a_page_reads_no_file_beyond_it(classes):
    shards, *_ = classes
    gone = replace(shards[1], path="nowhere")
    found = of_cell([shards[0], gone], Asked(columns=THREE), Cell(None, None, 0), 3, 5, print)
    assert [each.row for each in found] == [3, 4, 5, 6, 7]


@pytest.mark.parametrize("most", [1, 7, 1000])
def test_the_most_wrong_rows(tmp_path, most):
    rng = np.random.default_rng(7)
    scores, labels = rng.random(300).round(2), rng.random(300) < 0.5
    shards = split(tmp_path, 3, y_true=labels, y_pred=scores, w=np.ones(300))
    tasks = [Looking(shard, Asked(columns=BINARY), most) for shard in shards]
    found = Here(threads=2).merged(
        most_wrong, tasks, lambda one, two: one.merge(two, most), lambda _: None
    )
    assert isinstance(found, Worst)
    given = np.where(labels, scores, 1 - scores)
    order = np.argsort(given, kind="stable")[:most]
    assert found.given == pytest.approx(given[order])
    rows = [100 * int(each.file[5]) + each.row for each in found.samples]
    assert rows == order.tolist()


def test_of_logits_the_most_wrong_are_those_furthest_on_the_wrong_side(tmp_path):
    labels, scores = [0, 0, 1, 1], [4.0, -9.0, -6.0, 8.0]
    (shard,) = split(tmp_path, 1, y_true=labels, y_pred=scores, w=np.ones(4))
    found = most_wrong(Looking(shard, Asked(columns=BINARY), 2, even=0.0))
    assert [each.row for each in found.samples] == [2, 0]


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("most", [200, 10**6])
def test_what_is_left_out_is_counted_and_changes_nothing_else(tmp_path, most, weighted):
    rng = np.random.default_rng(9)
    scores, weights = rng.random(900).astype(np.float32), rng.integers(0, 3, 900) / 4
    labels = rng.random(900) < scores
    gone = rng.random(900) < 0.1
    holes = np.where(gone, np.float32(np.nan), scores)
    folder = tmp_path / "whole"
    folder.mkdir()
    some = split(tmp_path, 4, y_true=labels, y_pred=holes, w=weights)
    whole = split(folder, 3, y_true=labels[~gone], y_pred=scores[~gone], w=weights[~gone])
    runner = Here(threads=2, rows_at_once=most)
    asked = Asked(columns=BINARY, weighted=weighted)
    with pytest.raises(InputError, match="NaN in row"):
        look(Question(tuple(some), asked), runner, lambda _: None)
    ours = look(Question(tuple(some), replace(asked, drop_missing=True)), runner, lambda _: None)
    theirs = look(Question(tuple(whole), asked), runner, lambda _: None)
    assert (ours.n_left_out, ours.n_rows) == (gone.sum(), (~gone).sum())
    assert (theirs.n_left_out, theirs.n_rows) == (0, (~gone).sum())
    assert (ours.found.n, ours.found.distinct) == (theirs.found.n, theirs.found.distinct)
    assert ours.found.auc == pytest.approx(theirs.found.auc, rel=1e-12)
    assert ours.calibration.ece == pytest.approx(theirs.calibration.ece, rel=1e-12)
    wrong = Looking(some[0], replace(asked, drop_missing=True), 3)
    for sample in most_wrong(wrong).samples:
        assert sample.scores == (scores[sample.row],)


def test_a_file_that_is_written_anew_between_two_readings_is_told(tmp_path):
    rng = np.random.default_rng(2)
    columns = {"y_true": rng.integers(0, 2, 400), "w": np.ones(400)}
    shards = tuple(split(tmp_path, 2, y_pred=rng.random(400, np.float32), **columns))
    told = []

    def tell(done):
        if done >= 0.05 and not told:
            told.append(done)
            split(tmp_path, 2, y_pred=rng.random(400, np.float32), **columns)

    question = Question(shards, Asked(columns=BINARY))
    with pytest.raises(InputError, match=r"must stay as it is while it is read\. Got a file that"):
        look(question, Here(threads=1), tell)
    assert look(question, Here(threads=1), lambda _: None).n_rows == 400
