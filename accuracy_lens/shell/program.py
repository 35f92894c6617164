"""The command `accuracy-lens`: its commands, its language, and how it ends."""

from __future__ import annotations

import contextvars
import os
import sys
from collections.abc import Sequence

import click

import accuracy_lens
from accuracy_lens.shell.doctor import doctor
from accuracy_lens.shell.explain import explain
from accuracy_lens.shell.lessons import list_lessons
from accuracy_lens.shell.metrics import metrics
from accuracy_lens.shell.opening import open_pages
from accuracy_lens.shell.releases import releases
from accuracy_lens.shell.report import report
from accuracy_lens.words import language
from accuracy_lens.words.text import say_error
from metrics_core.errors import InputError

NAME = "accuracy-lens"
REFUSED, CUT = 2, 141
"""Exit codes: what was asked cannot be done; what reads the output went away."""


class Commands(click.Group):
    """Commands, of which the first is meant where none is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `open` before what names no command and is no option of the program itself."""
        own = {"--help", "--version", *self.commands}
        if not args or args[0] not in own:
            args = [str(open_pages.name), *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=Commands,
    commands=[open_pages, metrics, explain, doctor, releases, report, list_lessons],
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
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CUT
    return code if isinstance(code, int) else 0


def _refuse(sentence: str) -> int:
    click.echo(f"{NAME}: {sentence}", err=True)
    return REFUSED


def main() -> None:
    """End the process with the exit code of `run`."""
    sys.exit(run())
