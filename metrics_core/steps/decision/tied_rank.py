"""The rank of the true class where ties are broken by position, or count against it."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array


def rank_highest_index_first(scores: Array, true_class: Array) -> Array:
    """Count, for each row, the scores that come before the true class, equal ones from the last.

    Parameters
    ----------
    scores : ndarray, shape (n, C)
    true_class : ndarray of int, shape (n,)
        One that is no column has rank C.

    Notes
    -----
    The order of ``numpy.argsort(kind="mergesort")[:, ::-1]`` in scikit-learn.

    Examples
    --------
    >>> rank_highest_index_first(np.array([[0.4, 0.4, 0.2]] * 2), np.array([0, 1])).tolist()
    [1, 0]
    """
    own, inside = _of_true_class(scores, true_class)
    later = np.arange(scores.shape[1]) > true_class[:, None]
    before = ((scores > own) | ((scores == own) & later)).sum(axis=1)
    return np.asarray(np.where(inside, before, scores.shape[1]))


def rank_after_ties(scores: Array, true_class: Array) -> Array:
    """Count, for each row, the other scores that are not below that of the true class.

    Examples
    --------
    >>> rank_after_ties(np.array([[0.4, 0.4, 0.2]] * 2), np.array([0, 2])).tolist()
    [1, 2]
    """
    own, inside = _of_true_class(scores, true_class)
    return np.asarray(np.where(inside, (scores >= own).sum(axis=1) - 1, scores.shape[1]))


def chosen_by_torch(scores: Array, k: int) -> Array:
    """Mark the k scores of each row that ``torch.topk`` chooses on a processor.

    Ties at the last place follow the selection of the C++ library, which moves elements about.

    Parameters
    ----------
    scores : ndarray, shape (n, C)
        NaN is above all numbers.
    k : int
        From 1 to C.

    Returns
    -------
    ndarray of bool, shape (n, C)

    Examples
    --------
    >>> chosen_by_torch(np.array([[0.2, 0.5, 0.2, 0.2]]), 2).tolist()
    [[False, True, False, True]]
    """
    missing = np.isnan(scores)
    if missing.any():
        scores = np.where(missing, np.inf, np.minimum(scores, np.finfo(scores.dtype).max))
    own = np.partition(scores, -k, axis=1)[:, -k][:, None]
    chosen = scores >= own
    known: dict[bytes, list[int]] = {}
    for row in np.flatnonzero(chosen.sum(axis=1) > k):
        given = scores[row].tobytes()
        if given not in known:
            known[given] = _selected(scores[row].tolist(), k)
        chosen[row] = False
        chosen[row, known[given]] = True
    return np.asarray(chosen)


def in_chosen(scores: Array, true_class: Array, k: int) -> Array:
    """Whether the true class of each row is among the k that ``torch.topk`` chooses.

    Examples
    --------
    >>> in_chosen(np.array([[0.2, 0.5, 0.2, 0.2]] * 3), np.array([3, 2, 9]), 2).tolist()
    [True, False, False]
    """
    marked, inside = _of_true_class(chosen_by_torch(scores, k), true_class)
    return np.asarray(marked[:, 0] & inside)


def _of_true_class(values: Array, true_class: Array) -> tuple[Array, Array]:
    """The value ``(n, 1)`` in the column of the true class, and whether there is one."""
    inside = (true_class >= 0) & (true_class < values.shape[1])
    index = np.where(inside, true_class, 0).astype(np.intp)
    return np.take_along_axis(values, index[:, None], axis=1), inside


def _selected(row: list[float], k: int) -> list[int]:
    """The places that ``std::nth_element`` or, of many for few, ``std::partial_sort`` leaves."""
    places = list(range(len(row)))
    if k * 64 <= len(row):
        return _heap_selected(row, places, k)
    first, last = 0, len(row)
    while last - first > 3:
        cut = _parted(row, places, first, last)
        if cut <= k - 1:
            first = cut
        else:
            last = cut
    for at in range(first + 1, last):
        place, to = places.pop(at), at
        while to > first and row[place] > row[places[to - 1]]:
            to -= 1
        places.insert(to, place)
    return places[:k]


def _parted(row: list[float], places: list[int], first: int, last: int) -> int:
    """Part places at the median of three, as ``std::__unguarded_partition_pivot`` does."""
    low, middle, high = first + 1, first + (last - first) // 2, last - 1
    a, b, c = (row[places[at]] for at in (low, middle, high))
    if a > b:
        median = middle if b > c else high if a > c else low
    else:
        median = low if a > c else high if b > c else middle
    places[first], places[median] = places[median], places[first]
    pivot, left, right = row[places[first]], first + 1, last
    while True:
        while row[places[left]] > pivot:
            left += 1
        right -= 1
        while pivot > row[places[right]]:
            right -= 1
        if left >= right:
            return left
        places[left], places[right] = places[right], places[left]
        left += 1


def _heap_selected(row: list[float], places: list[int], k: int) -> list[int]:
    """The k highest by a heap whose root is the lowest of them, as ``std::__heap_select``."""
    heap = places[:k]
    for at in range((k - 2) // 2, -1, -1):
        _sink(row, heap, at, heap[at])
    for place in places[k:]:
        if row[place] > row[heap[0]]:
            _sink(row, heap, 0, place)
    return heap


def _sink(row: list[float], heap: list[int], top: int, place: int) -> None:
    """Put a place into the heap from a hole at `top`, as ``std::__adjust_heap``."""
    hole = top
    while 2 * hole + 2 < len(heap):
        child = 2 * hole + 2
        child -= row[heap[child]] > row[heap[child - 1]]
        heap[hole] = heap[child]
        hole = child
    if 2 * hole + 2 == len(heap):
        heap[hole] = heap[2 * hole + 1]
        hole = 2 * hole + 1
    while hole > top and row[heap[(hole - 1) // 2]] > row[place]:
        heap[hole] = heap[(hole - 1) // 2]
        hole = (hole - 1) // 2
    heap[hole] = place
