"""Timing, which never belongs into a test: `python -m tests.bench` prints the README's table."""
