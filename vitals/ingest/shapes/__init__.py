"""Rows to records: columns made of others, rows folded into one, work logs taken out of cells."""
