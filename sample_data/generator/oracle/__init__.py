"""The definitions a second time, in plain Python from the exported rows: what the queries are held against."""
