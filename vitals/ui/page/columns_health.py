"""The columns of the tables that tell what became of the files: balances, accounts, steps, rows left out, flags."""

from __future__ import annotations

from vitals.ui.page.tables import Column

BALANCES = [
    Column("file_name", "File", width="medium"),
    Column("label", "What it is"),
    Column("is_balanced", "Balances", "yes_no"),
    Column("rows_read", "Rows read", "count"),
    Column("rows_in_use", "In use", "count", "Rows that count"),
    Column("rows_replaced", "Replaced", "count", "Rows for which a row of another load counts"),
    Column("rows_quarantined", "Quarantined", "count"),
    Column("rows_set_aside", "Set aside", "count"),
    Column("money_read", "Money read", "money_exact"),
    Column("money_loaded", "Loaded", "money_exact"),
    Column("money_quarantined", "Quarantined", "money_exact"),
    Column("money_set_aside", "Set aside", "money_exact"),
    Column("hours_read", "Hours read", "number"),
    Column("hours_loaded", "Loaded, h", "number"),
    Column("hours_quarantined", "Quarantined, h", "number"),
    Column("hours_set_aside", "Set aside, h", "number"),
    Column("undone_at", "Taken back", "moment"),
]

KNOWN = [
    Column("confidence", "How sure", "percent_whole", "How well its captions fit; a dash where you said what is what"),
    Column("evidence", "How its captions are known", width=300),
]

HISTORY = [
    *BALANCES[:2],
    Column("state", "State", help="Only a load in use can be taken back"),
    Column("loaded_at", "When", "moment"),
    Column("rows_read", "Rows read", "count"),
    Column("rows_loaded", "Loaded", "count"),
    Column("rows_quarantined", "Quarantined", "count"),
    Column("rows_set_aside", "Set aside", "count"),
    Column("short_hash", "SHA-256", help="The first digits of the file's hash: the same file has the same"),
    Column("money_loaded", "Loaded", "money_exact"),
    Column("hours_loaded", "Loaded, h", "number"),
    *KNOWN,
    Column("undone_at", "Taken back", "moment"),
]

ACCOUNTS = [
    Column("file_name", "File", width="medium"),
    Column("label", "What it is"),
    Column("system", "System"),
    *KNOWN,
    Column("loaded_at", "Loaded", "moment"),
    Column("short_hash", "SHA-256", help="The first digits of the file's hash: the same file has the same"),
    Column("first_month", "From", "month"),
    Column("last_month", "To", "month"),
    Column("months_covered", "Months", "count", "Months with a row in use"),
    Column("missing_months", "Without rows", "count", "Months between without a single row"),
    Column("rows_in_use", "Rows in use", "count"),
    Column("rows_replaced", "Replaced", "count", "Rows for which a row of another load counts"),
    Column("replaced_by", "By", help="The files whose rows count instead", width="medium"),
    Column("rows_replacing", "Replaces", "count", "Rows of other loads that these replace"),
]

STEPS = [
    Column("step", "Step", "words", width="medium"),
    Column("measure", "What", "words", width="medium"),
    Column("left_side", "Before", "number"),
    Column("right_side", "After", "number"),
    Column("difference", "Difference", "number"),
    Column("is_balanced", "Balances", "yes_no"),
]

LEFT_OUT_COUNTS = [
    Column("words", "Why", width="large"),
    Column("fate", "What happened", width=260),
    Column("file_name", "File", width="medium"),
    Column("rows", "Rows", "count"),
]

LEFT_OUT = [
    Column("file_name", "File", width="medium"),
    Column("row_number", "Row", "count"),
    Column("fate", "What happened", width=260),
    Column("words", "Why", width="medium"),
    Column("column_name", "Column", "words"),
    Column("value", "Cell"),
    Column("raw_text", "As found", width="large"),
    Column("stands_for", "Counts in its place", width="medium"),
]

FLAGS = [
    Column("label", "What is odd", width="large"),
    Column("rows", "Rows of the files", "count"),
]

FLAGGED = [
    Column("file_name", "File", width="medium"),
    Column("entity", "What it is", "words"),
    Column("row_number", "Row", "count"),
    Column("detail", "What exactly", width="large"),
]
