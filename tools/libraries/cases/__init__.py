"""The cases that are put to every library: drawn by recipe, the same wherever they are drawn.

Needs numpy alone, so that any environment of any library can import it; numbers come from
`RandomState`, which numpy keeps as it is.
"""

from __future__ import annotations

import hashlib

import numpy as np

from . import not_numbers
from .drawing import Case
from .of_boosting import catboost, lightgbm, xgboost
from .of_lightning import lightning
from .of_scikit_learn import sklearn
from .of_torchmetrics import torchmetrics
from .of_torchmetrics_axes import with_axes
from .of_training import clu, fastai, flax, ignite

PACKAGES = {"ignite": "pytorch-ignite"}
"""Libraries that the package index calls otherwise."""
_DRAWN = {
    "flax": (flax, not_numbers.flax),
    "clu": (clu, not_numbers.clu),
    "torchmetrics": (torchmetrics, with_axes, not_numbers.torchmetrics),
    "pytorch-lightning": (lightning, not_numbers.lightning),
    "scikit-learn": (sklearn, not_numbers.sklearn),
    "xgboost": (xgboost, not_numbers.xgboost),
    "lightgbm": (lightgbm, not_numbers.lightgbm),
    "catboost": (catboost, not_numbers.catboost),
    "ignite": (ignite, not_numbers.ignite),
    "fastai": (fastai, not_numbers.fastai),
}


def cases_of(library: str) -> list[Case]:
    """Every case of a library, in a fixed order."""
    random = np.random.RandomState(sum(map(ord, library)))
    return [case for draw in _DRAWN[library] for case in draw(random)]


def digest_of(cases):
    """A fingerprint of all cases, so that a test notices when they are made otherwise."""
    found = hashlib.sha256()
    for case in cases:
        for name in sorted(case):
            value = case[name]
            if isinstance(value, np.ndarray):
                found.update(repr((name, value.dtype.str, value.shape, value.tolist())).encode())
            else:
                found.update(repr((name, value)).encode())
    return found.hexdigest()[:16]
