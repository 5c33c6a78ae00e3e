"""The one family of errors that is shown to a user: what happened, and what to do about it."""

from __future__ import annotations

from typing import Any


class VitalsError(Exception):
    """A failure that the user can act on.

    message: one sentence saying what happened, to which file, row or name.
    hint: one sentence saying what to do. Both are plain text, never markup.
    table: the header and samples of a file that could be read but not recognised, so that its columns can be mapped.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.table: dict[str, Any] = {}

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()
