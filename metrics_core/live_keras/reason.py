"""Why Keras refused, in one line."""

from __future__ import annotations

LONGEST = 400
"""Characters that are shown of what Keras says."""


def reason(error: Exception) -> str:
    """Name the error and the line that says why, without the frames that TensorFlow adds.

    Examples
    --------
    >>> reason(ValueError("Shapes differ.\\nMore."))
    'ValueError: Shapes differ.'
    """
    text = str(error).strip()
    if text.startswith("Graph execution error"):
        said = [line for line in text.splitlines()[1:] if line and not line[0].isspace()]
        text = said[-1] if said else text
    return f"{type(error).__name__}: {text.partition(chr(10))[0]}"[:LONGEST]
