"""Workbooks and plan folders in and out: (rows, problems), cell by cell."""
