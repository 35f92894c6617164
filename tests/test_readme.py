"""The README's code is what a reader types: it runs, and the page reads what it writes."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from metrics_core.evaluation import evaluate
from metrics_core.reading import guess_roles, read_columns, to_predictions

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^([^\n]+):\n\n```python\n(.*?)```", README, re.MULTILINE | re.DOTALL))
RANDOM = np.random.default_rng(1)
X = RANDOM.normal(size=(80, 3))
Y = (X[:, 0] > 0).astype(int)


def read_back(folder):
    table = read_columns(folder / "outputs.npz", "outputs.npz")
    roles = guess_roles(table)
    assert roles.sure
    return to_predictions(table, roles).predictions


def test_the_keras_lines_write_a_file_that_the_page_reads(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outputs = RANDOM.random((80, 1)).astype("f4")
    exec(
        BLOCKS["Keras"],
        {"model": SimpleNamespace(predict=lambda _: outputs), "x_test": X, "y_test": Y},
    )
    data = read_back(tmp_path)
    assert data.kind == "binary"
    assert data.y_pred.dtype == np.float32
    expected = np.mean((outputs[:, 0] > 0.5) == Y)
    assert evaluate(data, "binary_accuracy").result == pytest.approx(expected)


@pytest.mark.parametrize("names", [np.array([0, 1]), np.array([3, 5]), np.array(["cat", "dog"])])
def test_the_scikit_learn_lines_keep_the_order_of_the_classes(tmp_path, monkeypatch, names):
    monkeypatch.chdir(tmp_path)
    classifier = LogisticRegression().fit(X, names[Y])
    exec(BLOCKS["scikit-learn"], {"classifier": classifier, "x_test": X, "y_test": names[Y]})
    data = read_back(tmp_path)
    assert data.kind == "sparse"
    assert data.class_names == tuple(str(name) for name in names)
    made = evaluate(data, "sparse_categorical_accuracy")
    assert made.result == pytest.approx(classifier.score(X, names[Y]))


def test_the_sweep_runs_as_shown(capsys):
    exec(BLOCKS["Sweeps know every threshold, and merge"], {})
    first, second = capsys.readouterr().out.splitlines()
    assert first == "0.5 0.75"
    assert second.startswith("[('accuracy', 0.75, ")


def test_the_core_runs_as_shown(capsys):
    exec(BLOCKS["The core needs numpy alone"], {})
    assert capsys.readouterr().out.splitlines() == [
        "5.0 6.0 0.8333333333333334",
        "0.6000 is above 0.5, so class 1; the label is 0: wrong",
    ]


def test_every_make_target_that_the_readme_names_exists():
    makefile = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"make ([a-z-]+)", README))
    assert {"run", "test", "check", "check-core", "bench"} <= named <= targets


def commands(text: str) -> list[str]:
    """Every block of code and every table of targets, without comments on the lines of a shell."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [code if kind else re.sub(r" +#.*", "", code) for kind, code in blocks]


def spans(text: str) -> set[str]:
    """What stands between backticks outside of blocks, whatever line it breaks on."""
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return {" ".join(span.split()) for span in re.findall(r"`[^`]+`", prose)}


def test_the_chinese_readme_has_the_same_code_and_commands():
    assert commands(CHINESE) == commands(README)
    english, chinese = (spans(text) for text in (README, CHINESE))
    assert (chinese - english, english - chinese) == (set(), set())
    assert README.count("\n## ") == CHINESE.count("\n## ")


def test_the_two_readmes_lead_to_one_another_and_to_files_that_exist():
    for text, other in ((README, "README.zh.md"), (CHINESE, "README.md")):
        files = re.findall(r"\]\(([^)#:]+)\)", text)
        assert other in files
        assert [name for name in files if not (ROOT / name).exists()] == []
