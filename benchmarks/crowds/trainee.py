"""A visitor of the Training page as the server sees one: a browser's messages without a browser."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_PLACE = re.compile(
    r"Waiting: number (\d+) in the queue(?:, begins (?:in about ([\d.]+) (s|min)|(soon)))?"
)
_EPOCH = re.compile(r"(?:Epoch [1-9]|Done)")
_SECONDS = {"s": 1.0, "min": 60.0}


@dataclass
class Trainee:
    """Opens the page, presses Train when told to, and polls as the page asks for it.

    Attributes
    ----------
    url : str
        Of the server.
    query : mapping of str to str
        The experiment and its settings, as a link has them.
    ready, began, trained, done : asyncio.Event
        The page is there; the run waits no longer; an epoch is seen; the page polls no more.
    at : dict of str to float
        When that was, by its name, and ``pressed``, ``placed`` and ``told``.
    told : float or None
        Seconds of waiting that were told first.
    failed : list of str
        What the page refused.
    """

    url: str
    query: Mapping[str, str]
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    began: asyncio.Event = field(default_factory=asyncio.Event)
    trained: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    at: dict[str, float] = field(default_factory=dict)
    told: float | None = None
    failed: list[str] = field(default_factory=list)
    _socket: ClientConnection | None = None
    _page: str = ""
    _train: str = ""
    _announced: set[str] = field(default_factory=set)
    _intervals: dict[str, float] = field(default_factory=dict)
    _fragments: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def visit(self) -> None:
        """Stay until the task is cancelled."""
        address = self.url.replace("http", "ws", 1) + "/_stcore/stream"
        async with connect(
            address, subprotocols=["streamlit"], origin=self.url, max_size=None, open_timeout=60,
            ping_interval=None,
        ) as self._socket:  # type: ignore[arg-type]  # fmt: skip
            await self._run()
            async for content in self._socket:
                self._hear(ForwardMsg.FromString(content))  # type: ignore[arg-type]

    async def press(self) -> None:
        """Press Train."""
        self._note("pressed")
        await self._run(pressed=True)

    def _hear(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._announced.clear()
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
        elif kind == "auto_rerun":
            seconds, name = message.auto_rerun.interval, message.auto_rerun.fragment_id
            self._announced.add(name)
            self._intervals[name] = seconds
            if name not in self._fragments:
                self._fragments[name] = asyncio.create_task(self._repeat(name))
        elif kind == "delta":
            self._see(message)
        elif (
            kind == "script_finished"
            and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        ):
            for name in set(self._fragments) - self._announced:
                self._fragments.pop(name).cancel()
            if self._train:
                self.ready.set()
            if "began" in self.at and not self._fragments:
                self._note("done")
                self.done.set()

    def _see(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        match element.WhichOneof("type"):
            case "button" if element.button.id.endswith("-train"):
                self._train = element.button.id
            case "progress":
                self._read(element.progress.text.replace("\\", ""))
            case "alert":
                self.failed.append(element.alert.body)

    def _read(self, words: str) -> None:
        """What the bar says of the run; of the first where there are two."""
        if place := _PLACE.match(words):
            self._note("placed")
            if place[4]:
                self._note("soon")
            if place[2] and self.told is None:
                self._note("told")
                self.told = float(place[2]) * _SECONDS[place[3]]
            return
        self._note("began")
        self.began.set()
        if _EPOCH.match(words):
            self._note("trained")
            self.trained.set()

    def _note(self, what: str) -> None:
        self.at.setdefault(what, time.perf_counter())

    async def _repeat(self, fragment: str) -> None:
        while True:
            await asyncio.sleep(self._intervals[fragment])
            await self._run(fragment)

    async def _run(self, fragment: str = "", *, pressed: bool = False) -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = urlencode(self.query)
        if self._page:
            state.page_script_hash = self._page
        else:
            state.page_name = "training"
        state.fragment_id = fragment
        state.is_auto_rerun = bool(fragment)
        state.context_info.url = f"{self.url}/training"
        if pressed:
            button = state.widget_states.widgets.add()
            button.id, button.trigger_value = self._train, True
        assert self._socket is not None
        await self._socket.send(message.SerializeToString())
