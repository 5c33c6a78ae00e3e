"""What a reading process says about one file, put together frame by frame."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from vitals.errors import IN_THE_LOG, UnrecognisedError, VitalsError, logged
from vitals.ingest.model import Prepared, Progress, Question, Sink, TypedTable
from vitals.ingest.process import wire


def _refusal(said: dict[str, Any]) -> VitalsError:
    if "header" not in said:
        return VitalsError(**said)
    lists = {name: tuple(tuple(cells) for cells in said[name]) for name in ("samples", "rows")}
    return UnrecognisedError(**{**said, **lists, "header": tuple(said["header"])})


def _failure(name: str, what: str) -> VitalsError:
    """What a user is told of a defect in the reading, of which the log has the rest."""
    said = f"{name} could not be read: the program that reads it failed (reference {logged(what)})."
    return VitalsError(said, IN_THE_LOG)


class Reply:
    """What a child says about one file, put together frame by frame."""

    def __init__(self, name: str, sink: Sink, progress: Progress) -> None:
        self.name, self.sink, self.progress = name, sink, progress
        self.is_whole = False
        """Whether the child has said all, so that what follows is another reply."""
        self.tables: list[TypedTable] = []
        self.index, self.entity = 0, ""
        self.flags = pa.table({})

    def take(self, frame: wire.Frame) -> Prepared | None:
        """Take up one frame; the whole reply once it is complete, VitalsError if the child refused the file."""
        kind, content = frame
        self.is_whole = kind in (wire.DONE, wire.REFUSED, wire.FAILED)
        if kind == wire.REFUSED:
            raise _refusal(content)
        if kind == wire.FAILED:
            raise _failure(self.name, content)
        if kind == wire.DONE:
            questions = tuple(Question(**item) for item in content["questions"])
            found = (content["sha256"], content["size"], tuple(self.tables), questions, tuple(content["warnings"]))
            return Prepared(self.name, *found)
        self._note(kind, content)
        return None

    def _note(self, kind: str, content: Any) -> None:
        if kind == wire.PROGRESS:
            self.progress(content)
        elif kind == wire.START:
            self.index, self.entity = content
        elif kind == wire.ROWS:
            self.sink(self.index, self.entity, content)
        elif kind == wire.DROP:
            self.sink.drop()
        elif kind == wire.FLAGS:
            self.flags = content
        elif kind == wire.TABLE:
            self.tables.append(wire.table_from(content, self.flags))
