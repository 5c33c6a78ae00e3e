"""Kept workspaces: files in a folder of the user's choice, each opened in a process of its own."""
