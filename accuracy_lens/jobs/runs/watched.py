"""One visitor's runs: each may be watched by others too, and goes on when one of them leaves."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from accuracy_lens.jobs.runs.run_queue import Run
from metrics_core.messages import Message


@dataclass(eq=False)
class Watched:
    """A run as one visitor sees it.

    Attributes
    ----------
    run : Run
    earlier : bool
        Whether it was done before the visitor came.
    reason : Message or None
        Why the visitor left it before its end.
    came : int
        Reports that had come by then.
    """

    run: Run
    earlier: bool = False
    reason: Message | None = None
    came: int = 0

    @property
    def over(self) -> bool:
        """Whether the visitor will see nothing more of it."""
        return self.reason is not None or self.run.over

    def leave(self, reason: Message) -> None:
        """Watch no longer; what was reported until now stays."""
        if not self.over:
            self.reason, self.came = reason, self.run.kept.came


@dataclass(eq=False)
class Group:
    """The run of one visitor, or the two side by side."""

    visitor: str
    watched: list[Watched]
    silent_turns: int = 0
    elsewhere: bool = False
    touched: float = field(default_factory=time.monotonic)

    @property
    def live(self) -> bool:
        """Whether the visitor waits for anything."""
        return not all(each.over for each in self.watched)

    def watches(self, run: Run) -> bool:
        """Whether a run is one of these, and was not left."""
        return any(each.run is run and each.reason is None for each in self.watched)

    def touch(self, *, elsewhere: bool) -> None:
        """The visitor was heard of."""
        self.silent_turns, self.elsewhere, self.touched = 0, elsewhere, time.monotonic()
