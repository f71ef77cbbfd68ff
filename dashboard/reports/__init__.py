"""Verdicts to bytes: the whole plan as JSON and as a workbook; documents come with later issues."""
