"""One run of the application on a free port, as `make run` starts it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLAGS = {
    "server.headless": "true",
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
}
SLOWEST_START = 180


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _is_up(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as reply:
            return reply.status == 200
    except OSError:
        return False


def _wait_until_up(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + SLOWEST_START
    while not _is_up(url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The server at {url} did not start.")
        time.sleep(0.1)


@contextmanager
def started(script: str = "app.py", before: str = "", port: int = 0) -> Iterator[tuple[str, int]]:
    """The address and the process of a server that lives as long as the block, and runs some code before it starts."""
    port = port or free_port()
    flags = [f"--{name}={value}" for name, value in {**FLAGS, "server.port": port}.items()]
    streamlit = f"import sys, runpy; sys.argv = {['streamlit', 'run', script, *flags]}"
    code = "\n".join([before, streamlit, "runpy.run_module('streamlit', run_name='__main__')"])
    command = [sys.executable, "-c", code] if before else [sys.executable, "-m", "streamlit", "run", script, *flags]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(process, url)
        yield url, process.pid
    finally:
        process.kill()
        process.wait()


@contextmanager
def running(script: str = "app.py") -> Iterator[str]:
    """The address of a server that lives as long as the block."""
    with started(script) as (url, _):
        yield url
