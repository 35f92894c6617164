"""What the user can move: the settings of an evaluation, checked in one place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from metrics_core.errors import InputError
from metrics_core.rules import K, Rule, check_fields, is_whole, real
from metrics_core.steps.activation import ACTIVATIONS, Activation
from metrics_core.steps.choices.aggregation import AVERAGES

_RULES = (
    Rule(
        argument="activation",
        holds=lambda name: name in ACTIVATIONS,
        sentence="must be none, sigmoid or softmax",
        remedy="Use none where the outputs are probabilities already.",
    ),
    Rule(
        argument="threshold",
        holds=lambda threshold: math.isfinite(real(threshold)),
        sentence="must be a finite number",
        remedy="Use 0.5 for probabilities or 0.0 for logits.",
    ),
    K,
    Rule(
        argument="beta",
        holds=lambda beta: 0 < real(beta) < math.inf,
        sentence="must be a finite number above 0",
        remedy="Use 1 for the F1 score.",
    ),
    Rule(
        argument="aggregation",
        holds=lambda name: name is None or name in AVERAGES,
        sentence="must be per_class, batch_means or None",
        remedy="Leave it out to keep the variant's own.",
    ),
    Rule(
        argument="batch_size",
        holds=lambda size: is_whole(size, 1),
        sentence="must be a whole number, 1 or more",
        remedy="Keras's default is 32.",
    ),
)


@dataclass(frozen=True, kw_only=True)
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
        check_fields(self, _RULES)
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
        if not float(real(label)).is_integer() or label in seen:
            raise InputError(
                "class_weight",
                "must name each class once, by its index",
                f"{label!r} in {entries!r}",
                "Give one pair a class.",
            )
        if not math.isfinite(real(weight)) or weight < 0:
            raise InputError(
                "class_weight",
                "must be finite and not negative",
                f"{weight} for class {label}",
                "Give classes that should not count the weight 0.",
            )
        seen.add(label)
