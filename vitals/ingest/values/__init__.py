"""Cells to values: how dates, numbers, durations, names and words are written, and how a file's are to be read."""
