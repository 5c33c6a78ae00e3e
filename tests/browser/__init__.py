"""The application as a person meets it: a real server, a real Chromium, nothing asked of any other host."""
