"""The rules of the house, each as a test: a new query, page or module is held to them without further ado."""
