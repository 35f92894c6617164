"""What is asked of a library, and what its first step makes of that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from metrics_core.kinds import Kind
from metrics_core.numeric.arrays import Array

Options = Mapping[str, object]


@dataclass(frozen=True, eq=False, kw_only=True)
class Question:
    """A call of a metric of a library.

    Attributes
    ----------
    metric : str
        As the library calls it.
    y_true, y_pred : ndarray
        Labels and outputs, as they are handed over.
    sample_weight : ndarray, shape (n,), or None
    options : mapping
        Arguments by their names.
    batch_size : int or None
        Rows of each call of ``update`` of a metric that is a class; None for all at once.
    """

    metric: str
    y_true: Array
    y_pred: Array
    sample_weight: Array | None = None
    options: Options = field(default_factory=dict)
    batch_size: int | None = None

    @classmethod
    def of(
        cls,
        metric: str,
        y_true: npt.ArrayLike,
        y_pred: npt.ArrayLike,
        *,
        sample_weight: npt.ArrayLike | None = None,
        batch_size: int | None = None,
        **options: object,
    ) -> Question:
        """A question from anything that numpy takes.

        Examples
        --------
        >>> Question.of("accuracy_score", [0, 1], [1, 1], normalize=False).options
        {'normalize': False}
        """
        return cls(
            metric=metric,
            y_true=np.asarray(y_true),
            y_pred=np.asarray(y_pred),
            sample_weight=None if sample_weight is None else np.asarray(sample_weight, np.float64),
            options=options,
            batch_size=batch_size,
        )

    def in_batches(self, function: Callable[[Array], Array]) -> Array:
        """Apply a function to the outputs of each batch by themselves."""
        size = self.batch_size or len(self.y_pred)
        starts = range(0, len(self.y_pred), size)
        return np.concatenate([function(self.y_pred[at : at + size]) for at in starts])


@dataclass(frozen=True, eq=False, kw_only=True)
class Read:
    """What the first two steps leave: samples of one kind, with their scores.

    Attributes
    ----------
    kind : {"binary", "sparse", "class_indices", "multi_label"}
    labels : ndarray of int, shape (m,) or (m, L)
    scores : ndarray, shape (m,), (m, C) or (m, L)
        After the activation.
    activation : str
        ``none``, ``sigmoid``, ``sigmoid_some`` where it was applied to some batches only,
        ``truncated``, or ``zeroed``.
    n_classes : int
        Of classes, or labels a sample.
    weights : ndarray, shape (m,), or None
    ignored : ndarray of bool, shape (m, L), or None
        Elements that do not count.
    beside : Read or None
        Samples whose label is ignored, where what is predicted for them still counts.
    without : int or None
        A class that is left out of the mean of classes.
    samples : ndarray of int, shape (m,), or None
        Which of `n_samples` each position belongs to, where the mean of each is taken first.
    """

    kind: Kind
    labels: Array
    scores: Array
    activation: str = "none"
    n_classes: int = 2
    weights: Array | None = None
    ignored: Array | None = None
    beside: Array | None = None
    without: int | None = None
    samples: Array | None = None
    n_samples: int = 0
