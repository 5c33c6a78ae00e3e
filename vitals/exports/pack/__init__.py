"""The pack of a client's quarterly review: one description of its slides, written as PPTX and as PDF."""
