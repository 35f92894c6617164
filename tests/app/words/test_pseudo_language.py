"""Every page in a language of the tests: what stays English in it is said by no catalogue."""

from __future__ import annotations

import re

import pytest
import streamlit as st

from accuracy_lens.words import text
from metrics_core.counting.counts import FIGURES
from metrics_core.lessons.rows import lessons
from metrics_core.messages import COMMENT
from tests.app.training.training import opened, until
from tests.app.words.pseudo import MORE, Pseudo, in_pieces, shown, untranslated

NAMES = frozenset({
    "Accuracy Lens", "Keras", "TensorFlow", "tf.keras", "tf.keras of TensorFlow", "numpy",
    "PyTorch", "scikit-learn", "torchmetrics", "XGBoost", "LightGBM", "CatBoost", "PyTorch-Ignite",
    "PyTorch Lightning", "fastai", "Flax", "CLU", "Hugging Face evaluate", "Spark ML", "English",
    "CSV", "AL",
    "sigmoid", "softmax", "relu", "tanh", "adam", "sgd", "rmsprop", "inf", "nan",
})  # fmt: skip
"""Proper names, and what Keras and numpy call things. AL begins the code of a finding."""
SPELLINGS = frozenset({"acc", "ACC", "accuracy", "Accuracy", "linear", "hinge"})
"""What Keras calls things with an English word: allowed where it is a whole option or cell."""
_PRINTED = re.compile(
    r"(?<=\d: )(?:functional\.)?accuracy\b|(?<=\{customdata\} )accuracy\b|(?<=^⟦)accuracy(?=, ⟦)"
)
"""The name under which a release, a point of a chart or a column of its table reports a number."""
_SOURCE = re.compile(r"\w+(?:/\w+)+\.py\b")
"""A cell that says in which file of Keras, in which function and lines something stands."""
_CALL = re.compile(
    r"^(?:\w+\([^)]*\)|\w*error|\w+_\w+|functional\.accuracy)$|(?<= )\w+\([^)]*\)$"
    r"|(?<= )(?:(?:functional\.)?[Aa]ccuracy|\w*error)$"
)
"""The call of a library, as code, in a cell or after the name of the library."""
HIDDEN = frozenset({"trained", "file", "b_file", "view", "hidden", "locked", "cards", "seal"})
"""Fields that nobody sees: they keep a part of the address."""
DATA = frozenset({"a.csv", "left", "right", "upper", "lower", "benign", "malignant"})
"""Names of files and classes."""

PAGES = (
    "explore/metrics", "explore/thresholds", "explore/classes", "explore/compare",
    "explain/which_accuracy", "explain/number", "explain/doctor", "learn/lessons",
    "learn/training", "learn/help",
)  # fmt: skip
TEN = {"data": "generate", "kind": "multi-class-indices"}
MANY = {
    "data": "generate", "kind": "multi-label", "code": "true", "formula": "mean(y_pred)",
    "formula_code": "true", "sample": "3", "activation": "softmax",
}  # fmt: skip
CSV = b"y_true,y_pred\n0,0.2\n1,0.7\n1,0.4\n"


@pytest.fixture(autouse=True)
def pseudo_language(monkeypatch):
    st.cache_resource.clear()  # words that other visits left under the name of the language
    monkeypatch.setattr(text, "catalogue", lambda _: Pseudo())
    yield
    st.cache_resource.clear()


def plainly(said):
    """A text without what the language of the tests puts around a name."""
    return said.strip("⟦⟧").removesuffix(MORE).replace("\\", "")


def findings(lens):
    """What is not translated, or in pieces, with where it stands."""
    found = set()
    for where, said in shown(lens.app):
        kind = where.partition(".")[0]
        whole = plainly(said) in SPELLINGS and ("options" in where or kind == "dataframe")
        if whole or (kind == "text_input" and said in HIDDEN) or plainly(said) in DATA:
            continue
        if kind == "dataframe" and _SOURCE.match(said):
            continue
        if where.endswith("words.metrics") and said in FIGURES:  # each with its title
            continue
        if where.endswith("json.kept"):  # in a cookie: names of lessons and steps
            continue
        rest = re.sub(
            "|".join(map(re.escape, sorted(NAMES | {"a.csv"}, key=len)[::-1])),
            " ",
            said.replace("\\", ""),
        )
        rest = _CALL.sub("", _PRINTED.sub("", rest.replace("\\", "")))
        if words := untranslated(rest):
            found.add((where, said, *words))
        if in_pieces(said):
            found.add((where, said, "in pieces"))
    for code in lens.app.code:
        found |= {("code", note) for note in COMMENT.findall(code.value) if "⟦" not in note}
    return found


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("link", [{}, TEN], ids=["one output", "ten classes"])
def test_every_text_of_a_page_is_translated(visit, quick, page, link):
    lens = visit(**link)
    lens.app.switch_page(f"pages/{page}.py")
    assert findings(lens.run()) == set()


@pytest.mark.parametrize(
    "link", [MANY, {"data": "upload"}, {"view": "present"}, {"no_such_page": "0"}], ids=str
)
def test_every_text_of_a_view_is_translated(visit, link):
    assert findings(visit(**link)) == set()


@pytest.mark.parametrize("content", [CSV, b"\x80\x04K", b"y_true,y_pred\n0,0.2\nx,0.7\n"])
def test_every_text_about_a_file_is_translated(visit, content):
    lens = visit(data="upload").drop("a.csv", content)
    shown_names = {
        (*found[:2], *(w for w in found[2:] if w not in DATA)) for found in findings(lens)
    }
    assert {found for found in shown_names if len(found) > 2} == set()


def test_every_text_of_a_dialog_an_explanation_and_a_run_is_translated(visit, quick):
    assert findings(visit().click("prepare")) == set()
    lens = visit(explain_printed="0.6771", explain_own="0.5")
    lens.app.switch_page("pages/explain/number.py")
    assert findings(lens.run()) == set()
    quick.upto, quick.outcome = 2, None
    assert findings(until(opened(visit).click("train"), ", éṕóčĥ 1")) == set()


@pytest.mark.parametrize("name", lessons())
def test_every_text_of_a_lesson_is_translated(visit, name):
    lens = visit()
    lens.app.switch_page("pages/learn/lessons.py")
    lens.run().click(f"lesson_open_{name}")
    for _ in lessons()[name].steps:
        assert findings(lens) == set()
        lens.click("lesson_next")
        if any(button.key == "lesson_anyway" for button in lens.app.button):
            lens.click("lesson_anyway")
    assert findings(lens) == set()


def test_a_sentence_that_is_not_said_is_found(visit, monkeypatch):
    import streamlit as st

    real = st.caption
    monkeypatch.setattr(st, "caption", lambda body, **look: real(f"Not said: {body}", **look))
    found = findings(visit())
    assert any(said.startswith("Not said") for _, said, *_ in found)
