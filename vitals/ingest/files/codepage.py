"""Which of the old pages of 256 letters a text is written in, where it isn't plain that it is Windows-1252."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from vitals.ingest.files.encoding import BLOCK_BYTES, PAGES, opened_file
from vitals.ingest.model import Question

QUESTION, WESTERN = "encoding", "cp1252"
SAMPLE_BYTES = 32 << 10
MOST_CHOICES, SHOWN = 6, 3
IN_A_WORD = re.compile(r"[^\W\d_][¡-ª¬®¯±-³¶¸-º¼-¿×÷\u0080-\u009f][^\W\d_]|[£¥¤¦¯±³¹][^\W\d_]{2}")
"""Marks within words or before them, which words of Western languages don't have: dzia³a, £ód."""
RARE = re.compile("[ŠšŽžÐðÞþÝýŸ¹³]|[õÕ](?![eE])|[^\\W\\d_]º")
"""Letters that Icelandic, Finnish or Estonian have, and that most often are others: Slavic, Turkish, Hungarian."""
LETTER = re.compile(r"[^\W\d_]")
CELL_ENDS = re.compile(r"[,;\t|\"\r\n]+")
OTHER_PAGE = (
    "The letters of the file beyond plain ones aren't surely Western European ({}). In which encoding is it written?"
)


def encoding_question(data: bytes | Path, answers: Mapping[str, str]) -> Question | None:
    """Ask in which page a text that was taken for Windows-1252 is written; None if that is plain, or said."""
    said = answers.get(QUESTION, "").strip().casefold()
    if said in PAGES:
        return None
    sample = _sample(data)
    pages = _possible(sample)
    if not said and pages and _is_plain(_read(sample, WESTERN), pages[0]):
        return None
    choices = {page: _shown(sample, page) for page in _apart(sample, pages)}
    if len(choices) < 2:
        return None
    objection = f' "{said}" is no answer: it is one of {", ".join(PAGES)}.' if said else ""
    return Question(QUESTION, OTHER_PAGE.format(choices[WESTERN]) + objection, choices)


def _is_plain(text: str, likeliest: str) -> bool:
    """Whether a text reads as Western languages do, and as no other does better; signs alone say nothing."""
    if IN_A_WORD.search(text):
        return False
    letters = [letter for letter in LETTER.findall(text) if not letter.isascii()]
    return not letters or (likeliest == WESTERN and not RARE.search(text))


def _sample(data: bytes | Path) -> bytes:
    """Lines with other than plain letters."""
    found: list[bytes] = []
    with opened_file(data) as file:
        while (piece := file.read(BLOCK_BYTES)) and sum(map(len, found)) < SAMPLE_BYTES:
            if not piece.isascii():
                found += [line[:1000] for line in piece.splitlines() if not line.isascii()][:SAMPLE_BYTES]
    return b"\n".join(found)[:SAMPLE_BYTES]


def _possible(sample: bytes) -> list[str]:
    """The pages in which the sample reads as a language, likeliest first; Western before others that are as likely."""
    # what judges languages takes longer to start than most files to read, and few files are in doubt
    from charset_normalizer import from_bytes

    found = from_bytes(
        sample, cp_isolation=list(PAGES), threshold=1.0, enable_fallback=False, preemptive_behaviour=False
    )
    likely = {page: match for match in found for page in (match.encoding, *match.could_be_from_charset)}
    likely = {page: match for page, match in likely.items() if page in PAGES}
    return sorted(likely, key=lambda page: (likely[page].chaos - likely[page].coherence / 2, page != WESTERN))


def _apart(sample: bytes, pages: list[str]) -> list[str]:
    """Western, and the others that read the sample otherwise, each reading once."""
    readings = {_read(sample, page): page for page in reversed(pages)}
    readings.pop(_read(sample, WESTERN), None)
    others = sorted(readings.values(), key=pages.index)
    return [WESTERN, *others][:MOST_CHOICES]


def _read(sample: bytes, page: str) -> str:
    return sample.decode(page, "vitals.control")


def _shown(sample: bytes, page: str) -> str:
    cells = (cell.strip() for cell in CELL_ENDS.split(_read(sample, page)) if not cell.isascii())
    return "; ".join(list(dict.fromkeys(cells))[:SHOWN])
