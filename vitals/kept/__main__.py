"""Starts the process that opens one workspace's file."""

from vitals.kept.child import serve

serve()
