"""The start page: files on their way in, what is asked of them, and what came of them."""
