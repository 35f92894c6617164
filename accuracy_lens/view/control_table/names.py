"""What the address calls the options of a choice, where that is not what they are themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from metrics_core.generate import GeneratedKind

KINDS: Mapping[GeneratedKind, str] = MappingProxyType({
    "sparse": "multi-class-indices",
    "one_hot": "multi-class-one-hot",
    "multi_label": "multi-label",
})  # fmt: skip
SPELLINGS: Mapping[str, str] = MappingProxyType({
    "Accuracy": "capital-accuracy",
    "ACC": "capital-acc",
    "BinaryAccuracy": "binary-accuracy-class",
    "CategoricalAccuracy": "categorical-accuracy-class",
    "SparseCategoricalAccuracy": "sparse-categorical-accuracy-class",
})  # fmt: skip
"""Of one metric in the call of Keras, which tells capital letters apart."""
RUN_METRICS: Mapping[str, str] = MappingProxyType({
    "Accuracy()": "accuracy-class",
    "Precision()": "precision-class",
    "Recall()": "recall-class",
    "BinaryAccuracy(threshold=0)": "binary-accuracy-at-0",
    "TopKCategoricalAccuracy(k=2)": "top-2-categorical-accuracy",
    "SparseTopKCategoricalAccuracy(k=2)": "sparse-top-2-categorical-accuracy",
})  # fmt: skip
"""Of what a run measures, which has brackets."""


def named(names: Mapping[Any, str]) -> Callable[[Any], str]:
    """The name of an option: another where there is one, else the option itself.

    Examples
    --------
    >>> name = named(SPELLINGS)
    >>> name("acc"), name("ACC")
    ('acc', 'capital-acc')
    """
    return lambda option: names.get(option, str(option))


def of_call(option: str) -> str:
    """The name of a library and its call: small letters, with hyphens for what is no letter.

    Examples
    --------
    >>> of_call('torchmetrics Accuracy(task="binary")')
    'torchmetrics-accuracy-task-binary'
    """
    return re.sub(r"[^a-z0-9._]+", "-", option.lower()).strip("-")


def class_name(**special: int) -> Callable[[int], str]:
    """The name of a class by its number, with the numbers that stand for none or several.

    What a file calls its classes is no part of it: that may hold anything, and be a number itself.

    Examples
    --------
    >>> name = class_name(every=-1)
    >>> name(2), name(-1)
    ('index-2', 'every')
    """
    names = {number: name for name, number in special.items()}
    return lambda index: names.get(index, f"index-{index}")
