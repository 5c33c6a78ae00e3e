"""The slides on what the client has of it: spend, value delivered, the contract, and what happens next."""

from __future__ import annotations

from collections.abc import Iterator

from vitals import formats
from vitals.exports.pack.facts import Facts, Row
from vitals.exports.pack.layout import brief
from vitals.exports.pack.opening import decision
from vitals.exports.pack.service import themes
from vitals.exports.pack.slides import Chart, Column, Figure, Series, Slide, Table

SPENT = {
    "fee": "Service fee", "recurring": "Other recurring", "project": "Projects", "product": "Products",
    "unclassified": "Not classified",
}  # fmt: skip
NO_TICKETS = "no ticket on file"


def spend(facts: Facts) -> Iterator[Slide]:
    """What was billed by month, by what it was for."""
    rows = facts.rows("spend_months")
    now = [row for row in rows if row["month_start"] >= facts.quarter.start]
    if not now or not any(row["billed"] for row in rows):
        return
    sums = {name: sum(row[name] for row in now) for name in (*SPENT, "billed")}
    used = {name: label for name, label in SPENT.items() if any(row[name] for row in rows)}
    series = tuple(Series(label, tuple(float(row[name]) for row in rows)) for name, label in used.items())
    months = tuple(formats.month(row["month_start"]) + (" (part)" if row["begins_on"] else "") for row in rows)
    begins = next((f" from {formats.day(row['begins_on'])} on" for row in now if row["begins_on"]), "")
    span = f"in {formats.months(len(now))} of {facts.quarter.name}" + (", one in part" if begins else "")
    alt, caption = "Fees, projects and products billed in each month", f"Billed by month, {formats.sign() or 'net'}"
    yield Slide(
        "spend", "Spend", _billed(sums, f"{facts.quarter.name}{begins}"),
        tuple(Figure(label.lower(), formats.money(sums[name]), span) for name, label in used.items()),
        Chart("stacked", months, series, "money_short", alt, caption),
        footnote=f"{facts.part_month}Net of tax, each amount in the months that it pays for. The service fee is what "
        "agreements are paid with; other recurring items, such as licences, come on top of it.",
        speaker="Spend is what was billed, spread over the months that each line pays for. What comes next quarter "
        "that isn't in the fee?",
    )  # fmt: skip


def _billed(sums: Row, span: str) -> str:
    """What was billed, and how much of it is the fee: a part that is the whole, or nothing, is no amount to repeat."""
    if not sums["billed"]:
        return f"Nothing was billed for {span}"
    said = f"{formats.money(sums['billed'])} was billed for {span}"
    if not sums["fee"]:
        return f"{said}, none of it a service fee"
    part = "all" if round(sums["billed"] - sums["fee"], 2) == 0 else formats.money(sums["fee"])
    return f"{said}, {part} of it the service fee"


def value(facts: Facts) -> Iterator[Slide]:
    """Hours by theme, what automation took over, and what was done at no charge."""
    work = facts.now("work")
    if not work.get("hours") and not work.get("ticket_hours"):
        return
    hours = work["hours"] if work["hours"] is not None else work["ticket_hours"]
    free = work["no_charge_hours"]
    title = f"{formats.hours(hours)} were worked for you"
    if free:
        title = f"{title}, {formats.hours(free)} of them beyond the agreement at no charge"
    figures = (
        Figure("hours worked", formats.hours(hours), facts.quarter.name),
        Figure("at no charge", formats.hours(free), _free(work)),
        Figure("resolved by automation", formats.percent_whole(work["automated_share"]), _automated(work)),
        Figure("planned work", formats.percent_whole(work["planned_share"]), _planned(work)),
    )  # fmt: skip
    yield Slide(
        "value delivered", "Value delivered", title, figures, themes(facts),
        footnote="The bars add up to the hours worked. Planned work is what nobody's trouble set off, as a share of "
        "the hours that the tickets opened in the quarter took by now.",
        speaker="Hours, never cost. Planned work is what nobody's trouble set off: more of it is good.",
    )  # fmt: skip


def _free(work: Row) -> str:
    """What hours at no charge are, or why they aren't known: a mark that only says whether an entry is billed doesn't
    tell what a fee covers from what went beyond it."""
    if work["no_charge_hours"] is not None:
        return "beyond the agreement"
    return "not read from this export" if work["says_charge"] else "not supplied"


def _automated(work: Row) -> str:
    if not work["tickets"]:
        return NO_TICKETS
    tickets = formats.plural(work["tickets"], "ticket")
    return f"{work['automated']} of {tickets}" if work["automated"] is not None else f"not said of {tickets}"


def _planned(work: Row) -> str:
    if work["ticket_hours"] is None:
        return NO_TICKETS
    return "of hours on new tickets" if work["planned_hours"] is not None else "type not supplied"


def contract(facts: Facts) -> Iterator[Slide]:
    """The agreements in force, when they renew, and what the service levels give back."""
    rows = facts.rows("agreements")
    if not rows:
        return
    first = rows[0]
    name = brief(first["name"] or "The agreement")
    title = f"{name} is in force, and nothing says when it ends"
    if first["renews_on"]:
        title = f"{name} {first['comes_as']} on {formats.day(first['renews_on'])}"
        title += f"; notice by {formats.day(first['notice_by'])}" if first["notice_by"] else ""
    columns = (
        Column("Agreement", 3), Column("Tier", 1.5), Column("Since", 1.3), Column("Renews or ends", 1.5),
        Column("Notice by", 1.3), Column("A month", 1.3, True),
    )  # fmt: skip
    yield Slide(
        "contract", "Contract", title, table=Table(columns, tuple(map(_agreement, rows))),
        footnote=f"{_paid(facts, rows)}{_credits(facts)}",
        speaker="Say in plain words what is in scope and what is not. Are the users and devices still those agreed on?",
    )  # fmt: skip


def _agreement(row: Row) -> tuple[str, ...]:
    days = (formats.day(row[name]) for name in ("starts_on", "renews_on", "notice_by"))
    return formats.text(row["name"]), formats.text(row["service_tier"]), *days, formats.money_exact(row["monthly_fee"])


def _paid(facts: Facts, agreed: list[Row]) -> str:
    """What was billed as the service fee in the last month of the quarter beside what the agreements say of it."""
    fees = [row["monthly_fee"] for row in agreed if row["monthly_fee"] is not None]
    last = facts.now("spend_months")
    billed = last.get("fee")
    if not fees or not billed or last.get("begins_on"):
        return ""
    month, said = formats.month(last["month_start"]), formats.money_exact(sum(fees))
    if round(billed - sum(fees), 2) == 0:
        return f"Billed as the service fee of {month}: {said}, as agreed. "
    why = "the users and devices billed may differ from those agreed on, or the price was changed since"
    return f"Billed as the service fee of {month}: {formats.money_exact(billed)}; agreed: {said} ({why}). "


def _credits(facts: Facts) -> str:
    rows = facts.rows("credits")
    if not rows:
        return "Service credits: no terms are written down."
    earned = [row for row in rows if row["credit_pct"] > 0]
    if not earned:
        return f"Service credits: none in {facts.quarter.name}."
    said = (f"{formats.percent(row['credit_pct'])} of the fee of {formats.month(row['month_start'])}" for row in earned)
    return f"Service credits: {formats.listed(list(said))}."


def next_steps(facts: Facts) -> Iterator[Slide]:
    """What is decided and done until the next review, by whom and when."""
    rows = [row for row in facts.rows("actions") if row["standing"] in ("open", "late")]
    decisions = sum(row["kind"] == "decision" for row in rows)
    steps = [_step(row) for row in sorted(rows, key=lambda row: row["kind"] != "decision")]
    if not decisions and decision(facts):
        steps.insert(0, ("Decision", decision(facts), "to be named", formats.MISSING))
    if not steps:
        return
    counts = {"decision": max(decisions, len(steps) - len(rows)), "action": len(rows) - decisions}
    said = [formats.plural(number, noun) for noun, number in counts.items() if number]
    title = f"Until the next review: {formats.listed(said)}"
    columns = (Column("Kind", 1.1), Column("What", 5.4), Column("Owner", 1.8), Column("Due", 1.3))
    yield Slide(
        "next steps", "Decisions and actions", title, table=Table(columns, tuple(steps)),
        speaker="Leave no line without an owner and a day; read them out before the meeting ends.",
    )  # fmt: skip


def _step(row: Row) -> tuple[str, ...]:
    kind = row["kind"].capitalize() + (" (late)" if row["standing"] == "late" else "")
    return kind, row["what"], row["owner"] or "to be named", formats.day(row["due_on"])
