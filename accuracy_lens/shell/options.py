"""The options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar

import click

from accuracy_lens.shell.data import Columns, Data, load
from accuracy_lens.words import language
from metrics_core.scenarios import SCENARIOS
from metrics_core.settings import Settings
from metrics_core.steps.activation import ACTIVATIONS
from metrics_core.steps.choices.aggregation import AVERAGES

Command = TypeVar("Command", bound=Callable[..., Any])


def _speak(_: click.Context, __: click.Parameter, value: str | None) -> None:
    if value is not None:
        language.speak(value)


def in_language(command: Command) -> Command:
    """``--lang``: of what is said; by default that of the shell."""
    option = click.option(
        "-l", "--lang", type=click.Choice(list(language.LANGUAGES)), expose_value=False,
        is_eager=True, callback=_speak, help="Language of what is said (default: that of LANG).",
    )  # fmt: skip
    return option(command)


def as_json(command: Command) -> Command:
    """``--json``: for programs."""
    return click.option("--json", "json", is_flag=True, help="Print JSON, for programs.")(command)


def columns(command: Callable[..., Any]) -> Callable[..., Any]:
    """What a file holds, given as `Columns` in ``columns``."""

    @wraps(command)
    def call(**given: Any) -> Any:
        names = list(Columns.__dataclass_fields__)
        return command(columns=Columns(**{name: given.pop(name) for name in names}), **given)

    for option in (
        click.option("--drop-missing", is_flag=True, help="Leave out rows with missing cells."),
        click.option("--epoch", type=int, help="Of a file with several epochs (default: last)."),
        click.option("--part", metavar="NAME", help="Sheet of a workbook, or head of a model."),
        click.option("--ids", metavar="COLUMN", help="What samples are called."),
        click.option("--sample-weight", metavar="COLUMN", help="How much each sample counts."),
        click.option(
            "--y-pred", metavar="COLUMN", multiple=True,
            help="Outputs; again for each class, in their order.",
        ),
        click.option(
            "--y-true", metavar="COLUMN", multiple=True,
            help="Labels; again for each class where they are one-hot.",
        ),
    ):  # fmt: skip
        call = option(call)
    return call


def of_scenario(command: Command) -> Command:
    """``--scenario``: a worked example instead of a file."""
    return click.option(
        "--scenario", metavar="NAME", shell_complete=_scenarios,
        help="A worked example instead of a file; a wrong name lists them.",
    )(command)  # fmt: skip


def on_data(command: Callable[..., Any]) -> Callable[..., Any]:
    """FILE or ``--scenario``, and its columns, given as `Data` in ``data``."""

    @wraps(command)
    def call(*, file: str | None, scenario: str | None, columns: Columns, **given: Any) -> Any:
        return command(data=load(file, scenario, columns), **given)

    return click.argument("file", required=False)(of_scenario(columns(call)))


def _scenarios(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    return [name for name in SCENARIOS if name.startswith(begun)]


def with_settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """What can be moved on the page, given in the ``settings`` of the data."""

    @wraps(command)
    def call(*, data: Data, average: str | None, **given: Any) -> Any:
        names = ("activation", "threshold", "k", "beta", "weighted", "batch_size")
        asked = {name: given.pop(name) for name in names}
        changes = {
            name: value for name, value in asked.items() if value is not None and value is not False
        }
        if average is not None:
            changes["aggregation"] = average.replace("-", "_")
        return command(data=replace(data, settings=data.settings.changed(**changes)), **given)

    usual = Settings()
    for option in (
        click.option("--batch-size", type=int, help=f"For batch-means ({usual.batch_size})."),
        click.option(
            "--average", type=click.Choice([name.replace("_", "-") for name in AVERAGES]),
            help="Instead of the average that each metric has.",
        ),
        click.option("--weighted", is_flag=True, help="Count samples by their weights."),
        click.option("--beta", type=float, help=f"For F-beta ({usual.beta:g})."),
        click.option("--k", type=int, help=f"For top-k ({usual.k})."),
        click.option("--threshold", type=float, help=f"Scores above it are 1 ({usual.threshold})."),
        click.option(
            "--activation", type=click.Choice(list(ACTIVATIONS)),
            help="Applied to the outputs (none).",
        ),
    ):  # fmt: skip
        call = option(call)
    return call
