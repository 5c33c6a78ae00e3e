"""The one family of errors that is shown to a user: what happened, and what to do about it."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

LOG = logging.getLogger("vitals")
MOST_PLACES = 12
IN_THE_LOG = "Whoever runs the program finds the cause under the reference in its log."
COMMAND_LINE = "The command line needs less memory: python -m vitals load --workspace W.duckdb FILE."


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

    def __init__(
        self,
        message: str,
        hint: str,
        header: tuple[str, ...] = (),
        samples: tuple[tuple[str, ...], ...] = (),
        rows: tuple[tuple[str, ...], ...] = (),
        nearest: str = "",
        suggested: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(message, hint)
        self.header = header
        self.samples = samples
        self.rows = rows
        """Its first rows."""
        self.nearest = nearest
        """The entity that its values are nearest to; nothing where they are near to none."""
        self.suggested = dict(suggested or {})
        """Contract column of that entity -> the position of what it may be read from."""


def places_of(error: BaseException) -> str:
    """What kind of error it is and the places that led to it, without its text, in which values of a file may stand."""
    places = traceback.extract_tb(error.__traceback__)[-MOST_PLACES:]
    where = " < ".join(f"{Path(place.filename).name}:{place.lineno} {place.name}" for place in reversed(places))
    return f"{type(error).__name__} at {where or 'an unknown place'}"


def logged(what: str) -> str:
    """Write to the log what went wrong; returned is the reference by which it is found there."""
    reference = secrets.token_hex(4)
    LOG.error("Reference %s: %s", reference, what)
    return reference


@contextmanager
def needing(file: str) -> Iterator[None]:
    """Import an optional part: where what it needs isn't installed, the file of requirements that names it is told."""
    try:
        yield
    except ModuleNotFoundError as error:
        hint = f"Run `python -m pip install -r {file}` once."
        raise VitalsError(f"This needs {error.name}, which is not installed.", hint) from error
