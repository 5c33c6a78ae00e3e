"""A workspace's tables published as Parquet files for another engine: whole or not at all, with a manifest."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.fs
import pyarrow.parquet as pq

from vitals import warehouse
from vitals.errors import VitalsError
from vitals.queries import ASKED, TABLE_LAYERS, all_queries, fingerprint, macros

FORMAT = 1
"""Rises when who reads a publication would have to know of a change."""
MANIFEST = "manifest.json"
BATCH_ROWS = 50_000
_READ = re.compile(r"\braw\.\w+")


@dataclass(frozen=True)
class Column:
    """One column: its name and its type in Arrow's words."""

    name: str
    type: str


@dataclass(frozen=True)
class Table:
    """One table, the file that holds it, and how to tell that the file is whole."""

    name: str
    file: str
    rows: int
    bytes: int
    sha256: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Publication:
    """What was published, where, and from which queries its tables were built."""

    place: str
    fingerprint: str
    tables: tuple[Table, ...]

    def as_json(self) -> str:
        """The manifest."""
        listed = [asdict(table) for table in self.tables]
        return json.dumps({"format": FORMAT, "fingerprint": self.fingerprint, "tables": listed}, indent=1)


class _Counted(io.RawIOBase):
    """A file that is written once from the front: it knows its length and its hash when it is done."""

    def __init__(self, into: pa.NativeFile) -> None:
        self.into, self.hash, self.length = into, hashlib.sha256(), 0

    def writable(self) -> bool:
        return True

    def write(self, given: Any) -> int:
        content = bytes(given)
        self.into.write(content)
        self.hash.update(content)
        self.length += len(content)
        return len(content)

    def tell(self) -> int:
        return self.length


def names() -> tuple[str, ...]:
    """The tables that queries are, and those below them that queries and macros read."""
    known = all_queries()
    built = {name for name, item in known.items() if item.layer in TABLE_LAYERS}
    read = {name for item in known.values() for name in item.reads if name.split(".")[0] not in ASKED}
    return tuple(sorted(built | read | set(_READ.findall(macros()))))


def _write(con: warehouse.Connection, name: str, files: pa.fs.FileSystem, folder: str) -> Table:
    """One table, some rows at a time."""
    file, rows = f"{name}.parquet", 0
    reader = con.table(name).to_arrow_reader(BATCH_ROWS)
    with files.open_output_stream(f"{folder}/{file}") as stream:
        counted = _Counted(stream)
        with pq.ParquetWriter(counted, reader.schema, compression="zstd") as writer:
            for batch in reader:
                writer.write_batch(batch)
                rows += batch.num_rows
    columns = tuple(Column(item.name, str(item.type)) for item in reader.schema)
    return Table(name, file, rows, counted.length, counted.hash.hexdigest(), columns)


def _fill(
    con: warehouse.Connection, files: pa.fs.FileSystem, folder: str, place: str, progress: Callable[[str], None]
) -> Publication:
    """Every table, and the manifest last: what has none is no publication."""
    written = []
    with warehouse.transaction(con):
        for name in names():
            progress(name)
            written.append(_write(con, name, files, folder))
    made = Publication(place, fingerprint(), tuple(written))
    with files.open_output_stream(f"{folder}/{MANIFEST}") as stream:
        stream.write(made.as_json().encode())
    return made


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A folder to fill, that takes its name when the block is done; nothing of it stays where that fails."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise VitalsError(f"{folder} is there already.", "Give the name of a new folder.")
    if not folder.absolute().parent.is_dir():
        raise VitalsError(f"There is no folder {folder.absolute().parent}.", "Create it, or give another name.")
    part = folder.absolute().with_name(f".{folder.name}.part")
    # one that was broken off lies here still
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir()
        yield part
        part.replace(folder)
    except OSError as error:
        raise VitalsError(
            f"{folder} can't be written: {error.strerror}.", "Give another name, or free space."
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def store(place: str) -> tuple[pa.fs.FileSystem, str]:
    """The file system of an address, and the folder in it; who may use it is said by the environment alone."""
    if "@" in urlsplit(place).netloc:
        raise VitalsError("The address holds a name or a password.", "Give them in the environment: AWS_ACCESS_KEY_ID.")
    try:
        files, folder = pa.fs.FileSystem.from_uri(place)
    except (pa.ArrowException, ValueError, OSError) as error:
        raise VitalsError(f"{place} can't be reached.", "Addresses look like s3://bucket/folder.") from error
    return files, folder.rstrip("/")


def _publish_to_store(
    con: warehouse.Connection, files: pa.fs.FileSystem, folder: str, place: str, progress: Callable[[str], None]
) -> Publication:
    """Into a store that can't rename: the manifest comes last, and what was begun is taken away."""
    if files.get_file_info(pa.fs.FileSelector(folder, allow_not_found=True)):
        raise VitalsError(f"{place} is there already.", "Give the name of a new folder.")
    files.create_dir(folder)
    try:
        return _fill(con, files, folder, place, progress)
    except BaseException:
        files.delete_dir(folder)
        raise


def publish(con: warehouse.Connection, place: str, progress: Callable[[str], None] = lambda name: None) -> Publication:
    """Write the tables into a new folder, or under an address such as s3://bucket/folder.

    Raises VitalsError where something is there already, or it can't be written.
    """
    if "://" in place:
        files, folder = store(place)
        try:
            return _publish_to_store(con, files, folder, place, progress)
        except OSError as error:
            raise VitalsError(
                f"{place} can't be written.", "Check the address, and what the environment says."
            ) from error
    with _beside(Path(place)) as part:
        return _fill(con, pa.fs.LocalFileSystem(), str(part), place, progress)


def _files(place: str) -> tuple[pa.fs.FileSystem, str]:
    """Where a place is read: a folder of this machine, or an address."""
    return store(place) if "://" in place else (pa.fs.LocalFileSystem(), str(Path(place).absolute()))


def read(place: str) -> Publication:
    """What was published at a place.

    Raises VitalsError where nothing was, not all of it, or by another version.
    """
    files, folder = _files(place)
    try:
        with files.open_input_stream(f"{folder}/{MANIFEST}") as stream:
            said = json.loads(stream.read())
    except (OSError, ValueError) as error:
        raise VitalsError(f"Nothing was published at {place}.", "Run `publish` first.") from error
    if said["format"] != FORMAT or said["fingerprint"] != fingerprint():
        raise VitalsError(f"{place} was published by another version.", "Publish the workspace again, elsewhere.")
    listed = [{**table, "columns": tuple(Column(**column) for column in table["columns"])} for table in said["tables"]]
    return Publication(place, said["fingerprint"], tuple(Table(**table) for table in listed))


def listed(place: str) -> list[str]:
    """The names of what was published under a folder or an address, a folder each. Raises VitalsError as store does."""
    files, folder = _files(place)
    try:
        found = files.get_file_info(pa.fs.FileSelector(folder, allow_not_found=True))
        folders = [item for item in found if item.type == pa.fs.FileType.Directory]
        manifests = files.get_file_info([f"{item.path}/{MANIFEST}" for item in folders])
    except OSError as error:
        raise VitalsError(f"{place} can't be reached.", "Check the address, and what the environment says.") from error
    both = zip(folders, manifests, strict=True)
    return sorted((one.base_name for one, file in both if file.type == pa.fs.FileType.File), key=str.casefold)
