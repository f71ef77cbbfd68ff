"""Sheets that go out and come back."""
