"""How far a table fits an entity of the contract: by a vendor's layout, by captions of its own, or by a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vitals.contract import Column, Entity
from vitals.ingest.model import MadeColumn, Unit, sources
from vitals.ingest.read.dates import at_clock, shows_clock
from vitals.ingest.recognise.captions import ALONE, CLEARLY, MOMENTS, Evidence, Header, letters, read, stems
from vitals.ingest.recognise.layouts import Layout, Recipe
from vitals.ingest.shapes.made import stars_5
from vitals.ingest.shapes.shape import Shape, shapes

GENERIC = {"name", "type", "date", "title", "status", "state", "start", "end", "class", "cost", "service"}
ASKED = {"money", "hours", "number", "integer", "percent", "date", "timestamp", "id", "client", "technician"}
NET = ("Net Amount", "Amount Net", "Amount Excl Tax", "Net")
PLAIN = Layout("canonical", "", "canonical")
SAME = "same"
"""The function of a recipe that makes nothing: another column is the one."""
STARS = {f"{grade}{end}" for grade in range(1, 6) for end in ("", ".0")}
BY_NAME, BY_CAPTION, BY_GENERIC, BY_LAYOUT = 1.2, 1.0, 0.5, 1.1
LOOSELY = 0.3
LOOSE = {"text", "technician", "timestamp"}
"""Kinds of which no sum is made."""
UNDATED = TITLED = 2.0
GUESS = 0.5
GUESSED = Layout("guessed", "", "inferred")
DAY_WORDS = frozenset(["date", "day", "on", "at", "dt", "datum", "tag", "jour", "fecha", "dia", "data"])
CLOCK_WORDS = frozenset(["time", "at", "hour", "clock", "tm", "uhrzeit", "zeit", "heure", "hora", "ora", "tijd"])
_WORD = re.compile(r"[^\W_]+")


@dataclass
class Fit:
    """An attempt to read a table as an entity: what is mapped so far, and how well."""

    entity: Entity
    layout: Layout
    evidence: Evidence
    columns: dict[str, int] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    made: dict[str, MadeColumn] = field(default_factory=dict)
    shapes: list[Shape] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    doubts: dict[str, list[int]] = field(default_factory=dict)
    """Contract column -> positions whose captions are alike and whose values differ."""
    is_repeated: bool = False
    """Whether the amount seems to be an invoice's total, since it stands alike on each of its lines."""

    may_hold_tax: bool = False
    """Whether a known layout leaves open if its amounts hold the tax beside them."""

    @property
    def width(self) -> int:
        """How many columns the table itself has."""
        return len(self.header.captions)

    @property
    def header(self) -> Header:
        """The table's captions."""
        return self.evidence.header

    @property
    def missing(self) -> tuple[str, ...]:
        """Needed columns that nothing answers."""
        absent = [column.name for column in self.entity.lacking({**self.columns, **self.constants})]
        read = {name for shape in self.shapes for name in shape.reads} - {*absent, *self.columns}
        return (*absent, *sorted(read))

    @property
    def score(self) -> float:
        """How much of the header is explained: more is better."""
        known = sum(bool(self.header.find(caption)) for caption in self.layout.ignore)
        own = len(self.layout.signature) + TITLED * bool(self.layout.title)
        marks = own if self.layout.evidence != "canonical" else 0.1
        return sum(self.weights.values()) + 0.3 * known + 0.5 * marks - (UNDATED if self.is_undated else 0)

    @property
    def is_undated(self) -> bool:
        """Whether a table of no known vendor holds dates, and none of them is one of what the entity says happened."""
        happened = {column.name for column in self.entity.columns if column.happened}
        if self.layout is not PLAIN or self.missing or not happened or happened & set(self.columns):
            return False
        others = set(range(len(self.header.captions))) - set(self.columns.values())
        return any(self.evidence.share(position, MOMENTS) >= CLEARLY for position in others)

    def put(self, name: str, position: int, weight: float) -> None:
        """Map a contract column to a position, with what the caption says of unit and currency."""
        self.columns[name], self.weights[name] = position, weight
        caption = self.header.captions[position]
        unit = caption.unit or ALONE.get(caption.full)
        if self.entity.column(name).kind == "hours" and unit:
            self.units.setdefault(name, unit)
        if caption.currency and self.entity.has("currency"):
            self.constants["currency"] = caption.currency

    def append(self, name: str, weight: float = BY_CAPTION) -> None:
        """Map a contract column to one that is made of others, which stands after the header's own."""
        width = len(self.header.captions)
        self.columns[name] = width + sum(at >= width for other, at in self.columns.items() if other != name)
        self.weights[name] = weight
        self.units.pop(name, None)

    def unmake(self, name: str) -> None:
        """Make a contract column of nothing any more; those made after it move up."""
        if self.made.pop(name, None) and (gap := self.columns[name]) >= self.width:
            self.columns.update({other: at - 1 for other, at in self.columns.items() if at > gap})

    def take(self, shape: Shape) -> None:
        """Take a shape that the rows are laid out in, with the columns that it makes."""
        self.shapes.append(shape)
        for name in shape.makes:
            self.append(name)
        self.units.update(shape.units)

    @property
    def sources(self) -> dict[str, tuple[int, ...]]:
        """Contract column -> the positions of the columns that it is made of."""
        return sources(self.made, self.shapes)


def fit(entity: Entity, layout: Layout | None, evidence: Evidence) -> Fit:
    """Read the table as the entity, by the layout first and by the contract's own captions for the rest."""
    found = Fit(entity, layout or PLAIN, evidence)
    _by_shapes(found)
    _by_layout(found)
    if not any(shapes()[name].stands_alone for name in found.layout.shapes):
        _by_contract(found)
    _by_stars(found)
    return found


def _by_shapes(found: Fit) -> None:
    for name, said in found.layout.shapes.items():
        for column, position in shapes()[name].columns(said, found.evidence).items():
            found.put(column, position, BY_CAPTION)
        if shape := shapes()[name].found(said, found.evidence):
            found.take(shape)


def _by_stars(found: Fit) -> None:
    """Bring grades of one to five to the contract's own scale, which has nothing above 1."""
    names = [column.name for column in found.entity.columns if column.from_stars and column.name in found.columns]
    for name in names:
        place = found.columns[name]
        grades = set(map(str.strip, found.evidence.values(place))) if place < len(found.header.captions) else set()
        if grades <= STARS and grades - {"1", "1.0"}:
            found.append(name, found.weights[name])
            found.made[name] = MadeColumn(stars_5.__name__, (place,))


def _by_layout(found: Fit) -> None:
    found.units |= found.layout.units
    for name, captions in found.layout.columns.items():
        _choose(found, found.entity.column(name), captions, BY_LAYOUT)
    for name, recipes in found.layout.made.items():
        _make(found, name, recipes)
    found.units = {name: unit for name, unit in found.units.items() if name in found.columns}


def _make(found: Fit, name: str, recipes: tuple[Recipe, ...]) -> None:
    for recipe in recipes:
        places = tuple(found.header.first(spellings.captions) for spellings in recipe.takes)
        lacks = [at is None and not one.is_optional for at, one in zip(places, recipe.takes, strict=True)]
        if any(lacks) or places == (None,) * len(places) or name in found.columns:
            continue
        if recipe.function == SAME and places[0] is not None:
            found.put(name, places[0], BY_LAYOUT)
        else:
            found.append(name)
            found.made[name] = MadeColumn(recipe.function, places)


def _by_contract(found: Fit) -> None:
    known = {position for caption in found.layout.ignore for position in found.header.find(caption)}
    for column in found.entity.columns:
        if column.name not in found.columns:
            _choose(found, column, (column.name,), BY_NAME, known)
    for column in found.entity.columns:
        if column.name not in found.columns and not found.layout.only:
            _choose(found, column, column.captions, BY_CAPTION, known)
    if found.layout.evidence == "canonical":
        _loosely(found, known)


def _loosely(found: Fit, known: set[int]) -> None:
    """Map names, words and moments by captions whose words stand in another order or have other endings."""
    for column in found.entity.columns:
        if column.name in found.columns or column.required or column.kind not in LOOSE:
            continue
        places = (found.header.loosely.get(stems(caption)) for caption in (column.name, *column.captions))
        free = known | set(found.columns.values())
        at = next((at for at in places if at is not None and at not in free), None)
        if at is not None and not found.evidence.contradicts(at, column.kind):
            found.put(column.name, at, LOOSELY)


def _choose(
    found: Fit, column: Column, captions: tuple[str, ...], weight: float, known: set[int] | None = None
) -> None:
    """Map a column to the first caption whose values don't contradict its kind."""
    barred = (known or set()) | (set(found.columns.values()) if known is not None else set())
    for caption in captions:
        at = [position for position in found.header.find(caption) if position not in barred]
        fitting = [position for position in at if not _contradicted(found, column, position, weight)]
        if len(fitting) > 1:
            # of columns that are called alike, those without a cell say nothing
            fitting = [position for position in fitting if found.evidence.values(position, None)] or fitting
        if fitting:
            generic = weight == BY_CAPTION and letters(caption) in GENERIC
            found.put(column.name, fitting[0], BY_GENERIC if generic else weight)
            _doubt(found, column, fitting)
            _doubt_gross(found, column, fitting[0], weight)
            return


def _contradicted(found: Fit, column: Column, position: int, weight: float) -> bool:
    """Values count for more than captions, but a column that is needed or bears its own name may hold nonsense."""
    if weight == BY_NAME and is_canonical(found):
        return False
    strict = not column.required and weight == BY_CAPTION
    return found.evidence.contradicts(position, column.kind, strict=strict)


def is_canonical(found: Fit) -> bool:
    """Whether the header holds the contract's own names and nothing else, so that no cell can say otherwise."""
    return {caption.raw for caption in found.header.captions} <= {column.name for column in found.entity.columns}


def _doubt(found: Fit, column: Column, positions: list[int]) -> None:
    """Remember captions that are alike over values that differ."""
    written = [" ".join(found.header.captions[at].raw.casefold().split()) for at in positions]
    alike = [at for at, text in zip(positions, written, strict=True) if text == written[0]]
    differing = [at for at in alike[1:] if not found.evidence.same(alike[0], at)]
    if differing and column.kind in ASKED:
        found.doubts[column.name] = [alike[0], *differing]


def _doubt_gross(found: Fit, column: Column, position: int, weight: float) -> None:
    """Remember an amount beside another that says it is the net one: the first may hold the tax."""
    if column.kind == "money" and column.required and weight == BY_NAME:
        net = [at for caption in NET for at in found.header.find(caption) if not found.evidence.same(position, at)]
        if net:
            found.doubts[column.name] = sorted({position, *net})


def caption_of(column: Column) -> str:
    """What users call a column: a needed one by its first caption, any other by its name in words."""
    return column.captions[0] if column.required else column.name.replace("_", " ").capitalize()


def exact_name(column: Column, raw: str) -> bool:
    """Whether a caption is the contract's own name of the column."""
    return read(raw).full == letters(column.name)


def with_clocks(found: Fit) -> Fit:
    """The fit whose moments are made of day and time of day where the file keeps these apart."""
    moments = [column.name for column in found.entity.columns if column.kind == "timestamp"]
    for name in (name for name in moments if name in found.columns and name not in found.sources):
        place = found.columns[name]
        clock = _clock_beside(found, place) if place < found.width else None
        if clock is not None:
            found.append(name, found.weights[name])
            found.made[name] = MadeColumn(at_clock.__name__, (place, clock))
    return found


def _clock_beside(found: Fit, place: int) -> int | None:
    """The column of times of day that belongs to a column of days; None if there is none or the days have their own."""
    if any(map(shows_clock, found.evidence.values(place))):
        return None
    used = {*found.columns.values(), *(at for places in found.sources.values() for at in places)}
    named = _apart(found, place, DAY_WORDS)
    free = [at for at in range(found.width) if at not in used and _are_clocks(found, at)]
    return next((at for at in free if _apart(found, at, CLOCK_WORDS) == named), None)


def _are_clocks(found: Fit, place: int) -> bool:
    """Whether a column holds times of day, as a clock or as a spreadsheet's day of nothing shows them."""
    is_said = bool(CLOCK_WORDS & {*_words(found.header.captions[place].raw)})
    return is_said and found.evidence.share(place, {"clock", "hour"}) >= CLEARLY


def _apart(found: Fit, place: int, without: frozenset[str]) -> set[str]:
    """What a caption says beside that it is a day, or a time of day."""
    return {*_words(found.header.captions[place].raw)} - without


def _words(caption: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", caption))]
