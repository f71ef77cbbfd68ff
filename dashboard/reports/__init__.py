"""Verdicts to bytes: Word, Excel, PDF, wall chart. Nothing lives here yet."""
