"""One visitor before the folder of kept workspaces: whatever is done there is allowed first, and logged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vitals import warehouse
from vitals.errors import VitalsError
from vitals.kept import audit, folder, published, rights
from vitals.kept.file import Opener
from vitals.kept.folder import Kept, Stamp
from vitals.kept.published import Published
from vitals.kept.rights import Right


@dataclass(frozen=True)
class Visitor:
    """Somebody, by the name that they signed in with; none where nobody signs in, who then may do everything."""

    place: Path
    person: str | None = None

    def may(self, right: Right, name: str) -> bool:
        """Whether the visitor has a right on a workspace."""
        return rights.may(self.place, self.person, right, name)

    def note(self, what: str, workspace: str = "", files: int = 0) -> None:
        """Log what was done."""
        audit.note(self.place, self.person, what, workspace, files=files)

    @contextmanager
    def _allowed(self, what: str, right: Right, name: str) -> Iterator[None]:
        """Do something with a workspace that is there, and log it, also that it was refused."""
        try:
            rights.check(self.place, self.person, right, name)
        except VitalsError:
            audit.note(self.place, self.person, what, name, allowed=False)
            raise
        yield
        self.note(what, name)

    @property
    def groups(self) -> list[str]:
        """The groups that a new workspace may belong to."""
        return rights.groups_of(self.place, self.person) if self.person else []

    def listed(self) -> list[Kept]:
        """The workspaces that the visitor may see."""
        return [item for item in folder.listed(self.place) if self.may("see", item.name)]

    def open(self, name: str) -> Kept:
        """The workspace of that name, to be opened."""
        with self._allowed("open", "see", name):
            return folder.find(self.place, name)

    def published(self) -> list[str]:
        """What was published and the visitor may see: rights go by the workspace of the same name."""
        source = published.source()
        return [name for name in source.names() if self.may("see", name)] if source else []

    def open_published(self, name: str) -> Published:
        """What was published under that name, to be asked of an engine."""
        with self._allowed("open", "see", name):
            source = published.source()
            if source is None:
                raise VitalsError("No engine is named that could answer.", f"Name one in {published.ENGINE}.")
            return source.open(name)

    def take_away(self, name: str) -> bytes:
        """Its whole file."""
        with self._allowed("export", "see", name):
            return folder.find(self.place, name).path.read_bytes()

    def keep(self, con: warehouse.Connection, name: str, stamp: Stamp | None = None, group: str = "") -> Kept:
        """Keep what a connection's workspace holds, over the file of that stamp or under a new name."""
        if stamp is None:
            return self._began("keep", folder.keep(con, self.place, name), group)
        with self._allowed("keep", "load", name):
            return folder.keep(con, self.place, name, stamp)

    def bring(self, name: str, data: bytes, opener: Opener) -> Kept:
        """Keep a file that came from elsewhere."""
        return self._began("bring", folder.bring(self.place, name, data, opener), "")

    def _began(self, what: str, kept: Kept, group: str) -> Kept:
        """Say whose a new workspace is: the visitor's own, or that of a group of theirs."""
        if self.person:
            belongs_to = f"{rights.GROUP}{group}" if group in self.groups else self.person
            try:
                rights.give(self.place, kept.name, belongs_to)
            except VitalsError:
                # it would be nobody's
                folder.delete(self.place, kept.name)
                raise
        self.note(what, kept.name)
        return kept

    def rename(self, name: str, new: str) -> Kept:
        """Give it another name; rights on it stay."""
        with self._allowed("rename", "load", name):
            renamed = folder.rename(self.place, name, new)
            try:
                if self.person:
                    rights.rename(self.place, name, renamed.name)
            except VitalsError:
                # it would be nobody's
                folder.rename(self.place, renamed.name, name)
                raise
            return renamed

    def delete(self, name: str) -> None:
        """Delete it for good."""
        with self._allowed("delete", "delete", name):
            folder.delete(self.place, name)
            if self.person:
                rights.forget(self.place, name)
