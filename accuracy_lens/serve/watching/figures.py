"""What the server says about itself to its operator: figures for Prometheus, behind a password."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime.app_session import AppSession

from accuracy_lens.jobs import parsing
from accuracy_lens.jobs.runs.registry import RUNS
from accuracy_lens.measured import REGISTRY, SCRIPTS
from accuracy_lens.serve.guarding.guard import is_operator
from accuracy_lens.serve.taking.draining import connected
from accuracy_lens.serve.taking.uploads import unread_bytes
from accuracy_lens.view.budget import COLUMNS
from accuracy_lens.view.quotas import quotas

_STARTED = "SCRIPT_STARTED"
_PARTS = {"SCRIPT_STOPPED_WITH_SUCCESS": "page", "FRAGMENT_STOPPED_WITH_SUCCESS": "fragment"}


class Now(Collector):
    """What holds at the moment, asked when somebody wants to know."""

    def collect(self) -> Iterator[Metric]:
        """Gauges."""
        waiting, going = RUNS.load
        for name, text, value in (
            ("sessions", "Visitors who are connected.", connected()),
            ("sessions_most", "At most.", quotas().sessions),
            ("files_waiting", "Files that wait for a turn.", parsing.TURNS.waiting),
            ("files_reading", "Files that are read.", parsing.TURNS.running),
            ("trainings_waiting", "Training runs that wait.", waiting),
            ("trainings_going", "Training runs that go on.", going),
            ("unread_bytes", "Bytes of files that no page has read.", unread_bytes()),
            ("unread_bytes_most", "At most.", quotas().unread_bytes),
            ("column_bytes", "Bytes of the columns of files.", COLUMNS.bytes),
            ("column_bytes_most", "At most.", COLUMNS.most),
        ):
            yield GaugeMetricFamily(f"accuracy_lens_{name}", text, value)


class Figures:
    """ASGI middleware that answers ``{base}/metrics`` to who has the operator's password.

    For who brings no password it is the page Metrics; for a wrong one there is no such page.

    Parameters
    ----------
    inner : ASGIApp
        What answers the other requests.
    base_path : str, optional
        Below which the server answers.
    """

    def __init__(self, inner: ASGIApp, base_path: str = "") -> None:
        self.inner, self._path = inner, f"{base_path}/metrics"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        asked = scope["type"] == "http" and scope.get("path") == self._path
        headers = Headers(scope=scope) if asked else Headers()
        if "authorization" not in headers:
            await self.inner(scope, receive, send)
            return
        if is_operator(headers):
            plain = {"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
            answer = Response(generate_latest(REGISTRY), headers=plain)
        else:
            answer = PlainTextResponse("Not Found", 404)
        await answer(scope, receive, send)


def gather() -> None:
    """Collect what the process has and how long scripts take; once a process."""
    REGISTRY.register(Now())
    ProcessCollector(registry=REGISTRY)
    PlatformCollector(registry=REGISTRY)
    hear = AppSession._on_scriptrunner_event  # noqa: SLF001
    started: WeakKeyDictionary[Any, float] = WeakKeyDictionary()

    def timed(self: AppSession, sender: Any, event: Any, *more: Any, **named: Any) -> None:
        if sender is not None:
            if event.value == _STARTED:
                started[sender] = time.perf_counter()
            elif event.value in _PARTS and sender in started:
                SCRIPTS.labels(_PARTS[event.value]).observe(
                    time.perf_counter() - started.pop(sender)
                )
        hear(self, sender, event, *more, **named)

    AppSession._on_scriptrunner_event = timed  # type: ignore[method-assign]  # noqa: SLF001
