"""What a row of the table of releases says: every rule in which two releases differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

from metrics_core.kinds import Kind
from metrics_core.messages import Message

Loss = Literal[
    "binary_crossentropy",
    "categorical_crossentropy",
    "sparse_categorical_crossentropy",
    "mean_squared_error",
    "hinge",
]
USUAL_LOSS: Mapping[Kind, Loss] = MappingProxyType({
    "binary": "binary_crossentropy",
    "one_hot": "categorical_crossentropy",
    "sparse": "sparse_categorical_crossentropy",
    "multi_label": "binary_crossentropy",
    "class_indices": "mean_squared_error",
})  # fmt: skip
"""What a model is usually compiled with for each kind of predictions."""
LossForm = Literal["string", "function", "class", "class_from_logits", "custom"]
Returns = Literal["batch", "row", "element"]


class Run(NamedTuple):
    """A version that was run and recorded, and the day on which the package index got it."""

    version: str
    uploaded: str


@dataclass(frozen=True, kw_only=True)
class Release:
    """One row of the table: a release and how it computes ``accuracy``.

    Attributes
    ----------
    name, title : str
        What the code calls it, and what a reader calls it.
    ran : tuple of Run
        The versions that were run and recorded and follow these rules in every case, oldest first.
    changed : Message
        What the first of them does otherwise than the release before it.
    source : str
        Where that stands, or where the release decides what ``accuracy`` means: file, function,
        lines.
    functions, classes : frozenset of str
        The metric functions and metric classes that it has, of those that are modelled.
    loss_classes : frozenset of str
        The losses that it offers as classes too.

    resolves_by : {"loss", "shapes"}
        What picks the function behind ``accuracy``.
    recognised_forms : frozenset of str
        By loss only: the forms of a loss that are recognised; others count as an unknown loss.
    any_case : bool
        Whether ``Accuracy`` and ``ACC`` are spellings of ``accuracy``.
    alias_functions : frozenset of (str, str)
        Further names of functions.
    class_strings : {"refused", "spelled", "own"}
        Whether a class can be named by a string, and the name it is then reported by.
    short_name : bool
        Whether ``accuracy`` is reported as ``acc``, and other functions by their full name.
    weighted_prefix : bool
        Whether weighted metrics are reported with ``weighted_`` before the name.

    rounds : bool
        Binary accuracy rounds half to even; otherwise it compares with the threshold.
    threshold_argument : bool
        Whether binary accuracy has a threshold.
    means_everything : bool
        Whether every function returns one number, the mean of the batch.
    binary_returns, binary_class_returns : {"row", "element"}
        What binary accuracy returns as a function and inside its class.
    same_dtypes : bool
        Whether labels and outputs must have one dtype in a comparison or difference.
    sparse_labels : {"max", "flatten", "squeeze", "squeeze_one"}
        What sparse categorical accuracy does with the labels' last axis.
    matches_keep_shape : bool
        Whether both argmax accuracies share one comparison, whose result has the shape of the
        class indices that came in.
    sparse_dtypes : {"float32", "as_argmax", "any"}
        The labels that sparse categorical accuracy takes: float32, that or int64, or any.
    flags_are_bool : bool
        Whether the argmax accuracies return booleans.
    minus_zero_below_zero : bool
        Whether argmax holds -0.0 below 0.0.
    exact_shapes, exact_casts, exact_returns : bool, {"labels", "outputs"}, {"row", "element"}
        For exact equality: whether the shapes must be equal, which side takes the other's dtype,
        and what it returns.
    errors_cast : bool
        Whether labels take the dtype of the outputs in absolute and squared errors.
    aligns_ranks : {"never", "squeeze", "expand"}
        Whether a function brings (n,) and (n, 1) to one rank, instead of broadcasting to (n, n),
        and to which.
    threshold_inside : bool
        Whether the class of binary accuracy refuses a threshold that is not between 0 and 1.
    top_k_returns : {"batch", "row"}
        What the top-k functions return.
    top_k_out_of_range : {"raises", "never"}
        What a label without a column does.
    top_k_labels : {"max", "flatten", "squeeze"}
        What sparse top-k does with the labels' last axis.
    top_k_outputs : {"matrix", "sparse", "any"}
        Which top-k functions take outputs with more than two axes.
    top_k_keeps_shape : bool
        Whether the result of sparse top-k has the labels' shape.

    totals : {"by_length", "float32"}
        Batch values weighted by batch length in float64, or a float32 total and count.
    weighting : {"none", "share_of_nonzero", "batch_means", "broadcast", "samplewise"}
        How sample weights enter a metric.
    weights_stretch : bool
        Whether weights samplewise take the shape of the values, or are refused.
    scalar_weight_counts_once : bool
        Whether one weight for all is counted once a batch instead of once a sample.
    scalar_takes_weights : bool
        Whether a metric of one number per batch can be weighted by (n,) weights.
    empty_total : float
        What a total of weights of zero gives.
    small_counts : {"divide", "raised", "empty"}
        What a total of weights below zero does: divide like any other, count as 1e-7 as any less
        than that, or give `empty_total`.
    weights_follow : {"values", "outputs", "given_outputs"}
        Whether a metric class brings weights to the rank of the outputs before it calls its
        function: as they are then, or as they were given.
    weights_become_columns : {"never", "always", "matrix_outputs"}
        When (n,) weights become (n, 1).
    squeezes : {"never", "always", "ones"}
        Whether a metric class drops the last axis of the longer-ranked side, and whether it asks
        first that it is 1.
    ranks_assumed : bool
        Whether ``evaluate`` takes the labels to have as many axes as the outputs, whatever they
        have.

    column_labels : {"always", "matrix_outputs", "never"}
        When (n,) labels become (n, 1) in ``evaluate``.
    target_check : {"shape", "sizes", "none"}
        What is compared with the output before anything is computed.
    sizes_checked : frozenset of str
        The losses for which the sizes are compared.
    one_column_refused : bool
        Whether categorical crossentropy refuses a target of one column.
    sparse_loss_casts : bool
        Whether the sparse loss makes the labels int32.
    loss_squeezes : bool
        Whether losses bring ranks that differ by an axis of 1 together.
    loss_same_shape : frozenset of str
        The losses that themselves demand labels shaped like the outputs.
    sparse_loss_by_rank : bool
        Whether the sparse loss demands labels shaped like the outputs without their last axis, or
        only as many.
    loss_aligns_weights : bool
        Whether (n,) weights must fit the last axis of the loss values.
    temporal_mode : bool
        Whether weights with two axes need ``sample_weight_mode="temporal"``.

    Examples
    --------
    >>> from metrics_core.releases import RELEASES
    >>> RELEASES["keras-2.3.1"].rounds, RELEASES["tf.keras-2.0.0"].rounds
    (True, False)
    """

    name: str
    title: str
    ran: tuple[Run, ...]
    changed: Message = field(hash=False)
    source: str
    functions: frozenset[str]
    classes: frozenset[str]
    loss_classes: frozenset[str]

    resolves_by: Literal["loss", "shapes"]
    recognised_forms: frozenset[str]
    any_case: bool
    alias_functions: frozenset[tuple[str, str]]
    class_strings: Literal["refused", "spelled", "own"]
    short_name: bool
    weighted_prefix: bool

    rounds: bool
    threshold_argument: bool
    means_everything: bool
    binary_returns: Literal["row", "element"]
    binary_class_returns: Literal["row", "element"]
    same_dtypes: bool
    sparse_labels: Literal["max", "flatten", "squeeze", "squeeze_one"]
    matches_keep_shape: bool
    sparse_dtypes: Literal["float32", "as_argmax", "any"]
    flags_are_bool: bool
    minus_zero_below_zero: bool
    exact_shapes: bool
    exact_casts: Literal["labels", "outputs"]
    exact_returns: Literal["row", "element"]
    aligns_ranks: Literal["never", "squeeze", "expand"]
    threshold_inside: bool
    errors_cast: bool
    top_k_returns: Literal["batch", "row"]
    top_k_out_of_range: Literal["raises", "never"]
    top_k_labels: Literal["max", "flatten", "squeeze"]
    top_k_outputs: Literal["matrix", "sparse", "any"]
    top_k_keeps_shape: bool

    totals: Literal["by_length", "float32"]
    weighting: Literal["none", "share_of_nonzero", "batch_means", "broadcast", "samplewise"]
    weights_stretch: bool
    scalar_weight_counts_once: bool
    scalar_takes_weights: bool
    empty_total: float
    small_counts: Literal["divide", "raised", "empty"]
    weights_follow: Literal["values", "outputs", "given_outputs"]
    weights_become_columns: Literal["never", "always", "matrix_outputs"]
    squeezes: Literal["never", "always", "ones"]
    ranks_assumed: bool

    column_labels: Literal["always", "matrix_outputs", "never"]
    target_check: Literal["shape", "sizes", "none"]
    sizes_checked: frozenset[str]
    one_column_refused: bool
    sparse_loss_casts: bool
    loss_squeezes: bool
    loss_same_shape: frozenset[str]
    sparse_loss_by_rank: bool
    loss_aligns_weights: bool
    temporal_mode: bool

    @property
    def line(self) -> str:
        """``keras`` or ``tf.keras``: what stands before the version in the name."""
        return self.name.rpartition("-")[0]

    @property
    def version(self) -> str:
        """The version in the name, the best known of those that ran."""
        return self.name.rpartition("-")[2]

    @property
    def versions(self) -> tuple[str, ...]:
        """The versions that ran, oldest first.

        Examples
        --------
        >>> from metrics_core.releases import RELEASES
        >>> RELEASES["tf.keras-2.15.0"].versions
        ('2.12.0', '2.14.0', '2.15.0')
        """
        return tuple(run.version for run in self.ran)
