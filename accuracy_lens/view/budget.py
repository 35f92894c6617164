"""What the files of all visitors may hold together, and each of them."""

from __future__ import annotations

import mmap
import threading
import weakref

from accuracy_lens.measured import REFUSED
from accuracy_lens.view.quotas import quotas
from metrics_core.errors import InputError
from metrics_core.messages import Message


class Budget:
    """Bytes that visitors may hold; what is no longer referred to counts no more.

    Parameters
    ----------
    most : int
        Of all together.
    most_each : int, optional
        Of one; by default the same.

    Examples
    --------
    >>> budget, held = Budget(100), mmap.mmap(-1, 60)
    >>> budget.take(held, "a.csv"), budget.bytes
    (None, 60)
    >>> del held
    >>> budget.bytes
    0
    """

    def __init__(self, most: int, most_each: int | None = None) -> None:
        self.most, self.most_each = most, most if most_each is None else most_each
        self._held: dict[int, tuple[str, int]] = {}
        self._lock = threading.RLock()  # the collector may run within

    @property
    def bytes(self) -> int:
        """What is held now."""
        return sum(size for _, size in list(self._held.values()))

    def of(self, whose: str) -> int:
        """What one visitor holds now."""
        return sum(size for visitor, size in list(self._held.values()) if visitor == whose)

    def take(self, memory: mmap.mmap, name: str, whose: str = "") -> None:
        """Count the memory of the columns of a file.

        Raises
        ------
        InputError
            Where it would be more than the visitor, or all together, may hold.
        """
        size = Message("{size:,.1f} MB", {"size": len(memory) / 2**20})
        with self._lock:
            if whose and self.of(whose) + len(memory) > self.most_each:
                REFUSED.labels("columns_each").inc()
                raise InputError(
                    name,
                    "must fit beside the other files of this visit, {most:,.0f} MB in all",
                    size,
                    "Remove a file that is in use, or keep only part of the samples.",
                    most=self.most_each / 2**20,
                )
            if self.bytes + len(memory) > self.most:
                REFUSED.labels("columns").inc()
                raise InputError(
                    name,
                    "must wait until the files of other visitors are gone",
                    size,
                    "Try again in a minute, or keep only part of the samples.",
                )
            self._held[id(memory)] = whose, len(memory)
            weakref.finalize(memory, self._held.pop, id(memory), None)


COLUMNS = Budget(quotas().column_bytes, quotas().column_bytes_each)
"""The columns of the files of all visitors."""
