"""What a change of the stored rows reaches: where a table comes out as it was, what rests on it stays as it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from vitals import queries, warehouse
from vitals.contract import entities
from vitals.queries import TABLE_LAYERS, Query, all_queries, build_order

Content = tuple[tuple[int | None, ...], ...]
Progress = Callable[[str], None]
TODAY = "current_date"
UNUSED = "raw.unused_rows"
PARTS_FILE = queries.QUERIES / "parts.toml"
SMALL = 100_000
"""Rows up to which a table is compared with what it was: of a larger one it is taken for granted that it changed."""
MOST = 4
"""A table of which more than one row in so many is reached is built whole."""


@dataclass(frozen=True)
class Join:
    """What a query looks up: by which columns, from those of its rows that are given or those that it makes."""

    columns: tuple[str, ...]
    given: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    is_narrow: bool = False


@dataclass(frozen=True)
class Part:
    """How a table is renewed in part, as parts.toml says."""

    name: str
    keys: tuple[str, ...]
    of: tuple[str, ...]
    bears_on: tuple[tuple[str, ...], ...]
    joins: Mapping[str, Join]
    together: tuple[str, ...] = ()

    @property
    def reads(self) -> frozenset[str]:
        """The inputs whose changes it follows."""
        return frozenset(self.of) | self.joins.keys()


@cache
def parts() -> dict[str, Part]:
    """The tables that are renewed in part, by name."""
    found = {}
    for layer, tables in tomllib.loads(PARTS_FILE.read_text(encoding="utf-8")).items():
        for table, said in tables.items():
            joins = {
                other: Join(
                    tuple(by["columns"]), tuple(by.get("given", ())), tuple(by.get("made", ())), "is_narrow" in by
                )
                for other, by in said.get("joins", {}).items()
            }
            keys = tuple(said["keys"])
            bears_on = tuple((way,) for way in said.get("bears_on", ())) or (keys,)
            name = f"{layer}.{table}"
            found[name] = Part(name, keys, tuple(said["of"]), bears_on, joins, tuple(said.get("together", ())))
    return found


@cache
def _followed() -> frozenset[str]:
    """What a table that is renewed in part must know the changed rows of."""
    return frozenset[str]().union(*(part.reads for part in parts().values()))


@cache
def _built() -> tuple[Query, ...]:
    return tuple(item for item in build_order() if item.layer in TABLE_LAYERS)


@cache
def _entity_tables() -> frozenset[str]:
    return frozenset(f"raw.{name}" for name in entities())


def _content(con: warehouse.Connection, name: str) -> Content:
    """What tells the rows of a table from any others, whatever their order."""
    # a row of a file stays what it was typed as under its load and number
    told, groups = ("load_id, count(*), sum(hash(row_number))", "load_id") if name in _entity_tables() else (
        "count(*), sum(hash(held))", ""
    )  # fmt: skip
    return tuple(sorted(con.table(name).set_alias("held").aggregate(told, groups).fetchall()))


def stored(con: warehouse.Connection) -> dict[str, Content]:
    """What every table holds that others are built from and that is built from none: stored rows, and assumptions."""
    read = {name for item in _built() for name in item.reads} - all_queries().keys()
    return {name: _content(con, name) for name in sorted(read)}


def _equal(columns: tuple[str, ...], others: tuple[str, ...]) -> str:
    """The condition that two rows share values: never a missing one."""
    return " and ".join(f"this.{one} = other.{two}" for one, two in zip(columns, others, strict=True))


@dataclass
class _Renewal:
    """A build after a change, as far as it has come."""

    con: warehouse.Connection
    changes: dict[str, str | None]
    """What has changed -> the relation of its rows that went or came; none where they are not known."""
    built: list[str] = field(default_factory=list)
    rows: int = 0

    def reaches(self, item: Query) -> bool:
        """Whether a table may come out otherwise; a day that passed is a change, too."""
        return bool(item.reads & self.changes.keys()) or TODAY in item.sql

    def renew(self, item: Query) -> None:
        """Build a table again, in part if that is enough."""
        part = parts().get(item.name)
        known = {name for name, rows in self.changes.items() if rows}
        if part and item.reads & self.changes.keys() <= part.reads & known and self._renewed_in_part(item, part):
            return
        self.built.append(item.name)
        self._build_whole(item)

    def _keep(self, sql: str) -> str:
        """A table of rows that stays until the build is over."""
        self.rows += 1
        name = f"renewed_{self.rows}"
        self.con.execute(f"create or replace temp table {name} as {sql}")
        return name

    def _count(self, relation: str) -> int:
        return int(self.con.execute(f"select count(*) from {relation}").fetchall()[0][0])

    def _build_whole(self, item: Query) -> None:
        """Build a table from all that it reads, and note whether it is another than before, if it may be the same."""
        if self._count(item.name) > SMALL:
            self.con.execute(warehouse.created_as(item))
            self.changes[item.name] = None
        elif item.name in _followed():
            held = self._keep(f"from {item.name}")
            self.con.execute(warehouse.created_as(item))
            left = f"(from {held} except all from {item.name}) union all (from {item.name} except all from {held})"
            rows = self._keep(left)
            if self._count(rows):
                self.changes[item.name] = rows
        else:
            before = _content(self.con, item.name)
            self.con.execute(warehouse.created_as(item))
            if _content(self.con, item.name) != before:
                self.changes[item.name] = None

    def _renewed_in_part(self, item: Query, part: Part) -> bool:
        """Renew the rows that changed inputs reach; false if they are too many, and nothing is done."""
        touched = self._touched(part)
        same = _equal(part.keys, part.keys)
        old = f"(select this.* from {part.name} as this semi join {touched} as other on {same})"
        many, rows = self._count(touched), self._count(old)
        if many * MOST > self._count(part.of[0]) or rows * MOST > self._count(part.name):
            return False
        if many:
            self._replace(item, part, touched, old)
            self.built.append(item.name)
        if not self._is_complete(part):
            self.con.execute(warehouse.created_as(item))
            self.changes[item.name] = None
        return True

    def _replace(self, item: Query, part: Part, touched: str, old: str) -> None:
        """Put the rows of some keys in the place of those that stood there."""
        same = _equal(part.keys, part.keys)
        sql = self._narrowed(item, part, touched)
        fresh = f"(select this.* from ({sql}\n) as this semi join {touched} as other on {same})"
        rows = None
        if part.name in _followed():
            fresh = self._keep(f"from {fresh}")
            rows = self._keep(f"from {old} union all by name from {fresh}")
        self.con.execute(f"delete from {part.name} as this using {touched} as other where {same}")
        self.con.execute(f"insert into {part.name} by name from {fresh}")
        self.changes[part.name] = rows

    def _is_complete(self, part: Part) -> bool:
        """Whether all rows in use stand in a table of them: one that came into use again, nobody has told of."""
        entity = part.of[0].partition("raw.")[2]
        if not entity:
            return True
        unused = f"raw.unused_rows where entity = '{entity}'"
        return self._count(part.name) == self._count(part.of[0]) - self._count(unused)

    def _touched(self, part: Part) -> str:
        """The keys of what may be otherwise than it was."""
        first, ways = part.of[0], [_named(way, part.keys) for way in part.bears_on]
        found = []
        for place, name in enumerate(part.of):
            if rows := self.changes.get(name):
                # the others are bound to have the keys as columns
                found += [f"select {way} from {rows} as this" for way in (ways[:1] if place else ways)]
        for name, join in part.joins.items():
            if rows := self.changes.get(name):
                source, own = (first, ways) if join.given else (part.name, [", ".join(part.keys)])
                same = _equal(join.given or join.made, join.columns)
                found += [f"select {way} from {source} as this semi join {rows} as other on {same}" for way in own]
        touched = self._keep(f"select distinct * from ({' union all '.join(found)})")
        if part.together:
            touched = self._closed(part, touched)
        return touched

    def _closed(self, part: Part, touched: str) -> str:
        """The keys, and those of rows that share with theirs what is added up."""
        first, same = part.of[0], _equal(part.keys, part.keys)
        sharing = self._keep(
            f"select distinct {', '.join(part.together)} from {first} as this semi join {touched} as other on {same}"
        )
        equal, keys = _equal(part.together, part.together), ", ".join(part.keys)
        return self._keep(
            f"from {touched} union select {keys} from {first} as this semi join {sharing} as other on {equal}"
        )

    def _narrowed(self, item: Query, part: Part, touched: str) -> str:
        """A query that reads no more than bears on the keys."""
        narrow = {name: f"(from {name} as this where {_among(part, touched)})" for name in part.of}
        if part.together:
            narrow[part.of[0]] = self._keep(f"from {narrow[part.of[0]]}")
        for name, join in part.joins.items():
            if join.is_narrow:
                same, given = _equal(join.columns, join.given), narrow[part.of[0]]
                narrow[name] = f"(select this.* from {name} as this semi join {given} as other on {same})"
        named = "|".join(map(re.escape, narrow))
        # whether there is any row at all is asked of all of them
        return re.sub(rf"\b(?:{named})\b(?!\))", lambda found: narrow[found[0]], item.body)

    def end(self) -> None:
        """Drop what was kept."""
        for place in range(1, self.rows + 1):
            self.con.execute(f"drop table if exists renewed_{place}")


def _among(part: Part, touched: str) -> str:
    """The condition that a row bears on one of the keys."""
    if part.bears_on == (part.keys,):
        return f"exists (select 1 from {touched} as other where {_equal(part.keys, part.keys)})"
    return " or ".join(f"{way} in (from {touched})" for (way,) in part.bears_on)


def _named(way: tuple[str, ...], keys: tuple[str, ...]) -> str:
    """A way to the keys, under their names."""
    return ", ".join(f"{one} as {key}" for one, key in zip(way, keys, strict=True))


def _rows(name: str, before: Content, now: Content) -> str | None:
    """The relation of the stored rows that came; none where some went, or nobody knows which."""
    if name == UNUSED:
        # more than those that went out of use, but the others stand nowhere
        return UNUSED
    if name not in _entity_tables() or not set(before) <= set(now):
        return None
    loads = ", ".join(str(load) for load, *_ in set(now) - set(before))
    return f"(from {name} where load_id in ({loads}))"


def renew(con: warehouse.Connection, before: Mapping[str, Content], progress: Progress | None = None) -> list[str]:
    """Build the tables that rest on rows which are others than before; their names, in the order of building.

    Whoever asks has seen that the tables were built from the queries as they are.
    """
    warehouse.write_assumptions(con)
    now = stored(con)
    renewal = _Renewal(con, {name: _rows(name, before[name], now[name]) for name in now if now[name] != before[name]})
    for item in _built():
        if renewal.reaches(item):
            if progress:
                progress(item.purpose)
            renewal.renew(item)
    renewal.end()
    return renewal.built
