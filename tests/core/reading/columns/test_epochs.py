"""Files with the outputs of several epochs: which rows are whose, and what is refused."""

from __future__ import annotations

import io
import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics_core.errors import InputError
from metrics_core.reading import Column, Loaded, Roles, guess_roles, read_columns, to_predictions
from metrics_core.reading.columns.epochs import MOST, find_epochs
from tests.numpy_files import npz


def opened(**arrays: np.ndarray):
    return read_columns(npz(**arrays), "log.npz")


def load(table, **options) -> Loaded:
    return to_predictions(table, guess_roles(table), **options)


def by_epoch(loaded: Loaded) -> dict[int, list[float]]:
    assert loaded.epochs is not None
    return {number: loaded.of_epoch(number).y_pred.tolist() for number in loaded.epochs.numbers}


EPOCHS, LABELS, OUTPUTS = [1, 1, 2, 2, 2, 4], [0, 1, 0, 1, 1, 1], [0.5, 0.25, 0.75, 1, 0, 0.125]
ROWS = [
    {"epoch": e, "y_true": t, "y_pred": p} for e, t, p in zip(EPOCHS, LABELS, OUTPUTS, strict=True)
]
LINES = [",".join(map(str, row.values())) for row in ROWS]


def parquet() -> bytes:
    """One group of rows an epoch."""
    file = io.BytesIO()
    kinds = {"epoch": pa.int32(), "y_true": pa.int64(), "y_pred": pa.float32()}
    with pq.ParquetWriter(file, pa.schema(list(kinds.items()))) as writer:
        for number in sorted(set(EPOCHS)):
            rows = [row for row in ROWS if row["epoch"] == number]
            writer.write_table(pa.Table.from_pylist(rows, schema=pa.schema(list(kinds.items()))))
    return file.getvalue()


FILES = {
    "log.csv": "\n".join(["epoch,y_true,y_pred", *LINES]).encode(),
    "log.json": json.dumps(ROWS).encode(),
    "log.jsonl": "\n".join(json.dumps(row) for row in ROWS).encode(),
    "log.parquet": parquet(),
}


@pytest.mark.parametrize("name", FILES)
def test_epochs_of_unequal_length_are_read_from_every_format(name: str) -> None:
    table = read_columns(FILES[name], name)
    assert guess_roles(table) == Roles(
        labels=("y_true",), outputs=("y_pred",), sure=True, epoch="epoch"
    )
    loaded = load(table)
    assert by_epoch(loaded) == {1: [0.5, 0.25], 2: [0.75, 1.0, 0.0], 4: [0.125]}
    assert loaded.of_epoch(2).y_true.tolist() == [0, 1, 1]


def test_rows_that_stand_together_are_views_also_where_epochs_are_not_in_order() -> None:
    outputs = np.arange(10.0).reshape(5, 2)
    table = opened(
        epoch=np.array([7, 7, 3, 3, 3], "i2"), y_true=np.arange(5) % 2, y_pred=outputs,
        sample_weight=np.arange(5.0), id=np.arange(5) + 100,
    )  # fmt: skip
    loaded = load(table)
    assert loaded.epochs is not None
    assert loaded.epochs.numbers == (3, 7)
    assert by_epoch(loaded) == {3: outputs[2:].tolist(), 7: outputs[:2].tolist()}
    made = loaded.of_epoch(3)
    for part, title in (
        (made.y_pred, "y_pred"), (made.y_true, "y_true"), (made.sample_weight, "sample_weight"),
        (made.sample_ids, "id"),
    ):  # fmt: skip
        assert part is not None
        assert np.shares_memory(part, table.columns[title].data)
        assert np.array_equal(part, table.columns[title].data[2:])


def test_interleaved_epochs_keep_the_order_of_the_file_and_stay_read_only() -> None:
    random = np.random.default_rng(2)
    epochs = random.integers(0, 9, 5000).astype("f4")
    outputs = random.random((5000, 3), dtype="f4")
    table = opened(epoch=epochs, y_true=random.integers(0, 3, 5000), y_pred=outputs)
    loaded = load(table)
    assert loaded.epochs is not None
    assert loaded.epochs.numbers == tuple(range(9))
    for number in range(9):
        made = loaded.of_epoch(number)
        assert np.array_equal(made.y_pred, outputs[epochs == number])
        assert np.array_equal(made.y_true, table.columns["y_true"].data[epochs == number])
        assert not made.y_pred.flags.writeable
        assert not made.y_true.flags.writeable
        assert made.kind == "sparse"


def test_all_epochs_are_of_one_kind_with_one_order_of_words() -> None:
    text = b"epoch,label,score\n1,dog,0.25\n1,cat,0.5\n2,dog,0.75\n"
    loaded = load(read_columns(text, "log.csv"))
    assert loaded.of_epoch(1).y_true.tolist() == [1, 0]
    assert loaded.of_epoch(2).y_true.tolist() == [1]
    assert loaded.of_epoch(2).class_names == ("cat", "dog")
    # epoch 2 alone would look like one-hot labels
    text = b"epoch,y_true_0,y_true_1,p_0,p_1\n1,1,1,0.5,0.5\n2,1,0,0.5,0.25\n"
    loaded = load(read_columns(text, "log.csv"))
    assert loaded.of_epoch(2).kind == "multi_label"


def test_one_epoch_is_no_epochs_and_a_column_set_to_none_is_not_used() -> None:
    loaded = load(read_columns(b"epoch,y_true,y_pred\n3,0,0.5\n3,1,0.25\n", "log.csv"))
    assert loaded.epochs is None
    assert loaded.predictions.n_samples == 2
    with pytest.raises(InputError, match="several epochs"):
        loaded.of_epoch(3)
    table = read_columns(FILES["log.csv"], "log.csv")
    loaded = to_predictions(table, Roles(labels=("y_true",), outputs=("y_pred",)))
    assert loaded.epochs is None
    assert loaded.predictions.n_samples == 6


def test_an_epoch_that_the_file_does_not_have_is_refused() -> None:
    loaded = load(read_columns(FILES["log.csv"], "log.csv"))
    with pytest.raises(InputError, match=r"Got 3\. Choose one from 1 to 4"):
        loaded.of_epoch(3)


@pytest.mark.parametrize(
    ("cell", "received"),
    [
        ("1.5", "1.5 in row 1"),
        ("nan", "nan in row 1"),
        ("-1", "-1 in row 1"),
        ("first", "words"),
        ("1000001", "1000001 in row 1"),
        ("inf", "inf in row 1"),
    ],
)
def test_what_is_no_epoch_is_named_with_its_row_and_the_remedy(cell: str, received: str) -> None:
    table = read_columns(f"epoch,y_true,y_pred\n1,0,0.5\n{cell},1,0.5\n".encode(), "log.csv")
    with pytest.raises(InputError) as caught:
        to_predictions(table, Roles(labels=("y_true",), outputs=("y_pred",), epoch="epoch"))
    assert str(caught.value) == (
        "`epoch` must hold whole numbers from 0 to 1,000,000, one per row. "
        f"Got {received}. Correct the column of epochs, or set the epoch to none."
    )


def test_the_ends_of_the_range_are_epochs() -> None:
    found = find_epochs(Column(np.array([0, 1_000_000])), "epoch", None)
    assert found is not None
    assert found.numbers == (0, 1_000_000)


def test_lists_and_bools_are_no_epochs() -> None:
    for column, received in (
        (Column(np.eye(2)), "2 numbers per row"),
        (Column(np.array([True, False])), "dtype bool"),
    ):
        with pytest.raises(InputError, match=received):
            find_epochs(column, "epoch", None)


def test_a_missing_epoch_is_refused_with_its_row_or_its_row_left_out() -> None:
    text = b"epoch,y_true,y_pred\n1,0,0.5\n,1,0.25\n2,1,\n2,1,0.75\n"
    table = read_columns(text, "log.csv")
    with pytest.raises(
        InputError, match=r"2 of 4 rows, the first is row 1 \(y_pred: 1, epoch: 1\)"
    ):
        load(table)
    loaded = load(table, missing="drop")
    assert loaded.n_dropped == 2
    assert by_epoch(loaded) == {1: [0.5], 2: [0.75]}


def test_a_fault_in_a_row_that_is_left_out_does_not_count_and_rows_are_numbered_in_the_file():
    loaded = load(
        read_columns(b"epoch,y_true,y_pred\n1,0,0.5\n1.5,1,\n2,1,0.75\n", "log.csv"), missing="drop"
    )
    assert by_epoch(loaded) == {1: [0.5], 2: [0.75]}
    table = read_columns(b"epoch,y_true,y_pred\n1,0,\n1,1,0.5\n2.5,1,0.75\n", "log.csv")
    with pytest.raises(InputError, match=r"2\.5 in row 2"):
        load(table, missing="drop")


def test_epochs_are_bounded() -> None:
    numbers = np.arange(MOST + 1, dtype=np.int32)
    found = find_epochs(Column(numbers[:-1].copy()), "epoch", None)
    assert found is not None
    assert len(found.rows) == MOST
    with pytest.raises(InputError, match=r"at most 10,000 epochs\. Got 10,001 different numbers"):
        find_epochs(Column(numbers), "epoch", None)


def test_the_name_speaks_but_times_and_words_are_not_guessed() -> None:
    def guessed(title: str, *cells: object) -> str | None:
        lines = [f"{cell},0,0.5" for cell in cells]
        text = "\n".join([f"{title},y_true,y_pred", *lines])
        return guess_roles(read_columns(text.encode(), "log.csv")).epoch

    assert guessed("Epoch", 1, 2) == "Epoch"
    assert guessed("epochs", 0, 0) == "epochs"
    assert guessed("epoch", 1, 1.5) == "epoch"  # refused later, rather than mixed
    assert guessed("step", 1, 2) is None
    assert guessed("epoch", 1_700_000_000, 1_700_000_001) is None
    assert guessed("epoch", "one", "two") is None


def test_a_column_has_one_role_only() -> None:
    table = read_columns(FILES["log.csv"], "log.csv")
    for roles, words in (
        (Roles(labels=("epoch",), outputs=("y_pred",), epoch="epoch"), "a single role"),
        (Roles(labels=("y_true",), outputs=("y_pred",), epoch="nope"), "nope"),
    ):
        with pytest.raises(InputError, match=words):
            to_predictions(table, roles)


def test_a_column_of_epochs_is_never_guessed_as_labels_or_outputs() -> None:
    found = guess_roles(read_columns(b"epoch,a,b\n1,0,0.5\n1,1,0.25\n2,0,0.75\n", "log.csv"))
    assert found == Roles(labels=("a",), outputs=("b",), epoch="epoch")
