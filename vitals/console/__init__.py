"""Questions in SQL that users write themselves, asked of a copy in a process of its own."""
