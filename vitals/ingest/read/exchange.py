"""Amounts of several currencies: never added, but kept to one or turned into one by the user's own rates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

import numpy as np
import pyarrow as pa

from vitals.contract import Column, Entity
from vitals.ingest.model import Match, Question, TextTable
from vitals.ingest.read.cells import OUT_OF_RANGE, STEP
from vitals.ingest.read.columns import Marked, TypedColumn, arrow_type
from vitals.ingest.read.numbers import DOLLARS, SHARED, currency_named, meant_by, take_apart
from vitals.ingest.read.survey import Tally

QUESTION = "currency"


@dataclass(frozen=True)
class CurrencyPlan:
    """What to do with amounts of several currencies: the one to keep, or a rate for each."""

    base: str
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    """Empty where only the base is kept."""
    dollar: str = "$"
    """What $ alone stands for in the file."""

    def rate(self, code: str) -> Decimal | None:
        """What an amount of that currency is multiplied by; None if it is not to be loaded."""
        code = self.dollar if code == "$" and "$" not in self.rates else code
        if code in ("", self.base):
            return Decimal(1)
        dollars = [known for known in self.rates if known in DOLLARS]
        if code == "$" and "$" not in self.rates and dollars:
            code = "USD" if "USD" in dollars or len(dollars) > 1 else dollars[0]
        return self.rates.get(code)


def code_of(mark: str, row_code: str) -> str:
    """The currency of an amount by the mark in its cell and the row's currency column."""
    return row_code if not mark or row_code in SHARED.get(mark, ()) else mark


def found_codes(tally: Tally, by_caption: str = "") -> list[str]:
    """The distinct currencies of a file, '$' among them if nothing says which dollar it is."""
    named, marked = _named(tally, by_caption)
    said = {mark for mark in marked if named and named <= SHARED.get(mark, frozenset())}
    found = named | (marked - said)
    return sorted({meant_by(code, found) for code in found})


def _named(tally: Tally, by_caption: str) -> tuple[set[str], set[str]]:
    """The currencies that a file's own column and caption name, and those that marks beside amounts do."""
    named = {code for code in (*tally.codes, by_caption) if code}
    return named, {code for counts in tally.marks.values() for code in counts if code}


def _is_one(code: str, other: str) -> bool:
    """Whether two files' currencies may be the same: "$" in one is whichever dollar the other names."""
    return code == other or code in SHARED.get(other, ()) or other in SHARED.get(code, ())


def _beside(codes: list[str], known: str) -> list[str]:
    """A file's currencies, after that of the workspace."""
    if not codes or not known:
        return codes
    same = [code for code in codes if _is_one(code, known)]
    return [*(same or [known]), *(code for code in codes if code not in same)]


def _plan(answer: str) -> CurrencyPlan | None:
    """The plan of keep:EUR or rates:EUR:1,USD:0.92; None if the answer is neither."""
    how, _, rest = answer.partition(":")
    if how == "keep" and rest.strip():
        return CurrencyPlan(currency_named(rest))
    try:
        pairs = [pair.split(":") for pair in rest.split(",")]
        rates = {currency_named(code): Decimal(rate.strip()) for code, rate in pairs}
    except (ValueError, InvalidOperation):
        return None
    positive = all(rate.is_finite() and rate > 0 for rate in rates.values())
    base = next((code for code, rate in rates.items() if rate == 1), next(iter(rates)))
    return CurrencyPlan(base, rates) if how == "rates" and positive else None


def _question(codes: list[str], known: str, said: str = "") -> Question:
    listed = ", ".join(codes)
    example = ",".join(f"{code}:{1 if place == 0 else 'RATE'}" for place, code in enumerate(codes))
    dollar = " $ alone may be any dollar; it takes the rate of USD unless you give one for $." if "$" in codes else ""
    mixed = f"The file mixes currencies ({listed}), which are never added up."
    others = ", ".join(code for code in codes if not _is_one(code, known))
    beside = f"The files loaded before are in {known}, and this one holds amounts in {others}: they are never added up."
    sentence = f"{beside if known else mixed}{dollar}{said}"
    kept = [code for code in codes if not known or _is_one(code, known)]
    keep = {f"keep:{code}": f"only the rows in {code}, and those without a mark" for code in kept}
    turned = {f"rates:{example}": "every row, turned into one currency by your rates"}
    return Question(QUESTION, sentence, {**keep, **turned})


def decide_currency(
    tally: Tally, answers: Mapping[str, str], by_caption: str = "", known: str = ""
) -> CurrencyPlan | Question | None:
    """The plan for a file of several currencies, or of another than the files before it, which is known; the question
    if there is no answer yet, or None if there is nothing to decide."""
    codes = _beside(found_codes(tally, by_caption), known)
    if len(codes) < 2:
        return None
    plan = _plan(answers.get(QUESTION, ""))
    plan = replace(plan, dollar=meant_by("$", set.union(*_named(tally, by_caption)))) if plan else None
    wrong = "" if plan is None else _objection(plan, codes, known)
    return plan if plan is not None and not wrong else _question(codes, known, wrong)


def _objection(plan: CurrencyPlan, codes: list[str], known: str) -> str:
    """What is wrong with an answer, in words; nothing if it can be followed."""
    without = [code for code in codes if plan.rates and plan.rate(code) is None]
    if without:
        return f" The answer gives no rate for {', '.join(without)}."
    if not plan.rates and plan.base not in codes:
        return f" No row is in {plan.base}."
    return "" if not known or _is_one(plan.base, known) else f" It is {known} that stays, at the rate 1."


def currency_of(tally: Tally, by_caption: str, plan: CurrencyPlan | None) -> str:
    """The one currency in which a file's amounts are loaded; nothing if no mark says which."""
    return plan.base if plan else next(iter(found_codes(tally, by_caption)), "")


@lru_cache(maxsize=100_000)
def _mark(text: str) -> str:
    written = take_apart(text)
    return written.currency if written else ""


def _rates(table: TextTable, match: Match, name: str, plan: CurrencyPlan) -> list[Decimal | None]:
    """What each row's amount is multiplied by; None where its currency is not to be loaded."""
    texts = table.rows[f"c{match.columns[name]}"].to_pylist()
    place = match.columns.get("currency")
    whole = match.constants.get("currency", "")
    named = table.rows[f"c{place}"].to_pylist() if place is not None else [whole] * len(texts)
    codes = (code_of(_mark(text or ""), currency_named(row or whole)) for text, row in zip(texts, named, strict=True))
    return [plan.rate(code) for code in codes]


def _times(value: Decimal | None, rate: Decimal | None) -> Decimal | None:
    return None if value is None or rate is None else (value * rate).quantize(STEP, ROUND_HALF_UP)


def _turned(column: Column, typed: TypedColumn, amounts: list[Decimal | None]) -> TypedColumn:
    """The column with its amounts in another currency, but those beyond the column's range."""
    beyond = [place for place, amount in enumerate(amounts) if amount is not None and not column.is_plausible(amount)]
    kept = [amount if amount is None or column.is_plausible(amount) else None for amount in amounts]
    problems = (*typed.problems, Marked(np.array(beyond, dtype=int), OUT_OF_RANGE)) if beyond else typed.problems
    return TypedColumn(pa.chunked_array([pa.array(kept, arrow_type(column))]), problems, typed.flags)


def exchanged(
    entity: Entity, table: TextTable, match: Match, typed: Mapping[str, TypedColumn], plan: CurrencyPlan | None
) -> tuple[dict[str, TypedColumn], list[int]]:
    """The columns in one currency, and the places of rows in a currency that isn't kept."""
    columns, left = dict(typed), set[int]()
    names = [name for name in match.columns if entity.column(name).kind == "money"] if plan else []
    for name in names:
        rates = _rates(table, match, name, plan)  # type: ignore[arg-type]
        values = typed[name].values.to_pylist()
        left |= {place for place, rate in enumerate(rates) if rate is None and values[place] is not None}
        turned = [
            _times(*pair) if place not in left else pair[0]
            for place, pair in enumerate(zip(values, rates, strict=True))
        ]
        columns[name] = _turned(entity.column(name), typed[name], turned)
    if plan and names and entity.has("currency"):
        columns["currency"] = TypedColumn(pa.chunked_array([pa.repeat(plan.base, len(table.rows))]))
    return columns, sorted(left)
