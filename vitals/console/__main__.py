"""Starts the process that answers one question."""

from vitals.console.child import serve

serve()
