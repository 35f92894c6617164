"""`accuracy-lens metrics`: every accuracy and metric that fits some outputs."""

from __future__ import annotations

import click

from accuracy_lens.components.fractions import count_words
from accuracy_lens.report.evaluated import evaluate_all
from accuracy_lens.report.metrics import metrics_json
from accuracy_lens.shell import options, printing
from accuracy_lens.shell.data import Data
from accuracy_lens.shell.progress import progress
from accuracy_lens.words.text import figure, say
from metrics_core.catalog.rows import CATALOG


@click.command(short_help="Every accuracy and metric of some outputs.")
@options.on_data
@options.with_settings
@options.as_json
@options.in_language
def metrics(data: Data, *, json: bool) -> None:
    """Print every accuracy and metric that fits the outputs in FILE, and why others do not.

    FILE is what the page takes, or - for standard input.

    \b
    Examples:
      accuracy-lens metrics outputs.npz
      accuracy-lens metrics outputs.csv --y-true label --y-pred score --threshold 0.3
      accuracy-lens metrics --scenario ten-sigmoid-units --json
    """
    with progress(say("Computing metrics")) as tell:
        evaluations, misfits = evaluate_all(data.predictions, data.settings, progress=tell)
    if json:
        content = metrics_json(data.predictions, evaluations, data.settings, data.origin)
        click.echo(content)
        return
    printing.write_head(data)
    for title, accuracies in ((say("Accuracies"), True), (say("Other metrics"), False)):
        rows = [
            [say(each.variant.title), figure(each.result), say(count_words(each)), name]
            for name, each in evaluations.items()
            if each.variant.is_accuracy == accuracies
        ]
        if rows:
            head = [title, say("value"), say("count"), say("variant")]
            printing.table(head, rows, [1])
            printing.write()
    if misfits:
        head = [say("Not applicable to these data"), say("reason")]
        rows = [[say(CATALOG[name].title), say(wrong.reason)] for name, wrong in misfits.items()]
        printing.table(head, rows)
