"""应设单位名单: a host list's bodies by name, narrowed by list and town, with their stations."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.shape import TITLES
from dashboard.ledgers.terms import HostState
from dashboard.rules.names import unit_name
from dashboard.rules.tallies import tally_of
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.links import address
from dashboard.widgets.record_choice import links, may_add, new_address, none_yet
from dashboard.widgets.record_links import to_record
from dashboard.widgets.table import Cell, Column, Markup, lines, link, page_of, quiet, table

NOWHERE = "none"
"""The address's word for bodies of which the town is not written down."""
TITLE = TITLES["listed_host"]
_COLUMNS = (
    Column("名称", "30%", is_title=True),
    Column("所在镇街", "8rem"),
    Column("状态", "5rem"),
    Column("站点"),
    Column("操作", "7.5rem"),
)
_LIST = Column("应设名录", "22%")


def list_page(desk: Desk, hosts: r.HostList) -> None:
    """At a host list's own record: its bodies by name, if it names any or the office may."""
    bodies = desk.books.by(r.ListedHost, "host_list")[hosts.code]
    may = may_add(desk, "listed_host") and desk.day == desk.today
    if not bodies and not may:
        return
    section(TITLE, standing_words(desk, bodies) if bodies else "尚未逐个登记，按应设数计算")
    if may:
        new = link("新增应设单位", new_address(desk, "listed_host", host_list=hosts.code))
        links([new, *by_sheet(desk)])
    if bodies:
        _bodies(desk, _in_town(desk, bodies), with_list=False)


def ledger_page(desk: Desk, wanted: str) -> None:
    """On 台账维护: the bodies of all lists or of one, of all towns or of one, by a word."""
    books = desk.books
    by_list = books.by(r.ListedHost, "host_list")
    lists = {each.code: each.title for each in books.all(r.HostList) if by_list[each.code]}
    left, right = st.columns(2)
    with left:
        code = choice("应设名录", list(lists), "list", lists.__getitem__, everything="全部名录")
    listed = by_list[code] if code else books.all(r.ListedHost)
    with right:
        held = _in_town(desk, listed)
    found = [each for each in held if wanted in _text(each)] if wanted else held
    section(TITLE, standing_words(desk, found) if found else "共0条")
    if ways := by_sheet(desk):
        links(ways)
    nothing = _NOTHING if held else none_yet("listed_host")
    _bodies(desk, found, with_list=code is None, nothing=nothing)


def by_sheet(desk: Desk) -> list[Markup]:
    """The way to enter or settle many bodies at once, for who may."""
    may = desk.may(Right.EDIT_STATIONS) and desk.day == desk.today
    return [link("用表格批量登记、核定", address(desk, "station_sheets"))] if may else []


def standing_words(desk: Desk, bodies: Sequence[r.ListedHost]) -> str:
    """“共30条：应设28家，待核定2家；应设的已建成12家，达标9家”."""
    word = _unit_word(desk, bodies)
    number = Counter(each.state for each in bodies)
    states = [f"{state.label}{number[state]}{word}" for state in HostState if number[state]]
    obliged = [each for each in bodies if each.state is HostState.OBLIGED]
    built, met = _built(desk, obliged)
    after = f"；应设的已建成{built}{word}，达标{met}{word}" if obliged else ""
    return f"共{len(bodies)}条：{'，'.join(states)}{after}"


def _unit_word(desk: Desk, bodies: Sequence[r.ListedHost]) -> str:
    lists = [desk.books.find(r.HostList, code) for code in {each.host_list for each in bodies}]
    words = {hosts.unit_word for hosts in lists if hosts}
    return words.pop() if len(words) == 1 else "个"


def _built(desk: Desk, bodies: Sequence[r.ListedHost]) -> tuple[int, int]:
    """How many of these bodies have a station that stands, and one up to standard."""
    built = met = 0
    for code in {each.host_list for each in bodies}:
        tally = tally_of(desk.books, desk.books.get(r.HostList, code), desk.day)
        mine = {each.code for each in bodies if each.host_list == code}
        built += len(mine & tally.built_bodies)
        met += len(mine & tally.met_bodies)
    return built, met


def _in_town(desk: Desk, bodies: Sequence[r.ListedHost]) -> Sequence[r.ListedHost]:
    """The bodies of the town chosen; towns in the office's order, then those of none."""
    here = {each.town for each in bodies}
    towns = {unit.code: unit.name for unit in desk.books.all(r.Unit) if unit.code in here}
    if None in here:
        towns[NOWHERE] = "未写明镇街"
    chosen = choice("所在镇街", list(towns), "town", towns.__getitem__, everything="全部镇街")
    if chosen is None:
        return bodies
    town = None if chosen == NOWHERE else chosen
    return [each for each in bodies if each.town == town]


def _text(body: r.ListedHost) -> str:
    return "\n".join(filter(None, (body.code, body.name, body.official_code, body.note)))


_NOTHING = "没有符合条件的应设单位。请放宽上面的条件。"


def _bodies(
    desk: Desk, found: Sequence[r.ListedHost], *, with_list: bool, nothing: str = _NOTHING
) -> None:
    columns = (*_COLUMNS[:1], _LIST, *_COLUMNS[1:]) if with_list else _COLUMNS
    # Another choice makes other pages: each begins with its first.
    shown = page_of(found, f"bodies_page_{len(found)}")
    rows = [_row(desk, each, with_list=with_list) for each in shown]
    table(columns, rows, caption=TITLE, empty=nothing)


def _row(desk: Desk, body: r.ListedHost, *, with_list: bool) -> list[Cell]:
    hosts = desk.books.find(r.HostList, body.host_list)
    listed: list[Cell] = [hosts.title if hosts else None] if with_list else []
    stations = desk.books.by(r.Station, "listed_host")[body.code]
    held = [lines(to_record(desk, each, each.name), _state(desk, each)) for each in stations]
    word = "查看、修改" if may_add(desk, "listed_host") else "查看"
    return [
        lines(body.name, quiet(body.official_code)),
        *listed,
        unit_name(desk.books, body.town) if body.town else quiet("未写明"),
        body.state.label,
        lines(*held) if held else quiet("尚无站点"),
        to_record(desk, body, word),
    ]


def _state(desk: Desk, station: r.Station) -> Cell:
    return quiet(station.state(desk.day).label)
