"""What the columns of the table of samples are called, on the page and in files for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from accuracy_lens.components.sample_table import MOST_COLUMNS
from accuracy_lens.words.text import say
from metrics_core.messages import Message

_TITLES: Mapping[str, Message] = {
    "row": Message("row"),
    "id": Message("id"),
    "label": Message("label"),
    "predicted": Message("predicted"),
    "score": Message("score"),
    "output": Message("output"),
    "output_top": Message("output_top"),
    "output_true": Message("output_true"),
    "activated": Message("activated"),
    "activated_top": Message("activated_top"),
    "activated_true": Message("activated_true"),
    "rounded": Message("rounded"),
    "thresholded": Message("thresholded"),
    "argmax": Message("argmax"),
    "rank": Message("rank"),
    "weight": Message("weight"),
}
_OF_SOME = {"output_top", "output_true", "activated_top", "activated_true"}
"""Where each class has a column of its outputs, these are of classes called so."""


def column_titles(columns: Iterable[str], n_outputs: int) -> dict[str, str]:
    """The title of each column of `sample_table`, in the reader's language.

    Parameters
    ----------
    columns : iterable of str
        Their names there, which programs read: Parquet has them in every language. What has a
        name of its own, as a custom metric, keeps it.
    n_outputs : int
        Of each sample.

    Examples
    --------
    >>> column_titles(["label", "output_cat", "your_metric"], n_outputs=2)
    {'label': 'label', 'output_cat': 'output_cat', 'your_metric': 'your_metric'}
    """
    return {column: _title(column, one_a_class=n_outputs <= MOST_COLUMNS) for column in columns}


def _title(column: str, *, one_a_class: bool) -> str:
    if column in _TITLES and not (one_a_class and column in _OF_SOME):
        return say(_TITLES[column])
    start, _, name = column.partition("_")
    match start:
        case "output":
            return say("output_{name}", name=name)
        case "activated":
            return say("activated_{name}", name=name)
        case "right":
            return say("right_{name}", name=name)
        case "value":
            return say("value_{name}", name=name)
    return column
