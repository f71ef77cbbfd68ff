"""The seeded generator of practice data (演示数据)."""
