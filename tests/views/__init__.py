"""Every page, empty and full."""
