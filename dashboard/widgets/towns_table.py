"""Every area on a host list in a table: obliged, built, up to standard, and what is missing."""

from collections.abc import Sequence

from dashboard.ledgers import records as r
from dashboard.rules.areas import beneath
from dashboard.rules.coverage import Coverage
from dashboard.rules.stage_words import STAGES
from dashboard.rules.standards import Check, checks
from dashboard.widgets.denominator import denominator_note
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.links import address
from dashboard.widgets.map_view import map_address
from dashboard.widgets.record_links import to_record
from dashboard.widgets.table import Cell, Column, lines, link, page_of, quiet, table

_FEW = 3
"""Of so many stations a row says what each lacks; of more, how many are missing."""

_COLUMNS = (
    Column("应设", "3.6rem", is_figure=True),
    Column("建成", "3.6rem", is_figure=True),
    Column("达标", "3.6rem", is_figure=True),
    Column("情况"),
)


def towns_table(desk: Desk, found: Sequence[Coverage], whole: Coverage) -> None:
    """Every town on a host list, in the office's order, and the whole below."""
    is_wide = any(each.unit and beneath(desk.books, each.unit) for each in found)
    word = "区域" if is_wide else "镇街"
    section(f"各{word}情况")
    rows = [_town_row(desk, each) for each in page_of(found, "towns_page")]
    total = figures_of(desk, whole)
    rows.append(["合计", *total, quiet(whole.denominator)])
    table((Column(word, "7.5rem", is_title=True), *_COLUMNS), rows, caption=whole.hosts.title)
    denominator_note(desk, whole)


def _town_row(desk: Desk, coverage: Coverage) -> list[Cell]:
    town = coverage.unit
    assert town is not None
    name = "area" if beneath(desk.books, town) else "town"
    to = map_address(desk, coverage.hosts, **{name: town.code})
    return [link(town.name, to), *figures_of(desk, coverage), _why(desk, coverage)]


def figures_of(desk: Desk, coverage: Coverage) -> list[Cell]:
    """Obliged, built and up to standard; each number leads to its rows."""
    town = coverage.unit.code if coverage.unit else None
    rows = {"list": coverage.hosts.code, "town": town, "state": "built"}
    built = link(coverage.built, address(desk, "stations", **rows))
    met = link(coverage.met, address(desk, "stations", **rows, standard="met"))
    # The ledger is narrowed by towns, not by wider areas.
    leads = coverage.unit is None or not beneath(desk.books, coverage.unit)
    return [
        _obliged(desk, coverage),
        built if coverage.built and leads else coverage.built,
        met if coverage.met and leads else coverage.met,
    ]


def _obliged(desk: Desk, coverage: Coverage) -> Cell:
    """How many it must have, as the way to the row that says so."""
    number: Cell = quiet("不适用") if coverage.is_exempt else coverage.obliged
    said = quiet("待核定") if number is None else number
    town = coverage.unit
    shares = desk.books.by(r.Host, "unit")[town.code] if town else ()
    row = next((each for each in shares if each.host_list == coverage.hosts.code), None)
    named = coverage.hosts if town is None else row
    return to_record(desk, named, said) if named else said


def _why(desk: Desk, coverage: Coverage) -> Cell:
    """The stage, and what keeps the area's stations from the standard."""
    word: Cell = STAGES[coverage.stage]
    town, measure = coverage.unit, coverage.hosts.unit_word
    assert town is not None
    is_wide = bool(beneath(desk.books, town))
    held = coverage.built + coverage.building + coverage.planned
    if not is_wide and max(held, coverage.obliged or 0) <= _FEW:
        mine = stations_in(desk, coverage.hosts, town)
        return lines(word, *(quiet(each.reason) for each in mine if each.reason))
    more = [f"缺{coverage.gap}{measure}" if coverage.gap else ""]
    more += [f"另有{coverage.unknown_words}待核定" if coverage.is_partial else ""]
    return lines(word, quiet("，".join(each for each in more if each)))


def stations_in(desk: Desk, hosts: r.HostList, town: r.Unit) -> tuple[Check, ...]:
    """The stations of a host list in a town, with their checks."""
    found = desk.books.by(r.Station, "town")[town.code]
    mine = [each for each in found if each.host_list == hosts.code]
    return checks(desk.books, mine, desk.day)
