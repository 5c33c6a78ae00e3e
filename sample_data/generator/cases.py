"""The planted cases in words, each with its right answer."""

from __future__ import annotations

from typing import Any

from .contracts import contracts
from .diagnosis import diagnosis
from .figures import percent

Case = tuple[str, str, str]


def _margin(right: dict[str, Any], client: str) -> str:
    row = right["client_margin"][client]
    return (
        f"revenue {row['revenue']}, direct cost {row['direct_cost']}, labour {row['labour_cost']} for "
        f"{row['labour_hours']:g} hours, gross margin {row['gross_margin']} ({percent(row['gross_margin_pct'])})"
    )


def _both(right: dict[str, Any], client: str) -> str:
    row = right["client_margin"][client]
    blended, service = percent(row["gross_margin_pct"]), percent(row["service_gross_margin_pct"])
    return f"blended {blended}, without products {service}"


def _regimes(right: dict[str, Any], client: str) -> str:
    rows = right["pricing_regimes"][client]
    left = ", ".join(f"{name} {row['provider_margin']}" for name, row in rows.items())
    return f"margin left: {left}; crossover to the outcome fee {percent(rows['outcome']['crossover_automation_share'])}"


def _review(right: dict[str, Any], client: str) -> str:
    row = right["qbr"]["clients"][client]
    state = "completed" if row["is_completed"] else "due, not completed" if row["is_due"] else "owes none"
    late = f", {row['days_overdue']} days overdue" if row["days_overdue"] else ""
    return f"{state}{late}; last held {row['last_held_on'] or 'never'}"


def _used(right: dict[str, Any], person: str) -> str:
    row = right["technician_utilisation"]["technicians"][person]
    return (
        f"gross {row['gross_hours']:g} h, net {row['net_hours']:g} h, client {row['client_hours']:g} h, "
        f"net utilisation {percent(row['utilisation_net'])}, time capture {percent(row['time_capture'])}"
    )


def _in_its_month(right: dict[str, Any], kind: str) -> str:
    return "each in its own month: " + ", ".join(
        f"{month[:7]} {sum_}" for month, sum_ in right["planted"][kind].items()
    )


def _money_cases(right: dict[str, Any]) -> list[Case]:
    prepaid = right["planted"]["prepaid"]
    ends = f"{prepaid['first_month']} in the first, {prepaid['last_month']} in the last"
    spread = f"{prepaid['amount']} over 12 months: {ends}"
    credits = ", ".join(f"{row['client']} {row['amount']}" for row in right["planted"]["credits"])
    return [
        ("under water", "Cinderholt Foundry", _margin(right, "Cinderholt Foundry")),
        ("under water, small", "Gorsebank Plumbing", _margin(right, "Gorsebank Plumbing")),
        ("hours, no invoice", "Fernlight Hospice", _margin(right, "Fernlight Hospice") + "; percentages are empty"),
        ("billed, in no ticket, not in the clients file", "Umberleigh Storage", _margin(right, "Umberleigh Storage")),
        ("products hide a loss", "Kestrelgate Garages", _both(right, "Kestrelgate Garages")),
        ("products pull the margin down", "Hollowpine School", _both(right, "Hollowpine School")),
        ("effort far above its tier at list price", "Silverbeck Architects", _margin(right, "Silverbeck Architects")),
        ("paid for a year at once", "Marrowby Opticians, 2026-02-01", spread),
        ("paid for a quarter at once", "Pelham Quay Surveyors", _margin(right, "Pelham Quay Surveyors")),
        ("credit notes, with and without a minus", "four clients", f"counted as {credits}"),
        ("credit note after the client left", "Oldacre Textiles", _margin(right, "Oldacre Textiles")),
        ("the MSP itself", "Tallowmere IT", f"{right['planted']['internal_hours']} internal hours, no row as a client"),
        ("one group, two clients", "Larkhill Foods, Larkhill Farms", "one line in the concentration"),
        ("one client, three spellings", "Elderquay Logistics, Brasserie Éclatante", "one row each"),
    ]


def _recurring_cases(right: dict[str, Any]) -> list[Case]:
    recurring = right["planted"]["recurring"]
    return [
        (
            "billed twice and credited once",
            "Wexcombe Printers, August 2025",
            f"counts once as recurring revenue: {recurring['Wexcombe Printers']}",
        ),
        (
            "paid for half a year, left after two months",
            "Nettlecombe Florists, from May 2025",
            f"recurring until June: {recurring['Nettlecombe Florists']}; revenue to October",
        ),
        ("annual by its words, billed twice in two months", "Glimmerford Lighting", _in_its_month(right, "instalment")),
        ("annual by its words, and a project", "Ironbarrow Engineering, August 2025", _in_its_month(right, "project")),
    ]


def _people_cases(right: dict[str, Any]) -> list[Case]:
    rates = right["planted"]["raise"]
    change = f"{rates['before']} an hour until 30 April 2026, {rates['after']} from 1 May"
    company = right["company_margin"]
    return [
        ("saturated", "Priya Raman", _used(right, "Priya Raman")),
        ("idle", "Tomasz Wilk", _used(right, "Tomasz Wilk")),
        ("part-time, burden written as 25", "Amara Okafor", _used(right, "Amara Okafor")),
        ("started in mid-month, time off before the first day", "Diego Fuentes", _used(right, "Diego Fuentes")),
        ("left; two hours booked after the last day", "Leila Haddad", _used(right, "Leila Haddad")),
        ("writes too little down", "Marcus Bell", _used(right, "Marcus Bell")),
        ("time off on a holiday and a Saturday", "Hannah Lindqvist", _used(right, "Hannah Lindqvist")),
        ("twelve hours off in a day, kind holiday", "Ingrid Solheim", _used(right, "Ingrid Solheim")),
        ("raise in the middle of the period", "Hannah Lindqvist", change),
        ("in no technicians file", "Jonas Weber", f"{company['assumed_rate_hours']:g} hours at the assumed rate"),
        ("owner, not on the service payroll", "Nora Castellan", f"outside payroll {company['labour_outside_payroll']}"),
    ]


def _review_cases(right: dict[str, Any]) -> list[Case]:
    rows = [
        ("in the window only a cancelled review, a missed one, and a held one without a day", "Thistledown Travel"),
        ('an internal preparation is no review, nor is an "Internal prep"', "Jackdaw & Reed Lettings"),
        ("held exactly a cadence ago: a day too long ago", "Foxwhistle Media"),
        ("held a day later: within the window", "Larkhill Farms"),
        ("never reviewed", "Gorsebank Plumbing"),
        ("too new to owe one", "Zephyrine Labs"),
        ("cadence 0", "Cobbleshaw Bakery"),
        ("twice a year", "Eastvale Pottery"),
        ("left in March 2026", "Oldacre Textiles"),
        ("active since its first revenue", "Umberleigh Storage"),
    ]
    return [(case, client, _review(right, client)) for case, client in rows]


def cases(right: dict[str, Any]) -> list[Case]:
    """Every planted case: what it is, where it is, the right answer."""
    flags = right["flags"]
    found = _money_cases(right) + _recurring_cases(right) + _people_cases(right) + _review_cases(right)
    middle, odd = right["planted"]["outcome_close"], "Line-of-business application"
    share = percent(right["resolution_consistency"][odd]["technician_share_of_variance"])
    found.append(("effort depends on who does the work", odd, f"{share} of the variance lies between technicians"))
    found.append(("an outcome fee close to the crossover", middle, _regimes(right, middle)))
    for case, client in (("worse", right["planted"]["outcome_worse"]), ("better", right["planted"]["outcome_better"])):
        found.append((f"an outcome fee is {case} than hours at 20 % automation", client, _regimes(right, client)))
    found.append(
        ("entries that name another client than their ticket", "Larkhill", str(flags["client_differs_from_ticket"]))
    )
    for entry, (why, covered) in right["planted"]["coverage"].items():
        found.append((f"coverage left empty: {why}", f"time entry {entry}", covered))
    found.append(("tickets without a client", "(no client)", str(flags["client_missing"])))
    found.append(("a correction of minus half an hour", "time entry 900007", f"{flags['negative_hours']} row, counted"))
    return found + diagnosis(right) + contracts(right)
