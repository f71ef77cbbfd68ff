"""Tests, mirroring the tree of the package."""
