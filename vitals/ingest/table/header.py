"""Which row of a file is its header: known captions, or texts that differ in kind from what stands below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from statistics import median

from vitals.contract import entities
from vitals.ingest.read.dates import months_in
from vitals.ingest.recognise import layouts
from vitals.ingest.recognise.captions import letters, undecorated
from vitals.ingest.table.rows import BLANKS, Row, is_number

SEARCHED_ROWS = 200
COMPARED_ROWS = 40
CAPTION_LENGTH = 200
ENOUGH_KNOWN = ENOUGH_MONTHS = 2
MOSTLY = 0.7
DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b.*|\d{4}[-/. ][^\W\d]{3,9}[-/. ]\d{1,2}\b.*"
    r"|\d{1,2}[-/ ][^\W\d]{3,9}[-/ ,]+\d{2,4}\b.*|\d{1,2}:\d\d(:\d\d)?"
)
ADDRESS = re.compile(r"\S+@\S+\.\S+|https?://\S+")


@cache
def known_captions() -> frozenset[str]:
    """The captions of the input contract and of every vendor layout, compared by letters and digits."""
    columns = [column for entity in entities().values() for column in entity.columns]
    ours = {caption for column in columns for caption in (column.name, *column.captions)}
    return frozenset(letters(undecorated(caption)) for caption in ours | layouts.known_captions()) - {""}


def is_value(text: str) -> bool:
    """Whether a cell is what a header never holds: a number, a date, an address."""
    stripped = text.strip()
    return is_number(stripped) or any(pattern.fullmatch(stripped) for pattern in (DATE, ADDRESS))


def known_in(row: Row) -> int:
    """How many different cells of a row are captions that exports are known to use."""
    if any(len(row.cells[index]) > CAPTION_LENGTH for index in row.filled):
        return 0
    return len({letters(undecorated(row.cells[index])) for index in row.filled} & known_captions())


def header_index(rows: Sequence[Row]) -> int | None:
    """The position of the header among a file's first rows; None if no row can be one."""
    searched = rows[:SEARCHED_ROWS]
    widths = [len(row.filled) for row in searched if len(row.filled) > 1]
    usual = median(widths) if widths else 1
    wide_enough = max(usual / 2, min(usual, 2))
    found = [index for index, row in enumerate(searched) if len(row.filled) >= wide_enough]
    index = next((at for at in found if _is_header(searched[at], rows[at + 1 : at + 1 + COMPARED_ROWS])), None)
    return index if index is None or not _is_band(rows, index) else index + 1


def _is_band(rows: Sequence[Row], index: int) -> bool:
    """Whether a row only names groups of columns, and the captions stand on the next one."""
    following = rows[index + 1] if index + 1 < len(rows) else None
    if following is None or not _is_header(following, rows[index + 2 : index + 2 + COMPARED_ROWS]):
        return False
    known = known_in(following)
    return known > known_in(rows[index]) and 2 * known > len(following.filled)


def starts_section(row: Row, captions: tuple[str, ...]) -> bool:
    """Whether a row among the data is the header of another table: known captions only, other than the present ones."""
    if len(row.filled) < ENOUGH_KNOWN or row.damage or known_in(row) < ENOUGH_KNOWN:
        return False
    texts = {row.cells[index].strip(BLANKS).lower() for index in row.filled}
    return not any(map(is_value, texts)) and texts != {text.lower() for text in captions if text}


def _is_header(row: Row, below: Sequence[Row]) -> bool:
    texts = [row.cells[index] for index in row.filled]
    if not texts or row.damage or any(len(text) > CAPTION_LENGTH for text in texts):
        return False
    months = months_in(texts)
    if len(months) >= ENOUGH_MONTHS:
        return not any(is_value(text) for place, text in enumerate(texts) if place not in months)
    known, values = known_in(row), sum(is_value(text) for text in texts)
    if known >= ENOUGH_KNOWN:
        return values <= len(texts) / 3
    if values:
        return False
    return known == len(texts) or contrasts(row, below)


def contrasts(row: Row, below: Sequence[Row]) -> bool:
    """Whether some column is text in this row and something else, or bears digits, in nearly all rows below."""
    for index in row.filled:
        cells = [other.cells[index] for other in below if index < len(other.cells) and other.cells[index].strip()]
        if not cells or any(char.isdigit() for char in row.cells[index]):
            continue
        if sum(is_value(cell) for cell in cells) >= MOSTLY * len(cells):
            return True
        if sum(any(char.isdigit() for char in cell) for cell in cells) >= max(MOSTLY * len(cells), 1):
            return True
    return False
