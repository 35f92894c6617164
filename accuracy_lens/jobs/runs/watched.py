"""One visitor's runs: each may be watched by others too, and goes on when one of them leaves."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from accuracy_lens.jobs.runs.run_queue import Run
from accuracy_lens.jobs.runs.visit import RunState
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

    def state(self, position: int | None, wait: float | None, watchers: int) -> RunState:
        """The run as it stands for the visitor; as it was left where it was left."""
        run, left = self.run, self.reason is not None
        return RunState(
            settings=run.settings,
            phase="stopped" if left else run.phase,
            position=None if left else position,
            reports=run.kept.first(self.came) if left else run.kept.reports,
            came=self.came if left else run.kept.came,
            reason=self.reason or run.reason,
            wait=None if left else wait,
            watchers=watchers,
            earlier=self.earlier,
        )


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


class Groups(dict[str, Group]):
    """The runs of all visitors, by their names."""

    @property
    def live(self) -> int:
        """Visitors who wait for anything."""
        return sum(group.live for group in self.values())

    @property
    def size(self) -> int:
        """Bytes of the reports that visitors can see; what several of them watch counts once."""
        runs = {each.run for group in self.values() for each in group.watched}
        return sum(run.kept.size for run in runs)

    def watchers(self, run: Run) -> int:
        """Visitors who watch a run and have not left it."""
        return sum(group.watches(run) for group in self.values())

    def forget(self, most_bytes: int, seconds: float) -> None:
        """Drop what is over and was not looked at for so long, and the oldest of it for room."""
        now = time.monotonic()
        over = [name for name, group in self.items() if not group.live]
        for name in sorted(over, key=lambda name: self[name].touched):
            if now - self[name].touched > seconds or self.size > most_bytes:
                del self[name]
