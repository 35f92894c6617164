"""What a visitor takes away is in the visitor's language: files for people, comments in code."""

from __future__ import annotations

import ast
import csv
import io
import json

import pyarrow.parquet
import pytest

from accuracy_lens.words.language import catalogue, later
from accuracy_lens.words.text import say, say_code
from metrics_core.scenarios import scenario


def test_files_are_titled_in_the_language_of_the_visit(visit, files):
    visit(lang="zh")
    chinese = {key: write() for key, write in files.items()}
    visit(lang="en")
    english = {key: write() for key, write in files.items()}

    titles, *rows = csv.reader(io.StringIO(chinese["csv"].decode("utf-8-sig")))
    assert titles[:3] == ["行", "标签", "输出"]
    assert "正确_binary_accuracy" in titles
    assert chinese["csv"].startswith(b"\xef\xbb\xbf")  # without it Excel reads GBK
    plain, *same = csv.reader(io.StringIO(english["csv"].decode()))
    assert plain[:3] == ["row", "label", "output"]
    assert rows == same

    said, meant = json.loads(chinese["json"]), json.loads(english["json"])
    first, second = said["metrics"][0], meant["metrics"][0]
    assert (first["title"], second["title"]) == ("二分类准确率", "Binary accuracy")
    assert {**first, "title": ""} == {**second, "title": ""}
    assert said["not_applicable"][0]["reason"] != meant["not_applicable"][0]["reason"]

    read = [pyarrow.parquet.read_table(io.BytesIO(each["parquet"])) for each in (chinese, english)]
    assert read[0] == read[1]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["no-activation", "classes-against-classes"])
def test_a_file_that_is_opened_again_shows_the_same(visit, files, name, language):
    before = visit(lang=language, scenario=name).values
    lens = visit(lang=language, data="upload").drop("samples.csv", files["csv"]()).click("use")
    assert lens.values == before


def test_code_has_chinese_comments_and_runs(visit):
    lens = visit(lang="zh", card="binary_accuracy_rounded", code="true")
    numpy_lines = lens.app.code[1].value
    assert "  # 四舍六入五成双" in numpy_lines
    data = scenario("no-activation").predictions()
    names = {"y_true": data.y_true, "y_pred": data.y_pred}
    exec(numpy_lines, names)
    assert f"{names['result']:.4f}" == lens.values["binary_accuracy_rounded"]


def test_only_the_comments_of_code_are_translated(monkeypatch):
    monkeypatch.setattr("accuracy_lens.words.text.current", lambda: "zh")
    code = 'a = "cannot overflow"  # cannot overflow\nb = 1  # no sentence of the catalogue'
    said = say_code(code)
    assert said.splitlines() == ['a = "cannot overflow"  # 不会溢出', code.splitlines()[1]]
    assert ast.dump(ast.parse(said)) == ast.dump(ast.parse(code))


def test_what_is_written_later_is_said_in_the_language_of_now(monkeypatch):
    monkeypatch.setattr("accuracy_lens.words.language.current", lambda: "zh")
    write = later(lambda: say("samples"))
    monkeypatch.undo()
    assert write() == catalogue("zh").gettext("samples")
    assert say("samples") == "samples"
