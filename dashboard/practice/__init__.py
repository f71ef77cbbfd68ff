"""The seeded generator of practice data (演示数据): a plan's running business, made up."""

from dashboard.practice.filling import fill
from dashboard.practice.sized import fill_sized, sized_plan
from dashboard.practice.sized_networks import stations_plan
from dashboard.practice.sized_stations import fill_stations

__all__ = ["fill", "fill_sized", "fill_stations", "sized_plan", "stations_plan"]
