"""Rows to tables: where the header stands, what each row is, and where a table ends."""
