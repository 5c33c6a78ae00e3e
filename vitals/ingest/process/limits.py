"""What the process that reads untrusted bytes may use, where the system has such limits."""

from __future__ import annotations

import importlib

MEMORY_BYTES = 6 * 1024**3
"""Address space, of which libraries reserve far more than they use."""

CPU_SECONDS = 900
WALL_SECONDS = 900
NO_CORE_FILE = 0
TOO_MUCH = "It is damaged, or needs more memory or time than reading may take. Export a shorter period."


def limit_self() -> None:
    """Bind this process to the limits; on systems without them the parent's wall clock is the only one."""
    try:
        resource = importlib.import_module("resource")
    except ImportError:
        return
    for name, most in (("RLIMIT_AS", MEMORY_BYTES), ("RLIMIT_CPU", CPU_SECONDS), ("RLIMIT_CORE", NO_CORE_FILE)):
        kind = getattr(resource, name, None)
        if kind is not None:
            _lower(resource, kind, most)


def _lower(resource: object, kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)  # type: ignore[attr-defined]
    soft = most if hard < 0 else min(most, hard)
    try:
        resource.setrlimit(kind, (soft, hard))  # type: ignore[attr-defined]
    except (ValueError, OSError):
        # macOS refuses some of them; the wall clock still holds
        return
