"""Books to verdicts: pure functions of the books and the instant."""
