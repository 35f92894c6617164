"""The command `accuracy-lens`: its commands, its language, and how it ends."""

from __future__ import annotations

import contextvars
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType

import click

import accuracy_lens
from accuracy_lens.words import language
from accuracy_lens.words.text import say_error
from metrics_core.errors import InputError

NAME = "accuracy-lens"
REFUSED, INTERRUPTED = 2, 130
"""Exit codes."""


WHERE: Mapping[str, str] = MappingProxyType({
    "open": "opening:open_pages",
    "serve": "serving:serve_pages",
    "metrics": "metrics:metrics",
    "explain": "explain:explain",
    "doctor": "doctor:doctor",
    "releases": "releases:releases",
    "report": "report:report",
    "lessons": "lessons:list_lessons",
    "sweep": "sweep:sweep",
})  # fmt: skip
"""Module and name of each command; the first is meant where none is named."""


class Commands(click.Group):
    """Commands that are imported when they are asked for."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Their names."""
        return list(WHERE)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """The command of a name."""
        if name not in WHERE:
            return None
        module, attribute = WHERE[name].split(":")
        commands = import_module(f"accuracy_lens.shell.commands.{module}")
        found: click.Command = getattr(commands, attribute)
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the first command before what names none and is no option of the program itself."""
        if not args or args[0] not in {"--help", "--version", *WHERE}:
            args = [next(iter(WHERE)), *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["--help"], "max_content_width": 100},
)
@click.version_option(accuracy_lens.__version__, prog_name=NAME)
def program() -> None:
    """See how an accuracy is really computed.

    Without a command the pages are served and the browser is opened, with FILE in view if one is
    named. FILE is CSV, JSON, Excel, Parquet, Arrow, NPY, NPZ or MATLAB, and - is standard input.

    \b
    Examples:
      accuracy-lens
      accuracy-lens outputs.npz
      accuracy-lens metrics outputs.npz
      accuracy-lens explain outputs.npz --printed 0.90 --own 0.10
      accuracy-lens doctor outputs.npz --fail-on serious

    Completion: eval "$(_ACCURACY_LENS_COMPLETE=bash_source accuracy-lens)", or zsh_source, or
    fish_source.
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program as a shell does; its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        By default those of the process.

    Examples
    --------
    >>> run(["--version"])
    accuracy-lens, version 0.1.0
    0
    """
    return contextvars.copy_context().run(_run, arguments)


def _run(arguments: Sequence[str] | None) -> int:
    language.speak(language.of_shell())
    given = None if arguments is None else list(arguments)
    try:
        code = program.main(given, prog_name=NAME, standalone_mode=False)
    except InputError as error:
        return _refuse(say_error(error))
    except click.ClickException as error:
        return _refuse(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    return code if isinstance(code, int) else 0


def _refuse(sentence: str) -> int:
    click.echo(f"{NAME}: {sentence}", err=True)
    return REFUSED


def main() -> None:
    """End the process with the exit code of `run`."""
    sys.exit(run())
