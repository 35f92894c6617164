"""A visitor who moves the threshold, as the server sees one: a browser's messages without one."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from benchmarks.process import Server


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


def _goes_on(message: ForwardMsg) -> bool:
    """Whether the run that ended is followed by another at once."""
    return message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN


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
    """

    server: Server
    page: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    key: str = "threshold"
    _socket: ClientConnection | None = None
    _hash: str = ""
    _widget: str = ""
    _fragment: str = ""
    _kept: set[str] = field(default_factory=set)

    def open(self) -> Move:
        """Connect, and run the page whole."""
        address = self.server.url.replace("http", "ws", 1) + "/_stcore/stream"
        self._socket = connect(
            address, subprotocols=["streamlit"], origin=self.server.url, max_size=None,
            compression=None,
        )  # type: ignore[arg-type]  # fmt: skip
        return self._run(None)

    def move(self, value: float) -> Move:
        """Set the number."""
        return self._run(value)

    def again(self) -> Move:
        """Run the page whole once more."""
        return self._run(None)

    def close(self) -> None:
        """Leave."""
        assert self._socket is not None
        self._socket.close()

    def _run(self, value: float | None) -> Move:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = urlencode(self.query)
        if self._hash:
            state.page_script_hash = self._hash
        else:
            state.page_name = self.page
        state.context_info.url = f"{self.server.url}/{self.page}"
        state.cached_message_hashes.extend(self._kept)
        if value is not None:
            state.fragment_id = self._fragment
            typed = state.widget_states.widgets.add()
            typed.id, typed.double_value = self._widget, value
        assert self._socket is not None
        cpu, start = self.server.cpu_seconds(), time.perf_counter()
        self._socket.send(message.SerializeToString())
        sent, parts = 0, Counter[str]()
        while True:
            content = self._socket.recv(timeout=120)
            assert isinstance(content, bytes)
            sent += len(content)
            answer = ForwardMsg.FromString(content)
            parts[self._hear(answer)] += len(content)
            if answer.WhichOneof("type") == "script_finished" and not _goes_on(answer):
                break
        seconds = time.perf_counter() - start
        time.sleep(0.05)  # what the server does once it has answered counts too
        return Move(seconds, 1000 * (self.server.cpu_seconds() - cpu), sent, parts)

    def _hear(self, message: ForwardMsg) -> str:
        """Take from a message what a browser keeps; the kind of what it holds."""
        kind = message.WhichOneof("type") or ""
        if message.metadata.cacheable:
            self._kept.add(message.hash)
        if kind == "navigation":
            self._hash = message.navigation.page_script_hash
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
