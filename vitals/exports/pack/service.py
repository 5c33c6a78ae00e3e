"""The slides on the service of the quarter: its impact, what was asked, how soon, how it was liked, how it held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from vitals import formats
from vitals.exports.pack.facts import Facts, Row
from vitals.exports.pack.layout import brief
from vitals.exports.pack.opening import fewer_or_more, met_of, total
from vitals.exports.pack.slides import Chart, Column, Figure, Kind, Series, Slide, Table

MOST_CATEGORIES, FEWEST_RATINGS = 8, 10
A_FEW = 20
"""Under so many tickets a share or a change in per cent hangs on one of them: the numbers themselves are said."""


def quarters(
    rows: Sequence[Row],
    named: dict[str, str],
    form: str,
    alt: str,
    caption: str,
    kind: Kind = "columns",
    counted: str = "",
) -> Chart:
    """A chart of columns of a query by quarter; named: column -> what it is called; counted: how many they rest on."""
    series = tuple(Series(label, tuple(_number(row[name]) for row in rows)) for name, label in named.items())
    labels = tuple(f"{_short(row)} (n {row[counted]})" if counted else _short(row) for row in rows)
    return Chart(kind, labels, series, form, alt, caption)


def _short(row: Row) -> str:
    return formats.quarter(row["quarter_start"]).replace(" 20", " ")


def _number(value: Any) -> float | None:
    return None if formats.is_missing(value) else float(value)


def _than(now: Any, past: Any, quarter: str) -> str:
    if formats.is_missing(now) or formats.is_missing(past) or not past:
        return ""
    return f"{fewer_or_more(now, past)} in {quarter}"


def impact(facts: Facts) -> Iterator[Slide]:
    """Hours that users lost to urgent incidents, under an assumption that is said."""
    rows, now = facts.rows("impact_quarters"), facts.now("impact_quarters")
    known = [row for row in rows if row["sev1_incidents"] or row["sev2_incidents"]]
    if now.get("sev1_incidents") is None or not known:
        return
    urgent = now["sev1_incidents"] + now["sev2_incidents"]
    is_known = now["user_hours_lost"] is not None
    change = _than(
        now["user_hours_lost"], facts.past("impact_quarters").get("user_hours_lost"), facts.quarter.before.name
    )
    title = f"{formats.plural(urgent, 'urgent incident')} in {facts.quarter.name}"
    if not urgent:
        title, change = f"No urgent incident cost your users time in {facts.quarter.name}", ""
    elif is_known:
        title = f"Urgent incidents cost your users about {formats.hours(now['user_hours_lost'])}"
    hours = formats.hours(now["sev1_hours"] + now["sev2_hours"])
    figures = (
        Figure("critical incidents", formats.count(now["sev1_incidents"]), formats.hours(now["sev1_hours"])),
        Figure("high-priority incidents", formats.count(now["sev2_incidents"]), formats.hours(now["sev2_hours"])),
        Figure("user hours lost", formats.hours(now["user_hours_lost"]), "by the assumption below"),
    )
    name, label = ("user_hours_lost", "User hours lost") if is_known else ("sev2_hours", "High-priority hours")
    alt = f"{label} in each of eight quarters"
    yield Slide(
        "business impact", "Business impact", f"{title}{f', {change}' if change else ''}", figures,
        quarters(rows, {name: label}, "hours", alt, f"{label}, by quarter"), footnote=_assumed(now, hours),
        speaker="The share of users is an assumption: ask whether it fits, and change it together. What would have "
        "kept the longest incident short?",
    )  # fmt: skip


def _assumed(now: Row, hours: str) -> str:
    """What user hours suppose, in words."""
    if now["user_hours_lost"] is None:
        return "How many users there are was not supplied, so the hours that they lost are not known."
    first, second = (formats.percent_whole(now[f"{name}_share"]) for name in ("sev1", "sev2"))
    return (
        f"Assumes that a critical incident stops {first} of your {formats.count(now['users'])} users and a "
        f"high-priority one {second}, for as long as it took in business time, pauses taken off: {hours} in all."
    )


def demand(facts: Facts) -> Iterator[Slide]:
    """What was asked of the desk, by quarter and by category, and what comes back."""
    rows, now = facts.rows("demand_quarters"), facts.now("demand_quarters")
    if not now.get("tickets"):
        return
    per_user = now["tickets_per_user"]
    each = f": {formats.number(per_user)} a user and month" if per_user is not None else ""
    past, before = facts.past("demand_quarters").get("tickets"), facts.quarter.before.name
    change = f"{past} in {before}" if past and past < A_FEW else _than(now["tickets"], past, before)
    opened = f"{formats.plural(now['tickets'], 'ticket')} {'was' if now['tickets'] == 1 else 'were'} opened"
    title = f"{opened}{each}{f', {change}' if change else ''}"
    figures = (
        Figure("tickets", formats.count(now["tickets"]), f"in {formats.months(now['months'])}"),
        Figure("incidents", formats.count(now["incidents"]), "something broke"),
        Figure("requests", formats.count(now["requests"]), "something was needed"),
        Figure("a user and month", formats.number(per_user), f"{formats.count(now['users'])} users today"),
    )
    chart = quarters(
        rows, {"incidents": "Incidents", "requests": "Requests", "planned": "Planned work"}, "count",
        "Incidents, requests and planned work in each of eight quarters", "Tickets opened, by quarter", "stacked",
    )  # fmt: skip
    yield Slide("demand", "Demand", title, figures, chart, speaker=(
        "Tickets opened in the quarter, those that automation resolved too. Ask what changed on the client's side: "
        "people, sites, systems."
    ))  # fmt: skip
    yield from _causes(facts)


def _causes(facts: Facts) -> Iterator[Slide]:
    found, causes = facts.rows("demand_categories")[:MOST_CATEGORIES], facts.rows("recurring_causes")[:3]
    if not found:
        return
    most, in_all = found[0]["tickets"], sum(row["tickets"] for row in facts.rows("demand_categories"))
    part = formats.percent_whole(found[0]["ticket_share"]) if in_all >= A_FEW else f"{most} of {in_all}"
    title = f"{brief(found[0]['category'])} takes the most tickets: {part}"
    if causes and causes[0]["quarters"] > 1:
        again = (
            f"{formats.plural(causes[0]['tickets'], 'ticket')} in {formats.plural(causes[0]['quarters'], 'quarter')}"
        )
        title = f"{brief(causes[0]['category'])} comes back most: {again}"
    columns = (
        Column("What comes back", 3),
        Column("Quarters", 1.5, True),
        Column("Tickets", 1.3, True),
        Column("Hours", 1.5, True),
    )
    table = Table(columns, tuple(
        (row["category"], f"{row['quarters']} of {row['quarters_in_all']}", formats.count(row["tickets"]),
         formats.hours(row["ticket_hours"])) for row in causes
    ))  # fmt: skip
    yield Slide(
        "demand", "Demand", title, chart=_by_category(found, "tickets", "Tickets", "count", "Tickets by category"),
        table=table if causes else None, footnote="Comes back: at least three tickets of one category in a quarter.",
        speaker="For each cause that comes back: what would end it, who does it, and what does it cost to leave it?",
    )  # fmt: skip


def _by_category(rows: Sequence[Row], name: str, label: str, form: str, caption: str) -> Chart:
    values = tuple(float(row[name]) for row in rows)
    names = tuple("Without a category" if row["category"] == "(none)" else row["category"] for row in rows)
    return Chart("bars", names, (Series(label, values),), form, f"{caption}, the most first", caption)


def themes(facts: Facts) -> Chart | None:
    """What the hours worked were spent on: the bars add up to them."""
    rows = [(row["theme"], row["hours"]) for row in facts.rows("work_themes")]
    if not rows:
        return None
    shown, rest = rows[:MOST_CATEGORIES], rows[MOST_CATEGORIES:]
    bars = [*shown, *([("Everything else", sum(hours for _, hours in rest))] if rest else [])]
    names, hours = zip(*bars, strict=True)
    caption = "Hours worked, by what they were spent on"
    return Chart("bars", names, (Series("Hours", hours),), "hours", f"{caption}, the most first", caption)


def responsiveness(facts: Facts) -> Iterator[Slide]:
    """How soon tickets were answered and resolved, by priority."""
    rows, now, past = (
        facts.rows("responsiveness"),
        total(facts.rows("responsiveness")),
        total(facts.responsiveness_before),
    )
    if not now.get("resolution_judged") and not now.get("incidents"):
        return
    each = [row for row in rows if not row["is_total"]]
    yield Slide(
        "responsiveness", "Responsiveness", _levels(now, past, facts), _times(now), _attainment(each),
        _by_priority(each), footnote=_how_timed(now),
        speaker="Service levels count tickets opened in the quarter, as they stood at its end; times are those of "
        "incidents resolved in it. Name what the late ones had in common.",
    )  # fmt: skip


def _levels(now: Row, past: Row, facts: Facts) -> str:
    share, before = now["resolution_attainment_pct"], past.get("resolution_attainment_pct")
    if share is None:
        return f"Half of the incidents were resolved within {formats.hours(now['median_resolution_hours'])}"
    said = f"{met_of(now, 'resolution')} tickets were resolved in time ({formats.percent(share)})"
    return said + (f", {formats.percent(before)} in {facts.quarter.before.name}" if before is not None else "")


def _times(now: Row) -> tuple[Figure, ...]:
    answered, resolved = (f"{met_of(now, kind)} tickets" for kind in ("response", "resolution"))
    return (
        Figure("answered in time", formats.percent(now["response_attainment_pct"]), answered),
        Figure("resolved in time", formats.percent(now["resolution_attainment_pct"]), resolved),
        Figure("median first answer", formats.hours(now["median_response_hours"]), "business time"),
        Figure("median resolution", formats.hours(now["median_resolution_hours"]),
               f"nine in ten within {formats.hours(now['p90_resolution_hours'])}"),
    )  # fmt: skip


def _attainment(each: Sequence[Row]) -> Chart | None:
    judged = [row for row in each if row["resolution_judged"] or row["response_judged"]]
    named = {"response_attainment_pct": "Answered in time", "resolution_attainment_pct": "Resolved in time"}
    series = tuple(Series(label, tuple(_number(row[name]) for row in judged)) for name, label in named.items())
    alt, caption = "Share of tickets answered and resolved in time, by priority", "In time, by priority"
    names = tuple(f"{_priority(row)} (n {max(row['resolution_judged'], row['response_judged'])})" for row in judged)
    return Chart("columns", names, series, "percent_whole", alt, caption) if judged else None


def _priority(row: Row) -> str:
    return "No priority" if row["priority"] == "(none)" else str(row["priority"])


def _by_priority(each: Sequence[Row]) -> Table:
    columns = (
        Column("Incidents resolved", 2),
        Column("n", 0.7, True),
        Column("Median", 1.1, True),
        Column("P90", 1.1, True),
    )
    return Table(columns, tuple(
        (_priority(row), formats.count(row["incidents"]), formats.hours(row["median_resolution_hours"]),
         formats.hours(row["p90_resolution_hours"])) for row in each if row["incidents"]
    ))  # fmt: skip


def _how_timed(now: Row) -> str:
    share = now["paused_share"]
    stood = f" The clock stood {formats.percent(share)} of the time." if share is not None else ""
    return f"Business time, pauses taken off. P90: nine in ten took no longer.{stood}"


def satisfaction(facts: Facts) -> Iterator[Slide]:
    """How the users rated the tickets, with how sure that is."""
    rows, now = facts.rows("satisfaction_quarters"), facts.now("satisfaction_quarters")
    if not now.get("responses"):
        return
    count = formats.plural(now["responses"], "rating")
    few = f", too few to judge by: fewer than {FEWEST_RATINGS}" if now["responses"] < FEWEST_RATINGS else ""
    between = f"{formats.percent_whole(now['positive_low'])} – {formats.percent_whole(now['positive_high'])}"
    figures = (
        Figure("happy ratings", formats.percent_whole(now["positive_pct"]), f"{now['positive']} of {count}"),
        Figure("likely, had everybody rated", between, f"{count} tell no more"),
        Figure("the quarter before", formats.percent_whole(facts.past("satisfaction_quarters").get("positive_pct")),
               formats.plural(facts.past("satisfaction_quarters").get("responses", 0), "rating")),
    )  # fmt: skip
    chart = quarters(
        rows, {"positive_pct": "Happy ratings"}, "percent_whole", "Share of happy ratings in each of eight quarters",
        "Happy ratings, by quarter", counted="responses",
    )  # fmt: skip
    were = "was" if now["positive"] == 1 else "were"
    yield Slide(
        "satisfaction", "Satisfaction", f"{now['positive']} of {count} {were} happy{few}", figures, chart,
        footnote="n: ratings in the quarter. Not everybody rates: had everybody rated, the share of happy ones would "
        "in all likelihood lie within the two bounds.",
        speaker="Ratings of tickets that ended in the quarter. Thank for them, and ask about the unhappy ones.",
    )  # fmt: skip


def reliability(facts: Facts) -> Iterator[Slide]:
    """What the file of outcomes says: uptime, patching, backups, whatever is measured."""
    rows = facts.rows("outcomes")
    if not rows:
        return
    months = sorted({row["month_start"] for row in rows})
    measures = sorted({row["measure"] for row in rows})
    known = {(row["measure"], row["month_start"]): row for row in rows}
    met = sum(bool(row["is_met"]) for row in rows)
    columns = (
        Column("Measure", 3),
        Column("Target", 1, True),
        *(Column(formats.month(month), 1, True) for month in months),
    )
    table = Table(columns, tuple(
        (measure, formats.measured(next(row["target"] for row in rows if row["measure"] == measure)),
         *(_outcome(known.get((measure, month))) for month in months)) for measure in measures
    ))  # fmt: skip
    yield Slide(
        "reliability", "Reliability and security", f"{met} of {formats.plural(len(rows), 'monthly target')} met",
        table=table, footnote="A value with an exclamation mark missed its target.",
        speaker="What is measured here was agreed on. What is missing from this list and should be measured?",
    )  # fmt: skip


def _outcome(row: Row | None) -> str:
    if row is None:
        return formats.MISSING
    return formats.measured(row["value"]) + ("" if row["is_met"] else " !")
