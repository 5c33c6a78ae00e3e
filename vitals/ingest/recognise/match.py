"""Which entity of the contract a table is, and which of its columns answers which of the contract's.

What the user said of the file, or of its header before, goes first; else its own captions and cells say it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import PurePath

from vitals.contract import Entity, entities
from vitals.errors import VitalsError
from vitals.ingest.model import Match, Options, TextTable
from vitals.ingest.read.account import LOOK_AT
from vitals.ingest.read.numbers import are_currencies
from vitals.ingest.recognise import questions
from vitals.ingest.recognise.amounts import ask_tax, without_taxes
from vitals.ingest.recognise.captions import CLEARLY, Evidence, Header
from vitals.ingest.recognise.currencies import by_currency
from vitals.ingest.recognise.cycles import holds_cycle, take_cycle, with_last_day
from vitals.ingest.recognise.documents import with_documents
from vitals.ingest.recognise.figures import by_figures, with_period
from vitals.ingest.recognise.fit import GUESS, GUESSED, PLAIN, Fit, exact_name, fit, with_clocks
from vitals.ingest.recognise.guess import completed, days_in, guess, is_fee, owner, unread
from vitals.ingest.recognise.layouts import Layout, is_known, layouts
from vitals.ingest.recognise.mapping import ColumnMapping, applied, fingerprint, mapping_from, of_match, recaptioned

TRUST = {"canonical": 0.95, "seen_file": 0.98, "seen_code": 0.95, "vendor_docs": 0.9, "inferred": 0.6}
SURE = 0.65
NEARLY_TIED = 0.6
CLEARLY_MORE = 2.0
MANY, MORE = 6, 2
FIGURES = {"date", "clock", "number"}
UNSAID = ColumnMapping({})
"""What a user says who gives no mapping."""


def recognised(table: TextTable, name: str, options: Options) -> list[Match]:
    """What the table of a file of this name holds: one entity or several.

    Raises VitalsError if it is none that the contract knows.
    """
    given = options.mapping_of(fingerprint(table))
    mapping = mapping_from(given) if given else UNSAID
    return [
        _with_currency(table, with_documents(Evidence(table), found, options.answers), mapping)
        for found in _recognised(table, name, options, mapping)
    ]


def _recognised(table: TextTable, name: str, options: Options, mapping: ColumnMapping) -> list[Match]:
    if mapping.entity:
        return [applied(table, mapping, options.client)]
    entity = options.entity or spoken_for(name, table.header)
    if mapping == UNSAID:
        return match(table, entity=entity, client=options.client, answers=options.answers)
    try:
        first, *others = match(table, entity=entity, client=options.client, answers=options.answers)
    except VitalsError:
        # its own captions lack what its entity needs, and the mapping says where that stands
        captioned = recaptioned(table, mapping)
        first, *others = match(captioned, entity=entity, client=options.client, answers=options.answers)
    return [_corrected(table, first, mapping, options.client), *others]


def _holds_codes(table: TextTable, place: int) -> bool:
    cells = table.rows.column(f"c{place}").slice(0, LOOK_AT).unique().to_pylist()
    return are_currencies(cell or "" for cell in cells)


def _with_currency(table: TextTable, found: Match, mapping: ColumnMapping) -> Match:
    """The match with the column of currencies, whatever its caption, since amounts of two are never added up."""
    is_wanted = entities()[found.entity].has("currency")
    is_known = "currency" in {**found.columns, **found.constants, **mapping.columns}
    place = next((at for at in found.unused if _holds_codes(table, at)), None) if is_wanted and not is_known else None
    if place is None:
        return found
    unused = tuple(at for at in found.unused if at != place)
    return replace(found, columns={**found.columns, "currency": place}, unused=unused)


def _corrected(table: TextTable, found: Match, said: ColumnMapping, client: str | None) -> Match:
    """A match with the columns that the user named otherwise."""
    known = of_match(table, found)
    # a unit belonged to the column that was taken before
    units = {name: unit for name, unit in known.units.items() if name not in said.columns}
    whole = replace(
        known,
        columns={**known.columns, **said.columns},
        units={**units, **said.units},
        constants={**known.constants, **said.constants},
    )
    return applied(table, whole, client)


def _is_all_its_own(entity: Entity, header: tuple[str, ...]) -> bool:
    """Whether the header holds nothing but captions of the entity, and all that it needs."""
    names = {column.name for column in entity.columns}
    return set(header) <= names and {column.name for column in entity.required} <= set(header)


def spoken_for(name: str, header: tuple[str, ...]) -> str | None:
    """The entity in a file's name: clients.csv holds clients though client and starts_on would do for agreements."""
    stem = PurePath(name).stem.casefold()
    named = [entity for entity in entities().values() if entity.name in stem]
    return named[0].name if len(named) == 1 and _is_all_its_own(named[0], header) else None


def match(
    table: TextTable,
    *,
    entity: str | None = None,
    mapping: Mapping | None = None,
    client: str | None = None,
    answers: Mapping[str, str] | None = None,
) -> list[Match]:
    """How the table answers the contract: usually once, twice where a file holds tickets and their work logs."""
    settled = answers or {}
    if mapping is not None:
        return [applied(table, mapping_from(mapping), client)]
    evidence = Evidence(table)
    named = _entity(entity) if entity else None
    fits = _fits(evidence, client, entity)
    chosen = _chosen(fits, named, table)
    found = [_match(chosen, fits, named, settled)]
    return found if named else found + [_match(more, [more], None, settled) for more in _beside(chosen)]


def _entity(name: str) -> Entity:
    if name not in entities():
        raise VitalsError(f'There is no entity "{name}".', f"It is one of {', '.join(entities())}.")
    return entities()[name]


def _fits(evidence: Evidence, client: str | None, entity: str | None) -> list[Fit]:
    """Every reading of the table, the best first; what else a file holds only where it is asked for."""
    tried = [one for one in layouts() if (not one.beside or one.entity == entity) and not (one.without and client)]
    known = [one for one in tried if is_known(one, evidence)]
    questions.refuse_useless(known)
    candidates = _candidates(known, _width(evidence.header), entity)
    fits = [_tried(kind, layout, evidence, client) for kind, layout in candidates]
    return sorted(fits, key=lambda found: (not found.missing, found.score), reverse=True)


def _candidates(known: list[Layout], width: int, entity: str | None) -> list[tuple[Entity, Layout]]:
    by_vendor = [(entities()[layout.entity], layout) for layout in known if layout.entity]
    return by_vendor + [
        (kind, PLAIN) for kind in entities().values() if kind.name == entity or width <= (kind.most_columns or width)
    ]


def _tried(kind: Entity, layout: Layout, evidence: Evidence, client: str | None) -> Fit:
    found = with_clocks(fit(kind, layout, evidence))
    if client and any(column.name == "client" for column in kind.columns):
        found.constants["client"] = client
    return found


def _chosen(fits: list[Fit], named: Entity | None, table: TextTable) -> Fit:
    """The best complete reading as the named entity, or as any; refuses in words where there is none."""
    asked = [found for found in fits if found.entity == named] if named else _of_known_vendors(fits)
    best, own = fits[0], _fullest(asked) if named is None else asked[0]
    if named is None and (own.missing or _drops_figures(own, fits)):
        return _offered(own, asked, fits, table)
    if named is None and own.layout is PLAIN and _confidence(own, fits, None) < SURE:
        # since it is asked about anyway, what else its captions hint at is asked about too
        return completed(own)
    if own.missing and (guessed := guess(own)):
        return guessed
    if own.missing:
        questions.refuse_lacking(own, best if not best.missing else None, named, table)
    if named and best.entity != named and _is_rather(best, own):
        questions.refuse_something_else(best, named, own)
    return own


def _drops_figures(own: Fit, fits: list[Fit]) -> bool:
    """Whether a reading that is asked about, or that could hold hours, reads nothing from columns of figures."""
    if own.layout.evidence not in ("canonical", "inferred"):
        return False
    left = unread(own)
    could_hold = bool(own.entity.hours) and "hours" in left.values()
    is_odd = could_hold or len(own.columns) < MORE or _is_of_cycles(own) or _confidence(own, fits, None) < SURE
    return bool(left) and (is_odd or _drops_fees(own, left))


def _drops_fees(own: Fit, left: Collection[int]) -> bool:
    """Whether a list of clients, or of their agreements, leaves what they pay unread."""
    if own.entity.has("monthly_fee"):
        return not holds_cycle(own)
    return not own.entity.money and not own.entity.hours and any(is_fee(own.evidence, at) for at in left)


def _is_of_cycles(own: Fit) -> bool:
    """Whether fees beside their cycles would go unread, since the entity has none."""
    return not own.entity.has("monthly_fee") and holds_cycle(own)


def _offered(own: Fit, asked: list[Fit], fits: list[Fit], table: TextTable) -> Fit:
    """A reading that leaves no figures unread, guessed and so asked about; refuses in words where there is none."""
    left = unread(own)
    if days := days_in(own.header):
        questions.refuse_days(own, days)
    tried = [(found, guess(found)) for found in (own, *asked) if found.missing or found is own or unread(found)]
    whole = [
        guessed for found, guessed in tried
        if guessed and not unread(guessed) and (left or found is own or _says_more(guessed, own))
    ]  # fmt: skip
    if whole:
        return max(whole, key=lambda found: (_is_of_agreements(found), found.score))
    if left and len(own.columns) > MORE and _drops_fees(own, left):
        return completed(own)
    if left:
        kind = max(left.values(), key=[*left.values()].count)
        nearest = entities()["agreements"] if holds_cycle(own) or _drops_fees(own, left) else owner(kind)
        questions.refuse_unread(own, left, completed(next(found for found in fits if found.entity == nearest)))
    questions.refuse_lacking(own, None, None, table)


def _is_of_agreements(found: Fit) -> bool:
    """Whether fees stand beside their cycles, or seats and their price beside the day on which an agreement starts."""
    has_start = found.weights.get("starts_on", GUESS) != GUESS and "monthly_fee" in found.made
    return "monthly_fee" in found.columns and (holds_cycle(found) or has_start)


def _says_more(guessed: Fit, own: Fit) -> bool:
    """Whether a guess explains more of the header than a reading that lacks what it needs."""
    return guessed.score >= own.score or len(guessed.columns) > len(own.columns)


def _fullest(asked: list[Fit]) -> Fit:
    """The best complete reading, unless one that lacks a needed column explains much more of the header."""
    nearly = max((found for found in asked if len(found.missing) < 2), key=lambda found: found.score, default=asked[0])
    is_richer = asked[0].layout.evidence == "canonical" and nearly.score >= asked[0].score + CLEARLY_MORE
    return nearly if is_richer else asked[0]


def _of_known_vendors(fits: list[Fit]) -> list[Fit]:
    """The readings of a known vendor's layout, which a lacking column must not turn into something else."""
    vendors = {found.entity.name for found in fits if found.layout.evidence != "canonical"}
    return [found for found in fits if not vendors or found.entity.name in vendors]


def _is_rather(other: Fit, own: Fit) -> bool:
    """Whether another entity explains so much more of the header that the table can't be what it was said to be."""
    return (
        own.layout.evidence == "canonical"
        and len(other.entity.required) > 1
        and other.score >= own.score + CLEARLY_MORE
    )


def _beside(chosen: Fit) -> list[Fit]:
    """What else the same file holds: the work logs in a ticket's cells."""
    also = [
        layout
        for layout in layouts()
        if layout.beside == chosen.entity.name
        and layout.system == chosen.layout.system
        and is_known(layout, chosen.evidence)
    ]
    tried = [fit(entities()[layout.entity], layout, chosen.evidence) for layout in also]
    return [found for found in tried if not found.missing]


def _match(found: Fit, fits: list[Fit], named: Entity | None, answers: Mapping[str, str]) -> Match:
    in_currency = by_currency(found, answers)
    found = without_taxes(by_figures(found))
    by_figures_asked = [*in_currency, *ask_tax(found, answers), *take_cycle(found, answers)]
    columns, asked = questions.settle_doubts(found, answers)
    confidence = _confidence(found, fits, named)
    whole = Match(
        entity=found.entity.name,
        system=found.layout.system,
        evidence=found.layout.evidence,
        confidence=round(confidence, 2),
        columns=columns,
        constants=found.constants,
        units=found.units,
        made=found.made,
        shapes=tuple(found.shapes),
        questions=(*asked, *by_figures_asked),
    )
    names = {column.name for column in found.entity.columns}
    spread = with_period(found.evidence, whole.with_unused(found.width), names, answers)
    ended = with_last_day(found.evidence, spread, names, answers)
    told = with_documents(found.evidence, ended, answers)
    doubt = questions.doubt(found)
    if (confidence < SURE or doubt) and answers.get(questions.CONFIRM, "").casefold() not in ("yes", "y"):
        opening = doubt or f"This looks like {found.entity.file_noun}."
        return replace(told, questions=(*told.questions, questions.confirm(found, told, opening)))
    return told


def _confidence(found: Fit, fits: list[Fit], named: Entity | None) -> float:
    """How sure the reading is: by the evidence for its captions, less where another entity fits as well."""
    trust = min((_trust(found, name) for name in _needed(found)), default=1.0)
    if named is None:
        trust = min(trust, _uniqueness(found, fits))
    return trust if found.layout is not GUESSED else GUESS


def _needed(found: Fit) -> list[str]:
    return [column.name for column in found.entity.required if column.name in found.columns]


def _trust(found: Fit, name: str) -> float:
    """An inferred layout is trusted no less where the contract's own captions say the same."""
    position = found.columns[name]
    if position < len(found.header.captions):
        column = found.entity.column(name)
        raw = found.header.captions[position].raw
        if exact_name(column, raw):
            return 1.0
        if any(position in found.header.find(caption) for caption in column.captions):
            return max(TRUST["canonical"], TRUST[found.layout.evidence])
    return TRUST[found.layout.evidence]


def _uniqueness(found: Fit, fits: list[Fit]) -> float:
    """Low where another entity explains as much, or where next to nothing of the header is explained."""
    others = [other for other in fits if other.entity != found.entity and not other.missing]
    if found.layout is PLAIN and any(other.score >= found.score - NEARLY_TIED for other in others):
        return 0.5
    thin = len(found.columns) == 1 and (_width(found.header) >= MANY or _holds_more(found))
    return 0.5 if (thin and found.layout is PLAIN) or found.is_undated else 1.0


def _width(header: Header) -> int:
    """How many columns have a caption."""
    return sum(1 for caption in header.captions if caption.full)


def _holds_more(found: Fit) -> bool:
    """Whether columns that nothing is read from hold dates or figures, as a mere list of names does not."""
    others = set(range(len(found.header.captions))) - set(found.columns.values())
    return any(found.evidence.share(position, FIGURES) >= CLEARLY for position in others)
