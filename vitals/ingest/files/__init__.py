"""Bytes to cells: what kind of file it is, how it is written, and the rows of its tables."""
