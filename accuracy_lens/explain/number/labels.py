"""Refusals name the field as the page calls it, not the argument of the core."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from metrics_core.errors import InputError


@contextmanager
def labelled(labels: Mapping[str, str]) -> Iterator[None]:
    """Raise a refusal again under the label of its argument.

    Examples
    --------
    >>> with labelled({"samples": "Number of samples"}):
    ...     raise InputError("samples", "must be 1 or more", 0, "Count them.")
    Traceback (most recent call last):
    metrics_core.errors.InputError: `Number of samples` must be 1 or more. Got 0. Count them.
    """
    try:
        yield
    except InputError as error:
        label = labels.get(error.argument, error.argument)
        raise InputError(label, error.rule, error.received, error.hint) from None
