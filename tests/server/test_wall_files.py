"""The wall chart by its address: for whom, as of when, and that it is put on record."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from sqlalchemy import Engine

from dashboard import settings
from dashboard.access.audit import breaks
from dashboard.access.viewer import LOCAL
from dashboard.ledgers.terms import AccountRole, AuditKind
from dashboard.reports import typefaces
from dashboard.rules.calendar import FixedClock
from dashboard.server.wall_files import WallFiles
from tests.books import CODE, shipped
from tests.people import NOW, person
from tests.reports.printed import sheets
from tests.server.asking import Ask, asking, last_event

CHART = f"/files/wallchart.pdf?plan={CODE}"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """The shipped plan, of which nothing has been filed."""
    made = shipped(tmp_path)
    yield made
    made.dispose()


@pytest.fixture
def ask(engine: Engine) -> Ask:
    """Asks for an address as somebody."""
    return asking(WallFiles(engine, settings.load(), FixedClock(NOW)).routes())


@pytest.mark.parametrize("role", [role for role in AccountRole if role is not AccountRole.LOCAL])
def test_office_and_leader_get_the_chart_and_the_others_are_refused_and_put_on_record(
    engine: Engine, ask: Ask, role: AccountRole
) -> None:
    viewer = person(engine, role, *(["u-wjj"] if role is AccountRole.LIAISON else []))
    allowed = role in (AccountRole.OFFICE, AccountRole.LEADER)
    assert ask(viewer, CHART).status_code == (200 if allowed else 403)
    told = last_event(engine)
    assert told.kind is (AuditKind.EXPORT if allowed else AuditKind.REFUSED)
    assert (told.is_ok, told.account, told.action) == (allowed, viewer.account, "导出作战图")
    assert list(breaks(engine)) == []


def test_the_file_is_of_the_day_and_the_paper_that_are_asked_for(engine: Engine, ask: Ask) -> None:
    answer = ask(LOCAL, f"{CHART}&paper=A3&date=2023-07-14")
    assert answer.headers["content-type"] == "application/pdf"
    name = unquote(answer.headers["content-disposition"])
    assert "“嘉心护佑”工作方案作战图（截至2023年7月14日，" in name
    assert name.endswith("导出）.pdf")
    first = sheets(answer.content)[0]
    assert (round(first.width), round(first.height)) == (420, 297)
    assert "统计截止日：2023年7月14日" in first.text
    assert last_event(engine).detail == "作战图，A3，统计截止日2023年7月14日"


@pytest.mark.parametrize("wrong", ["&paper=A9", "&date=2020-01-01", "&size=A1"])
def test_an_address_that_asks_for_what_is_not_there_is_told_what_to_write(
    ask: Ask, wrong: str
) -> None:
    answer = ask(LOCAL, f"{CHART}{wrong}")
    assert answer.status_code == 400
    assert re.search(r"应为|应在|可用的有", answer.text)


def test_without_chinese_type_the_answer_says_what_to_install_and_nothing_is_on_record(
    engine: Engine, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typefaces, "font_folders", lambda: [tmp_path])
    before = last_event(engine)
    answer = ask(LOCAL, CHART)
    assert answer.status_code == 400
    assert "请安装思源黑体" in answer.text
    assert last_event(engine) == before


def test_nobody_gets_nothing(ask: Ask) -> None:
    assert ask(None, CHART).status_code == 401
