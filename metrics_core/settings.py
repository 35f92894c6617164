"""What the user can move: the settings of an evaluation, checked in one place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from numbers import Real

from metrics_core.errors import InputError
from metrics_core.steps.activation import ACTIVATIONS, Activation
from metrics_core.steps.choices.aggregation import AVERAGES


@dataclass(frozen=True)
class Settings:
    """What the user can move; every evaluation is a function of data, variant and these.

    Attributes
    ----------
    activation : {"none", "sigmoid", "softmax"}
    threshold : float
        Finite.
    k : int
        0 or more.
    beta : float
        Above 0.
    weighted : bool
        Whether `sample_weight` counts, where there is one.
    aggregation : str or None
        Overrules the variant's: ``per_class`` or ``batch_means``.
    batch_size : int
        For ``batch_means``; 1 or more.
    class_weight : tuple of (int, float) or None
        Weight of the samples of each class: finite, not negative, one entry a class; classes not
        named weigh 1.

    Raises
    ------
    InputError
        If a setting is out of its range, whether the variant uses it or not.

    Examples
    --------
    >>> Settings(threshold=0.3).changed(weighted=True).threshold
    0.3
    """

    activation: Activation = "none"
    threshold: float = 0.5
    k: int = 5
    beta: float = 1.0
    weighted: bool = False
    aggregation: str | None = None
    batch_size: int = 32
    class_weight: tuple[tuple[int, float], ...] | None = None

    def __post_init__(self) -> None:
        for argument, (holds, rule, hint) in _rules(self).items():
            if not holds:
                value = getattr(self, argument)
                received = repr(value) if isinstance(value, str) else value
                raise InputError(argument, rule, received, hint)
        if self.class_weight is not None:
            _check_class_weight(self.class_weight)

    def changed(self, /, **changes: object) -> Settings:
        """The settings with some fields replaced, by name.

        Raises
        ------
        InputError
            If there is no such setting, or its value is out of its range.
        """
        check_setting_names(tuple(Settings.__dataclass_fields__), changes)
        return Settings(**{**self.__dict__, **changes})


def check_setting_names(names: Sequence[str], changes: Iterable[str]) -> None:
    """Refuse the first name, in the order of the alphabet, that is no setting.

    Raises
    ------
    InputError
        Where there is no such setting.

    Examples
    --------
    >>> check_setting_names(("threshold", "k"), {"k": 3})
    """
    unknown = sorted(set(changes).difference(names))
    if unknown:
        raise InputError(
            unknown[0],
            "must be a setting: one of {names}",
            unknown[0],
            "Check the spelling.",
            names=", ".join(names),
        )


def _rules(settings: Settings) -> dict[str, tuple[bool, str, str]]:
    """For each field whether its rule holds, the rule, and the remedy."""
    beta = _real(settings.beta)
    return {
        "activation": (
            settings.activation in ACTIVATIONS,
            "must be none, sigmoid or softmax",
            "Use none where the outputs are probabilities already.",
        ),
        "threshold": (
            math.isfinite(_real(settings.threshold)),
            "must be a finite number",
            "Use 0.5 for probabilities or 0.0 for logits.",
        ),
        "k": (
            _is_whole(settings.k, 0),
            "must be a whole number, 0 or more",
            "Keras's default is 5.",
        ),
        "beta": (
            math.isfinite(beta) and beta > 0,
            "must be a finite number above 0",
            "Use 1 for the F1 score.",
        ),
        "aggregation": (
            settings.aggregation is None or settings.aggregation in AVERAGES,
            "must be per_class, batch_means or None",
            "Leave it out to keep the variant's own.",
        ),
        "batch_size": (
            _is_whole(settings.batch_size, 1),
            "must be a whole number, 1 or more",
            "Keras's default is 32.",
        ),
    }


def _check_class_weight(entries: object) -> None:
    pairs = entries if isinstance(entries, tuple) else (None,)
    if not all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):
        raise InputError(
            "class_weight",
            "must be pairs of a class index and a weight",
            repr(entries),
            "Write ((0, 1.0), (1, 2.5)), or leave it out.",
        )
    seen = set()
    for label, weight in pairs:
        if not float(_real(label)).is_integer() or label in seen:
            raise InputError(
                "class_weight",
                "must name each class once, by its index",
                f"{label!r} in {entries!r}",
                "Give one pair a class.",
            )
        if not math.isfinite(_real(weight)) or weight < 0:
            raise InputError(
                "class_weight",
                "must be finite and not negative",
                f"{weight} for class {label}",
                "Give classes that should not count the weight 0.",
            )
        seen.add(label)


def _real(value: object) -> float:
    """The value as a float; NaN, which keeps no rule, for what is no number."""
    try:
        return float(value) if isinstance(value, Real) else math.nan
    except OverflowError:
        return math.inf


def _is_whole(value: object, least: int) -> bool:
    number = _real(value)
    return number >= least and number.is_integer()
