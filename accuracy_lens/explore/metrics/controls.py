"""The controls of the Metrics page besides those of the settings."""

from __future__ import annotations

from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import variant
from metrics_core.predictions import Predictions


def pick_variant(names: list[str]) -> str:
    """Which card is explained."""
    first = View.card.start if View.card.start in names else names[0]
    widgets.keep_within(View.card, names, first)
    return widgets.select(
        View.card, say("Variant"), names, default=first,
        format_func=lambda name: say(variant(name).title),
    )  # fmt: skip


def pick_sample(predictions: Predictions) -> int:
    """Which row is traced, from 0."""
    if VIEW.sample >= predictions.n_samples:
        View.sample.write_start()
    return int(
        widgets.number(View.sample, say("Row of the sample"), 0, predictions.n_samples - 1, step=1)
    )


def pick_formula(example: str, most: int) -> tuple[str, int]:
    """The visitor's formula, and the batch size that it is computed with."""
    text = widgets.text(
        View.formula,
        say("Formula"),
        max_chars=most,
        placeholder=example,
        width="stretch",
        help=say(
            "An expression in y_true, y_pred and what the selected metric computes from them."
        ),
    )
    batch_size = View.formula_batch.default
    if text.strip():
        batch_size = widgets.number(View.formula_batch, say("Batch size"), 1, step=1, width=130)
    return text, int(batch_size)
