"""How the bytes of a text file are letters: any export becomes blocks of UTF-8 that end with a line."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

BLOCK_BYTES = 16 << 20
UTF8, UTF16_LE, UTF16_BE, CP1252, MIXED = "utf-8", "utf-16-le", "utf-16-be", "windows-1252", "mixed"
BOMS = ((codecs.BOM_UTF8, UTF8), (codecs.BOM_UTF16_LE, UTF16_LE), (codecs.BOM_UTF16_BE, UTF16_BE))
NUL_SHARE = 0.2
ENTIRELY_ODD = 4


def _cp1252_or_control(error: UnicodeError) -> tuple[str, int]:
    """The five bytes that Windows-1252 leaves open are read as the control characters they are in Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("vitals.control", _cp1252_or_control)


@dataclass
class TextSource:
    """A text file as blocks of UTF-8 bytes; each but the last ends with a line feed, and the last is the file's end."""

    data: bytes | Path
    encoding: str
    bom: int = 0
    old_mac: bool = False
    """Lines end with a carriage return alone."""
    fallback_lines: set[int] = field(default_factory=set)
    """Physical lines of a mixed file that were not UTF-8 and were read as Windows-1252."""

    def blocks(self) -> Iterator[bytes]:
        """The text from the start, in blocks of about 16 MB."""
        text, line = b"", 1
        for raw in self._decoded():
            end = text.rfind(b"\n") + 1
            whole, rest = text[:end], text[end:]
            if whole:
                yield self._mended(whole, line)
                line += whole.count(b"\n") if self.encoding == MIXED else 0
            text = rest + (raw.replace(b"\r", b"\n") if self.old_mac else raw)
        if text:
            yield self._mended(text, line)

    def _decoded(self) -> Iterator[bytes]:
        with _opened(self.data) as file:
            file.seek(self.bom)
            if self.encoding in (UTF8, MIXED):
                yield from iter(lambda: file.read(BLOCK_BYTES), b"")
                return
            errors = "vitals.control" if self.encoding == CP1252 else "surrogatepass"
            decoder = codecs.getincrementaldecoder(self.encoding)(errors)
            while piece := file.read(BLOCK_BYTES):
                yield _as_utf8(decoder.decode(piece))

    def _mended(self, text: bytes, line: int) -> bytes:
        if self.encoding != MIXED or _is_utf8(text):
            return text
        lines = text.split(b"\n")
        for index, found in enumerate(lines):
            if not _is_utf8(found):
                lines[index] = found.decode(CP1252, "vitals.control").encode()
                self.fallback_lines.add(line + index)
        return b"\n".join(lines)


def _opened(data: bytes | Path) -> io.BufferedReader | io.BytesIO:
    return io.BytesIO(data) if isinstance(data, bytes) else data.open("rb")


def _as_utf8(text: str) -> bytes:
    # Halves of a character, as careless writers of UTF-16 leave them, have no UTF-8: "?", and never U+FFFD.
    return text.encode("utf-8", "replace")


def _is_utf8(text: bytes) -> bool:
    if text.isascii():
        return True
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def text_source(data: bytes | Path, head: bytes) -> TextSource:
    """The file with its encoding decided: by its mark, by where its zero bytes stand, else by what it can be."""
    for mark, encoding in BOMS:
        if head.startswith(mark):
            checked = encoding if encoding != UTF8 else _eight_bit(data, len(mark))
            return TextSource(data, checked, len(mark), _is_old_mac(head, encoding))
    encoding = _unmarked_utf16(head) or _eight_bit(data, 0)
    return TextSource(data, encoding, 0, _is_old_mac(head, encoding))


def utf16_of(head: bytes) -> str:
    """Which UTF-16 a text is in, by its mark or by where its zero bytes stand; empty if it is in none."""
    marked = next((encoding for mark, encoding in BOMS[1:] if head.startswith(mark)), "")
    return marked or _unmarked_utf16(head)


def _unmarked_utf16(head: bytes) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd > half * NUL_SHARE and even * ENTIRELY_ODD < odd:
        return UTF16_LE
    return UTF16_BE if even > half * NUL_SHARE and odd * ENTIRELY_ODD < even else ""


def _eight_bit(data: bytes | Path, skip: int) -> str:
    """UTF-8 if every byte fits; mixed if some letters are UTF-8 and some bytes can't be; else Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")("ignore")
    strict = codecs.getincrementaldecoder("utf-8")()
    is_valid, has_utf8 = True, False
    with _opened(data) as file:
        file.seek(skip)
        while piece := file.read(BLOCK_BYTES):
            if piece.isascii():
                is_valid, strict = is_valid and not strict.getstate()[0], type(strict)()
                continue
            has_utf8 = has_utf8 or not decoder.decode(piece).isascii()
            is_valid = is_valid and _fits(strict, piece)
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
    plain = head.replace(b"\x00", b"") if encoding in (UTF16_LE, UTF16_BE) else head
    return b"\r" in plain and b"\n" not in plain
