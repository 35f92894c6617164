"""The input of every metric: validated, read-only arrays that know their kind of problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from metrics_core.errors import InputError
from metrics_core.kinds import Kind, check_kind, guess_kind
from metrics_core.messages import Message
from metrics_core.metadata import check_class_names, sample_ids_of, sample_weight_of
from metrics_core.numeric.arrays import Array, check_numeric, frozen, zeros_and_ones
from metrics_core.numeric.digest import digest_of
from metrics_core.numeric.one_hot import class_indices, one_hot_rows


@dataclass(frozen=True, eq=False, kw_only=True)
class Predictions:
    """Labels and outputs of one model on one set of samples.

    Make one with `Predictions.of`, which validates. The arrays keep the dtype that came and are
    read-only; an array that its owner could still write to is copied.

    Attributes
    ----------
    y_true : ndarray
        ``(n,)``, ``(n, 1)`` or ``(n, C)``; bool, integer or float.
    y_pred : ndarray
        ``(n,)``, ``(n, 1)`` or ``(n, C)``; the output of the model's last layer.
    kind : {"binary", "one_hot", "sparse", "multi_label", "class_indices"}
        ``binary``: one output per sample. ``one_hot``: (n, C) labels, one class per row.
        ``sparse``: class indices against (n, C) outputs. ``multi_label``: (n, C) labels, any
        number of ones per row. ``class_indices``: class indices against class indices.
    sample_weight : ndarray or None
        ``(n,)``, finite and not negative.
    class_names : tuple of str or None
        One name per class, in the order of the class indices.
    sample_ids : ndarray or None
        ``(n,)``, any dtype; how the user calls the samples.
    """

    y_true: Array
    y_pred: Array
    kind: Kind
    sample_weight: Array | None = None
    class_names: tuple[str, ...] | None = None
    sample_ids: Array | None = None

    @classmethod
    def of(
        cls,
        y_true: npt.ArrayLike,
        y_pred: npt.ArrayLike,
        *,
        kind: Kind | None = None,
        sample_weight: npt.ArrayLike | None = None,
        class_names: Sequence[str] | None = None,
        sample_ids: npt.ArrayLike | None = None,
    ) -> Predictions:
        """Validate labels and outputs and tell what kind of problem they describe.

        Parameters
        ----------
        y_true, y_pred : array_like
            Labels and outputs, see the class. ``(n,)`` against ``(n, 1)`` is one sample per row
            and never broadcasts.
        kind : str, optional
            Overrules the guess of `guess_kind`; it must fit the shapes.
        sample_weight, class_names, sample_ids : optional
            See the class.

        Raises
        ------
        InputError
            Where a shape, dtype or length does not fit, with the remedy.

        Examples
        --------
        >>> Predictions.of([0, 1, 1], [0.2, 0.7, 0.4]).kind
        'binary'
        >>> Predictions.of([2, 0], [[0.1, 0.2, 0.7], [0.5, 0.3, 0.2]]).n_classes
        3
        """
        true, pred = frozen("y_true", y_true), frozen("y_pred", y_pred)
        check_numeric("y_true", true)
        check_numeric("y_pred", pred)
        if pred.ndim not in (1, 2) or pred.size == 0:
            raise InputError(
                "y_pred",
                "must have shape (n,), (n, 1) or (n, classes) with at least one row",
                Message("shape {shape}", {"shape": pred.shape}),
                "Use one row per sample; flatten time steps into rows.",
            )
        if true.ndim not in (1, 2) or len(true) != len(pred):
            raise InputError(
                "y_true",
                "must have one row for each of the {rows} rows of `y_pred`",
                Message("shape {shape}", {"shape": true.shape}),
                "Check that labels and outputs come from the same samples.",
                rows=len(pred),
            )
        chosen = guess_kind(true, pred) if kind is None else kind
        check_kind(chosen, true, pred)
        weight = None if sample_weight is None else sample_weight_of(sample_weight, len(pred))
        ids = None if sample_ids is None else sample_ids_of(sample_ids, len(pred))
        predictions = cls(
            y_true=true,
            y_pred=pred,
            kind=chosen,
            sample_weight=weight,
            class_names=None if class_names is None else tuple(map(str, class_names)),
            sample_ids=ids,
        )
        if predictions.class_names is not None:
            check_class_names(predictions.class_names, predictions.n_classes)
        return predictions

    @property
    def n_samples(self) -> int:
        """Number of rows."""
        return len(self.y_pred)

    @property
    def outputs(self) -> Array:
        """`y_pred` with one output per sample as ``(n,)``, otherwise ``(n, C)``."""
        return self.y_pred.reshape(self.n_samples) if self.n_outputs == 1 else self.y_pred

    @property
    def labels(self) -> Array:
        """`y_true` with one label per sample as ``(n,)``, otherwise ``(n, C)``."""
        single = self.y_true.ndim == 1 or self.y_true.shape[1] == 1
        return self.y_true.reshape(self.n_samples) if single else self.y_true

    @property
    def n_outputs(self) -> int:
        """Units of the last layer: 1, or C."""
        return 1 if self.y_pred.ndim == 1 else int(self.y_pred.shape[1])

    def class_name(self, index: int) -> str:
        """What a class is called: its name, else its number.

        Examples
        --------
        >>> Predictions.of([0, 1], [0.2, 0.7]).class_name(1)
        '1'
        """
        return self.class_names[index] if self.class_names else str(index)

    @cached_property
    def n_classes(self) -> int:
        """Number of classes: 2 for binary, C for C outputs, else one above the highest index."""
        if self.kind == "binary":
            return 2
        if self.kind != "class_indices":
            return self.n_outputs
        sides = (side[np.isfinite(side)] for side in (self.y_true, self.y_pred))
        highest = max(float(side.max(initial=0)) for side in sides)
        return max(int(highest) + 1, len(self.class_names or ()))

    @cached_property
    def labels_are_01(self) -> bool:
        """Whether every label is 0 or 1."""
        return zeros_and_ones(self.y_true)

    @cached_property
    def nbytes(self) -> int:
        """Bytes of all arrays together."""
        return sum(part.nbytes for part in self._arrays if part is not None)

    @cached_property
    def digest(self) -> str:
        """A fingerprint of the whole content, computed once: equal data, equal digest."""
        return digest_of(self._arrays, self.kind, self.class_names)

    @property
    def _arrays(self) -> tuple[Array | None, ...]:
        return self.y_true, self.y_pred, self.sample_weight, self.sample_ids

    def to_one_hot(self) -> Predictions:
        """The same samples with class indices written as one-hot rows (uint8).

        Raises
        ------
        InputError
            If the labels are not whole numbers from 0 to C - 1.

        Examples
        --------
        >>> Predictions.of([1, 0], [[0.1, 0.9], [0.8, 0.2]]).to_one_hot().y_true.tolist()
        [[0, 1], [1, 0]]
        """
        if self.kind != "sparse":
            raise InputError(
                "predictions",
                "must have class indices as labels to be written as one-hot rows",
                Message("kind {kind}", {"kind": self.kind}),
                "Use the predictions as they are.",
            )
        rows = one_hot_rows(self.labels, self.n_outputs)
        return replace(self, y_true=rows, kind="one_hot")

    def to_sparse(self) -> Predictions:
        """The same samples with one-hot rows written as class indices (int64).

        Examples
        --------
        >>> Predictions.of([[0, 1], [1, 0]], [[0.1, 0.9], [0.8, 0.2]]).to_sparse().y_true.tolist()
        [1, 0]
        """
        if self.kind != "one_hot":
            raise InputError(
                "predictions",
                "must have one-hot labels to be written as class indices",
                Message("kind {kind}", {"kind": self.kind}),
                "Use the predictions as they are.",
            )
        return replace(self, y_true=class_indices(self.y_true), kind="sparse")

    def only(self, rows: slice | Array) -> Predictions:
        """Some of the samples, as views where `rows` is a slice; nothing is checked again.

        Examples
        --------
        >>> Predictions.of([0, 1, 1], [0.2, 0.7, 0.4]).only(slice(1, 3)).y_true.tolist()
        [1, 1]
        """
        weight, ids = self.sample_weight, self.sample_ids
        return replace(
            self,
            y_true=self.y_true[rows],
            y_pred=self.y_pred[rows],
            sample_weight=None if weight is None else weight[rows],
            sample_ids=None if ids is None else ids[rows],
        )

    def as_kind(self, kind: Kind) -> Predictions:
        """The same arrays, read as another kind that fits their shapes."""
        check_kind(kind, self.y_true, self.y_pred)
        return replace(self, kind=kind)
