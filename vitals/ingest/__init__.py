"""Bytes to typed rows: read, match, type, store. Nothing here knows about screens or metrics."""
