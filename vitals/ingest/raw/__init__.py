"""Typed rows into the raw tables of a workspace, what counts of them, and out of them again."""
