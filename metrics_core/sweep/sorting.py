"""Rows of score, label and weight as keys and weights, sorted where they lie."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.sweep.keys import Coding, settled

_BLOCK = 32_768
_PAIR = np.dtype([("weight", "<f4"), ("key", "<u4")])
_WHOLE = np.dtype("<u8")
"""A pair as one number, which sorts by key, then by weight: one above 0 sorts as its bits."""


def collected(
    coding: Coding, scores: Array, positive: Array, weights: Array | None
) -> tuple[Array, int, Array | None]:
    """Keys, how many of them are of negative scores, and weights; rows of weight 0 are left out.

    Keys and weights of four bytes are filled in side by side, sorted as one number and moved apart
    in the same memory.

    Examples
    --------
    >>> from metrics_core.sweep.keys import CODINGS
    >>> scores, weights = np.array([0.5, -1, 0.5], "f4"), np.array([3, 1, 2], "f4")
    >>> keys, below, sorted = collected(CODINGS[np.dtype("f4")], scores, scores > 0, weights)
    >>> below, sorted.tolist()
    (1, [1.0, 2.0, 3.0])
    """
    if weights is None:
        keys = np.empty(len(scores), coding.whole)
        below = _fill(coding, keys, None, scores, positive, None)
        sort(keys, below, None)
        return keys, below, None
    size, floats = int(np.count_nonzero(weights)), settled(weights.dtype)
    if _is_pair(np.dtype(coding.whole), floats):
        pairs = np.empty(size, _PAIR)
        below = _fill(coding, pairs["key"], pairs["weight"], scores, positive, weights)
        _sort_pairs(pairs, below)
        keys, kept = _moved_apart(pairs)
        return keys, below, kept
    keys, kept = np.empty(size, coding.whole), np.empty(size, floats)
    below = _fill(coding, keys, kept, scores, positive, weights)
    sort(keys, below, kept)
    return keys, below, kept


def _fill(
    coding: Coding,
    keys: Array,
    kept: Array | None,
    scores: Array,
    positive: Array,
    weights: Array | None,
) -> int:
    """Negative scores from the front, the others from the back; how many are in front."""
    front, back = 0, len(keys)
    for start in range(0, len(scores), _BLOCK):
        rows = slice(start, start + _BLOCK)
        block, label = scores[rows], positive[rows]
        weight = None if weights is None else weights[rows]
        if weight is not None and not weight.all():
            some = weight != 0
            block, label, weight = block[some], label[some], weight[some]
        coded, stop = coding.keys(block, label), front
        if block.min(initial=0) < 0:
            below = block < 0
            low, rest = np.flatnonzero(below), np.flatnonzero(~below)
            stop = front + len(low)
            keys[front:stop], coded = coded.take(low), coded.take(rest)
            if kept is not None and weight is not None:
                kept[front:stop], weight = weight.take(low), weight.take(rest)
        begin = back - len(coded)
        keys[begin:back] = coded
        if kept is not None:
            kept[begin:back] = weight
        front, back = stop, begin
    return front


def sort(keys: Array, n_negative: int, weights: Array | None) -> None:
    """Sort the keys of each sign in place, by weight where they are equal, and the weights along.

    Examples
    --------
    >>> keys, weights = np.array([5, 3, 5], "u4"), np.array([4, 1, 2], "f8")
    >>> sort(keys, 0, weights)
    >>> keys.tolist(), weights.tolist()
    ([3, 5, 5], [1.0, 2.0, 4.0])
    """
    if weights is not None and _is_pair(keys.dtype, weights.dtype):
        pairs = np.empty(len(keys), _PAIR)
        pairs["key"], pairs["weight"] = keys, weights
        _sort_pairs(pairs, n_negative)
        keys[:], weights[:] = pairs["key"], pairs["weight"]
        return
    for part in (slice(0, n_negative), slice(n_negative, None)):
        if weights is None:
            keys[part].sort()
        else:
            _sort_apart(keys[part], weights[part])


def _is_pair(whole: np.dtype[np.generic], floats: np.dtype[np.generic]) -> bool:
    return whole == np.uint32 and floats == np.float32


def _sort_pairs(pairs: Array, n_negative: int) -> None:
    for part in (slice(0, n_negative), slice(n_negative, None)):
        pairs.view(_WHOLE)[part].sort()


def _moved_apart(pairs: Array) -> tuple[Array, Array]:
    """Keys and weights; the keys in the first half of the memory of the pairs, which end here."""
    weights, size = pairs["weight"].astype(np.float32), len(pairs)
    keys = pairs.view(np.uint32)[:size]
    for start in range(0, size, _BLOCK):
        rows = slice(start, start + _BLOCK)
        keys[rows] = pairs["key"][rows]
    del keys
    pairs.resize(-(-size // 2), refcheck=False)
    return pairs.view(np.uint32)[:size], weights


def _sort_apart(keys: Array, weights: Array) -> None:
    order = np.argsort(keys)
    keys[:], weights[:] = keys[order], weights[order]
    tied = np.zeros(len(keys), bool)
    np.equal(keys[1:], keys[:-1], out=tied[1:])
    tied[:-1] |= tied[1:]
    rows = np.flatnonzero(tied)
    weights[rows] = weights[rows[np.lexsort((weights[rows], keys[rows]))]]
