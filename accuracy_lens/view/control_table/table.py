"""The table of controls: one row for each control of every page, and for no button.

A row says the default, the widget, the field of the typed settings, whether the URL carries it,
whether it is carried from page to page and whether other data put it back. `View.threshold` is the
row; `VIEW.threshold` is the value of the visitor whose script runs, read and assigned.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

from accuracy_lens.view.control_table.control import Control
from accuracy_lens.view.control_table.names import (
    KINDS,
    RUN_METRICS,
    SPELLINGS,
    class_name,
    named,
    of_call,
)
from accuracy_lens.words.language import CHOSEN, SOURCE
from metrics_core.counting.counts import CostMatrix
from metrics_core.generate import GeneratorSettings
from metrics_core.lessons.rows import lessons
from metrics_core.live_keras import EXPERIMENTS, RunSettings
from metrics_core.settings import Settings

LabelForm = Literal["as-they-came", "one-hot", "class-indices"]
LABEL_FORMS: tuple[LabelForm, ...] = get_args(LabelForm)


UNSET = -2
"""A class that the data in view have not named yet."""


EVERY_OUTPUT = -1
"""Instead of a class: every output of every sample on its own."""


class View:
    """Every control of every page."""

    language = Control(SOURCE, "segments", key=CHOSEN, in_url=False)

    # the data: in the frame of every page, so never carried
    data = Control("scenario", "segments")
    scenario = Control("no-activation", "select")
    kind = Control(GeneratorSettings.kind, "select", GeneratorSettings, "kind", name=named(KINDS))
    n = Control(GeneratorSettings.n_samples, "number", GeneratorSettings, "n_samples")
    classes = Control(10, "number", GeneratorSettings, "n_classes")
    output = Control(GeneratorSettings.output, "segments", GeneratorSettings, "output")
    seed = Control(GeneratorSettings.seed, "number", GeneratorSettings, "seed")
    balance = Control(GeneratorSettings.balance, "slider", GeneratorSettings, "balance")
    separability = Control(
        GeneratorSettings.separability, "slider", GeneratorSettings, "separability"
    )
    confidence = Control(GeneratorSettings.calibration, "slider", GeneratorSettings, "calibration")
    noise = Control(GeneratorSettings.label_noise, "slider", GeneratorSettings, "label_noise")
    epoch = Control(0, "select_slider")
    trained = Control("", "text")
    """The run and epoch of outputs that the Training page handed over."""
    file = Control("", "text")
    """The file of the outputs in view: its name, its rows and the digest of what it gave."""
    dataset = Control("", "select")
    """The operator's data set in view."""
    dataset_labels: Control[Sequence[str]] = Control((), "multiselect", each="-", in_url=False)
    dataset_outputs: Control[Sequence[str]] = Control((), "multiselect", each="-", in_url=False)
    dataset_weight = Control("none", "select", each="-", in_url=False)
    dataset_order: Control[Sequence[str]] = Control((), "multiselect", each="-", in_url=False)
    dataset_decided = Control(False, "toggle", each="-", in_url=False)
    dataset_drop = Control(False, "toggle", each="-", in_url=False)
    dataset_rows = Control(False, "toggle", in_url=False)
    dataset_page = Control(1, "number", in_url=False)

    # an upload's columns, for each file
    upload_labels: Control[Sequence[str]] = Control(
        (), "multiselect", key="labels", each="-", in_url=False
    )
    upload_outputs: Control[Sequence[str]] = Control(
        (), "multiselect", key="outputs", each="-", in_url=False
    )
    upload_weight = Control("none", "select", key="weight", each="-", in_url=False)
    upload_ids = Control("none", "select", key="ids", each="-", in_url=False)
    upload_predicted = Control("none", "select", key="predicted", each="-", in_url=False)
    upload_epoch = Control("none", "select", key="epoch", each="-", in_url=False)
    upload_order: Control[Sequence[str]] = Control(
        (), "multiselect", key="order", each="-", in_url=False
    )
    upload_match = Control(False, "toggle", key="match", each="-", in_url=False)
    upload_part = Control("", "select", key="part", each="-", in_url=False)
    upload_encoding = Control("", "select", key="encoding", each="-", in_url=False)
    upload_axes = Control(0, "select", key="axes", each="-", in_url=False)
    upload_ignored = Control("nothing", "select", key="ignored", each="-", in_url=False)
    upload_signs = Control("0 and 1", "segments", key="signs", each="-", in_url=False)
    upload_counting = Control("position", "segments", in_url=False)
    upload_kind = Control("guess from the data", "select", in_url=False)
    drop = Control(False, "toggle", in_url=False)

    # what a prepared link arranges; see `accuracy_lens.view.arranged`
    view = Control("", "text")
    hidden = Control("", "text")
    locked = Control("", "text")
    cards = Control("", "text")
    seal = Control("", "text")
    share_view = Control(True, "toggle", in_url=False)
    share_story = Control(True, "toggle", in_url=False)
    share_shown: Control[Sequence[str]] = Control((), "multiselect", in_url=False)
    share_locked: Control[Sequence[str]] = Control((), "multiselect", in_url=False)
    share_cards: Control[Sequence[str]] = Control((), "multiselect", in_url=False)

    # what to look for, beside the lens
    story = Control(True, "toggle", carried=True)

    # the settings of an evaluation
    labels = Control(LABEL_FORMS[0], "segments", carried=True, of_data=True)
    activation = Control(
        Settings.activation, "segments", Settings, "activation", carried=True, of_data=True
    )
    threshold = Control(
        Settings.threshold, "number", Settings, "threshold", carried=True, of_data=True
    )
    k = Control(Settings.k, "number", Settings, "k", carried=True, of_data=True)
    beta = Control(Settings.beta, "number", Settings, "beta", carried=True)
    average = Control("own", "select", Settings, "aggregation", carried=True)
    batch = Control(Settings.batch_size, "number", Settings, "batch_size", carried=True)
    weighted = Control(Settings.weighted, "toggle", Settings, "weighted", carried=True)

    # Metrics
    card = Control("", "select", carried=True, of_data=True)
    sample = Control(0, "number", carried=True, of_data=True)
    formula = Control("", "text", carried=True)
    formula_batch = Control(32, "number", carried=True)
    formula_help = Control(False, "expander", in_url=False)
    formula_code = Control(False, "expander")
    code = Control(False, "expander")
    show = Control("all", "select")
    sort = Control("row", "select")
    descending = Control(False, "toggle")
    page = Control(1, "pagination", of_data=True)
    export_all = Control(False, "toggle", in_url=False)

    # Thresholds
    against = Control(
        UNSET, "select", carried=True, of_data=True, name=class_name(every=EVERY_OUTPUT)
    )
    costs = Control(False, "expander")
    cost_tp = Control(CostMatrix.tp, "number", CostMatrix, "tp")
    cost_fn = Control(CostMatrix.fn, "number", CostMatrix, "fn")
    cost_fp = Control(CostMatrix.fp, "number", CostMatrix, "fp")
    cost_tn = Control(CostMatrix.tn, "number", CostMatrix, "tn")
    intervals = Control(False, "toggle")
    bootstrap_seed = Control(0, "number")

    # Classes
    label = Control(0, "select", name=class_name())
    cells = Control("counts", "segments")
    order: Control[Literal["class-order", "size", "confusion"]] = Control("class-order", "segments")
    most = Control(20, "number")
    true = Control(-3, "select", name=class_name(any=-3, others=-2))
    predicted = Control(-3, "select", key="decided", name=class_name(any=-3, others=-2, none=-1))
    reject = Control(0.5, "number")
    class_thresholds = Control("", "text", key="cuts")

    # Compare
    b = Control("settings", "select")
    b_scenario = Control("", "select")
    b_epoch = Control(0, "select")
    b_columns = Control(0, "select", name=class_name())
    a_epoch = Control(0, "select")
    b_run = Control("", "select")
    b_run_epoch = Control(0, "select")
    b_which = Control(0, "select", name=class_name())
    b_file = Control("", "text")
    """The second file: its name, its rows and the digest of what it gave."""
    b_separability = Control(1.5, "number")
    b_confidence = Control(1.0, "number")
    release_a = Control("", "select")
    release_b = Control("", "select")
    b_own = Control(False, "toggle")
    b_activation = Control(Settings.activation, "segments")
    b_threshold = Control(Settings.threshold, "number")
    by = Control("", "select")
    """The metric that says which samples are right, and that the first line is about."""
    apart = Control("either", "select")
    apart_page = Control(1, "pagination")
    every_b = Control(False, "toggle")

    # Which accuracy?
    which_release = Control("", "select", of_data=True)
    which_version = Control("", "text")
    which_loss = Control("usual", "select", of_data=True)
    which_metric = Control("accuracy", "select", name=named(SPELLINGS))
    which_batch = Control(32, "number")
    which_weighted = Control(False, "toggle")
    which_activation = Control("none", "select", of_data=True)
    which_form = Control(False, "toggle")
    which_library = Control("", "select", of_data=True, name=of_call)

    # Explain a number
    explain_printed = Control("", "text")
    explain_printed_recipe = Control(1, "number")
    explain_printed_numpy = Control(False, "expander")
    explain_own = Control("", "text")
    explain_own_recipe = Control(1, "number")
    explain_own_numpy = Control(False, "expander")
    without_n = Control("", "text")
    without_positives = Control("", "text")
    without_accuracy = Control("", "text")
    without_precision = Control("", "text")
    without_recall = Control("", "text")
    without_f_beta = Control("", "text")
    without_specificity = Control("", "text")
    without_balanced_accuracy = Control("", "text")
    without_npv = Control("", "text")
    without_macro_precision = Control("", "text")
    without_macro_f1 = Control("", "text")
    without_matthews = Control("", "text")
    without_beta = Control("", "text")
    without_folds = Control("", "text")
    without_mean = Control("", "text")
    without_classes = Control("", "text")
    without_macro = Control("", "text")

    # Doctor
    finding = Control("none", "select", name=str.lower)
    muted: Control[Sequence[str]] = Control((), "multiselect", carried=True, name=str.lower)
    doctor_notes = Control(False, "expander")
    doctor_more = Control(False, "expander", each="_")

    # Lessons
    lesson = Control("", "kept")
    step = Control("", "kept")
    answers = Control("", "kept")
    own_lesson = Control(False, "expander", in_url=False)
    lesson_choice = Control("", "radio", each="_", in_url=False)
    lesson_number = Control("", "text", each="_", in_url=False)
    try_threshold = Control(Settings.threshold, "number", each="_", in_url=False)
    try_beta = Control(Settings.beta, "number", each="_", in_url=False)
    try_k = Control(Settings.k, "number", each="_", in_url=False)
    try_batch = Control(Settings.batch_size, "number", each="_", in_url=False)
    try_activation = Control(Settings.activation, "segments", each="_", in_url=False)
    try_average = Control("own", "select", each="_", in_url=False)
    try_weighted = Control(Settings.weighted, "toggle", each="_", in_url=False)

    # Room
    room = Control("", "kept")
    steer = Control("", "kept")
    """The secret of the teacher's link; it is taken out of the address at once."""
    room_lesson = Control(next(iter(lessons())), "select")
    room_code = Control("", "text", in_url=False)
    room_ahead = Control(False, "toggle", in_url=False)
    room_present = Control(False, "toggle", in_url=False)
    room_link = Control(False, "toggle", in_url=False)
    room_tools = Control(False, "expander", in_url=False)

    # Training
    experiment = Control(next(iter(EXPERIMENTS)), "select", carried=True)
    settings = Control(False, "expander")
    program = Control(False, "expander")
    run_dataset = Control(RunSettings.dataset, "select", RunSettings, "dataset", carried=True)
    run_kept = Control(RunSettings.kept, "number", RunSettings, "kept", carried=True)
    run_shuffled = Control(RunSettings.shuffled, "select", RunSettings, "shuffled", carried=True)
    run_scale = Control(RunSettings.scale, "select", RunSettings, "scale", carried=True)
    run_label_form = Control(
        RunSettings.label_form, "select", RunSettings, "label_form", carried=True
    )
    run_layers = Control(len(RunSettings.hidden), "number", RunSettings, "hidden", carried=True)
    run_units = Control(RunSettings.hidden[0], "number", RunSettings, "hidden", carried=True)
    run_hidden_activation = Control(
        RunSettings.hidden_activation, "select", RunSettings, "hidden_activation", carried=True
    )
    run_batch_norm = Control(
        RunSettings.batch_norm, "toggle", RunSettings, "batch_norm", carried=True
    )
    run_dropout = Control(RunSettings.dropout, "number", RunSettings, "dropout", carried=True)
    run_output_activation = Control(
        RunSettings.output_activation, "select", RunSettings, "output_activation", carried=True
    )
    run_loss = Control(RunSettings.loss, "select", RunSettings, "loss", carried=True)
    run_from_logits = Control(
        RunSettings.from_logits, "toggle", RunSettings, "from_logits", carried=True
    )
    run_class_weight = Control(
        RunSettings.class_weight, "select", RunSettings, "class_weight", carried=True
    )
    run_optimizer = Control(RunSettings.optimizer, "select", RunSettings, "optimizer", carried=True)
    run_learning_rate = Control(
        RunSettings.learning_rate, "number", RunSettings, "learning_rate", carried=True
    )
    run_batch_size = Control(
        RunSettings.batch_size, "number", RunSettings, "batch_size", carried=True
    )
    run_epochs = Control(RunSettings.epochs, "number", RunSettings, "epochs", carried=True)
    run_seed = Control(RunSettings.seed, "number", RunSettings, "seed", carried=True)
    run_metrics: Control[Sequence[str]] = Control(
        RunSettings.metrics, "multiselect", RunSettings, "metrics", carried=True,
        name=named(RUN_METRICS),
    )  # fmt: skip
    curves = Control("printed", "segments", carried=True)
    at_epoch = Control(0, "slider", carried=True)
    run_figures = Control(False, "expander", each="_")
    run_samples = Control(False, "expander", each="_")
    run_page = Control(1, "pagination", each="_", in_url=False)


VIEW = View()
"""Holds nothing itself; every attribute is that of the visitor whose script runs."""
CONTROLS: dict[str, Control[Any]] = {
    name: row for name, row in vars(View).items() if isinstance(row, Control)
}
"""Every row by the name of its attribute."""


def of_settings(settings: type) -> dict[str, Control[Any]]:
    """The controls of some typed settings by the field that each sets; of two the first.

    Examples
    --------
    >>> of_settings(Settings)["aggregation"].key
    'average'
    """
    rows = [row for row in CONTROLS.values() if row.settings is settings]
    return {row.field: row for row in reversed(rows)}
