"""Acceptance: canonical CSV files in, answers of named queries out, each figure worked out by hand from the surface."""
