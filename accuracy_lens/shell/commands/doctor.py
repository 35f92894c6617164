"""`accuracy-lens doctor`: what is probably wrong with some outputs; its exit code is for CI."""

from __future__ import annotations

import click

from accuracy_lens.report.findings import GRADES, finding_entry, headline
from accuracy_lens.shell import options, printing
from accuracy_lens.shell.data import Data
from accuracy_lens.shell.progress import progress
from accuracy_lens.words.text import say
from metrics_core.doctor import RULES, Report, examine
from metrics_core.errors import InputError

FAILED = 1
_LEVELS = ("serious", "warning", "note")


@click.command(short_help="What is probably wrong with some outputs.")
@click.option(
    "--fail-on", type=click.Choice([*_LEVELS, "never"]), default="never",
    help="End with exit code 1 for a finding of this grade or a worse one (never).",
)  # fmt: skip
@click.option(
    "--mute", metavar="CODE", multiple=True, help="Leave a finding out, as AL012; may be repeated."
)
@options.on_data
@options.with_settings
@options.as_json
@options.in_language
def doctor(data: Data, fail_on: str, mute: tuple[str, ...], *, json: bool) -> None:
    """Examine the outputs in FILE: findings with evidence, a remedy and its number.

    \b
    Examples:
      accuracy-lens doctor outputs.npz --fail-on serious --mute AL012
      accuracy-lens doctor --scenario no-activation
    """
    muted = {code.upper() for code in mute}
    unknown = sorted(muted - {rule.id for rule in RULES})
    if unknown:
        raise InputError(
            "--mute",
            "must be the code of a finding, as AL012",
            unknown[0],
            "`docs/findings.md` lists them.",
        )
    with progress(say("Examining")) as tell:
        report = examine(data.predictions, settings=data.settings, progress=tell).without(muted)
    failed = any(report.of_severity(grade) for grade in _graver(fail_on))  # type: ignore[arg-type]
    if json:
        content = {
            "failed": failed,
            "findings": [finding_entry(found) for found in report.findings],
            "checked": [rule.id for rule in report.checked],
            "muted": sorted(muted),
        }
        printing.write_json(data, content)
    else:
        _print(data, report)
    if failed:
        raise click.exceptions.Exit(FAILED)


def _graver(grade: str) -> tuple[str, ...]:
    return _LEVELS[: _LEVELS.index(grade) + 1] if grade in _LEVELS else ()


def _print(data: Data, report: Report) -> None:
    printing.write_head(data)
    printing.write(headline(report))
    for found in report.findings:
        printing.write()
        title = say(
            "{code} {grade}, {sure}: {title}",
            code=found.id,
            grade=GRADES[found.severity],
            sure=GRADES[found.sure],
            title=found.title,
        )
        printing.write_line(title)
        printing.write_line(f"  {say(found.seen)}")
        lines = [(say("Consistent with"), found.consistent_with), (say("Remedy"), found.remedy)]
        if found.counterfactual is not None:
            lines.append((say("The number"), found.counterfactual))
        for name, words in lines:
            printing.write_line(f"  {say('{name}: {value}', name=name, value=words)}")
