"""The first slides of a pack: what became of the last review, success criteria, and the quarter in six sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vitals import formats
from vitals.exports.pack.facts import Facts, Row
from vitals.exports.pack.layout import brief
from vitals.exports.pack.slides import Column, Point, Slide, Table

STANDING = {"done": "Done", "dropped": "Dropped", "late": "Late", "open": "Open"}
STATES = {"met": "Met", "missed": "Missed", "not_known": "Not known"}
FEW_CATEGORIES = 8
"""With so few of them a category is no cause, as on the page about demand: whatever a client asks for comes back."""
IN_PERCENT = ("resolved in time", "answered in time", "happy answers", "reopened tickets")


def fewer_or_more(now: float, past: float) -> str:
    """How a count or a sum changed, as a share of what it was: 12 % fewer, or as many."""
    if formats.is_missing(past) or not past:
        return ""
    change = now / past - 1
    share = formats.percent_whole(abs(change))
    return f"{share} {'less' if change < 0 else 'more'} than" if round(change, 2) else "as much as"


def since(facts: Facts) -> Iterator[Slide]:
    """What became of the actions of the reviews before."""
    rows = [row for row in facts.rows("actions") if row["is_of_past"]]
    if not rows:
        return
    done = sum(row["standing"] == "done" for row in rows)
    late = sum(row["standing"] == "late" for row in rows)
    agreed = f"{formats.plural(len(rows), 'action')} agreed before {'is' if done < 2 else 'are'}"
    title = f"{done or 'None'} of {agreed} done"
    columns = (Column("What", 5), Column("Owner", 2), Column("Due", 1.4), Column("Standing", 1.2))
    table = Table(columns, tuple(_action(row) for row in rows))
    yield Slide(
        "since last time", "Since last time", f"{title}{f', {late} late' if late else ''}", table=table,
        speaker="Go through what is late first: why, and by when it will be done. What is open is carried on.",
    )  # fmt: skip


def _action(row: Row) -> tuple[str, ...]:
    what = f"Decision: {row['what']}" if row["kind"] == "decision" else row["what"]
    return what, row["owner"] or "to be named", formats.day(row["due_on"]), STANDING[row["standing"]]


def criteria(facts: Facts) -> Iterator[Slide]:
    """Where each success criterion stands against its target."""
    rows = facts.rows("criteria")
    if not rows:
        return
    met, known = sum(row["state"] == "met" for row in rows), sum(row["state"] != "not_known" for row in rows)
    title = f"{met} of {formats.plural(len(rows), 'success criterion', 'success criteria')} met"
    unknown = len(rows) - known
    columns = (
        Column("What will be true", 4), Column("Measured by", 2.4), Column("Target", 1, True),
        Column("Actual", 1, True), Column("Before", 1, True), Column("State", 1.1),
    )  # fmt: skip
    table = Table(columns, tuple(_criterion(row) for row in rows))
    yield Slide(
        "success criteria", "Success criteria", f"{title}{f', {unknown} not known yet' if unknown else ''}",
        table=table, footnote=f"Before: at the end of {facts.quarter.before.name}, if the data tells of all of it.",
        speaker="Each criterion is a state that both sides agreed on. Take the missed ones first: is the target still "
        "right, and what changes next quarter?",
    )  # fmt: skip


def _criterion(row: Row) -> tuple[str, ...]:
    unit = f"{formats.NO_BREAK}%" if row["measure"] in IN_PERCENT else ""
    values = [
        value if value == formats.MISSING else value + unit
        for value in (formats.number(row[name]) for name in ("target", "value", "value_before"))
    ]
    return row["criterion"], row["measure"], *values, STATES[row["state"]]


def _good_impact(facts: Facts) -> Iterator[str]:
    now, past = facts.now("impact_quarters"), facts.past("impact_quarters")
    lost, before = now.get("user_hours_lost"), past.get("user_hours_lost")
    # what is still open has a cost that nobody knows yet
    if lost is None or before is None or lost >= before or now["still_open"]:
        return
    past_quarter = facts.quarter.before.name
    if lost:
        change = fewer_or_more(lost, before)
        yield f"Urgent incidents cost your users about {formats.hours(lost)}, {change} in {past_quarter}."
    else:
        yield f"No urgent incident cost your users time, after about {formats.hours(before)} in {past_quarter}."


def _good_levels(facts: Facts) -> Iterator[str]:
    now, past = total(facts.rows("responsiveness")), total(facts.responsiveness_before)
    share, before = now.get("resolution_attainment_pct"), past.get("resolution_attainment_pct")
    if share is not None and (before is None or share >= before):
        said = f"{met_of(now, 'resolution')} tickets were resolved within their target ({formats.percent(share)})"
        yield said + (f", after {formats.percent(before)} in {facts.quarter.before.name}." if before else ".")


def _good_ratings(facts: Facts) -> Iterator[str]:
    now, past = facts.now("satisfaction_quarters"), facts.past("satisfaction_quarters")
    if now.get("responses", 0) and now["positive_pct"] >= (past.get("positive_pct") or 0):
        were = "was" if now["positive"] == 1 else "were"
        yield f"{now['positive']} of {formats.plural(now['responses'], 'rating')} {were} happy."


def _good_criteria(facts: Facts) -> Iterator[str]:
    rows = facts.rows("criteria")
    met = sum(row["state"] == "met" for row in rows)
    if met:
        yield f"{met} of {formats.plural(len(rows), 'success criterion', 'success criteria')} met."


def _good_work(facts: Facts) -> Iterator[str]:
    work = facts.now("work")
    if work.get("automated"):
        share = formats.percent_whole(work["automated_share"])
        yield f"Automation resolved {work['automated']} of {formats.plural(work['tickets'], 'ticket')} ({share})."
    if work.get("no_charge_hours"):
        yield f"{formats.hours(work['no_charge_hours'])} beyond the agreement were worked at no charge."
    if work.get("hours"):
        yield f"{formats.hours(work['hours'])} were worked for you."
    demand = facts.now("demand_quarters")
    if demand.get("tickets"):
        yield f"{formats.plural(demand['tickets'], 'ticket')} opened in the quarter."


def _misses(facts: Facts) -> Iterator[str]:
    late = [row for row in facts.rows("actions") if row["is_of_past"] and row["standing"] == "late"]
    if late:
        yield f"{formats.plural(len(late), 'action')} agreed before {'is' if len(late) == 1 else 'are'} late."
    missed = [row for row in facts.rows("criteria") if row["state"] == "missed"]
    if missed:
        yield f"{formats.plural(len(missed), 'success criterion', 'success criteria')} missed."
    now = total(facts.rows("responsiveness"))
    for kind, what in (("resolution", "resolution"), ("response", "the first answer")):
        judged = now.get(f"{kind}_judged") or 0
        beyond = judged - (now.get(f"{kind}_met") or 0)
        if beyond:
            yield f"{beyond} of {formats.plural(judged, 'ticket')} missed the target of {what}."
    measured = facts.rows("outcomes")
    below = sum(not row["is_met"] for row in measured)
    if below:
        yield f"{below} of {formats.plural(len(measured), 'monthly target')} of reliability missed."


def decision(facts: Facts) -> str:
    """What is asked of the client: an open decision that was written down, else what the data asks for."""
    said = [row for row in facts.rows("actions") if row["kind"] == "decision" and row["standing"] in ("open", "late")]
    if said:
        by = f", by {formats.day(said[0]['due_on'])}" if said[0]["due_on"] else ""
        return f"{said[0]['what'].rstrip('.')}{by}."
    renewing = [row for row in facts.rows("agreements") if row["comes_as"] and row["renews_on"]]
    if renewing and (renewing[0]["renews_on"] - facts.quarter.last_day).days <= 270:
        first = renewing[0]
        notice = f", notice is due by {formats.day(first['notice_by'])}" if first["notice_by"] else ""
        name = brief(first["name"] or "the agreement")
        return f"How {name} goes on: it {first['comes_as']} on {formats.day(first['renews_on'])}{notice}."
    cause = comes_back(facts)
    return f"Whether to mend for good what comes back most: {brief(cause['category'])}." if cause else ""


def comes_back(facts: Facts) -> Row:
    """The cause that comes back most, where it came in more than one quarter and the categories tell causes apart."""
    most = next(iter(facts.rows("recurring_causes")), {})
    return most if most and most["quarters"] > 1 and most["categories"] > FEW_CATEGORIES else {}


def total(rows: list[Row]) -> Row:
    """Of service levels the row of all tickets."""
    return next((row for row in rows if row["is_total"]), {})


def met_of(row: Row, kind: str) -> str:
    """How many of how many met a target: 72 of 77."""
    return f"{row[f'{kind}_met']} of {row[f'{kind}_judged']}"


def summary(facts: Facts) -> Iterator[Slide]:
    """Three outcomes, every miss, which is owned, and one decision that is asked for."""
    finders = (_good_impact, _good_levels, _good_criteria, _good_ratings, _good_work)
    good = [sentence for find in finders for sentence in find(facts)][:3]
    misses, asked = list(_misses(facts)), decision(facts)
    if not good and not misses and not asked:
        return
    points = [Point("Outcome", sentence) for sentence in good]
    points.append(Point("Missed", " ".join((*misses, "This is ours to mend."))) if misses else _kept(facts))
    points.append(Point("Decision", asked or "None is asked this quarter."))
    yield Slide("executive summary", "Executive summary", _light(facts, misses), points=tuple(points), speaker=(
        "Say the three outcomes in a sentence each, own the misses without excuses, and leave time for the decision."
    ))  # fmt: skip


def _kept(facts: Facts) -> Point:
    """That nothing was missed, or that nobody can tell, which is no miss."""
    if _is_tested(facts):
        return Point("Missed", "Nothing that was promised and can be tested here.")
    return Point("Not tested", "No promise can be tested on this data.")


def _is_tested(facts: Facts) -> bool:
    """Whether the data tells of anything that was promised if it was kept."""
    judged = total(facts.rows("responsiveness")).get("resolution_judged")
    return bool(judged) or any(row["state"] != "not_known" for row in facts.rows("criteria"))


def _light(facts: Facts, misses: Sequence[str]) -> str:
    """The state of things as a traffic light says it, with its reason."""
    share = total(facts.rows("responsiveness")).get("resolution_attainment_pct")
    before = total(facts.responsiveness_before).get("resolution_attainment_pct")
    if not misses:
        said = f"Green: nothing that was promised for {facts.quarter.name} and can be tested here was missed"
        return said if _is_tested(facts) else f"{facts.quarter.name} in brief: no promise can be tested on this data"
    fell = share is not None and before is not None and share < before
    if fell:
        was = formats.percent(before)
        return f"Amber: {formats.percent(share)} of tickets were resolved in time, {was} the quarter before"
    if len(misses) == 1:
        return f"Amber: a promise was missed in {facts.quarter.name}, and it is ours to mend"
    return f"Amber: promises were missed in {facts.quarter.name}, and they are ours to mend"
