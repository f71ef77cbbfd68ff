"""Columns of printed tables: whole width, figures and dates unbroken, long texts wide."""

import pytest

from dashboard.papers.model import Column, Grid
from dashboard.reports.official_widths import room, widths
from tests.reports.papers import task_grid, town_grid

ACROSS, STANDING = 12756, 8844


@pytest.mark.parametrize("grid", [task_grid(30), task_grid(0), town_grid(13)])
@pytest.mark.parametrize("width", [ACROSS, STANDING])
def test_columns_fill_the_width_of_the_text(grid: Grid, width: int) -> None:
    found = widths(grid, width, 10.5)
    assert sum(found) == width
    assert all(each > 0 for each in found)


def test_figures_and_the_day_of_a_date_stay_in_one_line() -> None:
    found = widths(task_grid(200), ACROSS, 10.5)
    assert found[0] >= room("200", 10.5)
    assert found[4] >= room("7月31日", 10.5)
    assert found[5] >= room("40%", 10.5)


def test_the_longest_texts_get_the_widest_columns() -> None:
    found = widths(task_grid(30), ACROSS, 10.5)
    assert max(found) == found[8]


def test_many_columns_still_fit() -> None:
    grid = Grid(tuple(Column(f"第{n}栏说明") for n in range(40)), (("说明文字",) * 40,))
    assert sum(widths(grid, STANDING, 9)) == STANDING
