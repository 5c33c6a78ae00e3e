"""A file that is handed out by a command: whether it can be written where it is asked for, and written whole."""

from __future__ import annotations

from pathlib import Path

from vitals.errors import VitalsError

NAME_ONE = "Give the name of a file in a folder that is there and writable."


def check(path: Path) -> Path:
    """The path, before the work begins. Raises VitalsError where no file can stand."""
    if path.is_dir() or not path.parent.is_dir():
        raise VitalsError(f"{path} can't be written.", NAME_ONE)
    return path


def write(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all. Raises VitalsError where that can't be done."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        raise VitalsError(f"{path} can't be written: {error.strerror}.", NAME_ONE) from error
