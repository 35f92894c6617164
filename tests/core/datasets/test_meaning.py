"""Columns of a data set mean what the same columns of an upload mean."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from metrics_core.datasets.blocks import blocks_of
from metrics_core.datasets.columns.asked import Asked, Columns
from metrics_core.datasets.columns.classes import told
from metrics_core.datasets.columns.meaning import meaning_of
from metrics_core.datasets.guessing import first_rows, guess, words_in
from metrics_core.datasets.looking import Question, look
from metrics_core.datasets.running import Here
from metrics_core.datasets.shards import measure
from metrics_core.errors import InputError
from metrics_core.reading import Roles, to_predictions
from tests.core.datasets.files import split, written

N = 600
DRAW = np.random.default_rng(27)
CLASS = DRAW.integers(0, 3, N)
OUTPUTS = DRAW.dirichlet(np.ones(3), N).astype(np.float32)
OUTPUTS[np.arange(N), CLASS] += 1
OUTPUTS /= OUTPUTS.sum(axis=1, keepdims=True)
MANY = DRAW.integers(0, 12, N)
TWELVE = DRAW.random((N, 12))
YES = CLASS == 1
SCORE = np.clip(DRAW.normal(0.3, 0.2, N) + 0.4 * YES, 0, 1).astype(np.float32)
PETS = np.array(["dog", "cat", "fox"])
TURNED = OUTPUTS[:, (2, 0, 1)].tolist()


def outputs(names, order=(0, 1, 2)):
    return {name: OUTPUTS[:, place] for name, place in zip(names, order, strict=True)}


FORMS = {
    "sorted by name": {"label": MANY} | {
        f"prob_{each}": TWELVE[:, each] for each in sorted(range(12), key=str)
    },
    "from 1": {"label": CLASS + 1} | outputs(["prob_1", "prob_2", "prob_3"]),
    "from the last": {"label": CLASS} | outputs(["p_2", "p_1", "p_0"], (2, 1, 0)),
    "in order": {"label": CLASS} | outputs(["p_0", "p_1", "p_2"]),
    "one-hot in another order": {
        f"y_{name}": (place == CLASS).astype(np.int8)
        for name, place in zip("cba", (2, 1, 0), strict=True)
    } | outputs(["p_a", "p_b", "p_c"]),
    "class 0": {"label": YES.astype(np.int8), "prob_0": 1 - SCORE},
    "class 0 in double": {"label": YES, "prob_0": 1 - SCORE.astype(np.float64)},
    "class 1 before class 0": {"label": YES.astype(int), "p_1": SCORE, "p_0": 1 - SCORE},
    "true before false": {"label": YES, "p_true": SCORE, "p_false": 1 - SCORE},
    "yes before no": {"label": YES.astype(int), "p_yes": SCORE, "p_no": 1 - SCORE},
    "yes before no, bool": {"label": YES, "p_yes": SCORE, "p_no": 1 - SCORE},
    "yes before no, signs": {
        "label": 2 * YES.astype(int) - 1, "p_yes": SCORE, "p_no": 1 - SCORE,
    },
    "yes before no, float": {"label": YES.astype(float), "p_yes": SCORE, "p_no": 1 - SCORE},
    "signs beside two": {"label": 2 * YES.astype(int) - 1, "p_no": 1 - SCORE, "p_yes": SCORE},
    "a known word as class 0": {"label": YES.astype(int), "p_spam": 1 - SCORE, "p_ham": SCORE},
    "signs": {"label": 2 * YES.astype(int) - 1, "score": SCORE},
    "words": {"label": PETS[CLASS]} | outputs(["p_dog", "p_cat", "p_fox"]),
    "words in other letters": {
        "label": np.array(["Dog", " cat", "FOX"])[CLASS]
    } | outputs(["p_dog", "p_cat", "p_fox"]),
    "a dictionary": {
        "label": pa.array(PETS[CLASS]).dictionary_encode()
    } | outputs(["p_fox", "p_cat", "p_dog"], (2, 1, 0)),
    "large strings": {"label": pa.array(PETS[CLASS], pa.large_string())} | outputs("abc"),
    "a word that is known": {"label": np.where(YES, "yes", "no"), "score": SCORE},
    "a class in the name": {"label": np.where(YES, "cat", "dog"), "p_cat": SCORE},
    "a list": {"label": CLASS, "probs": list(OUTPUTS)},
    "a list of one size": {
        "label": CLASS, "probs": pa.array(list(OUTPUTS), pa.list_(pa.float32(), 3)),
    },
    "a vector of Spark": {
        "label": CLASS.astype(float),
        "probability": pa.array([{"type": 1, "values": row} for row in OUTPUTS.tolist()]),
    },
    "fields of a struct": {
        "label": PETS[CLASS],
        "probs": pa.array([dict(zip(("fox", "dog", "cat"), row, strict=True)) for row in TURNED]),
    },
    "objects that name classes": {
        "label": PETS[CLASS],
        "probs": [
            [{"label": PETS[each], "prob": float(row[each])} for each in np.argsort(-row)]
            for row in OUTPUTS
        ],
    },
    "objects that number classes": {
        "label": CLASS,
        "result": pa.array(
            [{"scores": [{"id": 7, "class": 2 - each, "score": float(row[2 - each])}
                         for each in range(3)]} for row in OUTPUTS],
        ),
    },
    "two lists in an object": {
        "label": PETS[CLASS],
        "predicted": [
            {"classes": PETS[order].tolist(), "scores": row[order].tolist()}
            for row in OUTPUTS for order in [np.argsort(-row)]
        ],
    },
    "decimals": {
        "label": pa.array(map(Decimal, YES.tolist()), pa.decimal128(38, 0)),
        "score": pa.array([Decimal(f"{each:.9f}") for each in SCORE], pa.decimal128(10, 9)),
    },
    "texts": {"label": YES.astype(int).astype(str), "score": [f"{each:.9f}" for each in SCORE]},
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_labels_and_outputs_are_those_of_the_same_file_as_an_upload(tmp_path, form):
    (shard,) = written(tmp_path, FORMS[form])
    table = first_rows([shard])
    titles = list(table.columns)
    labels = tuple(title for title in titles if title[0] in "ly")
    outputs = (each for each in titles if each not in labels and not each.endswith(".type"))
    roles = Roles(labels=labels, outputs=tuple(outputs))
    uploaded = to_predictions(table, roles).predictions
    columns = meaning_of("files", table, roles).columns
    assert measure([shard], columns).n_bytes > 0
    (block,) = blocks_of(shard, Asked(columns=columns))
    scores = block.scores
    assert scores.dtype == uploaded.outputs.dtype
    assert scores.tobytes() == np.ascontiguousarray(uploaded.outputs).tobytes()
    assert np.array_equal(block.labels, uploaded.labels)


def test_what_was_made_of_the_columns_is_told(tmp_path):
    said = {}
    for form, columns in FORMS.items():
        table = first_rows(written(tmp_path, columns))
        titles = list(table.columns)
        roles = Roles(labels=tuple(titles[:1]), outputs=tuple(titles[1:]))
        if form not in ("one-hot in another order", "a vector of Spark"):
            said[form] = [str(note) for note in told(meaning_of("x", table, roles).columns)]
    assert said["in order"] == said["a list"] == []
    assert said["from 1"] == ["The labels stand for classes in this order: 0 = 1, 1 = 2, 2 = 3."]
    assert said["words"] == [
        "The words stand for classes in this order: 0 = dog, 1 = cat, 2 = fox."
    ]
    assert said["class 0"] == [
        "prob_0 is the probability of class 0; the output is that of class 1: 1 - prob_0."
    ]
    assert "every -1 as wrong" in said["signs"][0]
    assert said["a known word as class 0"] == []


@pytest.mark.parametrize("form", ["yes before no", "yes before no, bool", "true before false"])
def test_outputs_that_change_places_are_told(tmp_path, form):
    table, _ = guess(written(tmp_path, FORMS[form]))
    roles = Roles(labels=("label",), outputs=tuple(FORMS[form])[1:])
    meaning = meaning_of("x", table, roles)
    assert meaning.y_pred == roles.outputs[::-1]
    assert meaning.columns.class_names[1].endswith(("yes", "true"))
    assert "its output is taken as that of class 1" in str(meaning.told[0])


def test_the_matrix_of_words_over_several_files(tmp_path):
    table = FORMS["words"] | {"label": PETS[CLASS].tolist()}
    shards = split(tmp_path, 4, **table)
    columns = meaning_of("pets", *guess(shards)).columns
    found = look(Question(tuple(shards), Asked(columns=columns)), Here(), lambda _: None)
    predicted = OUTPUTS.argmax(axis=1)
    ours = np.zeros((3, 3), int)
    np.add.at(ours, (CLASS, predicted), 1)
    assert found.classes.confusion.counts.tolist() == ours.tolist()


def test_the_order_of_two_words_decides_what_the_output_is_of(tmp_path):
    score = SCORE - 0.02 * YES  # the classes overlap
    cells = np.where(YES, "cat", "dog")
    (shard,) = written(tmp_path, {"label": cells, "prob_0": score})
    table, roles = first_rows([shard]), Roles(labels=("label",), outputs=("prob_0",))
    for words in (("dog", "cat"), ("cat", "dog")):
        meaning = meaning_of("x", table, roles, words)
        uploaded = to_predictions(table, roles, class_order=words).predictions
        (block,) = blocks_of(shard, Asked(columns=meaning.columns))
        assert np.array_equal(block.labels, uploaded.labels)
        assert np.array_equal(block.scores, uploaded.outputs)
        assert meaning.turned == (words[1] == "dog")


@pytest.mark.parametrize(
    ("cells", "classes", "words"),
    [
        (["cat", "fox", "dog"], ("cat", "dog"), "'fox' in row 1 of part-1.parquet"),
        (["cat", None, "dog"], ("cat", "dog"), "a missing cell in row 1 of part-1.parquet"),
        (["cat", "CAT", "Cat"], ("cat", "CAT"), "'Cat' in row 2 of part-1.parquet"),
        (["cat", "x" * 10**6], ("cat", "dog"), "…"),
        ([-1, 1, 0], (-1, 1), "0 in row 2 of part-1.parquet"),
        ([-1, 1, 7], (-1, 1), "7 in row 2 of part-1.parquet"),
        ([-1.0, 0.5, 1.0], (-1, 1), "0.5 in row 1 of part-1.parquet"),
    ],
)  # fmt: skip
def test_a_label_that_is_no_class_is_named(tmp_path, cells, classes, words):
    good = list(classes)
    tables = [{"label": each, "p": np.linspace(0, 1, len(each))} for each in (good, cells)]
    shards = written(tmp_path, *tables)
    columns = Columns(y_true="label", y_pred=("p",), classes=classes)
    measure(shards, columns)
    (block,) = blocks_of(shards[0], Asked(columns=columns))
    assert block.labels.tolist() == [False, True]
    with pytest.raises(InputError) as refused:
        list(blocks_of(shards[1], Asked(columns=columns)))
    assert words in str(refused.value)
    assert len(str(refused.value)) < 1000


@pytest.mark.parametrize(
    ("y_pred", "classes"), [("p", ("cat",)), ("p", ("cat", "cat")), ("abc", ("cat", "dog"))]
)
def test_classes_are_one_for_each_output(y_pred, classes):
    with pytest.raises(InputError, match="Name each class once"):
        Columns(y_true="label", y_pred=tuple(y_pred), classes=classes)


def test_words_need_a_column_of_words_and_numbers_one_of_numbers(tmp_path):
    shards = written(tmp_path, {"label": [0, 1], "word": ["a", "b"], "p": [0.25, 0.5]})
    with pytest.raises(InputError, match=r"must hold words for classes\. Got int64"):
        measure(shards, Columns(y_true="label", y_pred=("p",), classes=("a", "b")))
    columns = Columns(y_true="word", y_pred=("p",))
    measure(shards, columns)  # texts can be numbers
    with pytest.raises(InputError, match=r"must hold numbers\. Got 'a' in row 0"):
        list(blocks_of(shards[0], Asked(columns=columns)))


def test_what_the_first_rows_lack_is_left_open(tmp_path):
    (shard,) = written(tmp_path, {"label": ["spam"] * 40, "score": np.linspace(0, 1, 40)})
    meaning = meaning_of("mail", first_rows([shard]), Roles(labels=("label",), outputs=("score",)))
    assert meaning.classes == ("spam",)
    with pytest.raises(InputError, match="must be 2 different ones"):
        _ = meaning.columns


def test_files_without_rows_are_passed_over(tmp_path):
    kinds = {"label": pa.array([], pa.string()), "p": pa.array([], pa.float64())}
    full = {"label": ["cat", "dog"], "p": [0.25, 0.75]}
    shards = written(tmp_path, *[kinds] * 9, full)
    assert first_rows(shards).n_rows == 2
    assert meaning_of("pets", *guess(shards)).classes == ("cat", "dog")
    with pytest.raises(InputError, match="at least one row"):
        first_rows(shards[:9])


def test_classes_that_are_each_in_files_of_their_own_are_all_seen(tmp_path):
    tables = [{"label": [word] * 5000, "score": [0.5] * 5000} for word in ("ham", "spam")]
    tables += [{"other": [1]}]
    table = first_rows(written(tmp_path, *tables))
    assert table.n_rows == 2 * (4096 // 3)
    meaning = meaning_of("mail", table, Roles(labels=("label",), outputs=("score",)))
    assert meaning.classes == ("ham", "spam")


def test_few_short_words_can_name_classes(tmp_path):
    columns = {
        "pet": ["cat", "dog"] * 600, "id": [f"img_{row}" for row in range(1200)],
        "text": ["x" * 161] * 1200, "score": np.linspace(0, 1, 1200),
    }  # fmt: skip
    (shard,) = written(tmp_path, columns)
    assert words_in(first_rows([shard])) == {"pet": ("cat", "dog")}


@pytest.mark.parametrize("extra", [[], [{"label": "dog", "prob": 0.5}] * 2])
def test_a_class_that_a_row_of_objects_names_not_once_is_missing(tmp_path, extra):
    whole = [{"label": "dog", "prob": 0.75}, {"label": "cat", "prob": 0.25}]
    rows = [whole, [{"label": "cat", "prob": 0.5}, *extra], None, whole[::-1]]
    (shard,) = written(tmp_path, {"label": ["dog", "cat", "cat", "dog"], "probs": rows})
    columns = Columns(
        y_true="label", y_pred=("probs.prob.cat", "probs.prob.dog"), classes=("cat", "dog")
    )
    measure([shard], columns)
    with pytest.raises(InputError, match=r"probs\.prob\.dog.*a missing cell in row 1"):
        list(blocks_of(shard, Asked(columns=columns)))
    (block,) = blocks_of(shard, Asked(columns=columns, drop_missing=True))
    assert block.scores.tolist() == [[0.25, 0.75]] * 2
    assert [block.rows.of(place) for place in (0, 1)] == [0, 3]
    only = Columns(y_true="label", y_pred=("probs.prob.cat",), classes=("dog", "cat"))
    (block,) = blocks_of(shard, Asked(columns=only, drop_missing=True))
    assert block.scores.tolist() == [0.25, 0.5, 0.25]


def test_outputs_of_the_predicted_class_are_refused_and_its_column_is_named(tmp_path):
    decided = SCORE > 0.5
    table = {
        "label": np.where(YES, "yes", "no"),
        "predicted": np.where(decided, "yes", "no"),
        "confidence": np.maximum(SCORE, 1 - SCORE),
    }
    (shard,) = written(tmp_path, table)
    found, roles = guess([shard])
    with pytest.raises(InputError, match=r"outputs for the predicted class.* Choose predicted as"):
        meaning_of("logs", found, roles)
    columns = meaning_of("logs", found, Roles(labels=("label",), outputs=("predicted",))).columns
    (block,) = blocks_of(shard, Asked(columns=columns))
    assert ((block.scores > 0.5) == decided).all()
