"""The reports of one run, within a bound of bytes."""

from __future__ import annotations


class KeptReports:
    """Reports in the order in which they came; where they would be too much, every second goes.

    The first and the newest report always stay, and those between lie evenly: all of them, then
    every second, every fourth and so on.

    Parameters
    ----------
    most : int
        Bytes of all reports together; two reports are kept even if they are larger.

    Examples
    --------
    >>> kept = KeptReports(most=4)
    >>> for number in range(8):
    ...     kept.add(number, size=1)
    >>> kept.reports, kept.size, kept.came
    ((0, 4, 7), 3, 8)
    """

    def __init__(self, most: int) -> None:
        self.most, self.size, self.came = most, 0, 0
        self._stride = 1
        self._kept: list[tuple[int, object, int]] = []

    @property
    def reports(self) -> tuple[object, ...]:
        """What is kept."""
        return self.first(self.came)

    def first(self, n: int) -> tuple[object, ...]:
        """What is kept of the first reports that came."""
        return tuple(report for number, report, _ in self._kept if number < n)

    def add(self, report: object, size: int) -> None:
        """Take a report of so many bytes."""
        if self._kept and self._kept[-1][0] % self._stride:
            self._keep(self._kept[:-1])
        self._keep([*self._kept, (self.came, report, size)])
        self.came += 1
        while self.size > self.most and len(self._kept) > 2:
            self._stride *= 2
            *older, newest = self._kept
            self._keep([*(one for one in older if one[0] % self._stride == 0), newest])

    def _keep(self, kept: list[tuple[int, object, int]]) -> None:
        self._kept, self.size = kept, sum(size for _, _, size in kept)
