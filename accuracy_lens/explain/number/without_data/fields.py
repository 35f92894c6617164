"""What the fields of the form are called, and what was typed into them as numbers."""

from __future__ import annotations

import re
from fractions import Fraction

from accuracy_lens.words.text import say
from metrics_core.errors import InputError
from metrics_core.messages import Message

TITLES: dict[str, Message] = {
    "accuracy": Message("accuracy"),
    "precision": Message("precision"),
    "recall": Message("recall (sensitivity)"),
    "f_beta": Message("F1 or F-beta"),
    "specificity": Message("specificity"),
    "balanced_accuracy": Message("balanced accuracy"),
    "npv": Message("negative predictive value"),
    "macro_precision": Message("macro precision"),
    "macro_f1": Message("macro F1"),
    "matthews": Message("Matthews correlation"),
}
_LABELS: dict[str, Message] = {
    "samples": Message("Number of samples"),
    "positives": Message("Positives, if known"),
    "beta": Message("Beta of F-beta"),
    **{name: Message("Reported {metric}", {"metric": title}) for name, title in TITLES.items()},
}


def labels() -> dict[str, str]:
    """The label of every field about one matrix, by what the core calls it."""
    return {name: say(_LABELS[name]) for name in _LABELS}


def whole(label: str, text: str) -> int:
    """A whole number that was typed, with or without separators of thousands."""
    digits = text.replace(",", "").replace(" ", "")
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        raise InputError(
            label, "must be a whole number", repr(text[:40]), "Type it in digits, such as 400."
        )
    return int(digits)


def beta_of(label: str, text: str) -> Fraction:
    """Beta of F-beta that was typed."""
    if not re.fullmatch(r"[0-9]{1,3}([.][0-9]{1,3})?", text):
        raise InputError(
            label, "must be a number such as 1 or 0.5", repr(text[:40]), "Use 1 for F1."
        )
    return Fraction(text)


def per_cent(share: Fraction) -> str:
    """A share in per cent, with as few decimals as say it.

    Examples
    --------
    >>> per_cent(Fraction(5, 6)), per_cent(Fraction(1))
    ('83.33 %', '100 %')
    """
    return f"{float(share * 100):.2f}".rstrip("0").rstrip(".") + " %"
