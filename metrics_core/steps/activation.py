"""Step 2: from what the last layer gave to scores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.threads import cut, each_block

Activation = str
"""The name of a row of `ACTIVATIONS`."""
_BLOCK = 262_144


@dataclass(frozen=True, kw_only=True)
class ActivationChoice:
    """A choice at the activation step.

    Attributes
    ----------
    name : str
    words : Message
    function : callable or None
        From a block ``(rows, C)`` of outputs to scores; it may write over the block. None where the
        outputs stay as they are.
    numpy : tuple of str
        Lines of numpy that leave ``{scores}``.
    numpy_one_output : tuple of str
        The same for a single output per sample, where it is simpler.
    keras_one_output : str
        The expression in `keras.ops` for a single output, where it is not the usual one.
    """

    name: str
    words: Message
    function: Callable[[Array], Array] | None = None
    numpy: tuple[str, ...] = ()
    numpy_one_output: tuple[str, ...] = ()
    keras_one_output: str = ""


def activate(logits: Array, activation: Activation, threads: int = 1) -> Array:
    """Apply an activation to outputs, without overflow and in their own dtype.

    Parameters
    ----------
    logits : ndarray, shape (n,) or (n, C)
        Outputs of the last layer. A one-dimensional array is one unit per sample.
    activation : {"none", "sigmoid", "softmax"}
        ``none`` returns the same array. ``sigmoid`` works on each element. ``softmax`` works on
        each row, so that a single unit always gives 1.
    threads : int
        How many work on blocks of rows; the scores are the same.

    Returns
    -------
    ndarray
        Same shape; same floating dtype (float16 is computed in float32 and rounded once).
        Integers and booleans become float32, as Keras casts them. NaN stays NaN. Sigmoid gives 0
        and 1 for the infinities; softmax gives NaN to a row with positive infinity, as Keras does.

    Raises
    ------
    InputError
        If the activation has another name.

    Notes
    -----
    Follows ``keras.activations.sigmoid`` and ``keras.activations.softmax``; the last bit may differ
    from a TensorFlow kernel.

    Examples
    --------
    >>> activate(np.array([-1e4, 0.0, 1e4]), "sigmoid").tolist()
    [0.0, 0.5, 1.0]
    >>> activate(np.array([3.0, -2.0]), "softmax").tolist()
    [1.0, 1.0]
    """
    if activation not in ACTIVATIONS:
        raise InputError(
            "activation",
            "must be one of {names}",
            repr(activation),
            "Use none where the outputs are probabilities already.",
            names=", ".join(ACTIVATIONS),
        )
    function = ACTIVATIONS[activation].function
    if function is None:
        return logits
    columns = logits.reshape(len(logits), -1)
    dtype = logits.dtype if logits.dtype.kind == "f" else np.dtype(np.float32)
    scores = np.empty(columns.shape, dtype)
    rows = max(1, _BLOCK // columns.shape[1])

    def work(part: slice) -> None:
        scores[part] = function(columns[part].astype(np.promote_types(dtype, "f4")))

    with np.errstate(invalid="ignore", under="ignore", over="ignore"):
        each_block(work, cut(len(columns), rows), threads)
    scores.setflags(write=False)
    return scores.reshape(logits.shape)


def _sigmoid(block: Array) -> Array:
    small = np.exp(-np.abs(block))
    positive = block >= 0
    np.copyto(block, small)
    block[positive] = 1
    small += 1
    block /= small
    return block


def _softmax(block: Array) -> Array:
    block -= block.max(axis=1, keepdims=True)
    np.exp(block, out=block)
    block /= block.sum(axis=1, keepdims=True)
    return block


ACTIVATIONS = {
    choice.name: choice
    for choice in (
        ActivationChoice(name="none", words=Message("none")),
        ActivationChoice(
            name="sigmoid",
            words=Message("sigmoid"),
            function=_sigmoid,
            numpy=(
                "small = np.exp(-np.abs(y_pred))  # cannot overflow",
                "{scores} = np.where(y_pred >= 0, 1, small) / (1 + small)",
            ),
        ),
        ActivationChoice(
            name="softmax",
            words=Message("softmax"),
            function=_softmax,
            numpy=(
                "exps = np.exp(y_pred - y_pred.max(axis=1, keepdims=True))",
                "{scores} = exps / exps.sum(axis=1, keepdims=True)",
            ),
            numpy_one_output=("{scores} = np.ones(len(y_pred))  # softmax over a single output",),
            keras_one_output="keras.ops.ones_like(y_pred)  # softmax over a single output",
        ),
    )
}
"""The choices by name: a new row is a new activation everywhere."""
