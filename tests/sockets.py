"""A visitor without a browser, who speaks the server's protocol: a page costs what the server's side of it costs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

SLOWEST_ANSWER = 120
"""Seconds."""
LARGEST = 200 * 1024**2


@dataclass
class Visitor:
    """One session on the server: what its page shows, and how long the last run took."""

    socket: ClientConnection
    session: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    """Path of a page -> by what the server knows it."""
    page: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    """Key of a widget -> its whole name."""
    files: dict[str, str] = field(default_factory=dict)
    """Key of a download -> by what name the server is asked for it."""
    shown: list[str] = field(default_factory=list)
    """What the page says, piece by piece, cells of tables too."""
    seconds: float = 0.0
    bytes: int = 0

    def open(self, path: str = "", query: str = "") -> Visitor:
        """Go to a page, and wait until it is drawn."""
        self.page = self.pages.get(path, "")
        return self._run(query=query)

    def click(self, key: str) -> Visitor:
        """Click a button, and wait until what follows is drawn."""
        return self._run(clicked=self.keys[key])

    def download(self, key: str) -> str:
        """Ask for a file that is made when it is asked for; its address on the server."""
        asked = BackMsg()
        request = asked.backend_operation_request
        request.request_id, request.session_id = key, self.session
        request.deferred_file.file_id = self.files[key]
        self.socket.send(asked.SerializeToString())
        while (message := self._next()).WhichOneof("type") != "backend_operation_response":
            pass
        return str(message.backend_operation_response.deferred_file.url)

    @property
    def text(self) -> str:
        """All that the page says."""
        return "\n".join(self.shown)

    def _run(self, clicked: str = "", query: str = "") -> Visitor:
        asked = BackMsg()
        asked.rerun_script.page_script_hash = self.page
        asked.rerun_script.query_string = query
        if clicked:
            asked.rerun_script.widget_states.widgets.add(id=clicked, trigger_value=True)
        began = time.perf_counter()
        self.keys, self.shown, self.bytes = {}, [], 0
        self.socket.send(asked.SerializeToString())
        while not self._is_finished(self._next()):
            pass
        self.seconds = time.perf_counter() - began
        return self

    def _next(self) -> ForwardMsg:
        said = self.socket.recv(timeout=SLOWEST_ANSWER)
        assert isinstance(said, bytes)
        self.bytes += len(said)
        message = ForwardMsg()
        message.ParseFromString(said)
        return message

    def _is_finished(self, message: ForwardMsg) -> bool:
        """Take up a message; whether it is the last of a run that wasn't begun anew."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.session = message.new_session.initialize.session_id or self.session
            self.shown = []
        elif kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            self.page = message.navigation.page_script_hash
        elif kind == "delta":
            self._take(message)
        return kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    def _take(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        what = element.WhichOneof("type")
        if not what:
            return
        found = getattr(element, what)
        name = str(getattr(found, "id", ""))
        if name:
            self.keys[name.rsplit("-", 1)[-1]] = name
            if file := getattr(found, "deferred_file_id", ""):
                self.files[name.rsplit("-", 1)[-1]] = file
        self.shown += [str(said) for part in ("body", "label", "value") if (said := getattr(found, part, ""))]
        if what in ("dataframe", "table", "plotly_chart"):
            self.shown.append(found.SerializeToString().decode("utf-8", "replace"))


@contextmanager
def visit(
    url: str, headers: Mapping[str, str] | None = None, session: str = "", path: str = "", query: str = ""
) -> Iterator[Visitor]:
    """A visitor with a page open.

    session: one to go on with, as a browser does whose network dropped.
    """
    known = [Subprotocol(part) for part in ("streamlit", "none", session) if part][: 3 if session else 1]
    address = f"ws://{urlsplit(url).netloc}/_stcore/stream"
    told: dict[str, Any] = {
        "origin": Origin(url),
        "subprotocols": known,
        "additional_headers": dict(headers or {}),
        "max_size": LARGEST,
    }
    with connect(address, **told) as socket:
        visitor = Visitor(socket)
        visitor.open(query=query)
        if path:
            visitor.open(path, query)
        yield visitor
