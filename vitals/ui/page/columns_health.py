"""The columns of the tables that tell what became of the files: balances, accounts, steps, rows left out, flags."""

from __future__ import annotations

from vitals.ui.page.tables import TableColumn

BALANCES = [
    TableColumn("file_name", "File", width="medium"),
    TableColumn("label", "What it is"),
    TableColumn("is_balanced", "Balances", "yes_no"),
    TableColumn("rows_read", "Rows read", "count"),
    TableColumn("rows_in_use", "In use", "count", "Rows that count"),
    TableColumn("rows_replaced", "Replaced", "count", "Rows for which a row of another load counts"),
    TableColumn("rows_quarantined", "Quarantined", "count"),
    TableColumn("rows_set_aside", "Set aside", "count"),
    TableColumn("money_read", "Money read", "money_exact"),
    TableColumn("money_loaded", "Loaded", "money_exact"),
    TableColumn("money_quarantined", "Quarantined", "money_exact"),
    TableColumn("money_set_aside", "Set aside", "money_exact"),
    TableColumn("hours_read", "Hours read", "number"),
    TableColumn("hours_loaded", "Loaded, h", "number"),
    TableColumn("hours_quarantined", "Quarantined, h", "number"),
    TableColumn("hours_set_aside", "Set aside, h", "number"),
    TableColumn("undone_at", "Taken back", "moment"),
]

KNOWN = [
    TableColumn(
        "confidence", "How sure", "percent_whole", "How well its captions fit; a dash where you said what is what"
    ),
    TableColumn("evidence", "How its captions are known", width=300),
]

HISTORY = [
    *BALANCES[:2],
    TableColumn("state", "State", help="Only a load in use can be taken back"),
    TableColumn("loaded_at", "When", "moment"),
    TableColumn("rows_read", "Rows read", "count"),
    TableColumn("rows_loaded", "Loaded", "count"),
    TableColumn("rows_quarantined", "Quarantined", "count"),
    TableColumn("rows_set_aside", "Set aside", "count"),
    TableColumn("short_hash", "SHA-256", help="The first digits of the file's hash: the same file has the same"),
    TableColumn("money_loaded", "Loaded", "money_exact"),
    TableColumn("hours_loaded", "Loaded, h", "number"),
    *KNOWN,
    TableColumn("undone_at", "Taken back", "moment"),
]

ACCOUNTS = [
    TableColumn("file_name", "File", width="medium"),
    TableColumn("label", "What it is"),
    TableColumn("system", "System"),
    *KNOWN,
    TableColumn("loaded_at", "Loaded", "moment"),
    TableColumn("short_hash", "SHA-256", help="The first digits of the file's hash: the same file has the same"),
    TableColumn("first_month", "From", "month"),
    TableColumn("last_month", "To", "month"),
    TableColumn("months_covered", "Months", "count", "Months with a row in use"),
    TableColumn("missing_months", "Without rows", "count", "Months between without a single row"),
    TableColumn("rows_in_use", "Rows in use", "count"),
    TableColumn("rows_replaced", "Replaced", "count", "Rows for which a row of another load counts"),
    TableColumn("replaced_by", "By", help="The files whose rows count instead", width="medium"),
    TableColumn("rows_replacing", "Replaces", "count", "Rows of other loads that these replace"),
]

STEPS = [
    TableColumn("step", "Step", "words", width="medium"),
    TableColumn("measure", "What", "words", width="medium"),
    TableColumn("left_side", "Before", "number"),
    TableColumn("right_side", "After", "number"),
    TableColumn("difference", "Difference", "number"),
    TableColumn("is_balanced", "Balances", "yes_no"),
]

LEFT_OUT_COUNTS = [
    TableColumn("words", "Why", width="large"),
    TableColumn("fate", "What happened", width=260),
    TableColumn("file_name", "File", width="medium"),
    TableColumn("rows", "Rows", "count"),
]

LEFT_OUT = [
    TableColumn("file_name", "File", width="medium"),
    TableColumn("row_number", "Row", "count"),
    TableColumn("fate", "What happened", width=260),
    TableColumn("words", "Why", width="medium"),
    TableColumn("column_name", "TableColumn", "words"),
    TableColumn("value", "Cell"),
    TableColumn("raw_text", "As found", width="large"),
    TableColumn("stands_for", "Counts in its place", width="medium"),
]

FLAGS = [
    TableColumn("label", "What is odd", width="large"),
    TableColumn("rows", "Rows of the files", "count"),
]

FLAGGED = [
    TableColumn("file_name", "File", width="medium"),
    TableColumn("entity", "What it is", "words"),
    TableColumn("row_number", "Row", "count"),
    TableColumn("detail", "What exactly", width="large"),
]
