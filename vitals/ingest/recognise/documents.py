"""Which columns say what kind of document a row is, or how it stands, and the questions about words nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from vitals.contract import entities
from vitals.ingest.model import Match, Question, Step, TextTable
from vitals.ingest.read.durations import read_hours
from vitals.ingest.read.numbers import read_number
from vitals.ingest.read.texts import NO, YES, counted, is_empty
from vitals.ingest.recognise.captions import CLEARLY, Evidence
from vitals.ingest.shapes.descriptions import DESCRIBED, Descriptions
from vitals.ingest.shapes.documents import (
    QUESTION,
    Documents,
    Meaning,
    Vocabulary,
    question_of,
    spelled,
    vocabularies,
    worded,
)
from vitals.ingest.shapes.shape import Position, with_shape

MOST_KINDS = 24
"""A column of more different words tells no kinds apart, unless its caption says so."""
LEAST_LETTERS = 4
"""Shorter words may be anything under a caption that says nothing."""
MOST_ASKED = 12
"""So many words are asked about at once; the others wait until these are answered."""
TELLING = {Meaning.CREDIT, Meaning.OTHER}
LONGEST_EXAMPLE = 60
DATES = {"date", "clock", "epoch", "email"}
WORDS = {"sale": "it counts as revenue", "credit": "it is taken off the revenue", "not_revenue": "it is set aside"}
WORDS |= {"counts": "its hours count", "not_approved": "it is set aside"}
WORDS |= {"in_force": "it counts", "ended": "it counts up to its last day, and is set aside where it has none"}
WORDS |= {"never_in_force": "it is set aside"}
"""What comes of the rows by each answer."""
NOTHING, UNDESCRIBED = Documents((), (), (), (), False), Descriptions((), (), ())
_DESCRIBED = DESCRIBED.replace(" ", "_")
INVOICES = frozenset(["invoice", "invoices", "rechnung", "facture", "factura", "factuur", "fattura", "faktura"])
"""Words of a kind of document that leave no doubt, whatever the description says."""


def with_documents(evidence: Evidence, found: Match, answers: Mapping[str, str]) -> Match:
    """The match that knows which columns and descriptions say what a row is, and what the user said of their words."""
    if found.entity not in vocabularies():
        return found
    return _with_descriptions(evidence, _with_kinds(evidence, found, answers), answers)


def _with_kinds(evidence: Evidence, found: Match, answers: Mapping[str, str]) -> Match:
    said = next((shape for shape in found.shapes if isinstance(shape, Documents)), NOTHING)
    known = _answered(said, vocabularies()[found.entity], answers)
    if not known.kinds:
        known = _placed(known, evidence, found)
    others = tuple(shape for shape in found.shapes if not isinstance(shape, Documents))
    if said.kinds:
        return replace(found, shapes=(*others, known))
    return with_shape(replace(found, shapes=others), known, len(evidence.header.captions)) if known.kinds else found


def _with_descriptions(evidence: Evidence, found: Match, answers: Mapping[str, str]) -> Match:
    """The match that looks at descriptions too, where no kind of document says that its rows are invoices."""
    said = next((shape for shape in found.shapes if isinstance(shape, Descriptions)), UNDESCRIBED)
    others = tuple(shape for shape in found.shapes if not isinstance(shape, Descriptions))
    texts = () if _are_invoices(evidence, others) else _descriptions(evidence, found)
    told = {name.removeprefix(QUESTION + _DESCRIBED).replace("_", " "): answer.strip().casefold()
            for name, answer in answers.items() if name.startswith(QUESTION + _DESCRIBED)}  # fmt: skip
    known = vocabularies()[found.entity].answers
    sales, no_sales = (
        tuple(sorted({*(word for word in before if word not in told), *_those_of(told, known, meaning)}))
        for before, meaning in ((said.sales, Meaning.SALE), (said.others, Meaning.OTHER))
    )
    return replace(found, shapes=(*others, *([Descriptions(texts, sales, no_sales)] if texts else [])))


def _those_of(told: Mapping[str, str], known: Mapping[str, Meaning], meaning: Meaning) -> set[str]:
    return {word for word, answer in told.items() if known.get(answer) == meaning}


def _are_invoices(evidence: Evidence, shapes: tuple[Step, ...]) -> bool:
    """Whether a column of kinds says that rows are invoices."""
    kinds = [at for shape in shapes if isinstance(shape, Documents) for at in shape.kinds]
    return any(INVOICES & {*spelled(text).split()} for at in kinds for text in evidence.values(at))


def _descriptions(evidence: Evidence, found: Match) -> tuple[Position, ...]:
    """The columns that tell in words what is billed, and the one of the invoices' numbers, which may be "Draft"."""
    known, width = vocabularies()[found.entity], len(evidence.header.captions)
    if not known.leads:
        return ()
    named = {at for name in ("item", "invoice_number") if (at := found.columns.get(name, width)) < width}
    called = {at for at in found.unused if known.described & {*spelled(evidence.header.captions[at].raw).split()}}
    return tuple(map(Position, sorted(named | called)))


def _answered(said: Documents, known: Vocabulary, answers: Mapping[str, str]) -> Documents:
    """The shape with the words about which the user answered."""
    told: dict[Meaning, list[str]] = {meaning: [] for meaning in Meaning if meaning}
    for name, answer in answers.items():
        meaning = known.answers.get(answer.strip().casefold(), Meaning.UNKNOWN)
        if name.startswith(QUESTION) and meaning and not name.startswith(QUESTION + _DESCRIBED):
            told[meaning].append(spelled(name.removeprefix(QUESTION)))
    rest = {word for words in told.values() for word in words}
    sales, credits, others, ended = (
        tuple(sorted({*told[meaning], *(word for word in words if word not in rest)}))
        for meaning, words in said.words.items()
    )
    return replace(said, sales=sales, credits=credits, others=others, ended=ended)


def _placed(said: Documents, evidence: Evidence, found: Match) -> Documents:
    known = said.vocabulary(found.entity)
    width = len(evidence.header.captions)
    used = {at for at in found.columns.values() if at < width}
    places = [at for at in range(width) if at not in used and _says_kind(evidence, at, known)]
    number = found.columns.get("invoice_number", width)
    if not places and number < width and _number_kinds(evidence, number, known):
        places = [number]
    can_mark = entities()[found.entity].has("is_credit") and "is_credit" not in found.columns
    return replace(said, kinds=tuple(map(Position, places)), marks=can_mark and bool(places))


def _says_kind(evidence: Evidence, at: int, known: Vocabulary) -> bool:
    """Whether a column tells kinds of documents apart, by its caption or by words that only such a column holds."""
    caption = frozenset(spelled(evidence.header.captions[at].raw).split())
    if any(words <= caption for words in known.never):
        return False
    words = {worded(text) for text in evidence.values(at)}
    if evidence.share(at, DATES) >= CLEARLY:
        return False
    if words and words <= YES | NO and known.is_flag(evidence.header.captions[at].raw):
        return True
    if any(asked <= caption for asked in known.captions):
        return not _holds_amounts(evidence, at)
    if len(words) > MOST_KINDS:
        return False
    if caption & known.kinds:
        return any(map(known.tells, words)) or (known.has_credits and (not words or any(map(known.meaning, words))))
    return _tell_kinds(words, known)


def _number_kinds(evidence: Evidence, at: int, known: Vocabulary) -> bool:
    """Whether the letters before numbers tell invoices and credits apart, such as INV-1 and CN-2."""
    meant = {known.words.get(worded(text)) for text in evidence.values(at)}
    return meant == {Meaning.SALE, Meaning.CREDIT}


def _holds_amounts(evidence: Evidence, at: int) -> bool:
    """Whether numbers below a caption of kinds are no codes: debits and credits, each in a column of its own."""
    numbers = [read_number(text.strip()) for text in evidence.values(at)]
    return any(number is not None and number != number.to_integral_value() for number in numbers)


def _tell_kinds(words: set[str], known: Vocabulary) -> bool:
    """Whether words alone say so under any caption: some plainly don't count, or some do and some don't."""
    if words & known.plain:
        return True
    meant = [known.words.get(word) for word in words if len(word) >= LEAST_LETTERS]
    tells = any(known.tells(word) for word in words if len(word) >= LEAST_LETTERS)
    return tells and Meaning.SALE in meant and sum(map(bool, meant)) >= CLEARLY * len(words)


@dataclass
class UnknownWord:
    """A word that says what a row is and that nobody knows: as written, its rows, and their amounts."""

    text: str
    caption: str
    rows: int = 0
    amount: Decimal = Decimal()
    example: str = ""
    """A description that holds it."""


@dataclass
class UnknownWords:
    """The unknown words of one table, counted on part by part."""

    words: dict[str, UnknownWord] = field(default_factory=dict)

    def take(self, table: TextTable, found: Match) -> None:
        """Take up what stands in one part of the table, once it is reshaped."""
        for shape in found.shapes:
            if isinstance(shape, Documents):
                known = shape.vocabulary(found.entity)
                for at in shape.kinds:
                    self._take(table, found, at, known)
            if isinstance(shape, Descriptions):
                for at in shape.texts:
                    self._take_described(table, found, at, shape)

    def _take(self, table: TextTable, found: Match, at: int, known: Vocabulary) -> None:
        cells = table.rows.column(f"c{at}")
        for text, rows in _counted(cells):
            if not is_empty(text) and spelled(text) and not known.meaning_below(table.header[at], text):
                word = self.words.setdefault(question_of(text), UnknownWord(text.strip(), table.header[at].strip()))
                word.rows += rows
                word.amount += _amount(table.rows.filter(pc.equal(cells, text)), found)

    def _take_described(self, table: TextTable, found: Match, at: int, shape: Descriptions) -> None:
        leads = shape.leads(table, found, at)
        for lead, rows in [] if leads is None else _counted(leads):
            if lead and not shape.meaning(lead):
                held = table.rows.filter(pc.equal(leads, lead))
                text = held.column(f"c{at}")[0].as_py().strip()
                first = UnknownWord(lead, table.header[at].strip(), example=text)
                word = self.words.setdefault(question_of(DESCRIBED + lead), first)
                word.rows += rows
                word.amount += _amount(held, found)

    def questions(self, entity: str) -> tuple[Question, ...]:
        """A question for each word."""
        known = vocabularies().get(entity)
        return tuple(_question(name, word, known) for name, word in [*self.words.items()][:MOST_ASKED]) if known else ()


def _counted(cells: pa.ChunkedArray | pa.Array) -> list[tuple[str, int]]:
    counted = pc.value_counts(cells).to_pylist()
    return [(item["values"], item["counts"]) for item in counted if item["values"] is not None]


def _amount(rows: pa.Table, found: Match) -> Decimal:
    """The money, else the hours of rows, as far as they can be read before it is decided how."""
    entity = entities()[found.entity]
    place = found.columns.get(entity.money, found.columns.get(entity.hours))
    cells = [] if place is None else rows.column(f"c{place}").to_pylist()
    return sum((read_number(cell or "") or read_hours(cell or "") or Decimal() for cell in cells), Decimal())


def _question(name: str, word: UnknownWord, known: Vocabulary) -> Question:
    rows = counted(word.rows, "row")
    held = f', as in "{word.example[:LONGEST_EXAMPLE]}"' if word.example else ""
    sentence = (
        f'The column "{word.caption}" says "{word.text}" in {rows}{held}, {word.amount:,.2f} in all: {known.asks}?'
    )
    answers = [said for said, meaning in known.answers.items() if not word.example or meaning != Meaning.CREDIT]
    return Question(name, sentence, {answer: f"{answer.replace('_', ' ')}: {WORDS[answer]}" for answer in answers})
