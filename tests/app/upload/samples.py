"""Six samples of two classes, and the lines of a CSV file."""

from __future__ import annotations

LABELS = [0, 1, 1, 0, 1, 1]
OUTPUTS = [0.25, 0.75, 0.5, 0.625, 0.875, 0.125]


def delimited(separator: str) -> bytes:
    lines = [f"y_true{separator}y_pred"]
    lines += [f"{t}{separator}{p}" for t, p in zip(LABELS, OUTPUTS, strict=True)]
    return "\n".join(lines).encode()


def rows(header: str, lines: list[str]) -> bytes:
    return "\n".join([header, *lines]).encode()


PLAIN = delimited(",")
