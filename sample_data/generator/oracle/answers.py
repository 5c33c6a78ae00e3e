"""All right answers in one table: per file, client, technician, month, and for the company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from fractions import Fraction
from typing import Any

from ..sheets import Sheet
from . import mix, receivables
from .actions import actions
from .backlog import backlog, health
from .book import Book, money, open_book
from .commitments import bridge, concentration, retention, reviews
from .components import scores
from .desk import attainment, consistency, resolution_time
from .fees import fees, prices
from .gaps import gaps
from .gates import gates
from .hours import key_people, payroll, utilisation
from .ledger import Ledger, open_ledger, span
from .margins import Account, accounts, after_bench, dispersion, figures, merged, tier_of
from .measures import backtest, credits_of, levels, measures
from .models import models
from .planted import planted
from .pricing import regimes
from .reach import covered_months, default_period, is_complete_for_labour, reach_of, thin_months
from .renewals import plan
from .risk import book_risk
from .roles import conflation, dependence, scope_creep
from .signals import signals, verdict
from .tenure import cohorts, trajectory

FIRST, LAST = date(2025, 11, 1), date(2026, 10, 1)
LAST_DAY, MONTH_BEFORE = date(2026, 10, 31), date(2025, 10, 1)
SHARE = Fraction(1, 5)


def _clients(book: Book, found: dict[str, Account]) -> dict[str, Any]:
    return {
        book.shown[client]: {"service_tier": tier_of(book, client, LAST)} | figures(account)
        for client, account in sorted(found.items())
    }


def _company(book: Book, total: Account, months: Collection[date]) -> dict[str, Any]:
    """The company before and after bench, and how its labour reconciles with the payroll."""
    paid, allocated, outside = payroll(book, months)
    sums = (paid, allocated, paid - allocated, outside)
    names = ("service_payroll", "labour_allocated", "bench_labour", "labour_outside_payroll")
    found = figures(total) | dict(zip(names, map(money, sums), strict=True)) | after_bench(total, paid - allocated)
    return found | {"months_asked": 12, "months_covered": len(months)}


def _monthly(book: Book, months: Collection[date]) -> dict[str, Any]:
    """The company's covered months: revenue, cost, hours and margin."""
    names = ("revenue", "direct_cost", "labour_hours", "labour_cost", "gross_margin", "gross_margin_pct",
             "managed_gross_margin_pct", "effective_hourly_rate")  # fmt: skip
    sums = {str(month): figures(merged(accounts(book, {month}))) for month in months}
    return {month: {name: row[name] for name in names} for month, row in sums.items()}


def _flags(book: Book) -> dict[str, int]:
    """Rows that are odd but count."""
    known = {row["technician_key"] for row in book.rows("technicians")}
    tickets = {row["ticket_id"]: row.get("client_key") for row in book.rows("tickets")}
    count: dict[str, int] = defaultdict(int)
    for row in book.rows("time_entries"):
        owner = tickets.get(row["ticket_id"])
        count["no_cost_rate"] += row.get("technician_key") not in known
        count["negative_hours"] += row["hours"] < 0
        count["client_differs_from_ticket"] += owner not in (None, row["client_key"])
    count["client_missing"] = sum(row["client"] is None for row in book.rows("tickets"))
    return dict(count)


def answers(sheets: dict[str, Sheet], classes: list[list[str]]) -> dict[str, Any]:
    """What the queries must give for the sample."""
    book = open_book(sheets, classes)
    covered = covered_months(book)
    months = [month for month in covered if FIRST <= month <= LAST]
    worked = [month for month in months if is_complete_for_labour(book, reach_of(book), month)]
    found = accounts(book, months)
    total, thin = merged(found), thin_months(book)
    priced = {book.shown[client]: regimes(account, SHARE) for client, account in sorted(found.items())}
    right = {
        "period": default_period(book),
        "covered": {str(month): {"is_covered": True, "is_thin": month in thin} for month in covered},
        "files": {sheets[entity].file: loaded.account() for entity, loaded in book.loaded.items()},
        "flags": _flags(book),
        "client_margin": _clients(book, found),
        "company_margin": _company(book, total, months),
        "company_monthly": _monthly(book, covered),
        "revenue_by_class": {kind: money(amount) for kind, amount in total.revenue.items()},
        "tier_dispersion": dispersion(book, found, LAST),
        "technician_utilisation": utilisation(book, worked),
        "pricing_regimes": priced,
        "planted": planted(book, priced),
    }
    ledger = open_ledger(book)
    right |= _commitments(book, found) | _desk(book)
    right |= _money(book) | _leading(ledger, months)
    return right | operating_model(ledger, months, LAST_DAY) | outcomes(ledger, months, LAST_DAY)


def _commitments(book: Book, found: dict[str, Account]) -> dict[str, Any]:
    """What recurs, what was kept of it, and the reviews that were owed."""
    return {
        "qbr": reviews(book, LAST_DAY, LAST), "mrr_bridge": bridge(book, LAST),
        "retention": retention(book, MONTH_BEFORE, LAST), "concentration": concentration(book, found),
    }  # fmt: skip


def _money(book: Book) -> dict[str, Any]:
    """What revenue is made of over the year, all its months, and what is owed of it."""
    year = span(LAST, 12)
    return {
        "revenue_mix": mix.by_class(book, year), "revenue_mix_summary": mix.summary(book, year),
        "revenue_mix_monthly": mix.by_month(book), "receivables": receivables.receivables(book, LAST_DAY),
        "receivable_ageing": receivables.ageing(book, LAST_DAY), "ageing_monthly": receivables.by_month(book),
    }  # fmt: skip


def _leading(ledger: Ledger, months: list[date]) -> dict[str, Any]:
    """What to do first, and which part of the operating model holds back."""
    parts, components = scores(ledger, LAST_DAY)
    return {"actions": actions(ledger, months, LAST_DAY), "component_parts": parts, "components": components}


def operating_model(ledger: Ledger, months: list[date], as_of: date) -> dict[str, Any]:
    """What holds the firm back: signals, gaps, the desk, its people, and what revenue became of."""
    book, found = ledger.book, signals(ledger, as_of)
    return {
        "signals": found, "signal_verdict": verdict(found), "client_margin_gap": gaps(ledger, months),
        "backlog_monthly": backlog(book), "desk_health": health(ledger, months),
        "role_conflation": conflation(book, months), "owner_dependence": dependence(book, months),
        "scope_creep_monthly": scope_creep(book), "retention_trajectory": trajectory(book),
        "revenue_cohorts": cohorts(book),
    }  # fmt: skip


def outcomes(ledger: Ledger, months: list[date], as_of: date) -> dict[str, Any]:
    """What outcomes should cost, under which terms, and who may promise them."""
    known = levels(ledger.book)
    tested = backtest(known, months)
    found = prices(ledger, tested, months)
    return {
        "sla_measures": measures(ledger, known, months), "sla_credit_backtest": credits_of(ledger, tested),
        "outcome_price": fees(ledger, found), "book_risk": book_risk(ledger, found, months),
        "pricing_models": models(ledger, found, months, SHARE), "readiness_gates": gates(ledger, found, months),
        "renewal_plan": plan(ledger, found, months, as_of),
    }  # fmt: skip


def _desk(book: Book) -> dict[str, Any]:
    """Who carries the clients, and the service levels."""
    days = (FIRST, LAST_DAY)
    return {
        "key_person": key_people(book, *days), "sla_attainment": attainment(book, *days),
        "resolution_time": resolution_time(book, *days), "resolution_consistency": consistency(book, *days),
    }  # fmt: skip
