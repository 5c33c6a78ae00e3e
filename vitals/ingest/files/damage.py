"""Whatever a damaged workbook breaks in the libraries that parse it is one refusal."""

from __future__ import annotations

import warnings
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import InvalidOperation

import python_calamine

from vitals.ingest.files.archive import unsafe

DAMAGE = (
    python_calamine.CalamineError, ElementTree.ParseError, zipfile.BadZipFile, zlib.error, EOFError, OSError,
    NotImplementedError, ValueError, LookupError, OverflowError, InvalidOperation,
    # openpyxl builds objects from the XML, and says in these words that parts of them are wrong or missing
    TypeError, AttributeError,
)  # fmt: skip


@contextmanager
def refused_if_damaged(name: str) -> Iterator[None]:
    """Turn the readers' errors into a refusal, and keep their remarks about what they don't support to themselves."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    except DAMAGE as error:
        raise unsafe(name) from error
    except BaseException as error:
        # a panic of the Rust reader is not an Exception; it means a damaged file
        if type(error).__name__ == "PanicException":
            raise unsafe(name) from error
        raise
