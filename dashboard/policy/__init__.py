"""A plan's text to findings with spans. Nothing lives here yet."""
