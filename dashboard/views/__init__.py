"""Pages, one script each: choose, judge, draw."""
