"""Small exports of situations that people report, through the command line: each gives what was worked out by hand.

A situation is an entry of CASES; its files stand in tests/cases, the smallest of their kind, with invented names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from vitals import cli, warehouse

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """Files, the answers given with them, and what is right: a value for each SQL text, the questions, words said."""

    files: tuple[str, ...]
    found: Mapping[str, object] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    flags: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    """Why rows are left out, all of them where one is named."""
    asked: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    """Words that must stand in the report, such as an answer's figures."""
    entity: str = ""
    refused: bool = False


REVENUE = "select coalesce(sum(if(is_credit, -abs(amount), amount)), 0)::double from staging.invoice_lines"
HOURS = "select round(sum(hours), 6)::double from staging.time_entries"

CASES = [
    Case(
        ("55_xlsx_merged_invoice.xlsx",),
        {"select client || ' ' || sum(amount)::int from staging.invoice_lines group by client order by client": [
            "Contoso 800", "Northwind 1200"]},
        flags={"filled_down": 1},
    ),
    Case(
        ("55b_xlsx_merged_tech.xlsx",),
        {"select technician || sum(hours)::int from staging.time_entries group by technician order by 1": [
            "Ana Roth3", "Bo Lind3"]},
        flags={"filled_down": 1},
    ),
    Case(
        ("38b_clients_numeric.csv",),
        {"select client from staging.clients order by client": ["Northwind", "Total Care Dental"]},
    ),
    Case(
        ("38_qbo_summary_total_name.csv",),
        {"select client || sum(amount)::int from staging.invoice_lines group by client order by client": [
            "Contoso1600", "Northwind12000", "Total Care Dental1500"]},
    ),
    Case(("70_cp1250_polish.csv",), asked=("encoding",), said=("Łódź Księgowość", "Zażółć Sp. z o.o.", "£ód")),
    Case(
        ("70_cp1250_polish.csv",),
        {"select distinct client from staging.tickets where ticket_id in ('1000', '1001') order by client": [
            "Zażółć Sp. z o.o.", "Łódź Księgowość"]},
        answers=("encoding=cp1250",),
    ),
    Case(
        ("hostile/hours20digits.csv",), {"select sum(hours)::double from staging.time_entries": 3.5},
        said=("hours must lie between -10,000 and 10,000", '"out_of_range": 1'),
    ),
    Case(
        ("hostile/huge_money2.csv",), {"select count(*) from staging.invoice_lines": 0},
        said=("amount must lie between -2,000,000,000,000 and 2,000,000,000,000",),
    ),
    Case(("01_toggl_min_sec.csv",), {"select round(sum(hours), 6)::double from staging.time_entries": 1.819444}),
    Case(("02_min_dst.csv",), {"select round(sum(hours), 6)::double from staging.time_entries": 1.0}),
    Case(("02b_travel_zones.csv",), {"select round(sum(hours), 6)::double from staging.time_entries": 1.5}),
    Case(("03b_start_end_break_min.csv",), {"select round(sum(hours), 6)::double from staging.time_entries": 17.0}),
    Case(("04b_hours_and_minutes_only.csv",), {"select round(sum(hours), 6)::double from staging.time_entries": 4.5}),
    Case(("05_min_jira_1d.csv",), asked=("hours_in_a_day",)),
    Case(("05_min_jira_1d.csv",), {"select sum(hours)::double from staging.time_entries": 12.0},
         answers=("hours_in_a_day=8",)),
    Case(("13_date_time_split.csv",), {"select opened_at::varchar from staging.tickets order by 1": [
        "2026-05-04 14:30:00", "2026-05-05 09:15:00"],
        "select median(resolution_minutes)::double from core.fct_tickets": 75.0}),
    # two hours each within the working day of the desk's own clock, though not of UTC's
    Case(("17_offset_working_day.csv",), {"select resolution_minutes::double from core.fct_tickets": [120.0, 120.0]}),
    Case(("59_autotask_date_23h.csv",), asked=("evening_or_next_day",)),
    Case(("59_autotask_date_23h.csv",), {"select worked_on::varchar from staging.time_entries order by 1": [
        "2026-05-01", "2026-05-14"]}, answers=("evening_or_next_day=next",)),
    Case(("06_seconds_unnamed.csv",), asked=("hours_or_minutes",), said=("seconds", "milliseconds")),
    Case(("06_seconds_unnamed.csv",), {"select round(sum(hours), 6)::double from staging.time_entries": 10.25},
         answers=("hours_or_minutes=seconds",)),
    Case(("16_ampm_durations.csv",), {"select round(sum(hours), 6)::double from staging.time_entries": 6.25}),
    Case(("33_khronos_ratio.csv",), {"select round(sum(hours), 6)::double from staging.time_entries": 1.75}),
    Case(
        ("34_compact_iso.csv",),
        {"select date_diff('minute', opened_at, resolved_at) from staging.tickets order by 1": [60, 120]},
    ),
    Case(("37b_kimai_break.csv",), {"select round(sum(hours), 6)::double from staging.time_entries": 9.0}),
    Case(("43_servicenow_dur.csv",), {"select round(sum(hours), 6)::double from staging.time_entries": 27.5}),
    Case(
        ("50_zendesk_offset_reply.csv",),
        {"select date_diff('minute', opened_at, first_response_at) from staging.tickets where ticket_id = '1'": 30},
    ),
    *(
        Case(
            (tickets, time, "14_inv.csv"),
            {"select client_key || ' ' || sum(hours)::double from core.fct_labour group by client_key order by 1": by},
        )
        for tickets, time, by in (
            ("14_tickets_hash.csv", "14_time_hash.csv", ["contoso 3.0", "northwind 2.0"]),
            ("14_tickets_hash.csv", "14c_time_zeros.csv", ["contoso 3.0", "northwind 2.0"]),
            ("58_glpi_ids_space.csv", "58_time.csv", ["northwind 1.5"]),
        )
    ),
    Case(("25_xlsx_currency_formats.xlsx",), asked=("currency",), said=("keep:$", "keep:EUR", "keep:GBP")),
    Case(
        ("25_xlsx_currency_formats.xlsx",), {"select sum(amount)::int from staging.invoice_lines": 1000},
        answers=("currency=keep:EUR",),
    ),
    *(
        Case(files, {"select sum(amount)::double from staging.invoice_lines": amount,
                     "select currency from metrics.workspace_currency": currency})
        for files, amount, currency in (
            (("20_currency_words.csv",), 2234.5, "kr"), (("20b_zar.csv",), 2234.5, "ZAR"),
            (("44c_amount_net_caption.csv",), 1000.0, []), (("49c_usd_name.csv", "49c_usd_code.csv"), 1800.0, "USD"),
        )
    ),
]  # fmt: skip

# which entity, which column, which rows
RECOGNISED = [
    # what counts as a sale
    Case(("10_min_cancelled.csv",), {REVENUE: 1000.0}, reasons={"not_revenue": 1}),
    Case(("07_min_invoice_status_draft.csv",), {REVENUE: 1000.0}, reasons={"not_revenue": 1}),
    Case(("45_whmcs.csv",), asked=("confirm_mapping",)),
    Case(("45_whmcs.csv",), {REVENUE: 1000.0}, answers=("confirm_mapping=yes",), reasons={"not_revenue": 2}),
    Case(("11_min_sage_codes.csv",), {REVENUE: 900.0}, reasons={"not_revenue": 1}),
    Case(("47_min_doc_type.csv",), {REVENUE: 800.0}),
    Case(("46_credit_note_amount_positive.csv",), {REVENUE: 800.0}),
    Case(("60_min_vendor_bill.csv",), {REVENUE: 100.0}, reasons={"not_revenue": 1}),
    Case(("61_time_rejected.csv",), {HOURS: 2.0}, reasons={"not_approved": 1}),
    # what the figures say
    Case(("09_min_subtotal_repeats.csv",), {REVENUE: 1500.0}),
    Case(("12_tax_rate_column.csv",), asked=("confirm_mapping",), said=("less the tax at the rate in",)),
    Case(("12_tax_rate_column.csv",), {REVENUE: 1500.0}, answers=("confirm_mapping=yes",)),
    Case(("12b_tax_rate_bare.csv",), {REVENUE: 1500.0}, answers=("confirm_mapping=yes",)),
    # periods: 12,000 a year is 1,000 a month, 3,000 from 15 Jan to 14 Apr is 1,000 a month from January to March
    Case(
        ("18b_period_no_words.csv",),
        {"select client || strftime(service_from, ' %m ') || service_months from staging.invoice_lines order by 1": [
            "Contoso 01 3", "Northwind 01 12"]},
    ),
    # a suggestion that is listed, and can be changed
    Case(("18d_annual_word_no_months.csv",),
         {REVENUE: 2400.0, "select suggested_months from metrics.item_classes": 12}),
    Case(("54_agreement_cycle.csv",), {"select monthly_fee::double from staging.agreements order by client": [
        800.0, 1000.0]}),
    # no reading that leaves figures unread is offered: what would not be read is named, and what it is nearest to
    Case(("08_freshbooks_time.csv",), {"select list(technician order by 1)::varchar from staging.time_entries":
        "[Ana Roth, Bo Lind]", HOURS: 2.25}),
    Case(("21_harvest_invoice_report.csv",), asked=("confirm_mapping",), said=('"Invoice Amount" is Amount',)),
    Case(("21_harvest_invoice_report.csv",), {REVENUE: 1800.0}, answers=("confirm_mapping=yes",),
         reasons={"not_revenue": 1, "subtotal_or_total": 1}),
    Case(("22_redmine_cs.csv",), asked=("confirm_mapping",), said=('"Hodiny" is Hours', '"Projekt"', "time entries")),
    Case(("22_redmine_cs.csv",), {HOURS: 3.5}, answers=("confirm_mapping=yes",)),
    Case(("23_glpi_en.csv",), asked=("confirm_mapping",), said=('"Total Duration" is Hours',)),
    Case(("23_glpi_en.csv",), {"select round(sum(hours), 6)::double from staging.tickets": 1.166667,
         "select [count(opened_at), count(resolved_at), count(technician)]::varchar from staging.tickets": "[2, 1, 2]"},
         answers=("confirm_mapping=yes",)),
    Case(("24_billable_nonbillable.csv",), asked=("confirm_mapping",), said=('"Job", "Rate"',)),
    Case(("24_billable_nonbillable.csv",), {HOURS: 4.0}, answers=("confirm_mapping=yes",)),
    Case(("29_zammad_time_accounting.xlsx",), said=('"Time Units"', "time entries", 'no column "Date"'), refused=True),
    Case(("30_toggl_weekly.csv",), said=("weekly timesheet", '"Mon 4 May" to "Wed 6 May"'), refused=True),
    Case(("31b_client_hours_months.csv",), asked=("confirm_mapping",), said=("money or hours", '"Total hours"')),
    # hours by month have no day and nobody who worked them: they are no answer, and the question comes again
    Case(("31b_client_hours_months.csv",), asked=("confirm_mapping",), answers=("confirm_mapping=hours",)),
    Case(("31b_client_hours_months.csv",), {REVENUE: 27.5}, answers=("confirm_mapping=yes",)),
    Case(("32_osticket.csv",), {"select list(technician || ' ' || status order by 1)::varchar from staging.tickets":
        "[Ana Roth Closed, Bo Lind Open]"}),
    Case(("66_stripe_cents.csv",), asked=("confirm_mapping",), said=('"fee_total_amount_cents" gives Amount',)),
    Case(("66_stripe_cents.csv",), {REVENUE: 1000.0}, answers=("confirm_mapping=yes",)),
    # two people in one cell: the hours in even parts, and no third person
    Case(("42_min_two_people.csv",), {
        "select list(technician || ' ' || hours::double order by technician, hours)::varchar from staging.time_entries":
            "[Ana Roth 1.0, Ana Roth 1.0, Bo Lind 1.0]"}, said=("several people",)),
]  # fmt: skip


SERVICE = "select client || strftime(service_from, ' %m ') || service_months from staging.invoice_lines order by client"
FEES = "select monthly_fee::double from staging.agreements order by client"

# kinds of questions that no file above asks: each is answered in every way that is right of some file
OWN = [
    Case(("own_two_amounts.csv",), asked=("which_column_is_amount",), said=("sum 1,550.00", "sum 1,426.00")),
    Case(("own_two_amounts.csv",), {REVENUE: 1550.0}, answers=("which_column_is_amount=5",)),
    # 93.11 and 17.40 are no rate of 1,200 and 550, nor of what is left without them
    Case(("own_tax_of_a_part.csv",), asked=("amount_holds_tax",), said=("1,639.49", "1,750.00")),
    Case(("own_tax_of_a_part.csv",), {REVENUE: 1639.49}, answers=("amount_holds_tax=yes",)),
    # a year in a cell may be that of the invoice
    Case(("own_years.csv",), asked=("spread_over_service_days",)),
    Case(("own_years.csv",), {SERVICE: ["Contoso 01 12", "Northwind 01 12"], REVENUE: 12600.0},
         answers=("spread_over_service_days=yes",)),
    Case(("own_pro_forma.csv",), asked=("what_is_described_as_pro_forma",), said=("600.00 in all",)),
    Case(("own_pro_forma.csv",), {REVENUE: 1000.0}, answers=("what_is_described_as_pro_forma=not_revenue",),
         reasons={"not_revenue": 1}),
]  # fmt: skip

# the same kinds of questions about other things, and what is known unasked
ALIKE = [
    Case(("own_two_amounts.csv",), {REVENUE: 1426.0}, answers=("which_column_is_amount=6",)),
    # 250 is 20 % of 1,250 and 25 % of 1,000
    Case(("own_tax_of_a_quarter.csv",), asked=("amount_holds_tax",), said=("1,500.00", "1,875.00")),
    Case(("own_tax_of_a_quarter.csv",), {REVENUE: 1875.0}, answers=("amount_holds_tax=no",)),
    Case(("own_years.csv",), {"select count(service_months) from staging.invoice_lines": 0, REVENUE: 12600.0},
         answers=("spread_over_service_days=no",)),
    Case(("own_periods_in_a_cell.csv",), {SERVICE: ["Contoso 01 3", "Northwind 01 3"], REVENUE: 3600.0}),
    Case(("own_pro_forma.csv",), {REVENUE: 1600.0}, answers=("what_is_described_as_pro_forma=sale",)),
    # 10 x 25 and 4 x 30 are the amounts, not the prices
    Case(("own_quantity_and_price.csv",), asked=("confirm_mapping",), said=('"Quantity" times "Unit Price"', "370.00")),
    Case(("own_quantity_and_price.csv",), {REVENUE: 370.0}, answers=("confirm_mapping=yes",)),
    Case(("own_seats_and_price.csv",), {FEES: [120.0, 250.0]}, answers=("confirm_mapping=yes",)),
    # fees need the day from which they are paid: without one they are named and not read
    Case(("own_clients_with_a_fee.csv",), asked=("confirm_mapping",), said=("have no amounts", '"Monthly Fee"')),
    Case(("own_clients_with_a_fee.csv",), {"select sum(users)::int from staging.clients": 14, FEES: []},
         answers=("confirm_mapping=yes",)),
    Case(("own_fees_since_a_day.csv",), {FEES: [600.0, 1250.0]}, answers=("confirm_mapping=yes",)),
    # an agreement that has ended counts up to its last day, without one not at all
    Case(("own_agreement_status.csv",), {
        "select client || ' ' || coalesce(ends_on::varchar, '') from staging.agreements order by 1":
            ["Contoso 2026-03-31", "Northwind "]}, reasons={"ended_without_a_day": 1, "draft_or_voided": 1}),
    Case(("own_agreement_status_unknown.csv",), asked=("what_is_dormant",)),
    Case(("own_agreement_status_unknown.csv",), {FEES: [1000.0]}, answers=("what_is_dormant=ended",),
         reasons={"ended_without_a_day": 1}),
    Case(("own_agreement_status_unknown.csv",), {FEES: [800.0, 1000.0]}, answers=("what_is_dormant=in_force",)),
]  # fmt: skip


@pytest.mark.parametrize(
    "case", [*CASES, *RECOGNISED, *OWN, *ALIKE], ids=lambda case: " ".join((*case.files, *case.answers))
)
def test_case(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "w.duckdb"
    said = [part for answer in case.answers for part in ("--answer", answer)]
    named = ["--entity", case.entity] if case.entity else []
    files = [str(FOLDER / file) for file in case.files]
    status = cli.main(["load", "--workspace", str(place), "--format", "json", *said, *named, *files])
    printed = capsys.readouterr().out
    reports = json.loads(printed)
    assert [item["name"] for report in reports for item in report["questions"]] == [*case.asked], printed
    assert status == (1 if case.asked else status) and (status == 2) == case.refused, printed
    for word in case.said:
        assert word in printed.replace('\\"', '"')
    flags = {flag: count for report in reports for flag, count in report["flags"].items()}
    assert {flag: flags.get(flag, 0) for flag in case.flags} == case.flags
    reasons = {reason: count for report in reports for reason, count in report["reasons"].items()}
    assert not case.reasons or reasons == case.reasons, printed
    with warehouse.connect(place) as con:
        for sql, wanted in case.found.items():
            rows = [row[0] for row in con.execute(sql).fetchall()]
            assert rows == (wanted if isinstance(wanted, list) else [wanted]), sql


def test_the_line_of_a_file_names_the_columns_that_nothing_is_read_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(tmp_path / "w.duckdb")
    cli.main(
        [
            "load",
            "--workspace",
            place,
            str(FOLDER / "08_freshbooks_time.csv"),
            str(FOLDER / "21_harvest_invoice_report.csv"),
        ]
    )
    loaded, asked = capsys.readouterr().out.splitlines()
    assert 'Not read: "Project", "Service", "Note", "Status", "Seconds".' in loaded
    assert 'Not read: "Paid", "ID", "Paid Amount", "Balance".' in asked
