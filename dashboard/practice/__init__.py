"""The seeded generator of practice data (演示数据): a plan's running business, made up."""

from dashboard.practice.filling import fill
from dashboard.practice.sized import fill_sized, sized_plan

__all__ = ["fill", "fill_sized", "sized_plan"]
