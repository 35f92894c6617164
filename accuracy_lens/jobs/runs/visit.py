"""What a visitor sees of a run, and whether the visitor is there."""

from __future__ import annotations

from dataclasses import dataclass

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from accuracy_lens.jobs.runs.run_queue import Phase
from metrics_core.messages import Message


@dataclass(frozen=True, kw_only=True)
class RunState:
    """One run as it stands.

    Attributes
    ----------
    settings : object
    phase : {"queued", "starting", "running", "done", "stopped", "failed"}
        ``starting``: handed to a process that is not ready yet.
    position : int or None
        In the queue, 1 comes next; None for any other phase.
    reports : tuple
        What the job reported, in order; thinned out evenly where it was too much, never the first
        and the newest.
    came : int
        Number of reports that came.
    reason : Message or None
        Why it was stopped or failed.
    wait : float or None
        Seconds until it begins, estimated; None before a run was measured, or for another phase.
    watchers : int
        Visitors who follow it, this one included.
    earlier : bool
        Whether it was done before this visitor asked for it.
    """

    settings: object
    phase: Phase
    position: int | None
    reports: tuple[object, ...]
    came: int
    reason: Message | None = None
    wait: float | None = None
    watchers: int = 1
    earlier: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.phase in ("done", "stopped", "failed")


def this_visitor() -> str:
    """Name of the browser session whose script calls; empty outside of one."""
    context = get_script_run_ctx(suppress_warning=True)
    return "" if context is None else context.session_id


def is_connected(visitor: str) -> bool:
    """Whether the browser of a session is there; True outside a server."""
    return not runtime.exists() or runtime.get_instance().is_active_session(visitor)
