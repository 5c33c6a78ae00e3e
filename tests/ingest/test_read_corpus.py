"""The files with known faults and the real exports, where they are at hand: what reading alone decides of them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from vitals.errors import VitalsError
from vitals.ingest.files.reader import read, rows_read

SHARED = Path(__file__).parents[3] / "shared"
INDEX = SHARED / "badfiles" / "index.json"
EXPORTS = {
    "autotask_ticket_grid_export_deid.csv": (746, 20),
    "freshdesk_tickets_trial_export.csv": (45, 15),
    "servicenow_incident_fieldnames_devinstance.csv": (66, 8),
    "jira_jsm_spanish_headers_deid.csv": (3, 67),
}
OURS = {
    "blank",
    "footer",
    "repeated_header",
    "subtotal_or_total",
    "nul_byte",
    "unclosed_quote",
    "wrong_number_of_cells",
}
LATER = {"str_one_column.csv", "str_wrong_entity.csv"}
"""Refused for what their columns mean, which reading doesn't know."""
FLAGS = {"hidden_row", "value_from_formula", "text_shortened", "no_final_newline", "encoding_fallback"}
FILLED_DOWN = {"xlsx_merged.xlsx": {"filled_down": 1}}
"""Of two outcomes that the index allows in its notes, the one that is meant."""

pytestmark = pytest.mark.skipif(not INDEX.exists(), reason="the collection is not here")
ENTRIES = json.loads(INDEX.read_text()) if INDEX.exists() else []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_known_faults(entry):
    path = INDEX.parent / entry["file"]
    if entry["decision"] == "refuse" and entry["file"] not in LATER:
        with pytest.raises(VitalsError) as refused:
            read(path, path.name)
        assert all(word.casefold() in str(refused.value).casefold() for word in entry["message_must_say"])
        return
    tables = read(path, path.name)
    left_out = Counter(row.reason for table in tables for row in (*table.set_aside, *table.quarantined))
    flags = Counter(flag.flag for table in tables for flag in table.flags)
    assert sum(map(rows_read, tables)) == entry["rows_in"] or entry["file"] in LATER
    assert left_out == {reason: rows for reason, rows in entry.get("reasons", {}).items() if reason in OURS}
    stated = {flag: rows for flag, rows in entry.get("flags", {}).items() if flag in FLAGS}
    assert flags == FILLED_DOWN.get(entry["file"], stated)


@pytest.mark.parametrize("name", EXPORTS)
def test_real_exports(name):
    (table,) = read(SHARED / "exports" / name, name)
    assert (table.rows.num_rows, len(table.header)) == EXPORTS[name]
    assert (table.set_aside, table.quarantined, table.flags) == ((), (), ())
