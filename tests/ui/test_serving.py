"""What the server does unseen: no upload is laid down on a disk, no visitor makes it ask another host."""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import Request
from streamlit.web.server.starlette import starlette_websocket

from vitals.ui.page import serving

SIZE = 3 << 20
HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="t.csv"\r\n\r\n'


def test_a_large_upload_stays_in_memory():
    async def receive():
        return {"type": "http.request", "body": HEAD + bytes(SIZE) + b"\r\n--x--\r\n", "more_body": False}

    async def is_on_disk() -> bool:
        headers = [(b"content-type", b"multipart/form-data; boundary=x")]
        form = await Request({"type": "http", "headers": headers}, receive).form()
        assert form["file"].size == SIZE
        return form["file"].file._rolled

    assert serving.MIDDLEWARE
    # in a thread of its own: a browser driven by the same process has a loop running in this one
    with ThreadPoolExecutor(1) as other:
        assert other.submit(lambda: asyncio.run(is_on_disk())).result() is False


@pytest.mark.parametrize("origin", ["http://evil.example", "https://localhost.evil.example:8501", "null", "file://"])
def test_a_page_of_another_host_is_turned_away_without_asking_anybody(origin):
    asked, watching = [], True

    def hear(event: str, said: tuple[object, ...]) -> None:
        if watching and event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
            asked.append((event, said))

    sys.addaudithook(hear)
    assert serving.MIDDLEWARE
    allowed = starlette_websocket._is_origin_allowed(origin, "127.0.0.1:8501")
    watching = False
    assert (allowed, asked) == (False, [])
