"""The seeded generator of practice data (演示数据): a plan's running business, made up."""

from dashboard.practice.filling import fill

__all__ = ["fill"]
