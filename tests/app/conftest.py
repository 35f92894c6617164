"""The app as a visitor sees it, run through `app.py` without a browser."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest

from accuracy_lens.components.moving import overlaid
from accuracy_lens.view import caches
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words import language, text
from tests.app.training.quick import quick

__all__ = ["Lens", "quick", "visit"]

# Every new AppTest reads what every installed package says of itself: most of the time of a visit.
manifest_scanner.scan_component_manifests = functools.cache(
    manifest_scanner.scan_component_manifests
)
# Every run compiles the scripts again: a twentieth of it.
COMPILED = functools.cache(ScriptCache().get_bytecode)
ScriptCache.get_bytecode = lambda _, path: COMPILED(path)

APP = Path(__file__).parents[2] / "app.py"


class Lens:
    """One visit: the app under test, and what its components were told to draw."""

    def __init__(self, **query: object) -> None:
        self.app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in query.items():
            self.app.query_params[name] = str(value)
        self.run()

    def run(self) -> Lens:
        self._spoken: str | None = None
        with patch.object(text, "current", self._current):
            self.app.run()
        assert not self.app.exception, [error.message for error in self.app.exception]
        return self

    def _current(self) -> str:
        """The language of the visit; between two runs AppTest asks what an option is called."""
        if get_script_run_ctx(suppress_warning=True) is not None:
            return language.current()
        if self._spoken is None:
            self._spoken = language.SOURCE
            if View.language.key in self.app.session_state:
                self._spoken = self.app.session_state[View.language.key]
        return self._spoken

    def component(self, name: str, key: str = "") -> dict[str, Any]:
        """What a component draws: its data, with what moves on it where that is told apart."""
        drawn = [element.proto for element in self.app.get("bidi_component")]
        (found,) = (
            proto
            for proto in drawn
            if proto.component_name == f"accuracy_lens_{name}"
            and proto.id.endswith(f"-{key or name}")
        )
        data = json.loads(found.json or found.mixed.json)
        follows = data.pop("follows", None)
        if follows is None:
            return data
        told = [proto for proto in drawn if proto.component_name == "accuracy_lens_moves"]
        (moves,) = (moves for each in told if (moves := json.loads(each.json).get(follows["key"])))
        assert moves["of"] == follows["of"], "what moves is told of another view"
        return overlaid(data, moves["moves"])

    @property
    def board_is_there(self) -> bool:
        names = {element.proto.component_name for element in self.app.get("bidi_component")}
        return "accuracy_lens_board" in names

    @property
    def cards(self) -> dict[str, dict[str, Any]]:
        return {card["name"]: card for card in self.component("board")["cards"]}

    @property
    def values(self) -> dict[str, str]:
        return {name: card["value"] for name, card in self.cards.items()}

    @property
    def misfits(self) -> dict[str, dict[str, Any]]:
        cards = self.component("board", "misfits")["misfits"]
        return {card["name"]: card for card in cards}

    @property
    def errors(self) -> list[str]:
        return [element.value.replace("\\", "") for element in self.app.error]

    @property
    def texts(self) -> str:
        kinds = (self.app.markdown, self.app.caption, self.app.text)
        texts = "\n".join(e.value for kind in kinds for e in kind).replace("\\", "")
        return f"{texts}\n{self.sentence}"

    @property
    def sentence(self) -> str:
        """What the sentence says that follows the threshold; empty where there is none."""
        names = {element.proto.component_name for element in self.app.get("bidi_component")}
        if "accuracy_lens_sentence" not in names:
            return ""
        data = self.component("sentence", "said")
        tp, fp, tn, fn = (data["counts"][name] for name in ("tp", "fp", "tn", "fn"))
        accuracy = (tp + tn) / (tp + fp + tn + fn)
        values = {"{accuracy}": text.figure(accuracy), "{right}": text.amount(tp + tn)}
        said: str = data["text"]
        for place, value in values.items():
            said = said.replace(place, value)
        return said

    def table(self, alt: str = "Samples") -> Any:
        (found,) = (frame for frame in self.app.dataframe if frame.proto.alt == alt)
        return found.value

    def set(self, **values: object) -> Lens:
        """Set widgets by key, one after the other, with a rerun after each."""
        kinds = (
            "number_input", "slider", "selectbox", "toggle", "button_group", "multiselect",
            "pagination", "select_slider",
        )  # fmt: skip
        for key, value in values.items():
            found = [w for kind in kinds for w in getattr(self.app, kind) if w.key == key]
            assert found, f"no widget {key}"
            found[0].set_value(value)
            self.run()
        return self

    def click(self, key: str) -> Lens:
        self.app.button(key=key).click()
        return self.run()

    def drop(self, name: str, content: bytes, *more: tuple[str, bytes]) -> Lens:
        """Drop a file on the uploader, or several together."""
        files = [(*file, "application/octet-stream") for file in ((name, content), *more)]
        self.app.file_uploader[0].set_value(files)
        return self.run()


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Lens]:
    """What opens the app; no test is told what another worked out, maybe in other words."""
    monkeypatch.setattr(caches, "is_example", lambda _: False)
    return Lens


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What writes the files that the buttons of the page download, by key."""
    found = {}
    real = st.download_button

    def spy(label: str, data: Callable[[], bytes], *args: Any, **kwargs: Any) -> bool:
        found[kwargs["key"]] = data
        return real(label, data, *args, **kwargs)

    monkeypatch.setattr(st, "download_button", spy)
    return found
