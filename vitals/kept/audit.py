"""The log of what signed-in people did with workspaces: who, when and what, and nothing of what is in them."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from vitals.errors import VitalsError

LOG = "audit.jsonl"


def note(place: Path, who: str | None, what: str, workspace: str = "", *, allowed: bool = True, files: int = 0) -> None:
    """Add a line to the log, where somebody is signed in; a line is written whole, and nobody else can read it.

    Raises VitalsError where it can't be: nothing is opened that isn't logged.
    """
    if who is None:
        return
    at = datetime.now(UTC).isoformat(timespec="seconds")
    said = {"at": at, "who": who, "what": what, "workspace": workspace, "allowed": allowed}
    line = json.dumps({**said, **({"files": files} if files else {})}, ensure_ascii=False) + "\n"
    try:
        handle = os.open(place / LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line.encode())
        finally:
            os.close(handle)
    except OSError as error:
        raise VitalsError(
            f"The log can't be written: {error.strerror}.", "Whoever runs the server mends it."
        ) from error
