"""`requirements.lock` is what `requirements.txt` asks for, by hash; the audit hides nothing."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import audit
from tools.audit import READ, judged, locked, not_allowed

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "requirements.lock").read_text("utf-8")
ENTRIES = re.findall(r"^([\w.-]+)==(\S+)(.*(?:\n    --hash=.*)*)", TEXT, re.MULTILINE)


def pins(file):
    lines = (ROOT / file).read_text("utf-8").splitlines()
    return [Requirement(line) for line in lines if line and line[0] not in "#-"]


def test_every_entry_of_the_lock_has_hashes_and_no_line_names_a_host():
    assert len(ENTRIES) == TEXT.count("==") - TEXT.count(" == ") > 60
    for name, _, rest in ENTRIES:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", rest), name
    assert "//" not in TEXT
    assert "index" not in TEXT


def test_the_lock_pins_what_the_constraints_pin():
    constraints = {canonicalize_name(each.name): str(each.specifier)[2:]
                   for each in pins("constraints.txt")}  # fmt: skip
    assert {name: constraints.get(canonicalize_name(name)) for name, _, _ in ENTRIES} == {
        name: number for name, number, _ in ENTRIES
    }


def test_the_lock_has_all_that_is_required_on_every_platform():
    numbers = {name: number for name, number, _ in ENTRIES}
    for asked in pins("requirements.txt"):
        assert asked.specifier.contains(numbers[canonicalize_name(asked.name)]), asked
    assert {name for name, _, rest in ENTRIES if "platform_machine" in rest} == {
        "tensorflow", "tensorflow-cpu",
    }  # fmt: skip


def test_what_is_installed_here_is_what_the_lock_says():
    for name, pinned in locked().items():
        if name not in {"setuptools", "wheel"}:  # another tool may bring its own
            assert pinned.specifier.contains(version(name)), name


def test_a_licence_that_is_new_or_unknown_is_told():
    told = not_allowed(
        ["good", "two", "strong", "gone", *READ],
        {"good": "MIT", "two": "MIT License; BSD License", "strong": "GPL-3.0-only",
         **dict.fromkeys(READ, "UNKNOWN")},
    )  # fmt: skip
    assert told == [
        "strong has the licence 'GPL-3.0-only', which is not among those allowed.",
        "gone is not installed, so its licence was not read.",
    ]


REPORT = {
    "dependencies": [
        {"name": "Good", "version": "1.0", "vulns": []},
        {"name": "old", "version": "2.0", "vulns": [{"id": "CVE-1", "fix_versions": ["2.1"]}]},
        {"name": "hidden", "skip_reason": "Dependency not found"},
    ]
}


def test_what_was_not_looked_up_is_not_taken_for_safe():
    vulnerable, unknown = judged(REPORT, ["good", "old", "hidden", "absent"])
    assert vulnerable == ["old 2.0 has CVE-1; mended in 2.1."]
    assert unknown == ["hidden", "absent"]


@pytest.mark.parametrize(("arguments", "code"), [((), 0), (("--required",), 1)])
def test_without_an_answer_the_audit_says_so_loudly(monkeypatch, capsys, arguments, code):
    monkeypatch.setattr(audit, "_report", lambda: {"dependencies": []})
    monkeypatch.setattr(audit, "_licences", lambda: dict.fromkeys(locked(), "MIT"))
    assert audit.main(*arguments) == code
    said = capsys.readouterr().err
    assert f"SKIPPED: NO VULNERABILITIES WERE LOOKED UP FOR {len(locked())} OF" in said


def test_a_known_vulnerability_fails_the_audit(monkeypatch, capsys):
    name = next(iter(locked()))
    known = {"name": name, "version": "1", "vulns": [{"id": "CVE-2", "fix_versions": []}]}
    monkeypatch.setattr(audit, "_report", lambda: {"dependencies": [known]})
    monkeypatch.setattr(audit, "_licences", lambda: dict.fromkeys(locked(), "MIT"))
    assert audit.main() == 1
    assert f"{name} 1 has CVE-2; mended in no release yet." in capsys.readouterr().out


def test_the_licences_of_what_is_installed_are_allowed():
    pytest.importorskip("piplicenses")
    found = audit._licences()
    others = {"setuptools", "wheel"}  # of the lock, but not of every environment
    assert not_allowed([name for name in locked() if name not in others], found) == []
