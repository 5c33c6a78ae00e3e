"""The one family of errors that is shown to a user: what happened, and what to do about it."""

from __future__ import annotations


class VitalsError(Exception):
    """A failure that the user can act on.

    message: one sentence saying what happened, to which file, row or name.
    hint: one sentence saying what to do. Both are plain text, never markup.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UnrecognisedError(VitalsError):
    """A table that could be read but not recognised: with its columns, so that a user can say what each of them is."""

    def __init__(self, message: str, hint: str, header: tuple[str, ...], samples: tuple[tuple[str, ...], ...]) -> None:
        super().__init__(message, hint)
        self.header = header
        self.samples = samples
