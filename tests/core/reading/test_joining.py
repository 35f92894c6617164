"""Labels in one file, outputs in another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.reading import LIMITS, read_columns, spool, to_predictions
from metrics_core.reading.joining import guess, join
from tests.numpy_files import npy

SOLUTION = b"id,target,Usage\n7,1,Public\n8,0,Private\n9,1,Private\n"
SUBMISSION = b"id,target\n9,0.4\n7,0.9\n11,0.3\n"


def joined(*files: tuple[str, bytes]):
    return join(*(read_columns(content, name) for name, content in files))


@pytest.mark.parametrize("turned", [False, True])
def test_a_submission_and_its_solution_are_joined_by_id(turned):
    files = [("solution.csv", SOLUTION), ("sample_submission.csv", SUBMISSION)]
    table = joined(*(reversed(files) if turned else files))
    roles = guess(table)
    assert roles.labels == ("target (solution)",)
    assert roles.outputs == ("target (sample_submission)",)
    assert roles.ids == "id"
    predictions = to_predictions(table, roles).predictions
    assert predictions.sample_ids.tolist() == [9, 7]
    assert predictions.y_true.tolist() == [1, 1]
    assert predictions.y_pred.tolist() == [0.4, 0.9]
    assert "2 rows are joined by id: of 3 in solution.csv and 3 in sample" in str(table.notes[-1])


def test_ids_as_numbers_and_as_text_are_the_same():
    table = joined(
        ("labels.csv", b"id,y\n1,0\n2,1\nx,1\n"), ("preds.csv", b"id,p\n2.0,0.7\n1.0,0.2\n")
    )
    assert table.columns["y"].values.tolist() == [1, 0]


def test_many_outputs_of_an_id_have_its_label():
    table = joined(
        ("labels.csv", b"id,y\n1,0\n2,1\n"),
        ("preds.csv", b"id,epoch,p\n1,1,0.4\n2,1,0.3\n1,2,0.2\n2,2,0.8\n"),
    )
    assert table.columns["y"].values.tolist() == [0, 1, 0, 1]
    assert guess(table).epoch == "epoch"


def test_rows_are_joined_by_place_where_there_are_no_ids():
    table = joined(("truth.txt", b"y\n1\n0\n"), ("scores.csv", b"p0,p1\n0.2,0.8\n0.7,0.3\n"))
    assert guess(table).labels == ("y",)
    assert guess(table).outputs == ("p0", "p1")
    assert "2 rows of truth.txt are joined with those of scores.csv" in str(table.notes[-1])


def test_names_and_values_tell_the_labels_where_file_names_do_not():
    table = joined(("b.csv", b"x\n0.25\n0.75\n"), ("a.csv", b"x\n0\n1\n"))
    assert guess(table).labels == ("x (a)",)


@pytest.mark.parametrize("shape", [(6,), (6, 3), (2, 3, 4)])
def test_two_arrays_are_read_as_one_file(shape):
    rng = np.random.default_rng(0)
    true = rng.integers(0, 4, shape[:1] if len(shape) < 3 else shape[:-1])
    pred = rng.random(shape)
    table = joined(("preds.npy", npy(pred)), ("y_test.npy", npy(true)))
    roles = guess(table)
    assert (roles.labels, roles.outputs) == (("y_test",), ("preds",))
    predictions = to_predictions(table, roles).predictions
    assert predictions.n_samples == true.size
    assert np.array_equal(predictions.y_true, true.reshape(-1))


@pytest.mark.parametrize(
    ("true", "pred", "words"),
    [
        (b"y\n1\n0\n", b"p\n0.5\n", "2 in labels.csv and 1 in preds.csv"),
        (b"id,y\n1,0\n", b"id,p\n2,0.5\n", "Got 1 in labels.csv and 2 in preds.csv"),
        (b"id,y\n1,0\n1,1\n", b"id,p\n1,0.5\n1,0.4\n", "several times in both"),
    ],
)
def test_files_that_do_not_go_together_are_refused(true, pred, words):
    with pytest.raises(InputError, match=words):
        joined(("labels.csv", true), ("preds.csv", pred))


def test_the_jobs_of_the_child_give_the_same(tmp_path: Path):
    names = ("solution.csv", "sample_submission.csv")
    for which, content in enumerate((SOLUTION, SUBMISSION)):
        (tmp_path / f"{spool.UPLOAD}-{which}").write_bytes(content)
    both = spool.load(spool.parse_both(str(tmp_path), names, LIMITS).manifest, tmp_path)
    earlier = spool.store(read_columns(SOLUTION, names[0]), tmp_path, spool.EARLIER)
    (tmp_path / spool.UPLOAD).write_bytes(SUBMISSION)
    found = spool.parse_beside(str(tmp_path), earlier, names[1], LIMITS)
    beside = spool.load(found.manifest, tmp_path)
    for table in (both, beside):
        assert guess(table).labels == ("target (solution)",)
        assert table.columns["id"].values.tolist() == [9, 7]


@pytest.mark.parametrize("ids", [[f"img_{i}.jpg" for i in range(6)], list(range(100, 106))])
@pytest.mark.parametrize("name", ["uid", "picture"])
def test_columns_of_other_names_with_the_same_ids_are_joined_by_these(ids, name):
    order = [3, 5, 0, 4, 1, 2]
    label, score = [0, 1, 1, 0, 1, 0], [0.1, 0.9, 0.8, 0.2, 0.7, 0.3]
    true = "\n".join([f"{name},target", *(f"{ids[i]},{label[i]}" for i in range(6))])
    pred = "\n".join(["id,y_pred", *(f"{ids[i]},{score[i]}" for i in order)])
    table = joined(("labels.csv", true.encode()), ("preds.csv", pred.encode()))
    assert "joined by" in str(table.notes[-1])
    data = to_predictions(table, guess(table)).predictions
    assert ((data.outputs > 0.5) == data.labels).all()
    assert data.outputs.tolist() == [score[i] for i in order]
    part = pred.replace(str(ids[3]), "999")  # which the other file does not have
    table = joined(("labels.csv", true.encode()), ("preds.csv", part.encode()))
    assert table.columns["target"].values.tolist() == [label[i] for i in order if i != 3]


def test_whole_numbers_that_are_no_ids_join_no_rows():
    true = b"rank,target\n1,0\n2,1\n3,1\n4,0\n5,1\n6,0\n"
    pred = b"place,y_pred\n6,0.1\n5,0.9\n4,0.8\n3,0.2\n2,0.7\n1,0.3\n"
    table = joined(("labels.csv", true), ("preds.csv", pred))
    assert "by their place" in str(table.notes[-1])
