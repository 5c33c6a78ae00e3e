"""What a file is by its content, whatever its name says; what can't hold a table is refused in one sentence."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from vitals.errors import VitalsError
from vitals.ingest.files.encoding import wide_encoding_of

TEXT, ZIP, OLE, HTML = "text", "zip", "ole", "html"
HEAD_BYTES = 65_536
SAVE_AS_CSV = "Export the table as CSV or XLSX and load that file."
FOREIGN = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a media file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "a rich-text document"),
)
JSON = re.compile(rb"\s*(?:\[\s*(?:\{|\[|\"|\])|\{\s*(?:\"|\}))")
COMMENTS = rb"(?:\s*<!--(?:(?!-->).)*-->)*\s*"
HTML_START = re.compile(
    COMMENTS + rb"<(?:!doctype\s+html|html|table|head|body|meta|style|div|center|font|p>|h\d)", re.I | re.S
)
HTML_ROW = re.compile(rb"<tr[\s>]", re.I)
XML_START = re.compile(rb"\s*<(?:\?xml|[a-z][\w:.-]*(?:\s[^<>]*)?>\s*<)", re.I)
ODD_CONTROLS = bytes(code for code in range(1, 32) if code not in b"\t\n\r\x0b\x0c\x1a\x1b")
TOO_MANY_CONTROLS = 0.02


def head_of(data: bytes | Path) -> bytes:
    """The first bytes of a file or an upload."""
    if isinstance(data, bytes):
        return data[:HEAD_BYTES]
    with data.open("rb") as file:
        return file.read(HEAD_BYTES)


def kind_of(head: bytes, name: str) -> str:
    """TEXT, ZIP, OLE or HTML; VitalsError for anything that holds no table we can read."""
    if not head.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise VitalsError(f"{name} is empty.", "Run the export again: it should hold a header and rows.")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return OLE
    _refuse_foreign(head, name)
    return _kind_of_text(head.removeprefix(codecs.BOM_UTF8), name)


def _refuse_foreign(head: bytes, name: str) -> None:
    for magic, what in FOREIGN:
        if head.startswith(magic):
            raise VitalsError(f"{name} is {what}, not a table.", SAVE_AS_CSV)


def _kind_of_text(head: bytes, name: str) -> str:
    wide = wide_encoding_of(head)
    plain = head.decode(wide, "ignore").removeprefix("\ufeff").encode("utf-8", "ignore") if wide else head
    if HTML_START.match(plain) or (XML_START.match(plain) and HTML_ROW.search(plain)):
        return HTML
    if JSON.match(plain):
        raise VitalsError(f"{name} holds JSON, not a table of rows and columns.", SAVE_AS_CSV)
    if XML_START.match(plain):
        raise VitalsError(f"{name} is an XML document, not a table of rows and columns.", SAVE_AS_CSV)
    if len(plain.translate(None, ODD_CONTROLS)) < len(plain) * (1 - TOO_MANY_CONTROLS):
        raise VitalsError(f"{name} is a binary file, not a table of text.", SAVE_AS_CSV)
    return TEXT
