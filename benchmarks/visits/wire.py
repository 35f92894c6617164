"""A visit as the server sees it: a browser's messages without a browser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect


@dataclass
class Wire:
    """A connection to a page; leave it as a context, or close it.

    Attributes
    ----------
    url : str
        Of the server.
    page : str
        Its name in the address; empty for the first one.
    query : mapping of str to str
        What the link sets, and what the page makes of it.
    cookie : str
        What the browser says of itself; it names one of several servers.
    """

    url: str
    page: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    cookie: str = ""
    _left: ExitStack = field(default_factory=ExitStack)
    _socket: ClientConnection | None = None
    _hash: str = ""
    _kept: set[str] = field(default_factory=set)

    def __enter__(self) -> Wire:
        address = self.url.replace("http", "ws", 1) + "/_stcore/stream"
        opening = connect(
            address, subprotocols=["streamlit"], origin=self.url, max_size=None, compression=None,
            additional_headers={"Cookie": self.cookie} if self.cookie else {}, open_timeout=60,
        )  # type: ignore[arg-type]  # fmt: skip
        self._socket = self._left.enter_context(opening)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave."""
        self._left.close()

    def run(
        self, fragment: str = "", widgets: Iterable[WidgetState] = ()
    ) -> Iterator[tuple[ForwardMsg, int]]:
        """Run the page, or a fragment of it alone, with what widgets are set to.

        Yields
        ------
        answer : ForwardMsg
        size : int
            Its bytes.
        """
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.fragment_id = urlencode(self.query), fragment
        if self._hash:
            state.page_script_hash = self._hash
        else:
            state.page_name = self.page
        state.context_info.url = f"{self.url}/{self.page}"
        state.cached_message_hashes.extend(self._kept)
        state.widget_states.widgets.extend(widgets)
        assert self._socket is not None
        self._socket.send(message.SerializeToString())
        while True:
            content = self._socket.recv(timeout=120)
            assert isinstance(content, bytes)
            answer = ForwardMsg.FromString(content)
            self._keep(answer)
            yield answer, len(content)
            early = answer.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
            if answer.WhichOneof("type") == "script_finished" and not early:
                return

    def _keep(self, answer: ForwardMsg) -> None:
        """Take from an answer what a browser keeps."""
        if answer.metadata.cacheable:
            self._kept.add(answer.hash)
        if answer.WhichOneof("type") == "navigation":
            self._hash = answer.navigation.page_script_hash
        if answer.WhichOneof("type") == "page_info_changed":
            self.query = dict(parse_qsl(answer.page_info_changed.query_string))
