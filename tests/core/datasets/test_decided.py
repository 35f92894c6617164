"""Predicted classes in place of outputs: counted as an upload of the same rows counts them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics_core import doctor
from metrics_core.counting.confusion import Confusion
from metrics_core.datasets.columns.asked import Asked, Columns
from metrics_core.datasets.columns.meaning import meaning_of
from metrics_core.datasets.doctor import examine
from metrics_core.datasets.guessing import guess
from metrics_core.datasets.looking import Decided, Look, Question, look
from metrics_core.datasets.running import Here
from metrics_core.datasets.samples import Cell, of_cell
from metrics_core.datasets.sweeping.found import sweep_data
from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.reading import guess_roles, read_columns, to_predictions
from metrics_core.settings import Settings
from tests.core.datasets.files import split, work

RNG = np.random.default_rng(8)
N = 3000
TRUE = RNG.integers(0, 5, N)
CHOSEN = np.where(RNG.random(N) < 0.7, TRUE, RNG.integers(0, 5, N))
PETS = np.array(["cat", "dog", "emu", "fox", "owl"])
ANSWERS = np.array(["no", "yes"])
FORMS = {
    "numbers": (TRUE, CHOSEN),
    "small": (TRUE.astype(np.int8), CHOSEN.astype(np.uint8)),
    "floats": (TRUE * 1.0, np.float32(CHOSEN)),
    "words": (PETS[TRUE], PETS[CHOSEN]),
    "spelt otherwise": (PETS[TRUE], np.char.add(" ", np.char.upper(PETS[CHOSEN]))),
    "a dictionary": (pa.array(PETS[TRUE]).dictionary_encode(), PETS[CHOSEN]),
    "words and their indices": (PETS[TRUE], CHOSEN),
    "a class that is never predicted": (TRUE, np.where(CHOSEN == 4, 0, CHOSEN)),
    "a class that no label has": (np.where(TRUE == 4, 0, TRUE), CHOSEN),
    "mostly 0 and 1": (np.minimum(TRUE, 1), np.where(CHOSEN < 4, CHOSEN % 2, CHOSEN)),
    "two words": (ANSWERS[TRUE % 2], ANSWERS[CHOSEN % 2]),
    "two numbers": (TRUE % 2, CHOSEN % 2),
    "in words of three": (PETS[TRUE % 3], PETS[CHOSEN % 3]),
}


def read(shards, **asked):
    table, roles = guess(shards)
    meaning = meaning_of("data", table, roles)
    question = Question(tuple(shards), Asked(columns=meaning.columns, **asked), (0.5,))
    return meaning, look(question, Here(), lambda _: None)


def upload(shards):
    content = pa.BufferOutputStream()
    pq.write_table(pa.concat_tables([pq.read_table(each.path) for each in shards]), content)
    table = read_columns(content.getvalue().to_pybytes(), "all.parquet")
    return to_predictions(table, guess_roles(table))


@pytest.mark.parametrize("form", FORMS)
def test_the_counts_are_those_of_an_upload(tmp_path, form):
    true, chosen = FORMS[form]
    shards = split(tmp_path, 3, label=true, prediction=chosen)
    meaning, found = read(shards)
    loaded = upload(shards)
    data = loaded.predictions
    one = data.kind == "binary"
    assert one == ("two" in form)
    assert isinstance(found, Look if one else Decided)
    if one:
        ours = Confusion.of_table(found.found.sweep.at(0.5).table)
    else:
        ours = found.confusion
        assert meaning.decided
    theirs = Confusion.of(data.labels, data.outputs > 0.5 if one else data.outputs, data.n_classes)
    assert ours.counts.tolist() == theirs.counts.tolist()
    assert found.kind == data.kind
    names = meaning.columns.class_names[: ours.n_classes]
    assert names == (loaded.classes or tuple(map(str, range(ours.n_classes))))
    variant = "binary_accuracy" if one else "accuracy"
    assert ours.accuracy == pytest.approx(evaluate(data, variant).result, abs=1e-12)


def test_weights_count_and_a_row_without_a_prediction_is_wrong(tmp_path):
    weight = RNG.random(N)
    none = np.where(np.arange(N) % 7 == 0, -1, CHOSEN)
    shards = split(tmp_path, 3, label=TRUE, prediction=none, weight=weight)
    columns = Columns(y_true="label", y_pred=("prediction",), sample_weight="weight", decided=True)
    asked = Asked(columns=columns, weighted=True)
    found = look(Question(tuple(shards), asked), Here(), lambda _: None).confusion
    whole = Confusion.of(TRUE, none, 5, weight)
    assert found.counts == pytest.approx(whole.counts)
    assert found.unanswered == pytest.approx(whole.unanswered)
    assert found.squares == pytest.approx(whole.squares)
    assert found.accuracy == pytest.approx(weight[none == TRUE].sum() / weight.sum())


def test_a_class_that_later_files_have_is_counted_too(tmp_path):
    shards = split(tmp_path, 2, label=[0, 2, 1, 9], prediction=[0, 2, 7, 9])
    _, found = read(shards)
    assert found.confusion.n_classes == 10
    assert found.confusion.counts[1, 7] == found.confusion.counts[9, 9] == 1
    assert found.confusion.count == 4


@pytest.mark.parametrize(
    ("true", "chosen", "said"),
    [
        ([0, 2, 1], [0.0, 2.0, 0.5], "whole numbers from -1 to 1000. Got 0.5 in row 2 of part-1"),
        ([0, 2, -1], [0, 2, 1], "whole numbers from 0 to 1000. Got -1 in row 2 of part-1"),
        ([0, 2, 1], [0, 2, 1001], "whole numbers from -1 to 1000. Got 1001 in row 2 of part-1"),
    ],
)
def test_what_is_no_class_is_named_with_its_row(tmp_path, true, chosen, said):
    shards = split(tmp_path, 2, label=[0, 2, 0, *true], prediction=[0, 2, 0, *chosen])
    columns = Columns(y_true="label", y_pred=("prediction",), decided=True)
    with pytest.raises(InputError) as refused:
        look(Question(tuple(shards), Asked(columns=columns)), Here(), lambda _: None)
    assert said in str(refused.value)


def test_a_word_that_the_classes_lack_is_named(tmp_path):
    shards = split(tmp_path, 1, label=["a", "b", "c"], prediction=["a", "b", "z"])
    columns = Columns(y_true="label", y_pred=("prediction",), classes=("a", "b", "c"), decided=True)
    with pytest.raises(InputError, match=r"must hold the classes a, b, c. Got 'z' in row 2"):
        look(Question(tuple(shards), Asked(columns=columns)), Here(), lambda _: None)


@pytest.mark.parametrize(
    ("output", "decided"),
    [([0.2, 0.7, 0.4], False), ([5, 0, 3], False), ([30, 90, 60], False), ([-2, 0, 1], False)],
)
def test_numbers_beside_labels_0_and_1_are_scores(tmp_path, output, decided):
    shards = split(tmp_path, 1, label=[0, 1, 1], score=output)
    meaning, found = read(shards)
    assert meaning.decided == decided
    assert isinstance(found, Look)


def test_the_rows_of_a_cell_are_found(tmp_path):
    shards = split(tmp_path, 3, label=TRUE, prediction=CHOSEN)
    meaning, _ = read(shards)
    asked = Asked(columns=meaning.columns)
    found = of_cell(shards, asked, Cell(2, 3, 0.5), 0, 1000, lambda _: None)
    places = [1000 * int(row.file[5]) + row.row for row in found]
    assert places == np.flatnonzero((TRUE == 2) & (CHOSEN == 3)).tolist()
    assert {row.scores for row in found} == {(3,)}


@pytest.mark.parametrize("rows", [slice(0), slice(5)])
def test_rows_without_weight_are_nothing(tmp_path, rows):
    cells = {"label": TRUE[rows], "prediction": CHOSEN[rows], "weight": 0.0 * TRUE[rows]}
    columns = Columns(y_true="label", y_pred=("prediction",), sample_weight="weight", decided=True)
    asked = Asked(columns=columns, weighted=True)
    shards = split(tmp_path, 1, **cells)
    with pytest.raises(InputError, match="must have rows with a weight above 0"):
        look(Question(tuple(shards), asked), Here(), lambda _: None)


def test_they_cannot_be_swept(tmp_path):
    shards = split(tmp_path, 1, label=TRUE, prediction=CHOSEN)
    columns = Columns(y_true="label", y_pred=("prediction",), decided=True)
    with pytest.raises(InputError, match=r"must be scores, which a threshold can part. Got pred"):
        sweep_data(work(shards, columns=columns))


@pytest.mark.parametrize(
    ("chosen", "rule"),
    [
        (CHOSEN, None),
        ((CHOSEN + 2) % 5, "classes-permuted"),
        (np.full(N, 3), "majority-class"),
    ],
)
def test_the_doctor_says_what_it_says_of_the_rows(tmp_path, chosen, rule):
    _check_doctor(tmp_path, TRUE, chosen, rule)


def test_the_doctor_knows_labels_from_one(tmp_path):
    _check_doctor(tmp_path, TRUE + 1, CHOSEN, "labels-from-one")


def _check_doctor(tmp_path, true, chosen, rule):
    shards = split(tmp_path, 2, label=true, prediction=chosen)
    _, found = read(shards)
    ours = examine(found, Settings())
    theirs = doctor.examine(Predictions.of(true, chosen, kind="class_indices"))
    left_out = {each.name for each in ours.left_out}
    said = {each.rule: each for each in theirs.findings if each.rule not in left_out}
    assert {each.rule for each in ours.findings} == said.keys()
    assert rule in {None, *said}
    for each in ours.findings:
        for part in ("seen", "severity", "sure", "remedy", "counterfactual"):
            assert str(getattr(each, part)) == str(getattr(said[each.rule], part))
    assert len(ours.checked) + len(ours.findings) >= 6
