"""Amounts of several currencies: never added, but kept to one or turned into one by the user's own rates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from vitals.ingest.model import Question
from vitals.ingest.values.numbers import DOLLARS
from vitals.ingest.values.profile import Profile

QUESTION = "currency"


@dataclass(frozen=True)
class CurrencyPlan:
    """What to do with amounts of several currencies: the one to keep, or a rate for each."""

    base: str
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    """Empty where only the base is kept."""

    def rate(self, code: str) -> Decimal | None:
        """What an amount of that currency is multiplied by; None if it is not to be loaded."""
        if code in ("", self.base):
            return Decimal(1)
        dollars = [known for known in self.rates if known in DOLLARS]
        if code == "$" and "$" not in self.rates and dollars:
            code = "USD" if "USD" in dollars or len(dollars) > 1 else dollars[0]
        return self.rates.get(code)


def code_of(mark: str, row_code: str) -> str:
    """The currency of an amount by the mark in its cell and the row's currency column."""
    return row_code if not mark or (mark == "$" and row_code in DOLLARS) else mark


def found_codes(profile: Profile, by_caption: str = "") -> list[str]:
    """The distinct currencies of a file, '$' among them if nothing says which dollar it is."""
    named = {code for code in (*profile.codes, by_caption) if code}
    marked = {code for counts in profile.marks.values() for code in counts if code}
    if "$" in marked and named and named <= DOLLARS:
        marked.discard("$")
    return sorted(named | marked)


def _plan(answer: str) -> CurrencyPlan | None:
    """The plan of keep:EUR or rates:EUR:1,USD:0.92; None if the answer is neither."""
    how, _, rest = answer.partition(":")
    if how == "keep" and rest.strip():
        return CurrencyPlan(rest.strip().upper())
    try:
        pairs = [pair.split(":") for pair in rest.split(",")]
        rates = {code.strip().upper(): Decimal(rate.strip()) for code, rate in pairs}
    except (ValueError, InvalidOperation):
        return None
    positive = all(rate.is_finite() and rate > 0 for rate in rates.values())
    base = next((code for code, rate in rates.items() if rate == 1), next(iter(rates)))
    return CurrencyPlan(base, rates) if how == "rates" and positive else None


def _question(codes: list[str], said: str = "") -> Question:
    listed = ", ".join(codes)
    example = ",".join(f"{code}:{1 if place == 0 else 'RATE'}" for place, code in enumerate(codes))
    dollar = " $ alone may be any dollar; it takes the rate of USD unless you give one for $." if "$" in codes else ""
    sentence = f"The file mixes currencies ({listed}), which are never added up.{dollar}{said}"
    keep = {f"keep:{code}": f"only the rows in {code}, and those without a mark" for code in codes}
    turned = {f"rates:{example}": "every row, turned into one currency by your rates"}
    return Question(QUESTION, sentence, {**keep, **turned})


def decide_currency(
    profile: Profile, answers: Mapping[str, str], by_caption: str = ""
) -> CurrencyPlan | Question | None:
    """The plan for a file of several currencies, the question if there is no answer yet, or None if there is one."""
    codes = found_codes(profile, by_caption)
    if len(codes) < 2:
        return None
    plan = _plan(answers.get(QUESTION, ""))
    if plan is None:
        return _question(codes)
    without = [code for code in codes if plan.rates and plan.rate(code) is None]
    if without:
        return _question(codes, f" The answer gives no rate for {', '.join(without)}.")
    return plan if plan.rates or plan.base in codes else _question(codes, f" No row is in {plan.base}.")
