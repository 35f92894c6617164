"""Which releases compute like a recipe, read from the rules in the table of releases.

Whether `accuracy` resolves to the recipe there, by loss or by shapes, is another question.
"""

from __future__ import annotations

from metrics_core.catalog.rows import CATALOG
from metrics_core.releases import beside_ran, counting_of, table
from metrics_core.releases.rules.functions import FUNCTIONS
from metrics_core.releases.rules.release import Release

_CLASSES = (
    ("precision_at_recall", "PrecisionAtRecall"),
    ("keras_auc", "AUC"),
)
"""How the names of metrics start, and the class of Keras that computes them."""


def computed_by(
    decision: str, threshold: float, variant: str, averaging: str, weighting: str
) -> tuple[str, ...]:
    """Name the releases that compute like this when asked for the metric by its name.

    Parameters
    ----------
    decision : {"round", "threshold", "argmax", "rank", "none"}
        Rounded, compared with a threshold, ranked, or as it came.
    threshold : float
        A release that rounds can compare with a threshold other than 0.5 where it takes one.
    variant : str
        A row of the catalogue. A release must have the function of that name; the exact match of
        all labels is in none of them.
    averaging : {"pooled", "batch_means", "tail_dropped", "per_class", "broadcast"}
        Top-k that counts each batch once gives the mean of batch means, and so does a release that
        takes the axis of a single unit from the outputs.
        Labels (n,) broadcast against outputs (n, 1) where a function does not bring them to one
        rank.
    weighting : {"ignored", "used", "by_count"}
        ``used`` needs totals over all batches; ``by_count`` divides the weighted sum of each batch
        by the number of weights that are not 0.

    Returns
    -------
    tuple of str
        In the order of the table; empty where none does.

    Examples
    --------
    >>> computed_by("round", 0.5, "binary_accuracy_rounded", "pooled", "ignored")[-1]
    'tf.keras-1.8.0'
    """
    row = CATALOG[variant]
    if averaging == "per_class" or not row.is_accuracy or row.keras.startswith("none"):
        return ()
    return tuple(
        name
        for name, release in table.RELEASES.items()
        if _has(release, decision, threshold, variant)
        and _averages(release, decision, averaging, weighting)
        and _weighs(release, decision == "rank", weighting)
    )


def counted_by(metric: str) -> tuple[str, ...]:
    """Name the rows of releases that were run with the metric class that a metric stands for.

    Parameters
    ----------
    metric : str
        The name of a metric of recipes.

    Returns
    -------
    tuple of str
        In the order of the table; empty where it stands for none.

    Examples
    --------
    >>> counted_by("precision_at_recall_80")[-1], counted_by("kappa")
    ('keras-3.15.1', ())
    """
    asked = next((name for start, name in _CLASSES if metric.startswith(start)), None)
    return tuple(
        name
        for name, row in table.RELEASES.items()
        if any(
            run == beside_ran(run) and asked in counting_of(run).classes
            for run in (f"{row.line}-{version}" for version in row.versions)
        )
    )


def _has(row: Release, decision: str, threshold: float, variant: str) -> bool:
    """Whether there is such a function, and whether it decides so."""
    if variant in FUNCTIONS and variant not in row.functions:
        return False
    match decision:
        case "round":
            return row.rounds
        case "threshold":
            return not row.rounds or (threshold != 0.5 and row.threshold_argument)
        case _:
            return True


def _averages(row: Release, decision: str, averaging: str, weighting: str) -> bool:
    ranks = decision == "rank"
    match averaging:
        case "batch_means" if not ranks:
            return decision == "threshold" and row.aligns_ranks == "squeeze"
        case "batch_means":
            return _counts_batches(row)
        case "broadcast":
            return row.aligns_ranks == "never"
        case _:
            return not (ranks and weighting == "ignored" and _counts_batches(row))


def _weighs(row: Release, ranks: bool, weighting: str) -> bool:
    match weighting:
        case "used":
            return row.totals == "float32" and not (ranks and _counts_batches(row))
        case "by_count":
            return row.weighting == "share_of_nonzero"
        case _:
            return True


def _counts_batches(row: Release) -> bool:
    """Whether top-k adds one number per batch to a total over all batches."""
    return row.top_k_returns == "batch" and row.totals == "float32"
