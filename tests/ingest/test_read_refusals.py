"""What holds no table is refused in one plain sentence with a hint."""

from __future__ import annotations

import pytest

from vitals.errors import VitalsError
from vitals.ingest.files.reader import read


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n\t ", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\xff\xfe", "is empty"),
        (bytes(500), "is empty"),
        (b'[{"Client": "Acme"}]', "JSON"),
        (b'\xef\xbb\xbf {"Client": "Acme"}\n{"Client": "Birch"}\n', "JSON"),
        ('[{"Client": "Acme"}]'.encode("utf-16"), "JSON"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
        (b"GIF89a" + bytes(50), "picture"),
        (b"\x1f\x8b\x08" + bytes(50), "gzip"),
        (b"PAR1" + bytes(50), "Parquet"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"<?xml version='1.0'?><invoices/>", "XML"),
        (b"<invoices><invoice><Client>Acme</Client></invoice></invoices>", "XML"),
        (b"<?xml version='1.0'?><Workbook><Table><Row/></Table></Workbook>", "XML"),
        (bytes(range(1, 32)) * 20, "binary"),
        (b"<html><body>Please sign in</body></html>", "web page"),
        (b"Dear Sir or Madam,\nthe export failed.\nKind regards\n", "header"),
    ],
)
def test_refusals(content, says):
    with pytest.raises(VitalsError, match=says) as refused:
        read(content, "export.csv")
    assert refused.value.message.startswith("export.csv")
    assert refused.value.hint
    assert "\n" not in str(refused.value)
