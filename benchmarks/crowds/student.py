"""A student as the server sees one: the messages of a browser in a room, without the browser."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

ANSWERED = "✓ Answered."
BETWEEN = (1.0, 1.8)
"""Seconds between two looks at the version of the room, as in `follow.js`."""


@dataclass
class Student:
    """Follows the teacher, answers the question of a number once, and waits until that is told.

    Attributes
    ----------
    url : str
        Of the server.
    code : str
        Of the room.
    delay : float
        Seconds from the opening of the vote, as the student sees it, to the answer.
    answer : str
    """

    url: str
    code: str
    delay: float
    answer: str
    seated: asyncio.Event = field(default_factory=asyncio.Event)
    told: asyncio.Event = field(default_factory=asyncio.Event)
    seconds: float = 0.0
    _ids: dict[str, str] = field(default_factory=dict)
    _new_ids: dict[str, str] = field(default_factory=dict)
    _announced: set[str] = field(default_factory=set)
    _fragments: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _page: str = ""
    _version: str = ""
    _asked_for: str = ""
    _sent: float = 0.0
    _answering: asyncio.Task[None] | None = None

    async def attend(self) -> None:
        """Stay until the task is cancelled."""
        address = self.url.replace("http", "ws", 1) + "/_stcore/stream"
        async with connect(
            address, subprotocols=["streamlit"], origin=self.url, max_size=None, open_timeout=60,
            ping_interval=None,
        ) as socket:  # type: ignore[arg-type]  # fmt: skip
            following = None
            try:
                await self._run(socket)
                following = asyncio.create_task(self._follow(socket))
                async for content in socket:
                    message = ForwardMsg.FromString(content)  # type: ignore[arg-type]
                    self._hear(socket, message)
            finally:
                for task in (*self._fragments.values(), self._answering, following):
                    if task is not None:
                        task.cancel()

    def _hear(self, socket: ClientConnection, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._new_ids, self._announced = {}, set()
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
        elif kind == "auto_rerun":
            again, name = message.auto_rerun.interval, message.auto_rerun.fragment_id
            self._announced.add(name)
            if name not in self._fragments:
                self._fragments[name] = asyncio.create_task(self._repeat(socket, name, again))
        elif kind == "delta" and message.delta.new_element.HasField("bidi_component"):
            component = message.delta.new_element.bidi_component
            if component.component_name == "accuracy_lens_follow":
                self._version = json.loads(component.json)["version"]
        elif kind == "delta":
            self._see(message)
        elif (
            kind == "script_finished"
            and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        ):
            self._ids = self._new_ids  # those of the whole page; a fragment has others
            for name in set(self._fragments) - self._announced:
                self._fragments.pop(name).cancel()
            if "lesson_lock" in self._ids and self._answering is None:
                self._answering = asyncio.create_task(self._answer(socket))

    def _see(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        match element.WhichOneof("type"):
            case "text_input" if "lesson_number_" in element.text_input.id:
                self._new_ids["answer"] = element.text_input.id
            case "button" if element.button.id.endswith("lesson_lock"):
                self._new_ids["lesson_lock"] = element.button.id
                self._new_ids["fragment"] = message.delta.fragment_id
            case "markdown":
                body = element.markdown.body
                if "You are in" in body:
                    self.seated.set()
                if ANSWERED in body and not self.told.is_set():
                    self.seconds = time.perf_counter() - self._sent
                    self.told.set()

    async def _answer(self, socket: ClientConnection) -> None:
        await asyncio.sleep(self.delay)
        self._sent = time.perf_counter()
        await self._run(socket, self._ids["fragment"], pressed=True)

    async def _follow(self, socket: ClientConnection) -> None:
        """What `follow.js` does."""
        host, _, port = self.url.rpartition("//")[2].partition(":")
        asked = f"GET /_room/{self.code} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode()
        reader, writer = await asyncio.open_connection(host, int(port))
        try:
            while True:
                await asyncio.sleep(random.uniform(*BETWEEN))
                writer.write(asked)
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
                assert length is not None, head
                version = (await reader.readexactly(int(length[1]))).decode()
                if self._version not in ("", version) and version != self._asked_for:
                    self._asked_for = version
                    await self._run(socket)
        finally:
            writer.close()

    async def _repeat(self, socket: ClientConnection, fragment: str, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self._run(socket, fragment)

    async def _run(
        self, socket: ClientConnection, fragment: str = "", *, pressed: bool = False
    ) -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = urlencode({"room": self.code})
        if self._page:
            state.page_script_hash = self._page
        else:
            state.page_name = "room"
        state.fragment_id = fragment
        state.is_auto_rerun = bool(fragment) and not pressed
        state.context_info.url = f"{self.url}/room"
        if self._sent and "answer" in self._ids:  # a browser tells all that it holds
            typed = state.widget_states.widgets.add()
            typed.id, typed.string_value = self._ids["answer"], self.answer
        if pressed:
            button = state.widget_states.widgets.add()
            button.id, button.trigger_value = self._ids["lesson_lock"], True
        await socket.send(message.SerializeToString())
