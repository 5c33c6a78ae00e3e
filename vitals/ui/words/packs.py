"""What the page of packs says, in sentences; the caller escapes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from vitals.formats import plural

APPENDIX = "appendix"


class HasSection(Protocol):
    """A slide, as far as it is counted."""

    @property
    def section(self) -> str: ...


class HasSlides(Protocol):
    """A pack, as far as it is counted."""

    @property
    def slides(self) -> Sequence[HasSection]: ...


def ready(client: str, quarter: str, pack: HasSlides, due: Sequence[str]) -> str:
    """What is ready, and for how many a review is due."""
    behind = sum(slide.section == APPENDIX for slide in pack.slides)
    slides = plural(len(pack.slides) - behind + 1, "slide")
    waiting = (
        f"{plural(len(due), 'client')} {'is' if len(due) == 1 else 'are'} due a review"
        if due
        else "Nobody is due a review"
    )
    return (
        f"The pack of {client} for {quarter} is ready: {slides}, and {behind} of appendix. "
        f"{waiting} at the quarter's end."
    )


def of_all(due: int) -> str:
    """What a file of all packs is called on its button."""
    return f"All {due} due (ZIP)" if due > 1 else "The one due (ZIP)"
