"""What must hold for any files at all, tried with made-up ones."""
