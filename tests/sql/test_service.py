"""Service levels, resolution times and consistency in business time."""

import math
from datetime import datetime

import pytest

from tests.sql.rows import day, entry, line, months, reached, whole

JANUARY = months("2026-01")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}")


def ticket(number: str, opened: str, resolved: str | None = None, **more) -> dict:
    times = {key: at(value) if isinstance(value, str) and key.endswith("_at") else value for key, value in more.items()}
    return {"ticket_id": number, "opened_at": at(opened), "resolved_at": resolved and at(resolved), **times}


def sla(workspace, *tickets, period=JANUARY, **tables) -> dict:
    # another ticket makes 30 January the last day of the tickets
    last = [{**row, "priority": "last day"} for row in reached("2026-01-30")]
    book = workspace(tickets=[*tickets, *last], **tables)
    return book.by("priority", "metrics.sla_attainment", **period)["(none)"]


def resolution(row) -> tuple:
    return row["resolution_met"], row["resolution_missed"], row["open_past_due"]


def hours(workspace, opened, resolved, **tables) -> float:
    book = workspace(tickets=[ticket("1", opened, resolved)], **tables)
    return book.one("metrics.resolution_time", **JANUARY)["median_business_hours"]


@pytest.mark.parametrize(
    ("opened", "resolved", "wanted"),
    [
        # Friday 16:00 to Monday 16:00 is 8 hours: one on Friday, seven on Monday
        ("01-09T16:00", "01-12T16:00", 8),
        ("01-09T10:00", "01-09T10:30", 0.5),
        ("01-09T07:00", "01-09T20:00", 8),
        ("01-10T10:00", "01-11T10:00", 0),
        ("01-08T20:00", "01-09T08:00", 0),
    ],
)
def test_business_hours(workspace, opened, resolved, wanted):
    assert hours(workspace, opened, resolved) == wanted


def test_holidays_and_the_working_day_move_the_clock(workspace):
    assert hours(workspace, "01-08T09:00", "01-09T17:00", holidays=[{"day": day("2026-01-08")}]) == 8
    early = [{"name": "working_day_start", "value": 420}, {"name": "working_day_end", "value": 900}]
    assert hours(workspace, "01-09T07:00", "01-09T12:00", assumptions=early) == 5


def test_pauses_count_once_and_end_with_the_resolution(workspace):
    def pause(first, last=None):
        return {"ticket_id": "1", "paused_at": at(first), "resumed_at": last and at(last)}

    def net(*pauses):
        return hours(workspace, "01-09T09:00", "01-09T17:00", ticket_pauses=list(pauses))

    assert net(pause("01-09T10:00", "01-09T12:00")) == 6
    assert net(pause("01-09T10:00", "01-09T12:00"), pause("01-09T11:00", "01-09T13:00")) == 5
    assert net(pause("01-09T10:00", "01-09T14:00"), pause("01-09T11:00", "01-09T12:00")) == 4
    assert net(pause("01-09T16:00")) == 7
    assert net(pause("01-08T09:00", "01-09T10:00"), pause("01-12T09:00", "01-13T10:00")) == 7


def test_met_missed_open_past_due_and_left_out(workspace):
    row = sla(
        workspace,
        ticket("within", "01-09T09:00", "01-09T11:00", sla_resolution_minutes=120),
        ticket("beyond", "01-09T09:00", "01-09T11:01", sla_resolution_minutes=120),
        ticket("open past due", "01-29T09:00", None, sla_resolution_minutes=120),
        ticket("open in time", "01-30T16:00", None, sla_resolution_minutes=120),
        ticket("resolved after the period", "01-30T09:00", "02-02T10:00", sla_resolution_minutes=120),
        ticket("automatic", "01-09T09:00", "01-09T11:00", sla_resolution_minutes=120, auto_resolved=True),
        ticket("without a target", "01-09T09:00", "01-09T11:00"),
        ticket("resolved before opened", "01-09T09:00", "01-08T11:00", sla_resolution_minutes=120),
        ticket("closed without a time", "01-09T09:00", None, sla_resolution_minutes=120, status="Closed"),
        ticket("opened later", "02-02T09:00", "02-02T09:30", sla_resolution_minutes=120),
    )
    assert resolution(row) == (1, 1, 2)
    assert row["resolution_attainment_pct"] == 0.25
    assert row["left_out"] == 3


def test_a_pause_stops_the_resolution_clock_of_an_open_ticket(workspace):
    late = ticket("1", "01-29T09:00", None, sla_resolution_minutes=600)
    # 16 business hours by the end of the 30th, of which all but two stand still
    pauses = [{"ticket_id": "1", "paused_at": at("01-29T11:00")}]
    assert resolution(sla(workspace, late)) == (0, 0, 1)
    assert resolution(sla(workspace, late, ticket_pauses=pauses)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"first_response_at": "01-09T10:00"}, 1),
        ({"first_response_at": "01-09T10:01"}, 0),
        ({"resolved_at": at("01-09T09:30")}, 0),
        # nobody has answered, and the hour is long over
        ({}, 0),
    ],
)
def test_response(workspace, fields, wanted):
    row = sla(workspace, ticket("1", "01-09T09:00", sla_response_minutes=60, **fields))
    assert row["response_attainment_pct"] == wanted


def test_no_response_before_the_target_is_neither(workspace):
    row = sla(workspace, ticket("1", "01-30T16:30", sla_response_minutes=60))
    assert row["response_attainment_pct"] is None


def test_resolution_time_is_of_incidents_resolved_by_people_in_the_months(workspace):
    book = workspace(
        tickets=[
            ticket("1", "01-09T09:00", "01-09T10:00", priority="High"),
            ticket("2", "01-09T09:00", "01-09T12:00", priority="High", ticket_type="Incident"),
            ticket("3", "01-09T09:00", "01-09T16:00", priority="High", ticket_type="request"),
            ticket("4", "01-09T09:00", "01-09T16:00", priority="High", auto_resolved=True),
            ticket("5", "01-09T09:00", "02-02T16:00", priority="High"),
            {"ticket_id": "6", "opened_at": at("01-09T09:00"), "closed_at": at("01-09T11:00"), "priority": "High"},
        ]
    )
    (row,) = book.rows("metrics.resolution_time", **JANUARY)
    # 1, 2 and 3 hours: the ninth tenth lies 0.8 of the way from 2 to 3
    assert (row["tickets"], row["median_business_hours"]) == (3, 2)
    assert row["p90_business_hours"] == pytest.approx(2.8)


def test_consistency_is_the_share_that_technicians_explain(workspace):
    def worked(category, technician, efforts):
        return [
            ticket(
                f"{category} {technician} {place}",
                "01-09T09:00",
                "01-09T12:00",
                category=category,
                technician=technician,
                hours=effort,
            )
            for place, effort in enumerate(efforts)
        ]

    first, second = [1, 1, 1, 2, 2], [2, 2, 2, 4, 4]
    book = workspace(
        tickets=[
            *worked("Mixed", "Ann", first),
            *worked("Mixed", "Bob", second),
            *worked("Mixed", "Cy", [9, 9, 9, 9]),
            *worked("Alike", "Ann", [1.5] * 5),
            *worked("Alike", "Bob", [1.5] * 5),
            *worked("Alone", "Ann", [1, 2, 3, 4, 5]),
            # other months don't count, and leave no trace
            {**worked("Alike", "Dee", [7.3])[0], "resolved_at": at("02-09T12:00")},
            {**worked("Mixed", "Dee", [50])[0], "resolved_at": at("02-09T12:00")},
        ]
    )
    rows = book.by("category", "metrics.resolution_consistency", **JANUARY)
    logs = [[math.log(value) for value in values] for values in (first, second)]
    means = [sum(values) / 5 for values in logs]
    grand = sum(means) / 2
    between = sum(5 * (mean - grand) ** 2 for mean in means)
    total = sum((value - grand) ** 2 for values in logs for value in values)
    assert (rows["Mixed"]["technicians"], rows["Mixed"]["tickets"]) == (2, 10)
    assert rows["Mixed"]["technician_share_of_variance"] == pytest.approx(between / total, abs=1e-9)
    assert rows["Alike"]["technician_share_of_variance"] == 0
    assert (rows["Alone"]["technicians"], rows["Alone"]["technician_share_of_variance"]) == (1, None)


def test_all_priorities_together_are_their_sums_and_not_their_mean(workspace):
    target = {"sla_resolution_minutes": 120}
    tickets = [
        *(ticket(number, "01-05T09:00", "01-05T11:00", priority="Low", **target) for number in "123"),
        ticket("high", "01-05T09:00", "01-05T13:00", priority="High", **target),
        ticket("answered", "01-05T09:00", "01-05T15:00", priority="None", first_response_at="01-05T09:30",
               sla_response_minutes=30),
    ]  # fmt: skip
    book = workspace(tickets=[*tickets, *reached("2026-01-30")], time_entries=[entry("2026-01-30", 1)])
    found = book.one("metrics.service_levels", **JANUARY)
    # three of four met their target of resolution, none of one in High; a mean of both would be a half
    assert (found["tickets"], found["resolution_met"], found["resolution_attainment_pct"]) == (4, 3, 0.75)
    assert (found["lowest_priority"], found["lowest_attainment_pct"]) == ("High", 0)
    assert (found["response_met"], found["response_attainment_pct"]) == (1, 1)
    # 2, 2, 2, 4 and 6 hours; the ticket of 30 January is still open, and no median tells of it
    assert (found["incidents"], found["median_business_hours"], found["open_incidents"]) == (5, 2, 1)
    assert found["says_type"] is False
    (month,) = book.rows("metrics.service_levels_monthly")
    assert month == {name: found[name] for name in month if name != "month_start"} | {"month_start": day("2026-01")}


def test_months_without_a_ticket_are_counted_beside_the_others(workspace):
    opened = [ticket(number, f"{number}-09T09:00", f"{number}-09T11:00") for number in ("01", "03")]
    book = workspace(tickets=[*opened, *reached("2026-03-31")], time_entries=[entry("2026-03-31", 1)])
    found = book.one("metrics.service_levels", **months("2025-11", "2026-04"))
    assert (found["months_asked"], found["months_with_tickets"]) == (6, 2)


def test_without_tickets_there_is_no_attainment(workspace):
    found = workspace(time_entries=[entry("2026-01-30", 1)]).one("metrics.service_levels", **JANUARY)
    assert (found["tickets"], found["lowest_priority"]) == (0, None)
    assert [found[name] for name in ("resolution_attainment_pct", "response_attainment_pct")] == [None, None]
    assert found["median_business_hours"] is None


def test_service_levels_stand_as_of_the_last_ticket_day(workspace):
    """Invoices that go on for months leave no ticket open longer than the tickets reach."""
    tickets = [
        ticket("1", "01-29T09:00", None, sla_resolution_minutes=960),
        ticket("2", "01-30T09:00", "01-30T10:00", sla_resolution_minutes=960),
    ]
    later = {"invoice_lines": [line("Acme", "2026-06-01", 10)], "time_entries": [entry("2026-05-05", 1)]}
    book = workspace(tickets=tickets, **later)
    row = book.one("metrics.sla_attainment", **months("2026-01", "2026-06"))
    # 16 business hours by the end of Friday the 30th: within the target still
    assert resolution(row) == (1, 0, 0)


def test_a_closed_ticket_moves_the_end_of_the_tickets(workspace):
    tickets = [
        ticket("1", "01-29T09:00", None, sla_resolution_minutes=960),
        {**ticket("2", "01-30T09:00", "01-30T10:00"), "closed_at": at("02-02T09:00")},
    ]
    row = workspace(tickets=tickets).one("metrics.sla_attainment", **months("2026-01", "2026-02"))
    # Monday the 2nd adds eight hours
    assert resolution(row) == (0, 0, 1)


def test_targets_by_priority_and_month_as_they_stood_at_its_end(workspace):
    target = {"sla_resolution_minutes": 120, "priority": "High"}
    tickets = [
        ticket("within", "01-05T09:00", "01-05T11:00", **target),
        # open and past due as January ends, and so a breach of January, whatever came of it
        ticket("late", "01-29T09:00", "02-02T10:00", **target),
        ticket("next month", "02-03T09:00", "02-03T10:00", first_response_at="02-03T09:05", sla_response_minutes=30,
               **target),
    ]  # fmt: skip
    work = [entry("2026-01-30", 1), entry("2026-03-31", 1)]
    book = workspace(tickets=[*tickets, *reached("2026-02-27")], time_entries=work)
    rows = book.rows("metrics.sla_attainment_monthly", **months("2026-01", "2026-03"))
    found = {(row["priority"], row["month_start"].month): row for row in rows}
    # March isn't complete for tickets; the ticket that makes February so has no target
    assert list(found) == [("High", 1), ("High", 2), ("(none)", 2)]
    january, february = found["High", 1], found["High", 2]
    assert (january["tickets"], january["resolution_attainment_pct"], january["open_past_due"]) == (2, 0.5, 1)
    assert (january["answers"], january["response_attainment_pct"]) == (0, None)
    assert (february["tickets"], february["resolution_attainment_pct"]) == (1, 1)
    assert (february["answers"], february["response_attainment_pct"]) == (1, 1)
    assert found["(none)", 2]["resolution_attainment_pct"] is None


@pytest.mark.parametrize("resolved", [None, "03-20T12:00"])
def test_what_a_ticket_became_later_changes_no_month_before(workspace, resolved):
    # nine business days up to the end of January and a target of ten: answered, and in time so far; late in February
    one = ticket("1", "01-20T09:00", resolved, first_response_at="01-20T10:00", sla_resolution_minutes=4800,
                 sla_response_minutes=120)  # fmt: skip
    last = [{**row, "priority": "last day"} for row in (*reached("2026-01-02"), *reached("2026-03-31"))]
    book = workspace(tickets=[one, *last], time_entries=[entry("2026-01-30", 1), entry("2026-03-31", 1)])

    def stood(to: str) -> tuple:
        row = book.by("priority", "metrics.sla_attainment", **months("2026-01", to))["(none)"]
        return (*resolution(row), row["response_met"])

    assert stood("2026-01") == (0, 0, 0, 1)
    assert stood("2026-02") == (0, 0, 1, 1)
    assert stood("2026-03") == ((0, 1, 0, 1) if resolved else (0, 0, 1, 1))
    rows = book.rows("metrics.sla_attainment_monthly", **months("2026-01", "2026-03"))
    assert [(row["tickets"], row["answers"]) for row in rows if row["priority"] == "(none)"] == [(0, 1)]


@pytest.mark.parametrize(
    ("pauses", "past_due"),
    [
        # ten hours from Monday 9:00 on end on Tuesday at 11:00
        ([], "2026-01-06"),
        # seven hours of pause that begin before that move the end to Wednesday at 10:00, those after it nothing
        ([("01-06T10:00", "01-06T17:00"), ("01-08T09:00", "01-08T12:00")], "2026-01-07"),
        # one of an hour moves it to 12:00, and so another that begins then, up to its end
        ([("01-05T10:00", "01-05T11:00"), ("01-06T12:00", "01-07T12:00")], "2026-01-07"),
    ],
)
def test_a_deadline_moves_by_the_pauses_that_begin_before_it(workspace, pauses, past_due):
    late = ticket("1", "01-05T09:00", "01-09T12:00", sla_resolution_minutes=600, sla_response_minutes=60,
                  first_response_at="01-08T09:00")  # fmt: skip
    paused = [{"ticket_id": "1", "paused_at": at(first), "resumed_at": at(last)} for first, last in pauses]
    (row,) = workspace(tickets=[late], ticket_pauses=paused).rows("core.judged_tickets")
    assert (row["past_due_on"], row["resolution_missed_on"]) == (day(past_due), day("2026-01-09"))
    # it waited beyond its hour at the end of the first day, whenever the answer came
    assert (row["response_missed_on"], row["resolution_met_on"], row["response_met_on"]) == (
        day("2026-01-05"), None, None,
    )  # fmt: skip


def test_time_to_answer_and_the_share_of_time_that_the_clock_stood(workspace):
    tickets = [
        # 8 business hours, of which 2 stood still; answered after an hour of business time
        ticket("1", "01-09T09:00", "01-09T17:00", first_response_at="01-09T10:00"),
        ticket("2", "01-09T09:00", "01-09T13:00", first_response_at="01-09T12:00"),
        # answered before it was opened, and never
        ticket("3", "01-09T09:00", "01-09T10:00", first_response_at="01-08T12:00"),
        ticket("4", "01-09T09:00", "01-09T12:00"),
    ]
    pause = {"ticket_id": "1", "paused_at": at("01-09T11:00"), "resumed_at": at("01-09T13:00")}
    book = workspace(tickets=tickets, ticket_pauses=[pause])
    (row,) = book.rows("metrics.resolution_time", **JANUARY)
    assert (row["answered"], row["median_response_hours"]) == (2, 2)
    assert row["p90_response_hours"] == pytest.approx(2.8)
    # 2 of 8 + 4 + 1 + 3 hours
    assert row["paused_share"] == 0.125
    assert book.one("metrics.service_levels", **JANUARY)["paused_share"] == 0.125
    # without any pauses nobody knows how long it stood
    (row,) = workspace(tickets=tickets).rows("metrics.resolution_time", **JANUARY)
    assert row["paused_share"] is None


def test_priorities_stand_by_their_weight_and_those_of_no_known_word_last(workspace):
    opened, at = datetime(2026, 1, 5, 9), datetime(2026, 1, 5, 10)
    said = ("Low", "Zebra", "High", "Critical", "Medium")
    book = workspace(
        tickets=[
            {"ticket_id": name, "priority": name, "ticket_type": "incident", "opened_at": opened, "resolved_at": at}
            for name in said
        ],
        time_entries=whole("2026-01"),
    )
    wanted = ["Critical", "High", "Medium", "Low", "Zebra"]
    for query in ("resolution_time", "sla_attainment"):
        assert [row["priority"] for row in book.rows(f"metrics.{query}", **months("2026-01"))] == wanted, query
