"""Files at addresses: what is fetched of them, and what is said of those that are not reached."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from threading import Event

import fsspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.spec import AbstractBufferedFile

from metrics_core.datasets import elsewhere as answers
from metrics_core.datasets.blocks import blocks_of
from metrics_core.datasets.columns.asked import Asked
from metrics_core.datasets.places import finding
from metrics_core.datasets.places.finding import shard_of, shards_at
from metrics_core.datasets.places.named import named
from metrics_core.errors import InputError
from tests.core.datasets.files import NO_WEIGHT, written

ROWS = {"y_true": [0, 1], "y_pred": [0.25, 0.75]}


class Elsewhere(MemoryFileSystem):
    """Another machine: what it lets us do, and how often it was asked about one file."""

    protocol = "elsewhere"
    store, pseudo_dirs = {}, [""]
    listing = reading = None
    asked = 0

    @classmethod
    def _strip_protocol(cls, path):
        return super()._strip_protocol(path.removeprefix("elsewhere://"))

    def find(self, path, **options):
        """All files, unless it says no."""
        if self.listing is not None:
            raise self.listing
        return super().find(path, **options)

    def info(self, path, **options):
        """What is known of one file."""
        type(self).asked += path.endswith(".parquet")
        return super().info(path, **options)

    def open(self, path, *args, **options):
        """A file, unless it says no."""
        if self.reading is not None:
            raise self.reading
        return super().open(path, *args, **options)


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """The files of a folder at an address."""
    fsspec.register_implementation("elsewhere", Elsewhere, clobber=True)
    files = Elsewhere()
    for shard in written(tmp_path, ROWS, ROWS):
        files.pipe(f"/bucket/run/{shard.name}", Path(shard.path).read_bytes())
    monkeypatch.setattr(Elsewhere, "asked", 0)
    yield Elsewhere
    Elsewhere.store.clear()


class Ranged(AbstractBufferedFile):
    """A file of which parts are fetched."""

    fetched = 0

    def _fetch_range(self, start, end):
        type(self).fetched += end - start
        return self.fs.store[self.path].getvalue()[start:end]


def test_of_a_file_elsewhere_only_the_columns_that_are_read_are_fetched(elsewhere, monkeypatch):
    rng = np.random.default_rng(0)
    rows = {f"x{each}": rng.random(50_000) for each in range(20)}
    into = io.BytesIO()
    table = pa.table({"y_true": [0, 1] * 25_000, "y_pred": rng.random(50_000), **rows})
    pq.write_table(table, into, row_group_size=10_000)
    Elsewhere().pipe("/bucket/run/wide.parquet", into.getvalue())
    (shard,) = shards_at(["elsewhere://bucket/run/wide.parquet"])

    def ranged(files, path, **options):
        return Ranged(files, path, **options)

    monkeypatch.setattr(elsewhere, "open", ranged)
    assert sum(len(block.labels) for block in blocks_of(shard, Asked(columns=NO_WEIGHT))) == 50_000
    assert 0 < Ranged.fetched < len(into.getvalue()) / 5


def test_a_file_system_that_knows_no_cache_is_read(elsewhere, monkeypatch):
    (shard, _) = shards_at(["elsewhere://bucket/run"])

    def plain(files, path):
        return MemoryFileSystem.open(files, path)

    monkeypatch.setattr(elsewhere, "open", plain)
    assert len(list(blocks_of(shard, Asked(columns=NO_WEIGHT)))) == 1


REFUSALS = [
    (PermissionError("Forbidden"), "no right to list"),
    (FileNotFoundError("NoSuchBucket"), "must lie in a bucket or a folder that is there"),
    (RuntimeError("Unable to locate credentials\nin 3 places"), "Unable to locate credentials. C"),
    (RuntimeError('no answer: "https://bucket.example/run?token=hush"'), 'bucket.example/run".'),
]


@pytest.mark.parametrize(("raised", "said"), REFUSALS)
def test_a_place_that_does_not_answer_is_refused_in_a_sentence(
    elsewhere, monkeypatch, raised, said
):
    monkeypatch.setattr(elsewhere, "listing", raised)
    with pytest.raises(InputError) as refused:
        shards_at(["elsewhere://bucket/run"])
    assert said in str(refused.value)
    assert "hush" not in str(refused.value)
    assert "\n" not in str(refused.value)
    with pytest.raises(InputError, match="must name places that can be reached"):
        named("all=elsewhere://bucket/run")


def test_a_file_that_may_not_be_read_is_named(elsewhere, monkeypatch):
    (shard, _) = shards_at(["elsewhere://bucket/run"])
    monkeypatch.setattr(elsewhere, "reading", PermissionError("Forbidden"))
    with (
        pytest.raises(InputError, match=r"part-0.parquet` must be open to the account.*no right"),
        shard.open(),
    ):
        pass


class Broken:
    """An open file, until bytes are asked for."""

    def __init__(self, file, fails):
        self._file, self._fails = file, fails

    def __getattr__(self, name):
        return getattr(self._file, name)

    def read(self, *_):
        """No bytes, but what goes wrong."""
        return self._fails()


def raising(error):
    """What raises an error."""

    def fails():
        raise error

    return fails


ON_THE_WAY = [OSError(22, "Bad key HUSH"), RuntimeError("no answer: https://HUSH@bucket.example")]


@pytest.mark.parametrize("error", ON_THE_WAY)
@pytest.mark.parametrize("where", ["open", "read"])
def test_a_file_that_is_not_reached_is_not_taken_for_a_damaged_one(
    elsewhere, monkeypatch, where, error
):
    (shard, _) = shards_at(["elsewhere://bucket/run"])
    if where == "open":
        monkeypatch.setattr(elsewhere, "reading", error)
    else:
        real = elsewhere.open
        monkeypatch.setattr(
            elsewhere, "open", lambda *given, **_: Broken(real(*given), raising(error))
        )
    with pytest.raises(InputError) as refused:
        list(blocks_of(shard, Asked(columns=NO_WEIGHT)))
    said = str(refused.value)
    assert "`part-0.parquet` must be reached while it is read." in said
    assert type(error).__name__ in said
    assert "HUSH" not in said
    monkeypatch.undo()
    assert len(list(blocks_of(shard, Asked(columns=NO_WEIGHT)))) == 1


def test_a_file_that_is_gone_or_damaged_there_is_said_to_be(elsewhere):
    (gone, damaged) = shards_at(["elsewhere://bucket/run"])
    files = Elsewhere()
    files.rm("/bucket/run/part-0.parquet")
    files.pipe("/bucket/run/part-1.parquet", b"no Parquet at all" * 9)
    with pytest.raises(InputError, match=r"part-0.parquet` must be there"), gone.open():
        pass
    with pytest.raises(InputError, match=r"part-1.parquet` must be a Parquet"), damaged.open():
        pass


def test_a_place_that_takes_a_question_and_never_answers_is_given_up(
    elsewhere, monkeypatch, request
):
    over = Event()
    request.addfinalizer(over.set)
    (shard, _) = shards_at(["elsewhere://bucket/run"])
    monkeypatch.setattr(answers, "ANSWER_SECONDS", 0.1)
    real = elsewhere.open
    monkeypatch.setattr(elsewhere, "open", lambda *given, **_: Broken(real(*given), over.wait))
    with pytest.raises(InputError, match=r"reached while it is read\. Got the error TimeoutError"):
        list(blocks_of(shard, Asked(columns=NO_WEIGHT)))
    monkeypatch.setattr(elsewhere, "find", lambda *_, **__: over.wait())
    with pytest.raises(InputError, match=r"/bucket/run: TimeoutError\. Check the address"):
        shards_at(["elsewhere://bucket/run"])


def test_a_listing_is_not_answered_from_the_one_before(elsewhere, monkeypatch):
    kept = {}

    def glob(files, path, **options):
        return kept.setdefault(path, MemoryFileSystem.glob(files, path, **options))

    monkeypatch.setattr(elsewhere, "glob", glob)
    monkeypatch.setattr(elsewhere, "invalidate_cache", lambda *_: kept.clear())
    pattern = "all=elsewhere://bucket/run/*.parquet"
    before = named(pattern)["all"]
    Elsewhere().rm("/bucket/run/part-1.parquet")
    after = named(pattern)["all"]
    assert (len(before.shards), len(after.shards)) == (2, 1)
    assert before.version != after.version


def test_a_listing_is_one_and_has_a_bound(elsewhere, monkeypatch):
    assert len(named("all=elsewhere://bucket/run")["all"].shards) == 2
    assert elsewhere.asked == 0
    monkeypatch.setattr(finding, "MOST_FILES", 1)
    with pytest.raises(InputError, match=r"at most 1 files\. Got 2 files in "):
        shards_at(["elsewhere://bucket/run"])


def test_secrets_in_an_address_are_not_repeated():
    for address in ("s3://KEY:HUSH@bucket/*.parquet", "nosuch://me:HUSH@bucket"):
        with pytest.raises(InputError) as refused:
            shards_at([address])
        assert "HUSH" not in str(refused.value)
        assert "bucket" in str(refused.value)
    assert shard_of(None, "a/b.parquet", "b.parquet?token=HUSH").name == "b.parquet"


def test_an_address_whose_package_is_missing_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(InputError, match=r"not installed\. Install .*`pip install s3fs`"):
        shards_at(["s3://bucket/part-*.parquet"])


def test_a_file_that_ends_within_its_rows_is_a_sentence(tmp_path):
    (shard,) = written(tmp_path, {"y_true": [0, 1] * 5000, "y_pred": [0.25, 0.75] * 5000})
    content = bytearray((tmp_path / shard.name).read_bytes())
    content[10:60] = bytes(50)
    (tmp_path / shard.name).write_bytes(content)
    with pytest.raises(InputError, match=r"part-0.parquet` must be a Parquet file"):
        list(blocks_of(shard, Asked(columns=NO_WEIGHT)))
