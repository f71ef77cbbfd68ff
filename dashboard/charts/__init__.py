"""Verdicts to charts and maps; returns them, never draws."""
