"""What a page says in its headline and notes: one plain sentence from the row of a query; the caller escapes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vitals import formats
from vitals.catalogue import number
from vitals.formats import count, is_missing, money, money_short, or_zero, percent, percent_whole, plural
from vitals.ui.words import caveats

Row = Mapping[str, Any]
MOST_NAMED = 3


def overview(share: Any, before: Any, clients: Row, label: str, kind: str, compared_with: str) -> str:
    """How healthy is the business? Its margin of that kind, and what that was in the months compared with."""
    if is_missing(share):
        return margin(clients, label)
    revenue, made = money_short(clients.get("revenue")), _made_without(kind, clients)
    label = caveats.months(clients, label)
    said = f"In {label} {percent(share)} of {revenue} in revenue was left as gross margin {made}"
    if share < 0:
        said = f"In {label} costs exceeded {revenue} of revenue by {percent(-share)} {made}"
    said = f"{caveats.unread(clients)} {said}".lstrip()
    if is_missing(before) or share < 0:
        return f"{said}."
    moved = formats.points(abs(share - before)).removeprefix("+")
    which = f"the margin {'after' if 'after bench' in kind else 'before'} bench"
    return f"{said}; {which} is {moved} {'more' if share >= before else 'less'} than in {compared_with}."


def _made_without(label: str, row: Row) -> str:
    """What a margin is before and after: bench, tools where no file says what they cost, and wages alike."""
    said = "after bench" if "after bench" in label else "before bench"
    if caveats.is_without_tools(row):
        said += ", before tools" if "after" in said else " and tools"
    return f"{said}{_at_assumed_cost(row)}"


def _at_assumed_cost(row: Row) -> str:
    return f", with {assumed}" if (assumed := caveats.at_assumed_cost(row)) else ""


def margin(row: Row, label: str) -> str:
    """Which clients make money, and which may be counted under two names?"""
    why, label = caveats.unread(row), caveats.months(row, label)
    said = _unread(row, label) if why else ""
    return _joined(why, caveats.assumed(row), said or _margin(row, label), unbilled(row))


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def margins(row: Row, company: Row, label: str) -> str:
    """Which clients make money, and what the company kept of its revenue after bench."""
    return _joined(margin(row, label), after_bench({**row, **company}))


def after_bench(company: Row) -> str:
    """What the company kept of its revenue after bench; empty while no technicians are loaded."""
    share: Any = company.get("gross_margin_after_bench_pct")
    if is_missing(share):
        return ""
    left, revenue = company["gross_margin_after_bench"], money_short(company["revenue"])
    if share < 0:
        return (
            f"After bench the company lost {money_short(abs(left))} on {revenue} of revenue{_at_assumed_cost(company)}."
        )
    kept = f"After bench the company kept {money_short(left)}, {percent(share)} of {revenue} in revenue"
    return f"{kept}{_at_assumed_cost(company)}."


def unbilled(row: Row) -> str:
    """The clients that have hours and no invoice: rather a second name than a loss; empty if there is none."""
    found = or_zero(row.get("unbilled_clients"))
    if not found:
        return ""
    have = "has" if found == 1 else "have"
    cost: Any = row.get("unbilled_labour_cost")
    of_labour = "" if is_missing(cost) else f" ({money(cost)} of labour)"
    why = "perhaps two spellings of one name, or billed in other months"
    return f"{plural(found, 'more client')} {have} hours and no invoice{of_labour}: {why}."


def _unread(row: Row, label: str) -> str:
    """What is on file of a margin that can't be read: amounts, and no word on who made money."""
    if is_missing(row.get("gross_margin")) or is_missing(row.get("revenue")):
        return ""
    return (
        f"Less the hours on file {money(row['gross_margin'])} of {money(row['revenue'])} in {label} would be left; "
        "whether any client makes money is not known."
    )


def _margin(row: Row, label: str) -> str:
    if not row or or_zero(row.get("clients")) <= or_zero(row.get("unbilled_clients")):
        if row and row.get("months_covered") == 0:
            return f"No month of {label} can carry a margin: none has both invoices and hours that are complete."
        return "No client has revenue or cost in these months. Choose other months, or load invoices for them."
    billed = row["clients"] - or_zero(row.get("unbilled_clients"))
    clients = plural(billed, "billed client" if or_zero(row.get("unbilled_clients")) else "client")
    if row.get("labour_basis") == "none" or is_missing(row.get("gross_margin")):
        return f"{clients} brought {money(row.get('revenue'))}; load time entries or tickets to see what they cost."
    losses = or_zero(row.get("loss_clients"))
    if not losses and or_zero(row.get("clients_without_labour")):
        return _of_those_with_hours(row, billed, label)
    if not losses:
        whole = f"the one {clients.removeprefix('1 ')}" if billed == 1 else f"all {clients}"
        best = f" {row['best_client']} brings the most." if row.get("best_client") else ""
        earned: Any = row.get("billed_gross_margin", row["gross_margin"])
        if earned < 0:
            return f"In {label} {whole} left {money(earned)}."
        return f"In {label} {whole} made money: {money(earned)} in gross margin before bench.{best}"
    amount = money(abs(or_zero(row.get("loss_amount"))))
    said = f"{count(losses)} of {clients} lost money in {label}, {amount} together"
    if losses > 1 and row.get("worst_client"):
        return f"{said}; {row['worst_client']} alone {money(abs(or_zero(row.get('worst_gross_margin'))))}."
    return f"{said.removesuffix(' together')}: {row.get('worst_client')}."


def _of_those_with_hours(row: Row, billed: Any, label: str) -> str:
    """That no client with hours lost money; of those without any nobody knows."""
    without = row["clients_without_labour"]
    unknown = f"{plural(without, 'client')} {'has' if without == 1 else 'have'} revenue and no hours"
    known = billed - without
    if known <= 0:
        return f"In {label} {unknown}: what {'it' if without == 1 else 'they'} left is not known."
    none = "The one billed client" if known == 1 else f"None of the {count(known)} billed clients"
    said = f"{none} with hours lost money in {label}" if known > 1 else f"{none} with hours made money in {label}"
    return f"{said}; {unknown}: what {'it' if without == 1 else 'they'} left is not known."


def retention(row: Row, classes: Row) -> str:
    """Is recurring revenue kept, from the month before the period to its last?"""
    first, last = formats.month(row.get("opening_month")), formats.month(row.get("compared_month"))
    if not or_zero(row.get("clients_opening")) and or_zero(classes.get("unclassified_revenue")):
        return f"What of the revenue recurs is not known: {money(classes['unclassified_revenue'])} of it has no class."
    if not or_zero(row.get("clients_opening")):
        return f"No client had recurring revenue in {first}. Choose other months, or say which items are recurring."
    opening = f"{money(row['opening_mrr'])} of recurring revenue in {first}"
    if first == last:
        return f"{plural(row['clients_opening'], 'client')} brought {opening}. Choose more months to see what was kept."
    lost = or_zero(row.get("clients_lost"))
    who = f"{count(lost)} of {plural(row['clients_opening'], 'client')} left" if lost else "no client left"
    kept = f"{percent(row['gross_revenue_retention'])} was still there in {last}, and {who}"
    return f"Of {opening}, {kept}; with the rises of those that stayed it is {percent(row['net_revenue_retention'])}."


def kept_of(row: Row) -> str:
    """Of how many clients retention is: of a handful one is much; empty where nothing was there to keep."""
    return f"Of {plural(row['clients_opening'], 'client')}." if or_zero(row.get("clients_opening")) else ""


def kept_over(row: Row) -> str:
    """Over which months retention is, beside a benchmark of a year; empty where it is over a year."""
    first: Any = row.get("opening_month")
    last: Any = row.get("compared_month")
    if is_missing(first) or is_missing(last) or not or_zero(row.get("clients_opening")):
        return ""
    months = formats.months_apart(first, last)
    span = f"{formats.month(first)} to {formats.month(last)}"
    return "" if months in (0, 12) else f"Over {plural(months, 'month')}, {span}."


def first_seen(row: Row) -> str:
    """That clients whose first bill may be a renewal are not called new; empty if there is none."""
    found = or_zero(row.get("first_seen"))
    if not found:
        return ""
    return (
        f"{money(found)} a month is first seen and not called new: the bill before would lie before the first invoice "
        "on file, or the clients file knows them since long before, so these clients may be old."
    )


def apart(row: Row) -> str:
    """What is on the recurring lines and stands apart from the recurring revenue; empty if nothing does."""
    credits, beyond = or_zero(row.get("credits")), or_zero(row.get("beyond_end"))
    said = [f"{money(abs(credits))} in credit notes"] if credits else []
    said += [f"{money(beyond)} for months after clients had left"] if beyond else []
    return f"Apart from the recurring revenue of these months: {' and '.join(said)}." if said else ""


def concentration(row: Row) -> str:
    """How concentrated is revenue?"""
    if not or_zero(row.get("clients")):
        return ""
    share = f"{row['largest']} is the largest client with {percent(row['top1_share'])} of the revenue without products"
    alike = plural(round(row["effective_clients"]), "client")
    return f"{share}, the three largest have {percent(row['top3_share'])}: as concentrated as {alike} of equal size."


def service_levels(row: Row) -> str:
    """Are tickets resolved in time?"""
    tickets = or_zero(row.get("tickets"))
    if not tickets:
        return "No ticket opened in these months has a target that can be judged. Load tickets with their targets."
    share = percent(row["resolution_attainment_pct"])
    kept = f"{share} of {plural(tickets, 'ticket')} with a target were resolved within it"
    is_lower = row["lowest_attainment_pct"] < row["resolution_attainment_pct"]
    lowest = f", of priority {row['lowest_priority']} only {percent(row['lowest_attainment_pct'])}" if is_lower else ""
    still = or_zero(row.get("open_past_due"))
    verb = "is" if still == 1 else "are"
    return f"{kept}{lowest}." + (f" {count(still)} {verb} still open past it." if still else "")


def consistency(categories: Any) -> str:
    """Are tickets resolved alike, whoever does the work?"""
    known = categories.dropna(subset=["technician_share_of_variance"])
    if known.empty:
        return "Whether effort depends on who does it is not known: no category has two people with enough tickets."
    limit = number("technician_share_of_variance").high
    found = known[known["technician_share_of_variance"] > limit]
    kinds = plural(len(known), "category", "categories")
    if found.empty:
        return f"In none of {kinds} does the effort depend on who does the work."
    worst = found.loc[found["technician_share_of_variance"].idxmax()]
    share = percent_whole(worst["technician_share_of_variance"])
    return (
        f"In {count(len(found))} of {kinds} the effort depends on who does the work: in {worst['category']} "
        f"who it was explains {share} of the difference."
    )


def utilisation(row: Row) -> str:
    """Whose hours are sold?"""
    return f"{caveats.unread_band(row)} {_band(row)}".strip()


def _band(row: Row) -> str:
    if not row or not or_zero(row.get("technicians")) or is_missing(row.get("lowest_utilisation")):
        return (
            "No technician has a known capacity in months that the hours are complete for. "
            "Load technicians with hours per week, and the hours of whole months."
        )
    people = plural(row["technicians"], "technician")
    verb = "is" if row["technicians"] == 1 else "are"
    said = f"{count(or_zero(row.get('in_band')))} of {people} {verb} in the {number('utilisation_net').band} band"
    above, below = or_zero(row.get("above_band")), or_zero(row.get("below_band"))
    outside = [
        part for part in (f"{count(above)} above it" if above else "", f"{count(below)} below" if below else "") if part
    ]
    said = f"{said}; {', '.join(outside)}." if outside else f"{said}."
    if above and row.get("highest_technician"):
        said += f" {row['highest_technician']} works at {percent(row['highest_utilisation'])}."
    elif below and row.get("lowest_technician"):
        said += f" {row['lowest_technician']} is at {percent(row['lowest_utilisation'])}."
    if not row.get("unlogged"):
        return said
    apart = row.get("owners_unlogged")
    owners = f" The team's figures leave {apart} out, whose hours are not known." if apart else ""
    return f"{said} {row['unlogged']}, and logged no hour.{owners}"


def reviews(row: Row) -> str:
    """Which reviews were owed and not held?"""
    due = or_zero(row.get("clients_due"))
    if not due:
        return "No client owes a review yet."
    if is_missing(row.get("clients_completed")):
        return f"Load reviews of that time to see which of the {plural(due, 'client')} owed one had it."
    overdue = or_zero(row.get("clients_overdue"))
    if not overdue:
        return f"Every one of the {plural(due, 'review')} owed was held."
    said = f"{count(overdue)} of {plural(due, 'client')} owed a review did not have it"
    mrr = row.get("overdue_mrr")
    said += f", {money_short(mrr)} of monthly revenue among them." if or_zero(mrr) else "."
    return f"{said} {_waiting(row)}".rstrip()


def _waiting(row: Row) -> str:
    """Who has waited longest for the next review, and who never had one."""
    never = or_zero(row.get("never_reviewed"))
    parts = []
    if row.get("longest_client"):
        # who never had one may have waited longer
        among = ", the longest of those with a review on file" if never else ""
        parts.append(f"{row['longest_client']} is {formats.days(row.get('longest_days'))} overdue{among}")
    if never:
        first, none = row.get("never_client"), "none" if parts else "no review on file"
        parts.append(f"{first} has {none}" if never == 1 else f"{count(never)} have {none}, {first} among them")
    return f"{'; '.join(parts)}." if parts else ""


def reconciliation(row: Row) -> str:
    """How the sum of client margins relates to the payroll."""
    if not row or is_missing(row.get("bench_labour")):
        return ""
    return (
        f"Service payroll {money(row.get('service_payroll'))}, of which {money(row.get('labour_allocated'))} went to "
        f"clients; the bench, {money(row['bench_labour'])}, is in no client's margin.{_outside(row)}"
    )


def _outside(row: Row) -> str:
    """Labour on clients that is no part of the payroll; empty if there is none."""
    outside: Any = row.get("labour_outside_payroll")
    return f" Labour outside the payroll comes on top: {money(outside)}." if or_zero(outside) else ""


def one_client(row: Row, label: str) -> str:
    """What is behind this client's numbers?"""
    name: Any = row.get("client")
    earned: Any = row.get("gross_margin")
    unbilled: Any = row.get("is_unbilled")
    if not is_missing(unbilled) and unbilled:
        return (
            f"{name} has {formats.hours(row.get('labour_hours'))} of work in {label}, which cost "
            f"{money(row.get('labour_cost'))}, and no invoice: what an hour earns, and a seat, is not known."
        )
    if is_missing(earned):
        return f"{name} brought {money(row.get('revenue'))} in {label}; what it cost is not known."
    share: Any = row.get("gross_margin_pct")
    revenue = money(row.get("revenue"))
    of_revenue = f", a margin of {percent(share)} on {revenue} of revenue"
    verb = "lost" if earned < 0 else "left"
    if is_missing(share):
        of_revenue = ""
    elif share < 0:
        of_revenue = f": its costs exceeded {revenue} of revenue by {percent(-share)}"
    hours = formats.hours(row.get("labour_hours"))
    return f"{name} {verb} {money(abs(earned))} in {label}{of_revenue}, for {hours} of work."


def one_review(row: Row) -> str:
    """Where a client's review stands."""
    held = formats.day(row.get("last_held_on"))
    overdue: Any = row.get("days_overdue")
    if held == formats.MISSING:
        return "It has no review on file, and is owed one." if or_zero(overdue) else "It has no review on file."
    last = f"The last review was on {held}."
    if is_missing(overdue):
        return f"{last} None is owed."
    return f"{last} It is {formats.days(overdue)} overdue." if overdue > 0 else f"{last} The next is not due yet."


def one_person(row: Row) -> str:
    """How far a client hangs on one technician."""
    if is_missing(row.get("top_share")) or not row.get("top_technician"):
        return ""
    return f"{row['top_technician']} does {percent_whole(row['top_share'])} of the work."
