"""Every page opens on whatever the reader accepts: no unforeseen error, whatever the values."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from accuracy_lens.frame.upload import confirming, opened
from accuracy_lens.frame.upload.confirming import preview
from accuracy_lens.view.pages import CLASSES, COMPARE, DOCTOR, METRICS, NUMBER, THRESHOLDS, WHICH
from accuracy_lens.view.state import Upload
from metrics_core.errors import InputError
from metrics_core.reading import RawTable, Roles, to_predictions
from metrics_core.reading.table import Column
from tests.app.conftest import APP, Lens
from tests.every import every

PAGES = (METRICS, THRESHOLDS, CLASSES, COMPARE, WHICH, NUMBER, DOCTOR)
NAN, INF = np.nan, np.inf
RNG = np.random.default_rng(0)
VIEWS = (
    {}, {"activation": "sigmoid"}, {"activation": "softmax"}, {"weighted": "true"},
    {"threshold": "1e300"}, {"intervals": "true", "weighted": "true"}, {"k": "3"},
)  # fmt: skip


def file_of(y_true, y_pred, weight=None, kind=None):
    """An upload of these arrays, whose columns are confirmed; InputError where it is refused."""
    arrays = {"y_true": y_true, "y_pred": y_pred, "sample_weight": weight}
    columns = {
        name: Column(np.asarray(array)) for name, array in arrays.items() if array is not None
    }
    rows = len(columns["y_true"].data)
    table = RawTable(name="x.npz", format="NPZ", n_rows=rows, columns=columns)
    of_weight = None if weight is None else "sample_weight"
    roles = Roles(labels=("y_true",), outputs=("y_pred",), weight=of_weight)
    with np.errstate(all="ignore"):
        return Upload(table, roles, to_predictions(table, roles, kind=kind))


@contextmanager
def visited(upload, **query) -> Iterator[Lens]:
    """A visit that begins with a file."""
    end = opened.offer(upload)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # of numbers beyond the largest
            yield Lens(**query)
    finally:
        end()


def turn(lens: Lens, page) -> Lens:
    lens.app.switch_page(page.script)
    return lens.run()


CASES = {
    "scores that are far apart": (file_of([0, 1, 1, 0], [1e308, -1e308, 1e300, 3.0]), METRICS),
    "scores that are close": (file_of([0, 1, 1, 0], [5e-324, 0.0, -5e-324, 1e-310]), METRICS),
    "a label that is NaN": (file_of([0, NAN, 1], RNG.random((3, 3))), METRICS),
    "a label that is infinite": (file_of([INF], [[INF, 0.5, 0.25]], [0.0]), METRICS),
    "the largest label": (file_of(np.full(3, 2**64 - 1, np.uint64), RNG.random((3, 3))), DOCTOR),
    "no weight": (file_of([0, 1, 1], [0.2, 0.8, 0.4], [0.0, 0.0, 0.0]), THRESHOLDS),
    "all NaN": (file_of([0, 1, 1], [NAN, NAN, NAN]), THRESHOLDS),
    "one row": (file_of([1], [0.5]), THRESHOLDS),
}


@every("name", CASES)
def test_values_at_the_edge_of_what_a_number_can_be(name):
    upload, page = CASES[name]
    with visited(upload) as lens:
        if page is not METRICS:
            turn(lens, page)
        assert not [error for error in lens.errors if "must be a number. Got nan" in error]


@every("highest", [4096, 10**9, 2**62])
def test_more_classes_than_are_counted_are_refused_before_anything_is_named(highest):
    dtype = np.uint64
    upload = file_of(np.array([highest, 5], dtype), np.array([3, highest], dtype))
    with visited(upload) as lens:
        turn(lens, CLASSES)
        (error,) = lens.errors
        assert f"from 1 to 4096. Got {highest + 1}" in error


@every("weight", [1e-320, 1e-39, 3.5e38, 1e308])
def test_weights_that_keras_cannot_hold_are_refused_in_a_sentence(weight):
    with pytest.raises(InputError, match="the numbers of float32"):
        file_of([0, 1], [0.2, 0.8], [weight, 1.0])


POOL = (NAN, INF, -INF, 0.0, -0.0, 1.0, 0.5, 1e-320, 1e308, -1e308, 3.5e38, 1e-45, -7.0, 65504.0)
KINDS = (None, None, "binary", "one_hot", "sparse", "multi_label", "class_indices")


@st.composite
def values(draw, shape):
    """Fractions, or extremes of a dtype."""
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    dtype = np.dtype(draw(st.sampled_from(["f2", "f4", "f8", "i1", "u1", "i8", "u8", "b1"])))
    if dtype.kind == "b":
        return rng.random(shape) < 0.5
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        pool = (info.min, info.max, 0, 1, 2, 3, min(info.max, 10**9))
    else:
        pool = POOL
        if draw(st.booleans()):
            return rng.random(shape).astype(dtype)
    some = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=4))
    with np.errstate(over="ignore"):
        return np.array(some, object).astype(dtype)[rng.integers(0, len(some), shape)]


@st.composite
def labels(draw, n, classes):
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    match draw(st.sampled_from(["index", "hot", "several", "constant", "beyond", "extreme"])):
        case "index":
            return rng.integers(0, classes, n)
        case "hot":
            return np.eye(classes)[rng.integers(0, classes, n)]
        case "several":
            return rng.integers(0, 2, (n, classes))
        case "constant":
            return np.full(n, draw(st.integers(0, 1)))
        case "beyond":
            return rng.choice([0, 1, 2, -1, 10**9, 2**62], n)
    return draw(values((n,) if draw(st.booleans()) else (n, classes)))


@st.composite
def files(draw):
    n, classes = draw(st.sampled_from([1, 2, 3, 5, 40])), draw(st.sampled_from([1, 2, 3, 5, 12]))
    y_true = draw(labels(n, max(2, classes)))
    y_pred = draw(values((n,) if classes == 1 else (n, classes)))
    if draw(st.integers(0, 9)) == 0:
        y_pred = draw(labels(n, max(2, classes)))
    weight = draw(st.sampled_from([None, None, (1.0,), (0.0,), (0.0, 1.0), (1.2e-38, 3.4e38)]))
    if weight is not None:
        weight = np.resize(weight, n)
    try:
        return file_of(y_true, y_pred, weight, draw(st.sampled_from(KINDS)))
    except InputError:
        return None


def opens_every_page(upload, query):
    if upload is None:
        return
    with visited(upload, **query) as lens:
        for page in PAGES[1:]:
            turn(lens, page)


GIVEN = {"upload": files(), "query": st.sampled_from(VIEWS)}
CHECKS = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=8, **CHECKS)
@given(**GIVEN)
def test_every_page_opens_on_what_the_reader_accepts(upload, query):
    opens_every_page(upload, query)


@pytest.mark.long
@settings(max_examples=400, **CHECKS)
@given(**GIVEN)
def test_every_page_opens_on_much_of_what_the_reader_accepts(upload, query):
    opens_every_page(upload, query)


def test_the_first_rows_of_long_texts_are_cut():
    words = Column(np.zeros(10**6, np.int32), np.array(["x" * 50_000]))
    table = RawTable(name="x", format="CSV", n_rows=10**6, columns={"review": words})
    assert [len(cell) for cell in preview(table)["review"]] == [160] * 5


@every(
    "query", [{"sample": "1e400"}, {"sample": "9" * 400}, {"seed": "-1e999", "data": "generate"}]
)
def test_a_link_with_a_number_that_no_float_holds_opens_the_page(query):
    assert Lens(**query).board_is_there


def test_a_file_can_be_removed_after_an_unforeseen_error(monkeypatch):
    monkeypatch.setattr(confirming, "pick_roles", lambda *_: 1 / 0)
    table = RawTable(name="x", format="CSV", n_rows=1, columns={"y": Column(np.zeros(1))})
    end = opened.offer(Upload(table, Roles()))
    try:
        app = AppTest.from_file(str(APP), default_timeout=60).run()
        assert app.exception
        app.button(key="remove").click().run()
        assert not app.exception
        assert "No data yet" in "".join(each.value for each in app.markdown)
    finally:
        end()
