"""The slides on the service of the quarter: what was asked, how soon, how it was liked, how it held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from vitals import formats
from vitals.exports.pack.facts import Facts, Row
from vitals.exports.pack.layout import brief
from vitals.exports.pack.opening import FEW_CATEGORIES, comes_back, fewer_or_more, met_of, total
from vitals.exports.pack.slides import Chart, Column, Figure, Kind, Series, Slide, Table

MOST_CATEGORIES, FEWEST_RATINGS = 8, 10
FEWEST_OF_TEN = 10
"""Of fewer incidents no nine in ten can be told from the slowest."""
A_FEW = 20
"""Under so many tickets a share or a change in per cent hangs on one of them: the numbers themselves are said."""
KINDS = {"tickets": "Tickets", "incidents": "Incidents", "requests": "Requests", "planned": "Alerts, changes, projects"}


def quarters(
    facts: Facts,
    query: str,
    named: dict[str, str],
    form: str,
    alt: str,
    caption: str,
    kind: Kind = "columns",
    counted: str = "",
) -> Chart:
    """A chart of columns of a query by quarter; named: column -> what it is called; counted: how many they rest on. A
    quarter of which the tickets speak in part says of which months."""
    rows = facts.rows(query)
    series = tuple(Series(label, tuple(_number(row[name]) for row in rows)) for name, label in named.items())
    return Chart(kind, tuple(_labelled(row, facts, counted) for row in rows), series, form, alt, caption)


def _labelled(row: Row, facts: Facts, counted: str) -> str:
    quarter, part = formats.quarter(row["quarter_start"]).replace(" 20", " "), facts.part(row["quarter_start"])
    said = [text for text in (part, f"n{formats.NO_BREAK}{row[counted]}" if counted else "") if text]
    return f"{quarter} ({', '.join(said)})" if said else quarter


def _number(value: Any) -> float | None:
    return None if formats.is_missing(value) else float(value)


def than(now: Any, past: Any, quarter: str) -> str:
    """How a count or a sum changed since a quarter; empty where either is missing."""
    if formats.is_missing(now) or formats.is_missing(past) or not past:
        return ""
    return f"{fewer_or_more(now, past)} in {quarter}"


def demand(facts: Facts) -> Iterator[Slide]:
    """What was asked of the desk, by quarter and by category, and what comes back."""
    now = facts.now("demand_quarters")
    if not now.get("tickets"):
        return
    per_user = now["tickets_per_user"]
    each = f": {formats.number(per_user)} a user and month" if per_user is not None else ""
    past, before = facts.past("demand_quarters").get("tickets"), facts.quarter.before.name
    change = f"{past} in {before}" if past and past < A_FEW else than(now["tickets"], past, before)
    opened = f"{formats.plural(now['tickets'], 'ticket')} {'was' if now['tickets'] == 1 else 'were'} opened"
    is_typed = now["incidents"] is not None
    kinds = "incidents requests planned" if is_typed else "tickets"
    shown = {kind: KINDS[kind] for kind in kinds.split()}
    alt = f"{formats.listed(list(shown.values()))} in each of eight quarters"
    yield Slide(
        "demand", "Demand", f"{opened}{each}{f', {change}' if change else ''}", _asked(now, is_typed),
        quarters(facts, "demand_quarters", shown, "count", alt, "Tickets opened, by quarter", "stacked"),
        footnote="" if is_typed else "No ticket states its type, so nothing tells incidents, requests and planned "
        "work apart.",
        speaker="Tickets opened in the quarter, those that automation resolved too. Ask what changed on the client's "
        "side: people, sites, systems.",
    )  # fmt: skip
    yield from _causes(facts)


def _asked(now: Row, is_typed: bool) -> tuple[Figure, ...]:
    broke, needed = ("something broke", "something was needed") if is_typed else ("type not supplied",) * 2
    return (
        Figure("tickets", formats.count(now["tickets"]), f"in {formats.months(now['months'])}"),
        Figure("incidents", formats.count(now["incidents"]), broke),
        Figure("requests", formats.count(now["requests"]), needed),
        Figure("a user and month", formats.number(now["tickets_per_user"]),
               f"{formats.count(now['users'])} users today" if now["users"] is not None else "users not supplied"),
    )  # fmt: skip


def _causes(facts: Facts) -> Iterator[Slide]:
    found, causes = facts.rows("demand_categories")[:MOST_CATEGORIES], facts.rows("recurring_causes")[:3]
    if not found:
        return
    again, automated = comes_back(facts), facts.now("demand_quarters").get("automated")
    columns = (
        Column("What comes back", 3),
        Column("Quarters", 1.5, True),
        Column("Tickets", 1.3, True),
        Column("Hours", 1.5, True),
    )
    table = Table(columns, tuple(
        (row["category"], f"{row['quarters']} of {row['quarters_in_all']}", formats.count(row["tickets"]),
         formats.hours(row["ticket_hours"] or None)) for row in causes
    ))  # fmt: skip
    yield Slide(
        "demand", "Demand",
        _back(again) if again else _most(facts.rows("demand_categories")),
        chart=_by_category(found, automated or 0),
        table=table if causes else None, footnote=_how_back(causes),
        speaker="For each cause that comes back: what would end it, who does it, and what does it cost to leave it?",
    )  # fmt: skip


def _most(rows: Sequence[Row]) -> str:
    """Which category takes the most tickets of all that people saw to; none where several take as many."""
    most, in_all = rows[0]["tickets"], sum(row["tickets"] for row in rows)
    alike = sum(row["tickets"] == most for row in rows)
    if alike > 1:
        return f"No category takes the most tickets: {alike} have {most} each, of {in_all}"
    part = f" ({formats.percent_whole(rows[0]['ticket_share'])})" if in_all >= A_FEW else ""
    return f"{brief(_category(rows[0]))} takes the most tickets: {most} of {in_all}{part}"


def _back(cause: Row) -> str:
    """What comes back most, by the hours that it takes where they are known."""
    whole = formats.plural(cause["quarters_in_all"], "whole quarter")
    much = formats.plural(cause["tickets"], "ticket")
    if cause["ticket_hours"]:
        much = f"{formats.hours(cause['ticket_hours'])} on {much}"
    return f"{brief(cause['category'])} comes back most: {much} in {cause['quarters']} of {whole}"


def _how_back(causes: Sequence[Row]) -> str:
    if not causes:
        return ""
    said = "Comes back: at least three tickets of one category in a quarter; one known in part is left out"
    if causes[0]["categories"] > FEW_CATEGORIES:
        return f"{said}, the most hours first."
    count = formats.plural(causes[0]["categories"], "category", "categories")
    return f"{said}. With {count} almost everything comes back: no cause is named."


def _category(row: Row) -> str:
    return "Without a category" if row["category"] == "(none)" else str(row["category"])


def _by_category(rows: Sequence[Row], automated: int) -> Chart:
    """Tickets that people saw to: what automation resolved is in the slide before, and said here to be left out."""
    values, names = tuple(float(row["tickets"]) for row in rows), tuple(map(_category, rows))
    alone = f", without {automated} that automation resolved" if automated else ""
    caption = f"Tickets by category{alone}"
    return Chart("bars", names, (Series("Tickets", values),), "count", f"{caption}, the most first", caption)


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
    if not any(now.get(name) for name in ("resolution_judged", "incidents", "still_open")):
        return
    each = [row for row in rows if not row["is_total"]]
    yield Slide(
        "responsiveness", "Responsiveness", _levels(now, past, facts), _times(now), _attainment(each),
        _by_priority(each), footnote=facts.untyped + _how_timed(now),
        speaker="Service levels count tickets opened in the quarter, as they stood at its end; times are those of "
        "incidents resolved in it. Name what the late ones had in common.",
    )  # fmt: skip


def _levels(now: Row, past: Row, facts: Facts) -> str:
    share, before = now["resolution_attainment_pct"], past.get("resolution_attainment_pct")
    if share is None:
        still = f"{now['still_open']} {'is' if now['still_open'] == 1 else 'are'} still open"
        if not now["incidents"]:
            return f"No incident was resolved, {still}"
        within = formats.hours(now["median_resolution_hours"])
        resolved = f"Half of the {formats.plural(now['incidents'], 'incident')} resolved took no more than {within}"
        return f"{resolved}; {still}" if now["still_open"] else f"{resolved}; none is still open"
    said = f"{met_of(now, 'resolution')} tickets were resolved in time ({formats.percent(share)})"
    return said + (f", {formats.percent(before)} in {facts.quarter.before.name}" if before is not None else "")


def _times(now: Row) -> tuple[Figure, ...]:
    answered, resolved = (
        f"{met_of(now, kind)} tickets" if now[f"{kind}_judged"] else "no target to test by"
        for kind in ("response", "resolution")
    )
    slowest = _nine_in_ten(now)
    return (
        Figure("answered in time", formats.percent(now["response_attainment_pct"]), answered),
        Figure("resolved in time", formats.percent(now["resolution_attainment_pct"]), resolved),
        Figure("median first answer", formats.hours(now["median_response_hours"]), "business time"),
        Figure("median resolution", formats.hours(now["median_resolution_hours"]),
               f"nine in ten within {slowest}" if slowest else f"of {formats.plural(now['incidents'], 'incident')}"),
    )  # fmt: skip


def _nine_in_ten(row: Row) -> str:
    """Within what nine in ten incidents were resolved; empty under ten, of which that would be the slowest one."""
    return formats.hours(row["p90_resolution_hours"]) if row["incidents"] >= FEWEST_OF_TEN else ""


def _attainment(each: Sequence[Row]) -> Chart | None:
    judged = [row for row in each if row["resolution_judged"] or row["response_judged"]]
    named = {"response_attainment_pct": "Answered in time", "resolution_attainment_pct": "Resolved in time"}
    series = tuple(Series(label, tuple(_number(row[name]) for row in judged)) for name, label in named.items())
    alt = "Share of tickets answered and resolved in time, by priority"
    caption = "In time, by priority (n: tickets of every type that have a target)"
    names = tuple(f"{_priority(row)} (n {max(row['resolution_judged'], row['response_judged'])})" for row in judged)
    return Chart("columns", names, series, "percent_whole", alt, caption) if judged else None


def _priority(row: Row) -> str:
    return "No priority" if row["priority"] == "(none)" else str(row["priority"])


def _by_priority(each: Sequence[Row]) -> Table:
    columns = (
        Column("Incidents", 1.5),
        Column("Resolved", 1.5, True),
        Column("Median", 1.1, True),
        Column("P90", 1.1, True),
        Column("Open", 0.8, True),
    )
    return Table(columns, tuple(
        (_priority(row), formats.count(row["incidents"]), formats.hours(row["median_resolution_hours"]),
         _nine_in_ten(row) or formats.MISSING, formats.count(row["still_open"]))
        for row in each if row["incidents"] or row["still_open"]
    ))  # fmt: skip


def _how_timed(now: Row) -> str:
    share = now["paused_share"]
    stood = f" The clock stood {formats.percent(share)} of the time." if share is not None else ""
    nine = "P90: nine in ten took no longer; a dash under ten."
    return f"Business time, pauses taken off. {nine} Open: at the quarter's end.{stood}"


def satisfaction(facts: Facts) -> Iterator[Slide]:
    """How the users rated the tickets, with how sure that is."""
    now, past = facts.now("satisfaction_quarters"), facts.past("satisfaction_quarters")
    if not now.get("responses"):
        return
    count = formats.plural(now["responses"], "rating")
    few = f", too few to judge by: fewer than {FEWEST_RATINGS}" if now["responses"] < FEWEST_RATINGS else ""
    between = f"{formats.percent_whole(now['positive_low'])} – {formats.percent_whole(now['positive_high'])}"
    figures = (
        Figure("happy ratings", formats.percent_whole(now["positive_pct"]), f"{now['positive']} of {count}"),
        Figure("likely, had everybody rated", between, f"{count} tell no more"),
        Figure("the quarter before", formats.percent_whole(past.get("positive_pct")),
               formats.plural(past["responses"], "rating") if past else "no two whole quarters"),
    )  # fmt: skip
    chart = quarters(
        facts, "satisfaction_quarters", {"positive_pct": "Happy ratings"}, "percent_whole",
        "Share of happy ratings in each of eight quarters",
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
    met = sum(bool(row["is_met"]) for row in rows)
    columns = (
        Column("Measure", 3),
        Column("Target", 1, True),
        *(Column(formats.month(month), 1, True) for month in months),
    )
    table = Table(columns, tuple(
        _measure([row for row in rows if row["measure"] == measure], months) for measure in measures
    ))  # fmt: skip
    yield Slide(
        "reliability", "Reliability and security", f"{met} of {formats.plural(len(rows), 'monthly target')} met",
        table=table, footnote="A value with an exclamation mark missed its target.",
        speaker="What is measured here was agreed on. What is missing from this list and should be measured?",
    )  # fmt: skip


def _measure(rows: Sequence[Row], months: Sequence[date]) -> tuple[str, ...]:
    write = formats.measured_share if _is_share(rows) else formats.measured
    known = {row["month_start"]: row for row in rows}
    return rows[0]["measure"], write(rows[0]["target"]), *(_outcome(known.get(month), write) for month in months)


def _is_share(rows: Sequence[Row]) -> bool:
    """Whether a measure is one, which the file doesn't say: of one that never goes beyond 1, is better the higher it is
    and has its targets just below 1, nothing else can be meant."""
    return all(
        row["target"] is not None and 0.5 <= row["target"] < 1 and 0 <= row["value"] <= 1
        and row["is_met"] == (row["value"] >= row["target"])
        for row in rows
    )  # fmt: skip


def _outcome(row: Row | None, write: Callable[[Any], str]) -> str:
    return formats.MISSING if row is None else write(row["value"]) + ("" if row["is_met"] else " !")
