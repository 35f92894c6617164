"""A visitor who moves the threshold, and what each move takes."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.process import Server
from benchmarks.visits.wire import Wire


@dataclass(frozen=True)
class Move:
    """What one run of the script took.

    Attributes
    ----------
    seconds : float
        From the message that asks for it to the last one of its answer.
    cpu : float
        Processor time of the server, in milliseconds.
    sent : int
        Bytes of the answer.
    parts : Counter
        The same by the kind of what was sent.
    """

    seconds: float
    cpu: float
    sent: int
    parts: Counter[str]


@dataclass
class Mover:
    """Opens a page and sets one number of it.

    Attributes
    ----------
    server : Server
    page : str
        Its name in the address; empty for the first one.
    query : mapping of str to str
        What the link sets.
    key : str
        Of the widget that is moved.
    cookie : str
        See `Wire`.
    rest : float
        Seconds to wait after an answer: what the server does then counts too.
    """

    server: Server
    page: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    key: str = "threshold"
    cookie: str = ""
    rest: float = 0.05
    _wire: Wire | None = None
    _widget: str = ""
    _fragment: str = ""

    def open(self) -> Move:
        """Connect, and run the page whole."""
        self._wire = Wire(self.server.url, self.page, self.query, self.cookie).__enter__()
        return self._run(None)

    def move(self, value: float) -> Move:
        """Set the number."""
        return self._run(value)

    def again(self) -> Move:
        """Run the page whole once more."""
        return self._run(None)

    def close(self) -> None:
        """Leave."""
        assert self._wire is not None
        self._wire.close()

    def _run(self, value: float | None) -> Move:
        assert self._wire is not None
        moved = value is not None
        widgets = [WidgetState(id=self._widget, double_value=value)] if moved else []
        cpu, start = self.server.cpu_seconds(), time.perf_counter()
        sent, parts = 0, Counter[str]()
        for answer, size in self._wire.run(self._fragment if moved else "", widgets):
            sent += size
            parts[self._hear(answer)] += size
        seconds = time.perf_counter() - start
        time.sleep(self.rest)
        return Move(seconds, 1000 * (self.server.cpu_seconds() - cpu), sent, parts)

    def _hear(self, message: ForwardMsg) -> str:
        """Find the widget; the kind of what a message holds."""
        kind = message.WhichOneof("type") or ""
        if kind != "delta":
            return kind
        element = message.delta.new_element
        if element.WhichOneof("type") == "alert" and element.alert.format == Alert.ERROR:
            raise RuntimeError(f"the page says: {element.alert.body}")
        if element.WhichOneof("type") == "number_input" and element.number_input.id.endswith(
            f"-{self.key}"
        ):
            self._widget, self._fragment = element.number_input.id, message.delta.fragment_id
        if element.WhichOneof("type") == "bidi_component":
            return element.bidi_component.component_name
        return element.WhichOneof("type") or "block"
