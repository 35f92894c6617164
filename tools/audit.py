"""Audit what ``make run`` installs: its licences, and the vulnerabilities that are known of it.

    python -m tools.audit [--required]

Licences are read from what is installed, so they are always checked. Vulnerabilities are looked up
on the network; where that gives no answer for a package, it is said in capitals, and with
``--required`` it is a failure.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
ALLOWED = frozenset(
    {
        "0BSD", "3-Clause BSD License", "Apache License 2.0", "Apache Software License",
        "Apache-2.0", "Apache-2.0 AND BSD-2-Clause", "Apache-2.0 OR BSD-2-Clause", "BSD License",
        "BSD-2-Clause", "BSD-3-Clause",
        "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", "ISC", "MIT", "MIT License",
        "MIT-CMU", "PSF-2.0", "Python Software Foundation License",
        # used as they are, and may be replaced by whoever runs the program
        "GNU Library or Lesser General Public License (LGPL)", "LGPL-3.0-only",
        "Mozilla Public License 2.0 (MPL 2.0)",
    }
)  # fmt: skip
"""As packages name them; another spelling or licence is looked at before it is added."""
READ = {"namex": "Apache-2.0"}
"""Licences that a package names in its file LICENSE alone."""


def locked() -> dict[str, Requirement]:
    """What the lock pins for this platform, by name."""
    text = LOCK.read_text("utf-8").replace("\\\n", " ")
    lines = [line.split(" --hash=")[0] for line in text.splitlines() if "==" in line]
    found = [Requirement(line.strip()) for line in lines]
    return {
        canonicalize_name(each.name): each
        for each in found
        if each.marker is None or each.marker.evaluate()
    }


def not_allowed(names: Sequence[str], licences: Mapping[str, str]) -> list[str]:
    """A sentence for each package whose licence is not allowed or not known.

    Parameters
    ----------
    names : sequence of str
        What is pinned.
    licences : mapping
        The licence of each package that is installed.
    """
    found = []
    for name in names:
        licence = READ.get(name, licences.get(name))
        if licence is None:
            found.append(f"{name} is not installed, so its licence was not read.")
        elif not all(part.strip() in ALLOWED for part in licence.split(";")):
            found.append(f"{name} has the licence {licence!r}, which is not among those allowed.")
    return found


def judged(report: Mapping[str, Any], names: Sequence[str]) -> tuple[list[str], list[str]]:
    """What a report of pip-audit tells.

    Returns
    -------
    vulnerable : list of str
        A sentence for each vulnerability.
    unknown : list of str
        Names for which nothing was looked up, those that the report lacks among them.
    """
    vulnerable, seen = [], set()
    for each in report["dependencies"]:
        if "skip_reason" in each:
            continue
        seen.add(canonicalize_name(each["name"]))
        for known in each["vulns"]:
            mended = ", ".join(known["fix_versions"]) or "no release yet"
            vulnerable.append(
                f"{each['name']} {each['version']} has {known['id']}; mended in {mended}."
            )
    return vulnerable, [name for name in names if name not in seen]


def _licences() -> dict[str, str]:
    command = [
        sys.executable,
        "-m",
        "piplicenses",
        "--from=mixed",
        "--format=json",
        "--with-system",
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return {canonicalize_name(each["Name"]): each["License"] for each in json.loads(ran.stdout)}


def _report() -> Mapping[str, Any]:
    """The report of pip-audit; an empty one where it could not connect."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        what = ["-r", str(LOCK), "--require-hashes", "--disable-pip"]
        how = ["--progress-spinner=off", "-f", "json", "-o", str(out)]
        command = [sys.executable, "-m", "pip_audit", *what, *how]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if out.exists():
            found: Mapping[str, Any] = json.loads(out.read_text("utf-8"))
            return found
    if "ConnectionError" in ran.stderr or "connect" in ran.stderr.lower():
        return {"dependencies": []}
    sys.exit(f"pip-audit failed:\n{ran.stderr[-2000:]}")


def main(*arguments: str) -> int:
    """Say what is wrong or was not looked up; 1 where the check failed."""
    names = list(locked())
    problems = not_allowed(names, _licences())
    vulnerable, unknown = judged(_report(), names)
    for sentence in (*problems, *vulnerable):
        print(sentence)
    print(f"Licences of {len(names)} packages read, {len(problems)} to look at.")
    looked_up = len(names) - len(unknown)
    print(f"Vulnerabilities of {looked_up} packages looked up, {len(vulnerable)} known.")
    if unknown:
        line = "!" * 88
        print(
            f"{line}\nSKIPPED: NO VULNERABILITIES WERE LOOKED UP FOR {len(unknown)} OF "
            f"{len(names)} PACKAGES\nNo network, or the package index that answers here keeps no "
            f"such data. Run `make audit REQUIRED=1`\nwhere there is one before a release.\n{line}",
            file=sys.stderr,
        )
    return int(bool(problems or vulnerable or (unknown and "--required" in arguments)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
