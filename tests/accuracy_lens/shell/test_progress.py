"""How far long work is: on a terminal, and nowhere else."""

from __future__ import annotations

import io
import sys

import pytest

from accuracy_lens.shell import progress
from accuracy_lens.shell.program import run

SCENARIO = ["--scenario", "ten-sigmoid-units"]
COMMANDS = {
    "metrics": [],
    "doctor": [],
    "explain": ["--printed", "0.90"],
    "report": ["-o", "-", "--format", "json"],
}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("command", COMMANDS)
def test_a_bar_on_standard_error_where_that_is_a_terminal(command, monkeypatch, capfdbinary):
    def said(stderr: io.StringIO) -> bytes:
        monkeypatch.setattr(sys, "stderr", stderr)
        assert run([command, *SCENARIO, *COMMANDS[command]]) == 0
        return capfdbinary.readouterr().out

    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    beside, terminal = io.StringIO(), Terminal()
    assert said(beside) == said(terminal)
    assert beside.getvalue() == ""
    assert "%" in terminal.getvalue()
    monkeypatch.setattr(progress, "_PATIENCE", 60.0)
    quick = Terminal()
    said(quick)
    assert quick.getvalue() == ""
