"""`accuracy-lens releases`: what each release of Keras prints as accuracy."""

from __future__ import annotations

from typing import cast, get_args

import click

from accuracy_lens.explain.which_accuracy.answers import ask_all, resolved
from accuracy_lens.explain.which_accuracy.releases_table import releases_table
from accuracy_lens.shell import options, printing
from accuracy_lens.shell.data import Data
from accuracy_lens.words.text import say
from metrics_core.releases import RELEASES, KerasRefusal, Loss, release_names, row_of
from metrics_core.releases.rules.release import USUAL_LOSS


@click.command(short_help="What each release of Keras prints as accuracy.")
@click.option("--loss", type=click.Choice(get_args(Loss)), help="What the model was compiled with.")
@click.option("--metric", default="accuracy", help="As in metrics=[...] (accuracy).")
@click.option("--batch-size", type=click.IntRange(1), default=32, help="Of evaluate (32).")
@click.option("--weighted", is_flag=True, help="The metric is listed in weighted_metrics.")
@click.option(
    "--release", type=click.Choice(release_names()), help="Compare the others with it (the latest)."
)
@options.on_data
@options.as_json
@options.in_language
def releases(
    data: Data,
    loss: str | None,
    metric: str,
    batch_size: int,
    release: str | None,
    *,
    weighted: bool,
    json: bool,
) -> None:
    """Print what each release of Keras prints as accuracy for the outputs in FILE, or refuses.

    \b
    Examples:
      accuracy-lens releases outputs.npz --loss binary_crossentropy
      accuracy-lens releases --scenario ten-sigmoid-units --json
    """
    told = data.view and data.view.loss
    used = cast("Loss", loss or told or USUAL_LOSS[data.predictions.kind])
    chosen = row_of(release or (data.view and data.view.release) or list(RELEASES)[-1])
    answers = ask_all(
        data.predictions, loss=used, metric=metric, batch_size=batch_size, weighted=weighted
    )
    meant = {
        name: resolved(data.predictions, row, loss=used, metric=metric, weighted=weighted)
        for name, row in RELEASES.items()
    }
    functions = {
        name: None if found is None else found.metric.name for name, found in meant.items()
    }
    if json:
        entries = []
        for name, answer in answers.items():
            entry: dict[str, object] = {
                "release": name, "title": RELEASES[name].title,
                "ran": [run.version for run in RELEASES[name].ran], "function": functions[name],
            }  # fmt: skip
            if isinstance(answer, KerasRefusal):
                entry |= {"value": None, "refused": say(answer.message)}
            else:
                entry |= {
                    "value": answer.value,
                    "printed": answer.printed,
                    "reported_name": answer.reported_name,
                    "variant": answer.variant,
                }
            entries.append(entry)
        asked = {"loss": used, "metric": metric, "batch_size": batch_size, "weighted": weighted}
        printing.write_json(data, {**asked, "releases": entries})
        return
    printing.write_head(data)
    argument = "weighted_metrics" if weighted else "metrics"
    printing.write(f'model.compile(loss="{used}", {argument}=["{metric}"])\n')
    frame = releases_table(answers, functions, chosen)
    printing.table(list(frame.columns), frame.to_numpy().tolist(), [1])
