"""Small exports of situations that people report, through the command line: each gives what was worked out by hand.

A situation is an entry of CASES; its files are of the corpus, and without that the tests are skipped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from vitals import cli, warehouse

FOLDER = Path(os.environ.get("VITALS_CASES", Path(__file__).parents[2] / "shared" / "cases"))


@dataclass(frozen=True)
class Case:
    """Files, the answers given with them, and what is right: a value for each SQL text, the questions, words said."""

    files: tuple[str, ...]
    found: Mapping[str, object] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    flags: Mapping[str, int] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    """Words that must stand in the report, such as an answer's figures."""
    entity: str = ""


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
]  # fmt: skip


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the corpus is not at hand")
@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join((*case.files, *case.answers)))
def test_case(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "w.duckdb"
    said = [part for answer in case.answers for part in ("--answer", answer)]
    named = ["--entity", case.entity] if case.entity else []
    files = [str(FOLDER / file) for file in case.files]
    status = cli.main(["load", "--workspace", str(place), "--format", "json", *said, *named, *files])
    printed = capsys.readouterr().out
    reports = json.loads(printed)
    assert [item["name"] for report in reports for item in report["questions"]] == [*case.asked], printed
    assert status == (1 if case.asked else status) and status < 2, printed
    for word in case.said:
        assert word in printed
    flags = {flag: count for report in reports for flag, count in report["flags"].items()}
    assert {flag: flags.get(flag, 0) for flag in case.flags} == case.flags
    with warehouse.connect(place) as con:
        for sql, wanted in case.found.items():
            rows = [row[0] for row in con.execute(sql).fetchall()]
            assert rows == (wanted if isinstance(wanted, list) else [wanted]), sql
