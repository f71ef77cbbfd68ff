"""代录 in a large plan: which units have something to file, before one of them is chosen."""

from collections.abc import Sequence

from dashboard.rules.asking import Stage, UnitAsks, asks_of, by_unit
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.keeping import kept
from dashboard.widgets.links import address
from dashboard.widgets.table import Cell, Column, link, page_of, table

_MANY_LINES = 200
"""With more lines than this the office chooses a unit before anything is opened."""
_COLUMNS = (
    Column("单位", "34%", is_title=True),
    Column("待填报", is_figure=True),
    Column("其中退回", is_figure=True),
    Column("其中未报", is_figure=True),
    Column("已报待审核", is_figure=True),
)
_LATE = (Stage.RETURNED, Stage.MISSING)


def units_that_file(desk: Desk) -> tuple[UnitAsks, ...]:
    """Every unit that files, in protocol order; found once for a version of the books."""
    return kept(
        "units_that_file", desk.version, lambda: by_unit(desk.books, asks_of(desk.judgement))
    )


def is_many(units: Sequence[UnitAsks]) -> bool:
    """Whether one of the units is chosen first."""
    return sum(len(each.asks) for each in units) > _MANY_LINES


def address_of_unit(desk: Desk, each: UnitAsks) -> str:
    """The page of filing, opened for one unit."""
    return address(desk, "filing", unit=each.unit.code)


def unit_list(desk: Desk, units: Sequence[UnitAsks]) -> None:
    """Each unit with how much it has to file: late ones first, then those with something due."""
    due = sum(bool(each.to_file) for each in units)
    note = "退回、未报的在前，同类按单位顺序排列；点单位名称代录"
    section(f"有待填报事项的单位{due}个" if due else "填报单位", note)
    ordered = sorted(units, key=_rank)
    rows = [_row(desk, each) for each in page_of(ordered, "units_page")]
    table(_COLUMNS, rows, caption="各单位待填报事项")


def _rank(each: UnitAsks) -> tuple[bool, bool]:
    return not any(each.number(stage) for stage in _LATE), not each.to_file


def _row(desk: Desk, each: UnitAsks) -> list[Cell]:
    stages = (*_LATE, Stage.WAITING)
    counts = (len(each.to_file), *(each.number(stage) for stage in stages))
    named = link(each.unit.name, address_of_unit(desk, each))
    return [named, *(number or None for number in counts)]
