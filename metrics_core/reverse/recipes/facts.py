"""Which of nine Keras releases compute like a recipe, from a few facts about each.

Whether `accuracy` resolves to the recipe there, by loss or by shapes, is another question.
"""

from __future__ import annotations

RELEASES = (
    "keras-1.2.2",
    "keras-2.0.8",
    "keras-2.2.4",
    "tf.keras-1.13.1",
    "keras-2.3.1",
    "tf.keras-2.0.0",
    "tf.keras-2.2.0",
    "tf.keras-2.15.0",
    "keras-3.15.1",
)
_ROUNDING = frozenset({"keras-1.2.2", "keras-2.0.8", "keras-2.2.4", "keras-2.3.1"})
_EPOCH_TOTALS = frozenset(RELEASES[3:])
_BATCH_WEIGHTS = frozenset({"keras-2.0.8", "keras-2.2.4"})
_SCALAR_TOP_K = frozenset({"tf.keras-1.13.1"})


def computed_by(
    decision: str, threshold: float, variant: str, averaging: str, weighting: str
) -> tuple[str, ...]:
    """Name the releases that compute like this when asked for the metric by its name.

    Parameters
    ----------
    decision : {"round", "threshold", "argmax", "rank", "none"}
        Rounding up to keras 2.3.1; a threshold in every tf.keras and in Keras 3, and in keras 2.3.1
        where it is not 0.5. Exact equality from the first release that has ``Accuracy``.
    threshold : float
    variant : str
        A row of the catalogue. The exact match of all labels is in none of them.
    averaging : {"pooled", "batch_means", "tail_dropped", "per_class", "broadcast"}
        Top-k of tf.keras 1.13.1 counts each batch once; nothing else gives the mean of batch means.
        Labels (n,) broadcast against outputs (n, 1) when the function is called by hand, but in
        Keras 3.
    weighting : {"ignored", "used", "by_count"}
        Epoch totals from tf.keras 1.13.1 on; keras 2.0.8 and 2.2.4 divide the weighted sum of each
        batch by the number of weights that are not 0.

    Returns
    -------
    tuple of str
        In order of time; empty where none does.

    Examples
    --------
    >>> computed_by("round", 0.5, "binary_accuracy_rounded", "pooled", "ignored")[-1]
    'keras-2.3.1'
    """
    named = set(RELEASES)
    if decision == "round":
        named &= _ROUNDING
    elif decision == "threshold":
        named -= _ROUNDING - ({"keras-2.3.1"} if threshold != 0.5 else set())
    elif decision == "none":
        named &= _EPOCH_TOTALS
    if averaging == "broadcast":
        named.discard("keras-3.15.1")
    if variant.startswith("sparse_top_k"):
        named.discard("keras-1.2.2")
    if variant in ("subset_accuracy", "precision", "recall", "f_beta") or averaging == "per_class":
        return ()
    if decision == "rank" and (averaging == "batch_means" or weighting == "ignored"):
        named = named & _SCALAR_TOP_K if averaging == "batch_means" else named - _SCALAR_TOP_K
    elif averaging == "batch_means":
        return ()
    if weighting != "ignored":
        named &= _EPOCH_TOTALS if weighting == "used" else _BATCH_WEIGHTS
        named -= _SCALAR_TOP_K if decision == "rank" else set()
    return tuple(name for name in RELEASES if name in named)
