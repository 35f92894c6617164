"""A server whose own metrics are wrong does not start; one whose metrics are right does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from accuracy_lens.components.five_steps import step_choices
from accuracy_lens.components.fractions import count_words
from accuracy_lens.components.sample_table import sample_table
from accuracy_lens.explore.metrics.cards import fitting_card
from accuracy_lens.serve import custom_metrics
from metrics_core.catalog.custom import remove_file, rows_of
from metrics_core.catalog.rows import CATALOG
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps

ROOT = Path(custom_metrics.__file__).parents[2]
DATA = Predictions.of([0, 1, 1], [0.25, 0.5, 0.75])


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("x = 1\ndef f(y_true, y_pred:\n    return 1\n", 2, "SyntaxError"),
        ("def gap(y_true, y_pred):\n    return 1\n\ndef f(a):\n    return a\n", 4, "f(a)"),
        ("import no_such_module_here\n", 1, "No module named"),
    ],
)
def test_the_server_refuses_a_wrong_file_with_file_line_and_reason(
    tmp_path, monkeypatch, text, line, reason
):
    from accuracy_lens.serve import server

    path = tmp_path / "my_metrics.py"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv(custom_metrics.VARIABLE, str(path))
    monkeypatch.setattr(server, "share_one_arena", lambda: None)
    monkeypatch.setattr("sys.argv", ["server", "--port", "0"])
    with pytest.raises(SystemExit) as ended:
        server.main()
    assert ended.value.code.startswith(f"`{custom_metrics.VARIABLE}` must ")
    assert f"{path}, line {line}: " in ended.value.code
    assert reason in ended.value.code


def test_the_server_refuses_a_file_that_is_not_there(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-m", "accuracy_lens.serve.server", "--port", "0"],
        cwd=ROOT,
        env=os.environ | {custom_metrics.VARIABLE: str(tmp_path / "none.py")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"`{custom_metrics.VARIABLE}` must ")
    assert "none.py: No such file or directory" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "ready at" not in ended.stdout


def test_without_the_variable_nothing_is_added(monkeypatch):
    before = list(CATALOG)
    for value in (None, ""):
        monkeypatch.delenv(custom_metrics.VARIABLE, raising=False)
        if value is not None:
            monkeypatch.setenv(custom_metrics.VARIABLE, value)
        custom_metrics.add_own_metrics()
    assert list(CATALOG) == before


def test_the_readme_shows_functions_that_are_taken(tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    path = tmp_path / "my_metrics.py"
    path.write_text(readme.split("file `my_metrics.py`:\n\n```python\n")[1].split("```")[0])
    rows = rows_of(str(path))
    assert [row.name for row in rows] == ["clear_hit", "spread"]
    assert all(str(row.words).endswith(".") and not row.comparison.takes_weight for row in rows)
    labels, scores = DATA.labels, DATA.outputs
    assert rows[0].comparison.values(labels, scores, None).tolist() == [True, False, True]
    assert rows[1].comparison.values(labels, scores, None) == scores.std()


@pytest.fixture
def own(tmp_path, monkeypatch):
    path = tmp_path / "my_metrics.py"
    path.write_text(
        "def gap(y_true, y_pred):\n    return abs(y_true - y_pred)\n"
        "def peak(y_true, y_pred):\n    return y_pred.max()\n",
        encoding="utf-8",
    )
    monkeypatch.setenv(custom_metrics.VARIABLE, str(path))
    custom_metrics.add_own_metrics()
    yield
    remove_file(str(path))


@pytest.mark.parametrize(
    ("name", "how", "count", "averaged"),
    [
        ("gap", None, "sum 1 over 3", "mean"),
        ("peak", None, "one value for 3 samples", "the value itself"),
        ("peak", "per_class", "one value for 3 samples", "the value itself"),
        ("peak", "batch_means", "mean of 2 batches", "mean of batches of 2, then of the batches"),
    ],
)
def test_a_card_says_what_its_number_is_made_of(own, name, how, count, averaged):
    made = evaluate(DATA, name, Settings(aggregation=how, batch_size=2))
    assert str(count_words(made)) == count
    card = fitting_card(made, None, [])
    assert (card["title"], card["accuracy"]) == (name.capitalize(), False)
    choices = [str(choice) for choice, _ in step_choices(made)]
    assert choices == ["3 samples", "none", "none", f"{name}(y_true, y_pred)", averaged]


def test_the_table_of_samples_takes_own_rows(own):
    made = {name: evaluate(DATA, name) for name in ("binary_accuracy", "gap", "peak")}
    table = sample_table(DATA, Steps(DATA), made)
    assert table.num_rows == 3
    assert "right_gap" not in table.column_names
