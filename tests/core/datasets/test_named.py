"""An operator's data sets: what has a name, and what cannot be reached."""

from __future__ import annotations

import os

import fsspec
import pytest

from metrics_core.datasets.places.finding import shards_at
from metrics_core.datasets.places.named import named
from metrics_core.errors import InputError
from tests.core.datasets.files import written

ROWS = {"y_true": [0, 1], "y_pred": [0.25, 0.75]}


@pytest.fixture
def data(tmp_path):
    """Two folders with files and one file, in a folder; and a file outside of it."""
    for name in ("data/first", "data/second/part=1", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
    written(tmp_path / "data" / "first", ROWS, ROWS)
    written(tmp_path / "data" / "second" / "part=1", ROWS)
    written(tmp_path / "elsewhere", ROWS)
    (tmp_path / "data" / "first" / "notes.txt").write_text("none")
    written(tmp_path, ROWS)
    (tmp_path / "part-0.parquet").rename(tmp_path / "data" / "alone.parquet")
    return tmp_path / "data"


def names(found):
    return {name: [shard.name for shard in each.shards] for name, each in found.items()}


def test_a_folder_has_a_data_set_for_each_folder_and_file_in_it(data):
    assert names(named(str(data))) == {
        "alone": ["alone.parquet"],
        "first": ["first/part-0.parquet", "first/part-1.parquet"],
        "second": ["second/part=1/part-0.parquet"],
    }


def test_a_place_with_a_name_is_one_data_set(data):
    found = named(f"all={data}; one = {data}/first/*-1.parquet ;{data}/second")
    assert names(found) == {
        "all": [
            "alone.parquet", "first/part-0.parquet", "first/part-1.parquet",
            "second/part=1/part-0.parquet",
        ],
        "one": ["part-1.parquet"],
        "part=1": ["part=1/part-0.parquet"],
    }  # fmt: skip


def test_links_that_lead_out_are_not_followed(data):
    outside = data.parent / "elsewhere"
    (data / "first" / "leak.parquet").symlink_to(outside / "part-0.parquet")
    (data / "leaked").symlink_to(outside)
    (data / "first" / "within.parquet").symlink_to(data / "alone.parquet")
    found = names(named(str(data)))
    assert sorted(found) == ["alone", "first", "second"]
    assert "first/leak.parquet" not in found["first"]
    assert "first/within.parquet" in found["first"]
    assert names(named(f"out={data}/leaked/../first/*leak.parquet")) == {}


def test_another_version_where_a_file_changed(data):
    before = named(str(data))["alone"].version
    assert named(str(data))["alone"].version == before
    os.utime(data / "alone.parquet", (1, 1))
    assert named(str(data))["alone"].version != before


def test_two_of_one_name_are_refused(data):
    with pytest.raises(InputError, match=r"ACCURACY_LENS_DATA.*alone twice"):
        named(f"{data};alone={data}/first")


def test_what_cannot_be_opened_is_refused():
    with pytest.raises(InputError, match="must name places that can be reached") as refused:
        named("nosuch://secret-bucket")
    assert "secret-bucket" not in str(refused.value)
    assert "secret-bucket" in str(refused.value.__cause__)
    assert named("") == {}


def test_files_elsewhere_are_read_through_fsspec(data):
    files = fsspec.filesystem("memory")
    for path in (data / "first").glob("*.parquet"):
        files.pipe(f"/bucket/run/{path.name}", path.read_bytes())
    try:
        found = named("memory://bucket")
        assert names(found) == {"run": ["run/part-0.parquet", "run/part-1.parquet"]}
        with found["run"].shards[0].open() as file:
            assert file.metadata.num_rows == 2
        assert len(shards_at(["memory://bucket/run/part-*.parquet"])) == 2
    finally:
        files.rm("/bucket", recursive=True)


@pytest.mark.parametrize("folder", ["_temporary/0/task_1", ".spark-staging-7", "_old/day=1"])
def test_what_lies_in_hidden_folders_counts_only_where_they_are_named(data, folder):
    hidden = data / "first" / folder
    hidden.mkdir(parents=True)
    written(hidden, ROWS)
    assert len(shards_at([str(data / "first")])) == 2
    assert len(named(str(data))["first"].shards) == 2
    assert len(shards_at([f"{data}/first/*.parquet", f"{data}/first/**/*.parquet"])) == 2
    assert len(shards_at([str(hidden)])) == len(shards_at([f"{hidden}/*.parquet"])) == 1
    partition = data / "first" / "_key=_x"
    partition.mkdir()
    written(partition, ROWS)
    assert len(shards_at([str(data / "first")])) == 3


@pytest.mark.parametrize(
    ("log", "kind"),
    [
        ("_delta_log/00000000000000000000.json", "Delta"),
        ("_delta_log/00000000000000000010.checkpoint.parquet", "Delta"),
        ("metadata/v2.metadata.json", "Iceberg"),
        (".hoodie/hoodie.properties", "Hudi"),
    ],
)
def test_a_table_whose_folder_has_files_that_count_no_longer_is_refused(data, log, kind):
    place = data / "second" / log
    place.parent.mkdir()
    place.write_text("{}")
    found = named(f"{data};more={data}/second")
    for name in ("second", "more"):
        assert len(found[name].shards) == 1
        with pytest.raises(InputError, match=f"`{name}` must be .* all count. Got a {kind} table"):
            found[name].check()
    found["first"].check()
    with pytest.raises(InputError, match=f"Got a {kind} table"):
        shards_at([str(data / "second")])
    if kind != "Iceberg":
        with pytest.raises(InputError, match=f"Got a {kind} table"):
            shards_at([f"{data}/second/part=*/*.parquet"])
    assert len(shards_at([str(data / "second" / "part=1" / "part-0.parquet")])) == 1
