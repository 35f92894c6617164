"""`accuracy-lens report`: everything about some outputs in one file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast, get_args
from urllib.parse import urlencode

import click

from accuracy_lens.report.whole import FORMATS, Subject, find_out, write
from accuracy_lens.shell import options, printing
from accuracy_lens.shell.data import Data
from accuracy_lens.shell.progress import progress
from accuracy_lens.words.text import say
from metrics_core.errors import InputError
from metrics_core.releases import Loss
from metrics_core.releases.rules.release import USUAL_LOSS

_SAMPLES = 2000


@click.command(short_help="Everything about some outputs in one file.")
@click.option(
    "-o", "--output", metavar="PATH", default="report.html", help="Where to write it (report.html)."
)
@click.option("--format", "kind", type=click.Choice(list(FORMATS)), help="By default as PATH ends.")
@click.option("--samples", is_flag=True, help=f"List samples too, at most {_SAMPLES:,}.")
@click.option("--loss", type=click.Choice(get_args(Loss)), help="What the model was compiled with.")
@click.option("--mute", metavar="CODE", multiple=True, help="Leave a finding out, as AL012.")
@options.on_data
@options.with_settings
@options.in_language
def report(
    data: Data,
    output: str,
    kind: str | None,
    loss: str | None,
    mute: tuple[str, ...],
    *,
    samples: bool,
) -> None:
    """Write everything about the outputs in FILE into one file: HTML, Markdown or JSON.

    The HTML opens without a network, in English and Chinese, and prints. It holds no samples unless
    asked. With -o - it goes to standard output.

    \b
    Examples:
      accuracy-lens report outputs.npz -o report.html
      accuracy-lens report outputs.npz -o report.md --samples
      accuracy-lens report --scenario ten-sigmoid-units -o - --format json
    """
    kind = kind or Path(output).suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        raise InputError(
            "--output",
            "must end with .html, .md or .json",
            output,
            "Or say `--format`.",
        )
    story = cast("Loss | None", data.view and data.view.loss)
    subject = Subject(
        predictions=data.predictions,
        title=data.title,
        origin=data.origin,
        settings=data.settings,
        loss=cast("Loss | None", loss) or story or USUAL_LOSS[data.predictions.kind],
        notes=data.notes,
        card=None if data.view is None else data.view.card,
        muted=frozenset(code.upper() for code in mute),
        link=link_of(data),
        n_rows=_SAMPLES if samples else 0,
    )
    with progress(say("Writing the report")) as tell:
        content = write(find_out(subject, progress=tell), kind)
    if output == "-":
        sys.stdout.buffer.write(content)
        return
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        raise InputError(
            "--output", "must name a file that can be written", output, "Choose another folder."
        ) from error
    printing.write_line(say("Written: {path}", path=output))


def link_of(data: Data) -> str:
    """The query of the address that shows the same on the Metrics page."""
    settings = data.settings
    query: dict[str, object] = {"data": "upload" if data.view is None else "scenario"}
    if data.view is None:
        name, digest = data.origin["file"], data.predictions.digest[:12]
        query["file"] = f"{name}/{data.predictions.n_samples}/{digest}"
    query |= {name: value for name, value in data.origin.items() if name != "file"}
    query |= {"activation": settings.activation, "threshold": f"{settings.threshold:.17g}"}
    query |= {"k": settings.k, "beta": f"{settings.beta:g}"}
    if settings.aggregation:
        query |= {
            "average": settings.aggregation.replace("_", "-"), "batch": settings.batch_size,
        }  # fmt: skip
    if settings.weighted:
        query["weighted"] = "true"
    return f"/?{urlencode(query)}"
