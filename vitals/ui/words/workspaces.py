"""What is said of workspaces: which one is open, which are kept, and how to switch the keeping on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from vitals.formats import listed, moment, plural

OFF = (
    "Nothing is written to a disk: what you load stays in memory and ends with the session. To keep workspaces, "
    "whoever starts the application names a folder for them, on an encrypted disk."
)
HOW = "VITALS_WORKSPACES=~/Workspaces make run"
SHARED = "Whoever can open this page can open, rename and delete every workspace in the folder."
COPY = "Changes are made in a copy of your own; until you keep it, whoever reads the workspace sees it as it was."
GONE = "What is loaded now is not kept: it would be gone."
FOR_GOOD = "Its file is deleted for good."
BROUGHT = (
    "A file that was taken away here, or a workspace of the command line. Only the rows of our own tables are read "
    "from it, in a process of its own; it is kept under the name that you give."
)


PUBLISHED = (
    "Copies that `publish` made, for what has outgrown this machine: an engine answers the pages, by the same queries. "
    "They can be read, not changed. A query that isn't proven to have the same rows there is refused by its name."
)
ELSEWHERE = "What it shows was kept before it was published. Nothing can be loaded into it or changed in it."


def read_elsewhere(name: str, address: str) -> str:
    """That pages are answered by an engine."""
    return f"{name} is open as it was published; {address} answers its pages."


def headline(name: str, is_changed: bool, holds: bool, others: int) -> str:
    """Which workspace is open and how many others there are."""
    first = "What is loaded is not kept" if holds else "Nothing is loaded yet"
    if name:
        first = f"{name} is open{', with changes that are not kept yet' if is_changed else ', as it was kept'}"
    if not others:
        return f"{first}, and {'no other' if name else 'no'} workspace is kept."
    kept = plural(others, "other workspace" if name else "workspace")
    return f"{first}; {kept} {'is' if others == 1 else 'are'} kept."


def off(holds: bool) -> str:
    """The headline where nothing can be kept."""
    return f"{'What is loaded stays' if holds else 'All stays'} in memory: no folder is named to keep workspaces in."


def signed_in(person: str, groups: Sequence[str]) -> str:
    """By what name and in which groups somebody is signed in, and what follows."""
    of = f", of {listed(groups)}" if groups else ""
    return f"Signed in as {person}{of}. You see the workspaces that are open to you; what you do with them is logged."


def taken(name: str, who: str, since: datetime) -> str:
    """That somebody else is changing the workspace, and what can be done meanwhile."""
    said = f"{who or 'Somebody else'} has been changing {name} since {moment(since)} UTC"
    return f"{said}: what you change stays in a copy of your own, which can be kept under another name."


def reading(name: str) -> str:
    """How a workspace is read that others may have open, too."""
    return f"You read {name} together with whoever else has it open. What you change becomes a copy of your own."
