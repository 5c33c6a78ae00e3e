"""An upload is never laid down on a disk, however large it is."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request

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
