"""Which numbers words stand for, and which of two words is class 1."""

from __future__ import annotations

import re
from collections.abc import Sequence

_POSITIVE = {
    "yes", "true", "y", "t", "pos", "positive", "1", "case", "cases", "event", "churn", "churned",
    "default", "defaulted", "fraud", "fraudulent", "spam", "sick", "ill", "disease", "diseased",
    "malignant", "abnormal", "anomaly", "anomalous", "attack", "malicious", "malware", "success",
    "present", "responder", "relevant", "on", "ja", "oui", "si", "sim", "toxic", "clicked", "hit",
    "infected", "defective", "faulty", "failure", "converted", "survived", "phishing", "+", "high",
    "pass", "passed", "bought", "win", "won", "duplicate", "entailment",
}  # fmt: skip
_NEGATIVE = {
    "no", "false", "n", "f", "neg", "negative", "0", "-1", "control", "controls", "ctrl", "ham",
    "healthy", "normal", "benign", "legit", "legitimate", "genuine", "absent", "none", "off",
    "nein", "non", "nao", "não", "clean", "stay", "stayed", "retained", "ok", "nonevent", "loss",
    "irrelevant", "safe", "-", "low", "fail", "failed", "lost", "died", "dead", "nontoxic",
}  # fmt: skip
_NUMBERED = re.compile(r"(\D*)(\d{1,18})")
_DENIAL = re.compile(r"^(?:not?|non|un|in|ir|without|kein)[\s_-]*(?=\w)")


def positive_of(words: tuple[str, ...]) -> str | None:
    """Of two words the one that is known to be class 1; None where it is not known.

    Examples
    --------
    >>> positive_of(("Yes", "No")), positive_of(("case", "control")), positive_of(("cat", "dog"))
    ('Yes', 'case', None)
    >>> positive_of(("churned", "not churned")), positive_of((">50K", "<=50K"))
    ('churned', '>50K')
    """
    if len(words) != 2:
        return None
    first, second = (word.strip().casefold() for word in words)
    for word, other, title in ((first, second, words[0]), (second, first, words[1])):
        if other != word and _DENIAL.sub("", other) == word:
            return title
    if {first[:1], second[:1]} == {">", "<"}:
        return words[0] if first[:1] == ">" else words[1]
    if {first, second} == {"m", "b"}:
        return words[0] if first == "m" else words[1]
    gain = [(word in _POSITIVE) - (word in _NEGATIVE) for word in (first, second)]
    short = any(gain[place] and len(word) == 1 for place, word in enumerate((first, second)))
    if gain[0] == gain[1] or (short and 0 in gain):
        return None  # y and n say more than y and x
    return words[0] if gain[0] > gain[1] else words[1]


def numbers_in(words: Sequence[str]) -> list[int] | None:
    """The numbers in words that are the same but for these; None for other and for longer ones.

    Examples
    --------
    >>> numbers_in(["LABEL_2", "LABEL_10"]), numbers_in(["1", "0"]), numbers_in(["cat", "dog"])
    ([2, 10], [1, 0], None)
    """
    found = [_NUMBERED.fullmatch(word.strip().casefold()) for word in words]
    if not found or not all(found) or len({match[1] for match in found if match}) > 1:
        return None
    return [int(match[2]) for match in found if match]


def as_numbers(words: Sequence[str]) -> list[int] | None:
    """Which class each word stands for: its number, or 1 for the positive of two.

    Examples
    --------
    >>> as_numbers(["LABEL_1", "LABEL_0"]), as_numbers(["no", "yes"]), as_numbers(["cat", "dog"])
    ([1, 0], [0, 1], None)
    """
    numbers = numbers_in(words)
    if numbers is not None and len({*numbers}) == len(numbers):
        return numbers
    one = positive_of(tuple(words))
    return None if one is None else [int(word == one) for word in words]
