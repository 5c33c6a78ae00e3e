"""How the bytes of a text file are letters: any export becomes blocks of UTF-8 that end with a line."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vitals.ingest.model import Question

BLOCK_BYTES = 8 << 20
UTF8, CP1252, MIXED = "utf-8", "windows-1252", "mixed"
UTF16_LE, UTF16_BE, UTF32_LE, UTF32_BE = "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"
WIDE_BOMS = (
    # the mark of UTF-32 begins with the one of UTF-16
    (codecs.BOM_UTF32_LE, UTF32_LE), (codecs.BOM_UTF32_BE, UTF32_BE),
    (codecs.BOM_UTF16_LE, UTF16_LE), (codecs.BOM_UTF16_BE, UTF16_BE),
)  # fmt: skip
BOMS = ((codecs.BOM_UTF8, UTF8), *WIDE_BOMS)
PAGES = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257")
"""Western, Central European, Cyrillic, Greek, Turkish and Baltic: what a text that isn't UTF-8 most often is."""
RARER = ("mac_roman", "cp850", "cp437", "koi8_r", "iso8859_15")
"""Pages of Macs, of DOS, of old Russian systems and of Unix: offered where a text is in doubt."""
DOUBLE = ("cp932", "gb18030", "big5", "cp949")
"""Japanese, Chinese twice, and Korean, of two bytes a letter."""
SAID = (*PAGES, *RARER, *DOUBLE)
"""What a user may say."""
ALSO_CALLED = {"iso-8859-2": "cp1250", "iso-8859-5": "cp1251", "iso-8859-7": "cp1253", "iso-8859-9": "cp1254",
               "shift_jis": "cp932", "shift-jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949",
               "koi8-r": "koi8_r", "macintosh": "mac_roman", "iso-8859-15": "iso8859_15"}  # fmt: skip
NUL_SHARE = 0.2
NEARLY_ALL = 0.9
UNREAD, FEW = "\ufffd", 0.02
ENTIRELY_ODD = 4
OLD_END_OF_FILE = b"\x1a"


def _cp1252_or_control(error: UnicodeError) -> tuple[str, int]:
    """The five bytes that Windows-1252 leaves open are read as the control characters they are in Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


def _question_mark(error: UnicodeError) -> tuple[str, int]:
    """Halves of a character, as careless writers of wide text leave them: "?", and never U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "?", error.end


codecs.register_error("vitals.control", _cp1252_or_control)
codecs.register_error("vitals.half", _question_mark)


@dataclass
class TextSource:
    """A text file as blocks of UTF-8 bytes; each but the last ends with a line feed, and the last is the file's end."""

    data: bytes | Path
    encoding: str
    bom: int = 0
    old_mac: bool = False
    """Carriage returns alone end lines."""
    fallback_lines: set[int] = field(default_factory=set)
    """Physical lines of a mixed file that were not UTF-8 and were read as Windows-1252."""

    def blocks(self) -> Iterator[bytes]:
        """The text from the start, in blocks of about 8 MB."""
        text, line = b"", 1
        for raw in _with_line_feeds(self._decoded()) if self.old_mac else self._decoded():
            end = text.rfind(b"\n") + 1
            whole, rest = text[:end], text[end:]
            if whole:
                yield self._mended(whole, line)
                line += whole.count(b"\n") if self.encoding == MIXED else 0
            text = rest + raw
        text = text.rstrip(OLD_END_OF_FILE)
        if text:
            yield self._mended(text, line)

    def _decoded(self) -> Iterator[bytes]:
        with opened_file(self.data) as file:
            file.seek(self.bom)
            if self.encoding in (UTF8, MIXED):
                yield from iter(lambda: file.read(BLOCK_BYTES), b"")
                return
            errors = "vitals.control" if self.encoding in (CP1252, *SAID) else "vitals.half"
            decoder = codecs.getincrementaldecoder(self.encoding)(errors)
            while piece := file.read(BLOCK_BYTES):
                yield decoder.decode(piece).encode()

    def _mended(self, text: bytes, line: int) -> bytes:
        if self.encoding != MIXED or _is_utf8(text):
            return text
        lines = text.split(b"\n")
        for index, found in enumerate(lines):
            if not _is_utf8(found):
                lines[index] = found.decode(CP1252, "vitals.control").encode()
                self.fallback_lines.add(line + index)
        return b"\n".join(lines)


def opened_file(data: bytes | Path) -> io.BufferedReader | io.BytesIO:
    """The bytes of a file or an upload from their start."""
    return io.BytesIO(data) if isinstance(data, bytes) else data.open("rb")


def _with_line_feeds(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Text whose lines all end with a line feed alone."""
    held = b""
    for piece in pieces:
        text = held + piece
        # what follows a carriage return at the end is in the next piece
        held = text[-1:] if text.endswith(b"\r") else b""
        yield text[: len(text) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    yield held.replace(b"\r", b"\n")


def _is_utf8(text: bytes) -> bool:
    if text.isascii():
        return True
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def text_source(data: bytes | Path, head: bytes, page: str = "") -> TextSource:
    """The file with its encoding decided: by its mark, by where its zero bytes stand, else by what it can be.

    A text of one byte a letter is in the page that the user said.
    """
    for mark, encoding in BOMS:
        if head.startswith(mark):
            checked = encoding if encoding != UTF8 else _eight_bit(data, len(mark))
            return TextSource(data, checked, len(mark), _is_old_mac(head, encoding))
    encoding = _unmarked_wide(head) or _eight_bit(data, 0)
    encoding = page if encoding == CP1252 and page in SAID[1:] else encoding
    return TextSource(data, encoding, 0, _is_old_mac(head, encoding))


def page_named(name: str) -> str:
    """The page that a file calls its own: "" where that is Western, which many files call themselves unasked."""
    page = name.casefold().replace("windows-", "cp")
    return page if page in SAID[1:] else ALSO_CALLED.get(page, "")


def wide_encoding_of(head: bytes) -> str:
    """Which UTF-16 or UTF-32 a text is in, by its mark or by where its zero bytes stand; empty if it is in none."""
    marked = next((encoding for mark, encoding in WIDE_BOMS if head.startswith(mark)), "")
    return marked or _unmarked_wide(head)


def _unmarked_wide(head: bytes) -> str:
    zeros = [head[place::4].count(0) for place in range(4)]
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    half = max(len(head) // 2, 1)
    for upper, encoding in ((zeros[2:], UTF32_LE), (zeros[:2], UTF32_BE)):
        if sum(upper) > half * NEARLY_ALL and sum(zeros) - sum(upper) < half * NEARLY_ALL:
            return encoding
    if odd > half * NUL_SHARE and even * ENTIRELY_ODD < odd:
        return UTF16_LE
    return UTF16_BE if even > half * NUL_SHARE and odd * ENTIRELY_ODD < even else ""


def _eight_bit(data: bytes | Path, skip: int) -> str:
    """UTF-8 if every byte fits; mixed if some letters are UTF-8 and some bytes can't be; else Windows-1252."""
    strict = codecs.getincrementaldecoder("utf-8")()
    is_valid, has_utf8 = True, False
    with opened_file(data) as file:
        file.seek(skip)
        while piece := file.read(BLOCK_BYTES):
            if piece.isascii():
                is_valid, strict = is_valid and not strict.getstate()[0], type(strict)()
                continue
            fits = is_valid and _fits(strict, piece)
            # within a line of another page two letters may be one of UTF-8 by chance
            has_utf8 = has_utf8 or fits or any(not line.isascii() and _is_utf8(line) for line in piece.splitlines())
            is_valid = fits
    if is_valid and not strict.getstate()[0]:
        return UTF8
    return MIXED if has_utf8 else CP1252


def _fits(decoder: codecs.IncrementalDecoder, piece: bytes) -> bool:
    try:
        decoder.decode(piece)
    except UnicodeDecodeError:
        return False
    return True


def _is_old_mac(head: bytes, encoding: str) -> bool:
    """Whether most lines end with a carriage return alone; those in quotes are text."""
    plain = head.replace(b"\x00", b"") if encoding not in (UTF8, MIXED, CP1252) else head
    outside = b"".join(plain.split(b'"')[::2])
    return outside.count(b"\r") - outside.count(b"\r\n") > outside.count(b"\n")


QUESTION, WESTERN = "encoding", "cp1252"
SAMPLE_BYTES = 32 << 10
MOST_CHOICES, SHOWN = 6, 3
IN_A_WORD = re.compile(r"[^\W\d_][¡-ª¬®¯±-³¶¸-º¼-¿×÷€‚„†‡ˆ‰‹›•˜™\u0080-\u009f][^\W\d_]|[£¥¤¦¯±³¹¼½¾][^\W\d_]{2}")
"""Marks within words or before them, which words of Western languages don't have: dzia³a, £ód."""
RARE = re.compile("[ŠšŽžÐðÞþÝýŸƒ¹³]|[õÕ](?![eE])|[ìÌ](?=[^\\W\\d_])|[^\\W\\d_]º")
"""Letters that few Western languages have, or not so within a word, and that most often are Slavic or Turkish ones."""
LETTER = re.compile(r"[^\W\d_]")
CELL_ENDS = re.compile(r"[,;\t|\"\r\n<>]+")
OTHER_PAGE = (
    "The letters of the file beyond plain ones aren't surely Western European ({}). In which encoding is it written?"
)


def encoding_question(texts: Iterable[bytes | Path], answers: Mapping[str, str]) -> Question | None:
    """Ask in which page texts that were taken for Windows-1252 are written; None if that is plain, or said."""
    said = answers.get(QUESTION, "").strip().casefold()
    if said in SAID:
        return None
    sample = _sample(texts)
    pages = _possible(sample, PAGES)
    if not said and pages and _is_plain(_read(sample, WESTERN), pages[0]):
        return None
    doubles = [page for page in DOUBLE if _reads_double(sample, page)]
    pages = _possible(sample, [*PAGES, *RARER, *doubles])
    pages = sorted([*pages, *(page for page in doubles if page not in pages)], key=lambda page: page not in doubles)
    choices = {page: _shown(sample, page) for page in _apart(sample, pages)}
    if len(choices) < 2:
        return None
    objection = f' "{said}" is no answer: it is one of {", ".join(SAID)}.' if said else ""
    return Question(QUESTION, OTHER_PAGE.format(choices[WESTERN]) + objection, choices)


def _is_plain(text: str, likeliest: str) -> bool:
    """Whether a text reads as Western languages do, and as no other does better; signs alone say nothing."""
    if IN_A_WORD.search(text):
        return False
    letters = [letter for letter in LETTER.findall(text) if not letter.isascii()]
    return not letters or (likeliest == WESTERN and not RARE.search(text))


def _sample(texts: Iterable[bytes | Path]) -> bytes:
    """Lines with other than plain letters, of the texts that are not UTF-8."""
    found: list[bytes] = []
    for text in texts:
        if sum(map(len, found)) < SAMPLE_BYTES and _eight_bit(text, 0) == CP1252:
            found += _lines(text)
    return b"\n".join(found)[:SAMPLE_BYTES]


def _lines(text: bytes | Path) -> list[bytes]:
    found: list[bytes] = []
    with opened_file(text) as file:
        while (piece := file.read(BLOCK_BYTES)) and sum(map(len, found)) < SAMPLE_BYTES:
            if not piece.isascii():
                found += [line[:1000] for line in piece.splitlines() if not line.isascii()][:SAMPLE_BYTES]
    return found


def _reads_double(sample: bytes, page: str) -> bool:
    """Whether a sample reads in a page of two bytes a letter, and most such letters stand side by side."""
    text = sample.decode(page, "replace")
    wide = [place for place, letter in enumerate(text) if not letter.isascii()]
    beside = sum(not f"{text[place - 1 : place]}{text[place + 1 : place + 2]}".isascii() for place in wide)
    return bool(wide) and text.count(UNREAD) <= len(wide) * FEW and beside >= len(wide) * NEARLY_ALL


def _possible(sample: bytes, among: Sequence[str]) -> list[str]:
    """The pages in which the sample reads as a language, likeliest first; Western before others that are as likely."""
    # what judges languages takes longer to start than most files to read, and few files are in doubt
    from charset_normalizer import from_bytes

    found = from_bytes(
        sample, cp_isolation=list(among), threshold=1.0, enable_fallback=False, preemptive_behaviour=False
    )
    likely = {page: match for match in found for page in (match.encoding, *match.could_be_from_charset)}
    likely = {page: match for page, match in likely.items() if page in among}
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
