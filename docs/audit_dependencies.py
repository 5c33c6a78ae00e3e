"""Says which of the locked dependencies have advisories that nobody has accepted: python -m docs.audit_dependencies.

Exit status 1 if there are any; where the service can't be reached it says so, and fails nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCK, ACCEPTED = ROOT / "constraints.txt", ROOT / ".ci" / "accepted-advisories.txt"
COMMAND = ["pip_audit", "--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
LONGEST_SECONDS = 300


@dataclass(frozen=True)
class Audit:
    """What an audit found: advisories by package, and the packages of which the service knows nothing."""

    advisories: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    audited: int


def accepted(text: str) -> dict[str, str]:
    """Advisory -> why it is accepted, from lines of both."""
    lines = (line.partition("#")[0].split(maxsplit=1) for line in text.splitlines())
    return {words[0]: words[1].strip() if len(words) > 1 else "" for words in lines if words}


def read(report: dict[str, Any]) -> Audit:
    """What pip-audit reports."""
    packages = report["dependencies"]
    known = [item for item in packages if "skip_reason" not in item]
    return Audit(
        tuple((item["name"], found["id"]) for item in known for found in item["vulns"]),
        tuple(item["name"] for item in packages if "skip_reason" in item),
        len(known),
    )


def verdict(found: Audit | None, known: dict[str, str]) -> tuple[str, int]:
    """What is said of an audit, and the exit status."""
    if found is None or not found.audited:
        return "The service of advisories can't be reached: the dependencies are not audited.", 0
    fresh = [f"{name}: {advisory}" for name, advisory in found.advisories if advisory not in known]
    gone = sorted(known.keys() - {advisory for _, advisory in found.advisories})
    said = [f"{found.audited} dependencies audited, {len(fresh)} with advisories that nobody has accepted.", *fresh]
    said += [f"not known to the service: {', '.join(found.unknown)}"] if found.unknown else []
    said += [f"accepted, and no longer an advisory: {', '.join(gone)}"] if gone else []
    return "\n".join(said), int(bool(fresh))


def ask() -> Audit | None:
    """The audit of the lock; none where the service does not answer."""
    command = [sys.executable, "-m", *COMMAND, "--requirement", str(LOCK)]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_SECONDS)
        return read(json.loads(told.stdout))
    except (subprocess.TimeoutExpired, OSError, ValueError, KeyError):
        return None


def main() -> int:
    """Audit and say what was found."""
    said, status = verdict(ask(), accepted(ACCEPTED.read_text()))
    print(said)
    return status


if __name__ == "__main__":
    sys.exit(main())
