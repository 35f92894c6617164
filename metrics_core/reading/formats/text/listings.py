"""Listings of predictions whose cells no mark parts: Weka's, and fastText's lines."""

from __future__ import annotations

import re

_WEKA = re.compile(r"\s*inst#\s+actual\s+predicted\s+error\s+(prediction|distribution)\b(.*)")
_CLASS = r"(\d+:\S(?:.*?\S)??|\?)"
_ROW = re.compile(
    rf"\s*(\d+)\s+{_CLASS}\s+{_CLASS}\s+(?:(\+)\s+)?([*\d.,eE?NaN-]+)(?:\s+\((.*)\))?\s*"
)
_TAG = "__label__"


def listing(lines: list[str], data: bytes) -> bytes | None:
    """The same cells with tabs between them; None for any other text.

    Parameters
    ----------
    lines : list of str
        The first lines of the text.
    data : bytes
        All of it, UTF-8.

    Examples
    --------
    >>> text = "inst# actual predicted error distribution\\n 1 1:a 2:b + 0.3,*0.7\\n"
    >>> print(listing(text.splitlines(), text.encode()).decode().replace("\\t", "|"))
    inst#|actual|predicted|error|distribution
    1|1:a|2:b|+|[0.3,0.7]
    <BLANKLINE>
    """
    full = [line for line in lines if line.strip()]
    if any(_WEKA.fullmatch(line) for line in full[:20]):
        return _weka(data.decode("utf-8", "replace").splitlines())
    if len(full) > 1 and all(line.startswith(_TAG) and line.count(_TAG) > 1 for line in full):
        parts = (line.split() for line in data.decode("utf-8", "replace").splitlines())
        return "".join("\t".join(cells) + "\n" for cells in parts).replace(_TAG, "").encode()
    return None


def _weka(lines: list[str]) -> bytes | None:
    rows = [match.groups() for line in lines if (match := _ROW.fullmatch(line))]
    head = next(match for line in lines if (match := _WEKA.fullmatch(line)))
    if not rows:
        return None
    further = re.findall(r"[^\s(),]+", head[2])
    lists = head[1] == "distribution"
    table = [["inst#", "actual", "predicted", "error", head[1], *further]]
    for place, actual, predicted, error, scores, rest in rows:
        bare = scores.replace("*", "")
        more = (rest or "").split(",", len(further) - 1) if further else []
        shares = f"[{bare}]" if lists else bare
        table.append([place, actual, predicted, error or "", shares, *more])
    return "".join("\t".join(cells) + "\n" for cells in table).encode()
