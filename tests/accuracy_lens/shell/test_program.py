"""The command line: each command for people and for programs, its errors and its exit codes."""

from __future__ import annotations

import io
import json
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from accuracy_lens.shell.program import WHERE, program, run
from metrics_core.evaluation import evaluate
from metrics_core.scenarios import scenario
from tests.every import every

ROOT = Path(__file__).parents[3]
TEN = ["--scenario", "ten-sigmoid-units"]
LOGITS = "y_true,y_pred\n" + "0,-3.0\n1,0.2\n0,-1.0\n1,2.5\n" * 9 + "0,0.1\n1,-0.5\n0,-2\n1,3\n"


@dataclass(frozen=True)
class Said:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def say(capsys, monkeypatch, tmp_path):
    """Run a command in an empty folder, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def call(*arguments: str) -> Said:
        code = run(arguments)
        return Said(code, *capsys.readouterr())

    return call


@pytest.fixture
def logits(tmp_path):
    (tmp_path / "logits.csv").write_text(LOGITS)
    return "logits.csv"


def documented() -> list[tuple[str, str]]:
    """Every example of every help text."""
    found = []
    commands = [(name, program.get_command(None, name)) for name in WHERE]
    for name, command in [("", program), *commands]:
        text = command.help.partition("Examples:")[2].partition("\n\n")[0]
        found += [(name, line.strip()) for line in text.splitlines() if line.strip()]
    return found


def test_every_help_has_examples_and_every_example_is_a_command():
    examples = documented()
    assert {name for name, _ in examples} == {"", *WHERE}
    for _, example in examples:
        words = shlex.split(example)
        assert words[0] == "accuracy-lens", example
        context = program.make_context(words[0], words[1:])
        given = [*context._protected_args, *context.args]
        name, command, rest = program.resolve_command(context, given)
        command.make_context(name, rest, parent=context)  # refuses what is no option or choice


def test_the_examples_of_what_prints_run(say, tmp_path):
    outputs = np.array([[0.9, 0.2], [0.3, 0.6], [0.4, 0.5], [0.8, 0.1]])
    np.savez(tmp_path / "outputs.npz", y_true=[0, 1, 1, 0], y_pred=outputs[:, 1].round(2))
    (tmp_path / "outputs.csv").write_text("label,score,p_cat,p_dog\n1,0.7,0.3,0.7\n0,0.2,0.8,0.2\n")
    rows = pa.table({"label": [0, 1, 1], "score": [0.25, 0.5, 0.75]})
    pq.write_table(rows, tmp_path / "part-0.parquet")
    for name, example in documented():
        if name in ("", "open", "report", "serve") or "ten-sigmoid" in example:
            continue
        said = say(*shlex.split(example)[1:])
        assert (said.code, said.err) == (0, ""), example
        assert said.out


def test_metrics_are_those_of_the_page(say):
    said = say("metrics", *TEN, "--json").json
    results = {row["name"]: row["result"] for row in said["metrics"]}
    data = scenario("ten-sigmoid-units").predictions()
    assert results["binary_accuracy"] == evaluate(data, "binary_accuracy").result == 0.9
    assert results["categorical_accuracy"] == 0.0998
    assert said["source"] == {"scenario": "ten-sigmoid-units"}
    assert said["data"]["digest"] == data.digest
    lines = say("metrics", *TEN).out.splitlines()
    assert re.split(r"\s{2,}", next(line for line in lines if line.startswith("Binary"))) == [
        "Binary accuracy", "0.9000", "90,000 of 100,000 elements", "binary_accuracy",
    ]  # fmt: skip


def test_settings_move_the_numbers(say, logits):
    def accuracy(*options):
        found = say("metrics", logits, "--json", *options).json["metrics"]
        return {row["name"]: row["result"] for row in found}["binary_accuracy"]

    assert accuracy() == 0.75
    assert accuracy("--threshold", "0") == accuracy("--activation", "sigmoid") == 0.95


def test_explain_tells_the_story_of_two_numbers(say):
    asked = ["explain", *TEN, "--printed", "0.90", "--own", "0.10"]
    said = say(*asked, "--json").json
    assert said["headline"].startswith("0.90 is Binary accuracy, 0.10 is Categorical accuracy.")
    assert said["share"] > 0.75
    assert said["differs_at"] == ["decision", "comparison"]
    assert said["numbers"] == {"printed": "0.90", "own": "0.10"}
    assert {name: rows[0]["variant"] for name, rows in said["recipes"].items()} == {
        "printed": "binary_accuracy", "own": "categorical_accuracy",
    }  # fmt: skip
    assert 0 <= said["chance"]["printed"] < 0.05
    assert list(said["recipes"]["own"][0]["steps"]) == [
        "outputs", "activation", "decision", "comparison", "aggregation",
    ]  # fmt: skip


def test_a_number_that_nothing_gives_has_the_nearest(say, logits):
    said = say("explain", logits, "--printed", "0.1234567", "--json").json
    assert said["headline"] == "None of the kinds of calculation tried gives 0.1234567."
    assert said["recipes"] == {"printed": []}
    assert len(said["nearest"]["printed"]) == 5
    assert said["elsewhere"]
    told = say("explain", logits, "--printed", "0.1234567").out
    assert "The recipes that come nearest" in told


@every(
    "options, code",
    [
        ((), 0),
        (("--fail-on", "serious"), 1),
        (("--fail-on", "note", "--threshold", "0"), 1),
        (("--fail-on", "serious", "--threshold", "0"), 0),
        (("--fail-on", "serious", "--mute", "AL012", "--mute", "al011"), 0),
    ],
)
def test_the_doctors_exit_code_is_for_ci(tmp_path, options, code):
    path = tmp_path / "logits.csv"
    path.write_text(LOGITS)
    assert run(["doctor", str(path), *options]) == code


def test_findings_for_programs_have_code_and_evidence(say, logits):
    said = say("doctor", logits, "--json", "--fail-on", "serious")
    found = said.json["findings"][0]
    assert (said.code, said.json["failed"]) == (1, True)
    assert (found["id"], found["severity"]) == ("AL012", "serious")
    assert found["the_number"] == "with a threshold of 0: 0.9500 instead of 0.7500"
    assert "AL012" not in [
        each["id"] for each in say("doctor", logits, "--json", "--mute", "AL012").json["findings"]
    ]


def test_releases_are_asked_with_the_loss_of_the_story(say):
    said = say("releases", *TEN, "--json").json
    printed = {row["release"]: row["printed"] for row in said["releases"]}
    assert said["loss"] == "binary_crossentropy"
    assert (printed["keras-2.2.4"], printed["keras-3.15.1"]) == ("0.9000", "0.0998")
    table = say("releases", *TEN, "--loss", "categorical_crossentropy").out
    assert 'model.compile(loss="categorical_crossentropy", metrics=["accuracy"])' in table


def test_lessons_are_listed_and_read(say):
    rows = say("lessons", "--json").json["lessons"]
    assert len(rows) == 12
    assert {"name", "title", "question", "minutes"} == set(rows[0])
    asked, solved = (
        say("lessons", "six-probabilities", *more).out for more in ((), ("--solution",))
    )
    assert "0.83" not in asked
    assert "0.83" in solved


def test_standard_input_is_a_file(say, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LOGITS.encode())))
    said = say("metrics", "-", "--json").json
    assert said["source"] == {"file": "stdin"}
    assert said["data"]["n_samples"] == 40


def test_columns_that_names_do_not_tell_are_to_be_named(say, tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,0.7\n0,0.2\n1,0.4\n0,0.1\n")
    said = say("metrics", "a.csv")
    assert said.code == 2
    assert "the guess is: --y-true a --y-pred b" in said.err
    named = say("metrics", "a.csv", "--y-true", "a", "--y-pred", "b", "--json")
    assert named.json["data"]["kind"] == "binary"


def test_a_name_in_a_file_cannot_steer_the_terminal(say, tmp_path):
    (tmp_path / "a.csv").write_text("y_true,p_\x1b[31mcat,p_dog\n1,0.3,0.7\n0,0.8,0.2\n", "utf-8")
    for command in (["metrics"], ["doctor"], ["metrics", "--y-true", "y_true", "--y-pred", "\x1b"]):
        said = say(command[0], "a.csv", *command[1:])
        assert "\x1b" not in said.out + said.err


@every(
    "arguments, sentence",
    [
        (
            ["metrics"],
            "`FILE` must be one file of outputs, or `--scenario` with a name. Got neither.",
        ),
        (["metrics", "no.csv"], "`FILE` must name a file that is there. Got no.csv."),
        (["metircs"], "`FILE` must name a file that is there. Got metircs."),
        (["metrics", "--foo"], "No such option"),
        (["metrics", "--scenario", "none"], "`scenario` must be one of "),
        (["metrics", *TEN, "--threshold", "nan"], "`threshold` must be a finite number. Got nan."),
        (["explain", *TEN], "Give --printed, --own, or both."),
        (["explain", *TEN, "--printed", "much"], "must be a number"),
        (["doctor", *TEN, "--mute", "AL999"], "`--mute` must be the code of a finding"),
        (["lessons", "none"], "`lesson` must be one of "),
        (["--host", "203.0.113.7"], "`--host` must be an address of this machine."),
        (["none.npz"], "`FILE` must name a file that is there."),
    ],
)
def test_an_error_is_one_sentence_with_exit_code_2(capsys, arguments, sentence):
    assert run([*arguments, *(["--lang", "en"] if "--foo" not in arguments else [])]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("accuracy-lens: ")
    assert sentence in err
    assert len(err.splitlines()) == 1


def test_the_language_is_that_of_the_shell_or_the_one_named(say, monkeypatch, logits):
    assert "Accuracies" in say("metrics", logits).out
    assert "准确率" in say("metrics", logits, "--lang", "zh").out
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "准确率" in say("metrics", logits).out
    assert "Accuracies" in say("metrics", logits, "-l", "en").out


def test_what_prints_needs_no_streamlit():
    code = """
import sys
from accuracy_lens.shell.program import run
for command in ("metrics", "doctor", "releases"):
    run([command, "--scenario", "binary-threshold"])
run(["explain", "--scenario", "binary-threshold", "--printed", "0.8333"])
run(["lessons"])
assert not {"streamlit", "tensorflow", "keras", "plotly"} & set(sys.modules)
"""
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_completion_is_there_for_the_shells(capsys, monkeypatch):
    for shell in ("bash", "zsh", "fish"):
        monkeypatch.setenv("_ACCURACY_LENS_COMPLETE", f"{shell}_source")
        with pytest.raises(SystemExit):
            program.main(prog_name="accuracy-lens")
        assert "accuracy-lens" in capsys.readouterr().out
