"""A server that is told to end takes no new visitors, and may wait for those who are there."""

from __future__ import annotations

import threading
import time
from types import FrameType

import uvicorn
from streamlit.runtime import exists, get_instance

_LOOK_SECONDS = 0.2


def connected() -> int:
    """Visitors whose browsers are connected now."""
    return get_instance()._session_mgr.num_active_sessions() if exists() else 0  # noqa: SLF001


class Draining(uvicorn.Server):
    """A server that is not ready once it is told to end; told again it ends at once.

    Parameters
    ----------
    config : uvicorn.Config
    seconds : float
        How long it waits for its visitors to leave.
    """

    def __init__(self, config: uvicorn.Config, seconds: float) -> None:
        super().__init__(config)
        self._seconds = seconds
        self.leaving = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Hear a signal."""
        waits = self._seconds > 0 and not self.leaving and connected() > 0
        self.leaving = True
        if waits:
            threading.Thread(target=self._wait, daemon=True).start()
            return
        super().handle_exit(sig, frame)
        self._captured_signals.clear()  # they would be raised again: no child would be ended

    def _wait(self) -> None:
        until = time.monotonic() + self._seconds
        while connected() and time.monotonic() < until:
            time.sleep(_LOOK_SECONDS)
        self.should_exit = True
