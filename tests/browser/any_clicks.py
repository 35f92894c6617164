"""A visitor who sets controls in any order, as the server sees one: a browser's messages alone.

A control in a fragment runs that fragment, as in a browser; AppTest runs the whole page each time.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NumberInput_pb2 import NumberInput
from websockets.sync.client import ClientConnection, connect

KEPT = ("data", "language", "scenario", "b")
"""Controls that are left alone, as they change the data or the page."""
NUMBERS = (0.0, 0.25, 0.5, 0.75, 1.0, -1.0, 3.0)


class Visitor:
    """One visit to a page; what it did last is in `did`, the errors of the page in `errors`."""

    def __init__(self, url: str, page: str, query: Mapping[str, str], seed: int) -> None:
        self.url, self.page, self.query = url, page, dict(query)
        self.random = random.Random(seed)
        self.controls: dict[str, tuple[str, Any]] = {}
        self.values: dict[str, tuple[str, Any]] = {}
        self.did: list[tuple[str, object]] = []
        self.errors: list[tuple[str, list[tuple[str, object]]]] = []
        self.hash = ""

    def __enter__(self) -> Visitor:
        address = f"{self.url.replace('http', 'ws', 1)}/_stcore/stream"
        self.socket: ClientConnection = connect(
            address, subprotocols=["streamlit"], origin=self.url, max_size=None
        )  # type: ignore[arg-type, call-arg]
        self.socket.__enter__()
        self._run("")
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.__exit__(None, None, None)

    def act(self) -> None:
        """Set one of the controls that the page has, if any."""
        if not self.controls:
            return
        name = self.random.choice(sorted(self.controls))
        fragment, drawn = self.controls[name]
        chosen = self._choice(drawn)
        self.did.append((name.rpartition("-")[2], chosen))
        if isinstance(drawn, list):
            events = json.dumps([{"event": "pick", "value": chosen}])
            self._run(fragment, (f"{name}__events", events))
            return
        kind = {bool: "bool_value", int: "int_value", float: "double_value"}
        self.values[name] = kind.get(type(chosen), "string_value"), chosen
        self._run(fragment)

    def _choice(self, drawn: Any) -> Any:
        if isinstance(drawn, NumberInput):
            low = drawn.min if drawn.has_min else -1.0
            high = drawn.max if drawn.has_max else 3.0
            value = min(max(self.random.choice(NUMBERS), low), high)
            return int(value) if drawn.data_type == NumberInput.INT else value
        if isinstance(drawn, list):
            return self.random.choice(drawn)
        if hasattr(drawn, "options"):
            return self.random.choice(list(drawn.options))
        return self.random.random() < 0.5

    def _run(self, fragment: str, trigger: tuple[str, str] | None = None) -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.fragment_id = urlencode(self.query), fragment
        state.context_info.url = f"{self.url}/{self.page}"
        if self.hash:
            state.page_script_hash = self.hash
        else:
            state.page_name = self.page
        for name, (kind, value) in self.values.items():
            widget = state.widget_states.widgets.add()
            widget.id = name
            setattr(widget, kind, value)
        if trigger is not None:
            widget = state.widget_states.widgets.add()
            widget.id, widget.json_trigger_value = trigger
        self.socket.send(message.SerializeToString())
        early = ForwardMsg.FINISHED_EARLY_FOR_RERUN
        while True:
            content = self.socket.recv(timeout=120)
            assert isinstance(content, bytes)
            answer = ForwardMsg.FromString(content)
            self._hear(answer)
            if answer.WhichOneof("type") == "script_finished" and answer.script_finished != early:
                return

    def _hear(self, answer: ForwardMsg) -> None:
        match answer.WhichOneof("type"):
            case "navigation":
                self.hash = answer.navigation.page_script_hash
            case "page_info_changed":
                self.query = dict(parse_qsl(answer.page_info_changed.query_string))
            case "delta":
                element = answer.delta.new_element
                kind = element.WhichOneof("type")
                drawn = getattr(element, kind) if kind else None
                if kind == "alert" and drawn.format == Alert.ERROR:
                    self.errors.append((drawn.body, self.did[-4:]))
                if kind == "bidi_component" and drawn.component_name == "accuracy_lens_board":
                    data = json.loads(drawn.json or drawn.mixed.json)
                    cards = [card["name"] for card in data.get("cards", [])]
                    if cards:
                        self.controls[drawn.id] = answer.delta.fragment_id, cards
                control = kind in ("number_input", "selectbox", "checkbox")
                if control and drawn.id.rpartition("-")[2] not in KEPT:
                    self.controls[drawn.id] = answer.delta.fragment_id, drawn
