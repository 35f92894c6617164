"""Which settings change what accuracy prints: a row each, with the figures that were recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from accuracy_lens.words.text import say
from metrics_core.messages import Message
from metrics_core.releases import short_title

RELEASES = ("tf.keras-1.14.0", "tf.keras-2.12.0", "keras-3.15.1")


@dataclass(frozen=True)
class Setting:
    """A setting, what it does to accuracy, and the figures without and with it by release."""

    title: Message
    words: Message
    figures: Mapping[str, tuple[str, str]]


def _by_release(*figures: tuple[str, str]) -> Mapping[str, tuple[str, str]]:
    return MappingProxyType(dict(zip(RELEASES, figures, strict=True)))


REFUSED = "refused"
_SAME = ("0.6250", "0.6250")
SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        "mask": Setting(
            Message("A mask (Masking, mask_zero=True)"),
            Message("Masked steps are left out; without a mask they count like any other."),
            _by_release(*[("0.6250", "0.4000")] * 3),
        ),
        "class_weight": Setting(
            Message('class_weight, with metrics=["accuracy"]'),
            Message("Nothing: only the loss is weighted."),
            _by_release(*[_SAME] * 3),
        ),
        "class_weight, weighted": Setting(
            Message('class_weight, with weighted_metrics=["accuracy"]'),
            Message("Each sample counts with the weight of its class, in fit."),
            _by_release(*[("0.6250", "0.6071")] * 3),
        ),
        "sample_weight_mode": Setting(
            Message('Weights by step (sample_weight_mode="temporal"), with metrics=["accuracy"]'),
            Message("Nothing: only the loss is weighted."),
            _by_release(*[_SAME] * 3),
        ),
        "sample_weight_mode, weighted": Setting(
            Message("Weights by step, with weighted_metrics"),
            Message("Each step counts with its weight."),
            _by_release(*[("0.6250", "0.5625")] * 3),
        ),
        "outputs": Setting(
            Message('Several outputs, with metrics=["accuracy"]'),
            Message(
                "Each output prints an accuracy of its own; there is none of all outputs. Keras 3 "
                "refuses one list for several outputs."
            ),
            _by_release(
                ("0.6250", "0.6250, 0.3750"), ("0.6250", "0.6250, 0.3750"), ("0.6250", REFUSED)
            ),
        ),
        "outputs, list of lists": Setting(
            Message("Several outputs, with a list of metrics for each"),
            Message("Each output prints an accuracy of its own."),
            _by_release(*[("0.6250", "0.6250, 0.3750")] * 3),
        ),
        "from_logits": Setting(
            Message("from_logits=True in the loss"),
            Message("Nothing: accuracy still compares the logits themselves with 0.5."),
            _by_release(*[("0.5000", "0.5000")] * 3),
        ),
        "from_logits, after a sigmoid": Setting(
            Message("A sigmoid as last layer in place of from_logits=True"),
            Message("Probabilities are compared with 0.5, which is 0 on the logits."),
            _by_release(*[("0.5000", "0.8750")] * 3),
        ),
        "label_smoothing": Setting(
            Message("label_smoothing=0.2 in the loss"),
            Message("Nothing: accuracy sees the labels as they came."),
            _by_release(*[_SAME] * 3),
        ),
        "label_smoothing, by hand": Setting(
            Message("Labels smoothed before fit and evaluate"),
            Message("No label equals 0 or 1 any more, so nothing counts as right."),
            _by_release(*[("0.6250", "0.0000")] * 3),
        ),
        "run_eagerly": Setting(
            Message("run_eagerly=True"),
            Message("Nothing; TensorFlow 1.14 refuses it outside of eager execution."),
            _by_release(("0.6250", REFUSED), _SAME, _SAME),
        ),
        "mixed_float16": Setting(
            Message("Mixed precision, mixed_float16, in the last layer too"),
            Message("0.5001 becomes 0.5, which is not above 0.5."),
            _by_release(("1.0000", REFUSED), ("1.0000", "0.6667"), ("1.0000", "0.6667")),
        ),
        "mixed_bfloat16": Setting(
            Message("Mixed precision, mixed_bfloat16, in the last layer too"),
            Message("0.501 becomes 0.5, which is not above 0.5."),
            _by_release(("1.0000", REFUSED), ("1.0000", "0.5000"), ("1.0000", "0.5000")),
        ),
    }
)
"""By the name under which a setting was recorded."""


def settings_columns() -> dict[str, list[str]]:
    """The table: the setting, releases that print the same, the figures, what it does."""
    rows = [
        (row, figures, [name for name in RELEASES if row.figures[name] == figures])
        for row in SETTINGS.values()
        for figures in dict.fromkeys(row.figures.values())
    ]
    return {
        say("setting"): [say(row.title) for row, *_ in rows],
        say("releases"): [", ".join(map(short_title, names)) for *_, names in rows],
        say("without it → with it"): [
            say("{without} → {having}", without=_said(without), having=_said(having))
            for _, (without, having), _ in rows
        ],
        say("what it does to accuracy"): [say(row.words) for row, *_ in rows],
    }


def _said(printed: str) -> str:
    return say("refused") if printed == REFUSED else printed
