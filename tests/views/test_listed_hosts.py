"""应设单位名单: a list's bodies by name, for the office to keep and for all others to read."""

from collections.abc import Callable, Iterable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole, HostState, StationKind
from dashboard.posting.editing import add_row
from dashboard.posting.faults import NEW
from dashboard.settings import current
from tests.books import CODE
from tests.views.reading import links_of, text_of
from tests.views.rows import opened, rows_of

LIST, TABLE = "h-school", "应设单位名单"
JIAXIANG, ZHIFANG = "370829001", "370829101"


def school(name: str, town: str | None, state: HostState = HostState.OBLIGED) -> r.ListedHost:
    return r.ListedHost(code=NEW, host_list=LIST, name=name, town=town, state=state)


def add(rows: Iterable[r.Record]) -> list[str]:
    engine = open_books(current().database.url)
    return [add_row(engine, CONSOLE, CODE, row) for row in rows]


@pytest.fixture
def with_schools(empty_app: AppTest) -> AppTest:
    """The plan with three schools by name, one with a station."""
    codes = add(
        [
            school("第一实验学校", JIAXIANG),
            school("纸坊镇中学", ZHIFANG),
            school("纸坊镇分校", ZHIFANG, HostState.UNKNOWN),
        ]
    )
    built = r.Station(
        code=NEW,
        name="第一实验学校心理辅导室",
        kind=StationKind.SCHOOL,
        town=JIAXIANG,
        host_list=LIST,
        listed_host=codes[0],
        built_on=date(2023, 8, 1),
    )
    add([built])
    return empty_app


def test_the_ledger_is_narrowed_by_list_and_town_with_totals(with_schools: AppTest) -> None:
    page = opened(with_schools, "/maintain?ledger=listed_host")
    assert "共3条：应设2所，待核定1所；应设的已建成1所，达标0所" in text_of(page)
    assert len(rows_of(page, TABLE)) == 3
    page = opened(with_schools, f"/maintain?ledger=listed_host&list={LIST}&town={ZHIFANG}")
    assert [row[0] for row in rows_of(page, TABLE)] == ["纸坊镇中学", "纸坊镇分校"]
    assert "共2条：应设1所，待核定1所；应设的已建成0所，达标0所" in text_of(page)
    box = next(each for each in page.text_input if each.label == "查找")
    box.input("分校").run()
    assert [row[:3] for row in rows_of(page, TABLE)] == [["纸坊镇分校", "纸坊镇", "待核定"]]


def test_a_lists_record_says_where_its_number_comes_from_for_a_leader_too(
    with_schools: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    page = opened(with_schools, f"/record?ledger=host_list&code={LIST}")
    assert f"/record?ledger=listed_host&host_list={LIST}" in links_of(page)
    seen_by(AccountRole.LEADER)
    page = opened(with_schools, f"/record?ledger=host_list&code={LIST}&town={JIAXIANG}")
    told = text_of(page)
    assert "应设2所，另有12个镇街和1所待核定；按应设单位名单逐个登记2所" in told
    assert f"/record?ledger=listed_host&host_list={LIST}" not in links_of(page)
    rows = rows_of(page, TABLE)
    assert [row[0] for row in rows] == ["第一实验学校"]
    assert rows[0][3] == "第一实验学校心理辅导室 建成"
