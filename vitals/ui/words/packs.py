"""What the page of packs says, in sentences; the caller escapes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from vitals.formats import listed, plural

APPENDIX, FEW, CHARTS = "appendix", 3, "Charts (ZIP)"
SPEAKER = (
    "The PPTX has speaker notes below its slides that coach whoever presents it: leave them out of a file that the "
    "client gets. The PDF has none."
)


class HasSection(Protocol):
    """A slide, as far as it is counted."""

    @property
    def section(self) -> str: ...


class HasSlides(Protocol):
    """A pack, as far as it is counted."""

    @property
    def slides(self) -> Sequence[HasSection]: ...


class HasName(Protocol):
    """A client, as far as it is named."""

    @property
    def name(self) -> str: ...


class HasDue(Protocol):
    """Who is due a review, as far as it is said."""

    @property
    def clients(self) -> Sequence[HasName]: ...
    @property
    def own(self) -> Sequence[HasName]: ...
    @property
    def empty(self) -> Sequence[HasName]: ...
    @property
    def is_known(self) -> bool: ...


def ready(client: str, quarter: str, pack: HasSlides, due: HasDue) -> str:
    """What is ready, and for how many a review is due."""
    behind = sum(slide.section == APPENDIX for slide in pack.slides)
    slides = plural(len(pack.slides) - behind + 1, "slide")
    rest = f"and {behind} of appendix" if behind else "without an appendix"
    return f"The pack of {client} for {quarter} is ready: {slides}, {rest}. {_waiting(due)}"


def _waiting(due: HasDue) -> str:
    count = len(due.clients)
    if not count:
        return "Nobody is due a review at the quarter's end."
    said = f"{plural(count, 'client')} {'is' if count == 1 else 'are'} due a review at the quarter's end"
    return f"{said}." if due.is_known else f"{said} by the calendar: no review is on file."


def left_out(due: HasDue) -> str:
    """Who is due and gets no pack with the others; empty where nobody is."""
    said = []
    if due.own:
        said.append(f"Not among them: {_few(due.own)}, never billed and so perhaps your own firm.")
    if due.empty:
        said.append(f"Not among them: {_few(due.empty)}, with nothing on file in the quarter.")
    return " ".join(said)


def _few(clients: Sequence[HasName]) -> str:
    """The first names, and how many come after them."""
    names, more = [client.name for client in clients[:FEW]], len(clients) - FEW
    return listed([*names, f"{more} more"] if more > 0 else names)


def of_all(due: int) -> str:
    """What a file of all packs is called on its button."""
    return f"All {due} due (ZIP)" if due > 1 else "The one due (ZIP)"
