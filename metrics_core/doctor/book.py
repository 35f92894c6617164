"""The documentation of all findings as Markdown; `python -m metrics_core.doctor.book` writes it."""

from __future__ import annotations

from pathlib import Path

from metrics_core.doctor.finding import Rule
from metrics_core.doctor.table import RULES

FILE = Path(__file__).parents[2] / "docs" / "findings.md"


def markdown() -> str:
    """The text of `docs/findings.md`, by code; each code is an anchor.

    Examples
    --------
    >>> markdown().splitlines()[0]
    '# Findings of the doctor'
    """
    rules = sorted(RULES, key=lambda rule: rule.id)
    head = (
        "# Findings of the doctor\n\n"
        "Each finding has a code that never changes. In the app, `?finding=al012` on the page "
        "Doctor shows its section, and `?muted=al012` mutes it. This file is written by "
        "`python -m metrics_core.doctor.book`.\n"
    )
    lines = [f"- [{rule.id}](#{rule.id.lower()}) {rule.title}" for rule in rules]
    return "\n".join([head, *lines, "", *map(_section, rules)])


def _section(rule: Rule) -> str:
    return (
        f'## <a id="{rule.id.lower()}"></a>{rule.id} {rule.title}\n\n'
        f"{rule.means}\n\n"
        f"**How it is recognised.** {rule.recognised}\n\n"
        f"**What to do.** {rule.todo}\n\n"
        f"**When to mute it.** {rule.mute}\n\n"
        f"```python\n{rule.example}```\n"
    )


if __name__ == "__main__":
    FILE.write_text(markdown(), "utf-8")
