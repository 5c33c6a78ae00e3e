"""A Sail cluster on this machine: a driver that answers over Flight SQL, and workers beside it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from vitals.errors import VitalsError

HOST, PORT, WORKERS = "127.0.0.1", 32010, 3


def start(port: int = PORT, workers: int = WORKERS) -> subprocess.Popen[bytes]:
    """Start a cluster that listens on this machine alone; it ends with the process that is returned."""
    program = Path(sys.executable).with_name("sail.exe" if os.name == "nt" else "sail")
    if not program.is_file():
        raise VitalsError("Sail is not installed.", "Run `python -m pip install -r requirements-sail.txt` once.")
    count = str(workers)
    cluster = {
        "SAIL_MODE": "local-cluster", "SAIL_CLUSTER__WORKER_INITIAL_COUNT": count,
        "SAIL_CLUSTER__WORKER_MAX_COUNT": count,
    }  # fmt: skip
    command = [str(program), "flight", "server", "--ip", HOST, "--port", str(port)]
    return subprocess.Popen(command, env=os.environ | cluster)


def wait(port: int, seconds: float = 30) -> None:
    """Return once a cluster listens. Raises VitalsError if it does not in that time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as asked:
            if asked.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise VitalsError(f"No engine listens on port {port}.", "Start one: `python -m vitals engine`.")


def serve(port: int, workers: int) -> int:
    """Run a cluster until it is interrupted; its exit status."""
    with start(port, workers) as running:
        try:
            return running.wait()
        except KeyboardInterrupt:
            running.terminate()
            return 0
