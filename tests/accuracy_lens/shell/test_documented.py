"""The documentation of the command line names every command, every extra and every key there is."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from accuracy_lens.shell.program import WHERE, run

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")


def test_every_command_and_every_extra_is_documented():
    rows = {name for name in WHERE if f"`accuracy-lens {name}" in TEXT}
    assert rows == set(WHERE) - {"open"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = set(re.findall(r"`accuracy-lens\[(\w+)\]`", TEXT))
    assert extras == set(project["optional-dependencies"])


def test_every_key_of_the_json_is_documented(capsys, tmp_path):
    data = ["--scenario", "binary-threshold"]
    rows = pa.table({"label": [0, 1, 1], "score": [0.25, 0.5, 0.75]})
    pq.write_table(rows, tmp_path / "part-0.parquet")
    asked = {
        "metrics": data,
        "explain": [*data, "--printed", "0.8333", "--own", "0.5"],
        "doctor": data,
        "releases": data,
        "lessons": [],
        "sweep": [str(tmp_path)],
        "report": [*data, "-o", "-", "--format", "json"],
    }
    told = dict(
        re.findall(r"^\| `(\w+)`[^|]*\| (.*) \|$", TEXT.partition("## JSON")[2], re.MULTILINE)
    )
    common = TEXT.partition("## JSON")[2].partition("| Command")[0]
    told["report"] += told["metrics"] + told["doctor"]
    for command, arguments in asked.items():
        more = [] if command == "report" else ["--json"]
        assert run([command, *arguments, *more]) == 0
        content = json.loads(capsys.readouterr().out)
        keys = set(content) | {key for rows in content.values() for key in _of_rows(rows)}
        assert {key for key in keys if f"`{key}`" not in told[command] + common} == set(), command


def _of_rows(rows):
    return rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else ()
