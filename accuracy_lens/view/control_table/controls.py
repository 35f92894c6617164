"""The controls that stand on several pages -> frozen settings."""

from __future__ import annotations

from collections.abc import Callable

from accuracy_lens.view import prepared
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import EVERY_OUTPUT, LABEL_FORMS, VIEW, LabelForm, View
from accuracy_lens.view.events import CURVES, LENS
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import CATALOG
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.activation import ACTIVATIONS, Activation

AVERAGES: dict[str, str | None] = {
    "own": None,
    "per-class": "per_class",
    "batch-means": "batch_means",
}
AVERAGE_WORDS: dict[str, Message] = {
    "own": Message("each variant's own"),
    "per-class": Message("per class, then mean"),
    "batch-means": Message("mean of batch means"),
}
LABEL_FORM_WORDS: dict[LabelForm, Message] = {
    "as-they-came": Message("as they came"),
    "one-hot": Message("one-hot"),
    "class-indices": Message("class indices"),
}
_FORMS: dict[str, str] = {LABEL_FORMS[1]: "one_hot", LABEL_FORMS[2]: "sparse"}


def pick_label_form(predictions: Predictions) -> str | None:
    """How the labels are to be written: ``one_hot``, ``sparse``, or None for as they came."""
    other = {"sparse": LABEL_FORMS[1], "one_hot": LABEL_FORMS[2]}.get(predictions.kind)
    if other is None:
        return None
    chosen = widgets.segments(
        View.labels,
        say("Labels"),
        [LABEL_FORMS[0], other],
        format_func=lambda form: say(LABEL_FORM_WORDS[form]),
        help=say("The same labels in the other form, so that other variants apply."),
    )
    return _FORMS.get(chosen)


def label_form(predictions: Predictions) -> str | None:
    """The same for who draws no control."""
    form = _FORMS.get(VIEW.labels)
    return form if form is not None and form != predictions.kind else None


def write_labels_as(form: str) -> None:
    """Switch the label control from elsewhere on the page."""
    View.labels.move(LABEL_FORMS[1] if form == "one_hot" else LABEL_FORMS[2])


def activation_word(name: Activation) -> str:
    """What an activation is called: as Keras calls it, where there is one."""
    return say(ACTIVATIONS[name].words)


def pick_activation() -> Activation:
    """Which activation stands between the outputs and the decision."""
    return widgets.segments(
        View.activation,
        say("Activation"),
        list(ACTIVATIONS),
        format_func=activation_word,
        help=say("Applied to the raw outputs, before the decision."),
    )


def pick_class(predictions: Predictions) -> int | None:
    """Which class is 1 and the rest 0; None for every output on its own.

    There is no such control where there is one output per sample.
    """
    if predictions.n_outputs == 1:
        return None
    first = prepared.first_class(predictions.digest, predictions)
    options = [*range(predictions.n_outputs), EVERY_OUTPUT]
    widgets.keep_within(View.against, options, first)
    names = predictions.class_names or [str(index) for index in range(predictions.n_outputs)]
    two = prepared.is_two_classes(predictions)
    every = say("both outputs, each on its own") if two else say("every output, each on its own")
    chosen = widgets.select(
        View.against,
        say("Positive class") if two else say("One class against the rest"),
        options,
        default=first,
        format_func=lambda index: every if index == EVERY_OUTPUT else names[index],
        width=230,
        help=say(
            "The class that counts as label 1; every other class is label 0. Its output alone is "
            "compared with the threshold."
        ),
    )
    return None if chosen == EVERY_OUTPUT else chosen


def pick_settings(
    predictions: Predictions,
    activation: Activation,
    class_index: int | None = None,
    *,
    threshold: Callable[[], float] | None = None,
) -> Settings:
    """Threshold, k, beta, weights and averaging, as far as they matter for these predictions.

    Call it in a row: the controls stand side by side.

    Parameters
    ----------
    class_index : int, optional
        The class that some variants are computed on against the rest.
    threshold : callable, optional
        What draws the threshold, or keeps its place; by default `pick_threshold`.
    """
    matter = _matter(predictions, class_index)
    changes: dict[str, object] = {"activation": activation}
    if "threshold" in matter:
        changes["threshold"] = (threshold or pick_threshold)()
    if "k" in matter:
        changes["k"] = pick_k()
    if "beta" in matter:
        beta = widgets.number(View.beta, say("beta, for F-beta"), 0.01, 100.0, step=0.5, width=160)
        changes["beta"] = float(beta)
    average = widgets.select(
        View.average,
        say("Averaging"),
        list(AVERAGES),
        format_func=lambda name: say(AVERAGE_WORDS[name]),
        width=200,
    )
    changes["aggregation"] = AVERAGES[average]
    if AVERAGES[average] == "batch_means":
        size = widgets.number(View.batch, say("Batch size"), 1, step=1, width=120)
        changes["batch_size"] = int(size)
    changes["weighted"] = pick_weighted(predictions)
    return Settings().changed(**changes)


def _matter(predictions: Predictions, class_index: int | None = None) -> set[str]:
    """Names of the settings that some variant uses on these predictions, or on one class's."""
    kind = predictions.kind
    matter = {name for row in CATALOG.values() if kind in row.needs for name in row.uses(kind)}
    if class_index is not None:
        rows = [row for row in CATALOG.values() if row.reads_one_output]
        matter |= {name for row in rows for name in row.uses("binary")}
    return matter


def useless_settings(predictions: Predictions) -> set[str]:
    """Names of the settings that nothing can be computed with on these predictions."""
    matter = _matter(predictions, None if predictions.n_outputs == 1 else 0)
    if predictions.sample_weight is not None:
        matter.add("weighted")
    return {"threshold", "k", "beta", "weighted"} - matter


def settings_in_view(predictions: Predictions) -> Settings:
    """What `pick_settings` gives, for who draws no control; call it after the page's are drawn."""
    matter = _matter(predictions)
    values = {"threshold": VIEW.threshold, "k": VIEW.k, "beta": VIEW.beta}
    changes: dict[str, object] = {name: value for name, value in values.items() if name in matter}
    average = AVERAGES.get(VIEW.average)
    if average == "batch_means":
        changes["batch_size"] = VIEW.batch
    weighted = predictions.sample_weight is not None and VIEW.weighted
    return Settings().changed(
        activation=VIEW.activation, aggregation=average, weighted=weighted, **changes
    )


def pick_threshold() -> float:
    """The exact number, which the URL carries; the slider of the lens moves it."""
    threshold = widgets.number(
        View.threshold,
        say("Threshold"),
        step=0.05,
        format="%.6g",
        width=150,
        help=say("A score above it is class 1; a score equal to it is class 0."),
    )
    return float(threshold)


def move_to_lens() -> None:
    """After the slider of the lens was let go: the threshold is where it stands."""
    move_threshold(LENS.read())


def move_to_point() -> None:
    """After a point of a curve was chosen: the threshold is that of the point."""
    move_threshold(CURVES.read())


def move_threshold(threshold: float | None) -> None:
    """Move the threshold from elsewhere on the page; None leaves it."""
    if threshold is not None:
        View.threshold.move(float(threshold))


def pick_k() -> int:
    """The k of top-k."""
    return int(widgets.number(View.k, say("k, for top-k"), 0, step=1, width=120))


def pick_weighted(predictions: Predictions) -> bool:
    """Whether sample weights count; without weights there is no such control."""
    return predictions.sample_weight is not None and widgets.toggle(
        View.weighted,
        "sample_weight",
        help=say("Whether each sample counts in proportion to its weight."),
    )
