"""审计记录: one sentence, filters that live in the address, and files of the same."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine, create_engine, text
from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.access.audit import Event, Filter, append, events
from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers.database import open_books, writing
from dashboard.ledgers.terms import AccountRole, AuditKind
from dashboard.rules.calendar import Clock
from tests.views.reading import links_of, text_of
from tests.views.rows import opened, rows_of

OFFICE = Viewer(AccountRole.OFFICE, "综合组", account="bangong", address="10.0.0.8")
TODAY = Clock().today()


@pytest.fixture
def app(empty_app: AppTest) -> AppTest:
    """The app on the plan alone, with sixty events more than its loading left."""
    with writing(books()) as connection:
        for number in range(57):
            told = Event(kind=AuditKind.WRITE, action="登记问题", detail=f"第{number}件")
            append(connection, CONSOLE, told)
        failed = Event(kind=AuditKind.SIGN_IN, action="登录", is_ok=False, detail="口令有误<b>")
        append(connection, OFFICE, failed)
        append(connection, OFFICE, Event(kind=AuditKind.EXPORT, action="导出方案"))
        old = Event(kind=AuditKind.SETTING, action="改设置")
        append(connection, OFFICE, old, at=datetime.now(UTC) - timedelta(days=100))
    return empty_app


def books() -> Engine:
    return open_books(settings.current().database.url)


def table_of(app: AppTest, query: str = "") -> list[list[str]]:
    return rows_of(opened(app, f"/audit{query}"), "审计记录")


def test_the_sentence_counts_the_period_and_says_that_the_chain_is_whole(app: AppTest) -> None:
    page = opened(app, "/audit")
    found = events(books(), Filter(first_day=TODAY - timedelta(days=29)))
    said = text_of(page)
    assert page.title[0].value == "审计记录"
    assert f"审计记录{found.total}条，其中被拒绝或未成功1条；全部记录校验完整。" in said
    assert "校验时间：" in said


def test_the_newest_come_first_and_fifty_to_a_page(app: AppTest) -> None:
    first = table_of(app)
    assert len(first) == 50
    assert [row[3] for row in first[:2]] == ["导出方案 导出", "登录 登录"]
    assert first[1][1:3] == ["综合组（bangong）", "10.0.0.8"]
    assert first[1][4:] == ["口令有误<b>", "■ 未成功"]
    rest = table_of(app, "?audit_page=2")
    assert 0 < len(rest) < 50
    assert {row[0] for row in rest} & {row[0] for row in first} == set()


@pytest.mark.parametrize(
    ("query", "actions"),
    [
        ("?kind=sign_in", ["登录 登录"]),
        ("?outcome=failed", ["登录 登录"]),
        ("?account=bangong", ["导出方案 导出", "登录 登录"]),
        ("?account=bangong&outcome=ok", ["导出方案 导出"]),
        ("?text=口令", ["登录 登录"]),
        ("?kind=setting", []),
        ("?kind=setting&from=2020-01-01", ["改设置 设置"]),
        ("?kind=export&to=2020-01-01&from=2019-01-01", []),
    ],
)
def test_what_the_address_asks_for_is_shown(app: AppTest, query: str, actions: list[str]) -> None:
    assert [row[3] for row in table_of(app, query)] == actions


def test_the_files_hold_what_the_page_shows(app: AppTest) -> None:
    page = opened(app, "/audit?kind=sign_in&account=bangong&outcome=failed")
    files = [urlsplit(each) for each in links_of(page) if each.startswith("/files/")]
    assert [each.path for each in files] == ["/files/audit.xlsx", "/files/audit.csv"]
    asked = parse_qs(files[0].query)
    assert (asked["kind"], asked["account"], asked["outcome"]) == (
        ["sign_in"],
        ["bangong"],
        ["failed"],
    )
    assert asked["to"] == [TODAY.isoformat()]
    assert "符合条件的审计记录1条" in text_of(page)


def test_a_broken_chain_is_said_in_the_first_sentence_and_named(app: AppTest) -> None:
    path = Path(str(books().url.database))
    with create_engine(f"sqlite:///{path}").begin() as connection:
        connection.execute(text("DROP TRIGGER audit_event_no_update"))
        connection.execute(text("UPDATE audit_event SET detail = '另一件' WHERE id = 9"))
    page = opened(app, "/audit")
    assert "校验发现异常1处。" in text_of(page)
    assert "审计记录第9条与校验值不符" in page.error[0].value


def test_the_chain_is_looked_through_again_when_asked_for(app: AppTest) -> None:
    page = opened(app, "/audit")
    with create_engine(str(books().url)).begin() as connection:
        connection.execute(text("UPDATE audit_head SET events = 1"))
    assert "全部记录校验完整" in text_of(page.run())
    page.button(key="check_chain").click().run()
    assert "校验发现异常1处。" in text_of(page)


def test_a_period_without_events_says_so(app: AppTest) -> None:
    page = opened(app, "/audit?from=2019-01-01&to=2019-01-31")
    assert "2019年1月1日—1月31日：没有审计记录；全部记录校验完整。" in text_of(page)
    assert "没有符合条件的审计记录，请放宽筛选条件。" in text_of(page)
