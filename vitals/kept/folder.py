"""The folder of kept workspaces: their names, and how they come into it, change and leave it."""

from __future__ import annotations

import os
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from vitals import warehouse
from vitals.errors import VitalsError
from vitals.kept import file, workplace
from vitals.kept.file import Opener

VARIABLE = "VITALS_WORKSPACES"
"""The variable of the environment that names the folder; without it nothing is kept."""
ENDING = ".duckdb"
MOST_LETTERS, MOST_BYTES = 60, 180
NAME = re.compile(r"[^\W_][\w .,&'()+-]*")
BEGINS_NO_NAME = re.compile(r"^[\W_]+")
STRANGE_LETTER = re.compile(r"[^\w .,&'()+-]")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that are devices where Windows keeps the files."""
HALF_DONE = ".writing-"
"""Where a file is written until it is whole."""
CHANGING = threading.Lock()
"""Held while a name changes hands; what takes long is done before."""
Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class Kept:
    """A kept workspace as it lies in the folder."""

    name: str
    path: Path
    kept_at: datetime
    size: int
    stamp: Stamp
    """By what it is told whether somebody kept it anew since."""

    @property
    def megabytes(self) -> float:
        """How large it is."""
        return self.size / 1024**2


def folder() -> Path | None:
    """The folder of kept workspaces; none where nobody named one. Raises VitalsError if it can't be used."""
    said = os.environ.get(VARIABLE, "").strip()
    if not said:
        return None
    found = Path(said).expanduser().absolute()
    try:
        found.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise VitalsError(f"The folder {found} can't be made.", f"Name another one in {VARIABLE}.") from error
    return found


def read_name(text: str) -> str:
    """The name that a text is for a workspace. Raises VitalsError for what would be no plain file's name anywhere."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise VitalsError("A workspace needs a name.", "Give one, such as Birch 2026.")
    is_long = len(name) > MOST_LETTERS or len(name.encode()) > MOST_BYTES
    if is_long or not NAME.fullmatch(name) or name.endswith(".") or RESERVED.fullmatch(name):
        hint = f"Begin with a letter or digit; letters, digits, blanks and . , & ' ( ) + - _, {MOST_LETTERS} at most."
        raise VitalsError("That can't be the name of a workspace.", hint)
    return name


def suggested(text: str) -> str:
    """A name made of a file's; empty where nothing of it can stand."""
    plain = STRANGE_LETTER.sub(" ", unicodedata.normalize("NFC", Path(text).name.removesuffix(ENDING)))
    return " ".join(BEGINS_NO_NAME.sub("", plain)[:MOST_LETTERS].split()).rstrip(".")


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


def _kept(path: Path) -> Kept:
    at, size, node = _stamp(path)
    return Kept(path.stem, path, datetime.fromtimestamp(at / 1e9, UTC), size, (at, size, node))


def _is_ours(path: Path) -> bool:
    """Whether it is a file with the name of a workspace; a link may lead anywhere and is none."""
    try:
        return path.is_file() and not path.is_symlink() and read_name(path.stem) == path.stem
    except VitalsError:
        return False


def listed(place: Path) -> list[Kept]:
    """The workspaces of a folder by name; what a killed process left half done is cleared away."""
    workplace.sweep(place, HALF_DONE)
    found: list[Kept] = []
    for path in place.glob(f"*{ENDING}"):
        # it may be deleted meanwhile
        with suppress(FileNotFoundError):
            if _is_ours(path):
                found.append(_kept(path))
    return sorted(found, key=lambda item: item.name.casefold())


def find(place: Path, name: str) -> Kept:
    """The workspace of that name. Raises VitalsError if there is none."""
    path = path_of(place, name)
    with suppress(FileNotFoundError):
        if _is_ours(path):
            return _kept(path)
    raise VitalsError(f"There is no workspace {name} any more.", "Choose one of those that are listed.")


def path_of(place: Path, name: str) -> Path:
    """Where the file of a workspace lies. Raises VitalsError for a name that is none."""
    return place / f"{read_name(name)}{ENDING}"


def _log_of(path: Path) -> Path:
    """Where the database keeps what is not in the file yet."""
    return path.with_name(f"{path.name}.wal")


@contextmanager
def _writing(place: Path) -> Iterator[Path]:
    """Where a new file is made that nobody else can read; what is not moved away is gone afterwards."""
    made = workplace.begun(place, HALF_DONE)
    try:
        yield made.home / f"w{ENDING}"
    finally:
        made.clear()


def _check_free(place: Path, name: str) -> None:
    """Refuse a name that is taken, also where only capitals differ: some disks don't tell them apart."""
    taken = {path.stem.casefold() for path in place.glob(f"*{ENDING}")}
    if name.casefold() in taken:
        raise VitalsError(f"There is a workspace {name} already.", "Choose another name, or delete that one first.")


def _check_unchanged(place: Path, name: str, stamp: Stamp) -> None:
    """Refuse to write over what somebody else kept since; one that another program has open is not written over."""
    if find(place, name).stamp != stamp:
        said = f"{name} was kept or changed by somebody else since you opened it."
        raise VitalsError(said, "Keep yours under another name, or open theirs.")
    with closing(warehouse.connect(path_of(place, name), is_built=False)):
        # nobody else has it open, and its log is written into it
        pass


def _move_in(made: Path, place: Path, name: str, stamp: Stamp | None) -> Kept:
    """Let a whole file stand under its name, for everybody at once; readers have the one before or this one."""
    made.chmod(0o600)
    with made.open("rb") as written:
        os.fsync(written.fileno())
    target = path_of(place, name)
    with CHANGING:
        if stamp is None:
            _check_free(place, name)
        else:
            _check_unchanged(place, name, stamp)
        made.replace(target)
    return _kept(target)


def _kept_as(place: Path, name: str, make: Callable[[Path], None], stamp: Stamp | None) -> Kept:
    name = read_name(name)
    if stamp is None:
        _check_free(place, name)
    with _writing(place) as made:
        try:
            make(made)
            return _move_in(made, place, name, stamp)
        except (OSError, duckdb.Error) as error:
            raise warehouse.reason(place, error) or error from error


def keep(con: warehouse.Connection, place: Path, name: str, stamp: Stamp | None = None) -> Kept:
    """Keep all that a workspace holds under a name.

    stamp: of the file that it goes over; without it the name must be free.
    Raises VitalsError for a name that is none, is taken, or whose file somebody else changed.
    """
    with warehouse.transaction(con):
        return _kept_as(place, name, lambda made: file.write(file.rows_of(con), made), stamp)


def bring(place: Path, name: str, data: bytes, opener: Opener) -> Kept:
    """Keep a file that came from elsewhere under a name: what is ours of it, written anew, and nothing else of it."""

    def made_of(path: Path) -> None:
        came = path.with_name("came")
        came.write_bytes(data)
        file.copied(came, name, opener, path)
        came.unlink()

    file.check_kind(data[:12], name)
    return _kept_as(place, name, made_of, None)


def open_into(con: warehouse.Connection, kept: Kept, opener: Opener) -> None:
    """Let a kept workspace stand in place of all that the connection's held; the file stays as it is."""
    with warehouse.transaction(con):
        file.fill(con, kept.path, kept.name, opener)


def rename(place: Path, name: str, new: str) -> Kept:
    """Give a workspace another name. Raises VitalsError if that is none or is taken."""
    old, target = find(place, name), path_of(place, new)
    with CHANGING:
        if read_name(new).casefold() != name.casefold():
            _check_free(place, read_name(new))
        _check_unchanged(place, name, old.stamp)
        old.path.rename(target)
    return _kept(target)


def delete(place: Path, name: str) -> None:
    """Delete a workspace for good."""
    gone = find(place, name)
    with CHANGING:
        gone.path.unlink(missing_ok=True)
        _log_of(gone.path).unlink(missing_ok=True)
