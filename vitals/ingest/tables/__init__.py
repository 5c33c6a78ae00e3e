"""Bytes to tables of text: what kind of file it is, how it is written, and where in it the tables stand."""
