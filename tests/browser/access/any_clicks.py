"""A visitor who sets controls in any order, as the server sees one.

A control in a fragment runs that fragment, as in a browser; AppTest runs the whole page each time.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from typing import Any

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NumberInput_pb2 import NumberInput
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.visits.wire import Wire

KEPT = ("data", "language", "scenario", "b")
"""Controls that are left alone, as they change the data or the page."""
NUMBERS = (0.0, 0.25, 0.5, 0.75, 1.0, -1.0, 3.0)


class Visitor:
    """One visit to a page.

    What it did is in `did`, the errors of the page in `errors`, and in `moves` what the components
    were told last that follows the threshold.
    """

    def __init__(self, url: str, page: str, query: Mapping[str, str], seed: int = 0) -> None:
        self.wire, self.random = Wire(url, page, query), random.Random(seed)
        self.controls: dict[str, tuple[str, Any]] = {}
        self.values: dict[str, dict[str, Any]] = {}
        self.did: list[tuple[str, object]] = []
        self.errors: list[tuple[str, list[tuple[str, object]]]] = []
        self.moves = ""

    def __enter__(self) -> Visitor:
        self.wire.__enter__()
        self._run("")
        return self

    def __exit__(self, *_: object) -> None:
        self.wire.close()

    @property
    def unforeseen(self) -> list[tuple[str, list[tuple[str, object]]]]:
        """Errors that nobody caught, each with what was done last."""
        return [each for each in self.errors if "went wrong" in each[0]]

    def act(self) -> None:
        """Set one of the controls that the page has, if any."""
        if self.controls:
            name = self.random.choice(sorted(self.controls))
            self._set(name, self._choice(self.controls[name][1]))

    def set(self, key: str, value: object) -> None:
        """Set the control of a key."""
        (name,) = (name for name in self.controls if name.endswith(f"-{key}"))
        self._set(name, value)

    def _set(self, name: str, value: object) -> None:
        fragment, drawn = self.controls[name]
        self.did.append((name.rpartition("-")[2], value))
        if isinstance(drawn, list):
            events = json.dumps([{"event": "pick", "value": value}])
            self._run(fragment, WidgetState(id=f"{name}__events", json_trigger_value=events))
            return
        kind = {bool: "bool_value", int: "int_value", float: "double_value"}
        self.values[name] = {kind.get(type(value), "string_value"): value}
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

    def _run(self, fragment: str, *triggers: WidgetState) -> None:
        widgets = [WidgetState(id=name, **value) for name, value in self.values.items()]
        for answer, _ in self.wire.run(fragment, [*widgets, *triggers]):
            if answer.WhichOneof("type") == "delta":
                self._hear(answer)

    def _hear(self, answer: ForwardMsg) -> None:
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
        if kind == "bidi_component" and drawn.component_name == "accuracy_lens_moves":
            self.moves = drawn.json
        control = kind in ("number_input", "selectbox", "checkbox")
        if control and drawn.id.rpartition("-")[2] not in KEPT:
            self.controls[drawn.id] = answer.delta.fragment_id, drawn
