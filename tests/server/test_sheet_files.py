"""填报表 by their addresses: whose they are, what they hold, and that each is put on record."""

import zipfile
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest

from dashboard import settings
from dashboard.access.audit import breaks
from dashboard.access.viewer import LOCAL
from dashboard.ledgers.terms import AccountRole, AuditKind
from dashboard.rules.calendar import FixedClock
from dashboard.server.sheet_files import SheetFiles
from tests.books import CODE, Desk
from tests.filing_sheets import HEALTH, SHARE, TOWN, TUESDAY, books_with_work, read
from tests.people import NOW, person
from tests.server.asking import Ask, asking, last_event

SHEET = f"/files/sheet.xlsx?plan={CODE}&unit="
SHEETS = f"/files/sheets.zip?plan={CODE}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The office on a Tuesday."""
    return books_with_work(tmp_path)


@pytest.fixture
def ask(desk: Desk) -> Ask:
    """Asks for an address as somebody."""
    return asking(SheetFiles(desk.engine, settings.load(), FixedClock(NOW)).routes())


MAY = {
    AccountRole.OFFICE: {f"{SHEET}{TOWN}", f"{SHEET}{HEALTH}", SHEETS},
    AccountRole.LIAISON: {f"{SHEET}{TOWN}"},
    AccountRole.LEADER: set(),
    AccountRole.AUDITOR: set(),
    AccountRole.ADMINISTRATOR: set(),
}


@pytest.mark.parametrize("role", list(MAY))
def test_each_role_gets_its_sheets_and_the_others_are_refused_and_put_on_record(
    desk: Desk, ask: Ask, role: AccountRole
) -> None:
    viewer = person(desk.engine, role, *([TOWN] if role is AccountRole.LIAISON else []))
    for address in (f"{SHEET}{TOWN}", f"{SHEET}{HEALTH}", SHEETS):
        answer = ask(viewer, address)
        allowed = address in MAY[role]
        assert answer.status_code == (200 if allowed else 403), address
        told = last_event(desk.engine)
        assert told.kind is (AuditKind.EXPORT if allowed else AuditKind.REFUSED)
        assert (told.is_ok, told.account, told.action) == (allowed, viewer.account, "下发填报表")
    assert list(breaks(desk.engine)) == []


def test_nobody_gets_nothing(ask: Ask) -> None:
    assert [ask(None, each).status_code for each in (f"{SHEET}{TOWN}", SHEETS)] == [401, 401]


def test_the_sheet_is_the_unit_s_and_says_who_took_it(desk: Desk, ask: Ask) -> None:
    answer = ask(LOCAL, f"{SHEET}{TOWN}&round=2023-W26")
    sheet, problems = read(answer.content)
    assert sheet is not None
    assert problems == []
    assert sheet.marks.unit == TOWN
    name = unquote(answer.headers["content-disposition"].split("UTF-8''")[1])
    assert name == "嘉祥街道填报表（2023年第26周）.xlsx"
    detail = "嘉祥街道，2023年第26周，6月26日—7月2日，共2项"
    assert last_event(desk.engine).detail == detail


def test_all_sheets_come_in_one_zip_by_their_chinese_names(desk: Desk, ask: Ask) -> None:
    answer = ask(LOCAL, SHEETS)
    assert answer.headers["content-type"] == "application/zip"
    held = zipfile.ZipFile(BytesIO(answer.content))
    units = {read(held.read(name))[0].marks.unit for name in held.namelist()}  # type: ignore[union-attr]
    assert {TOWN, HEALTH} <= units
    assert len(units) == len(held.namelist())
    assert str(last_event(desk.engine).detail).startswith(f"{len(units)}个单位，2023年第26周")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/files/sheet.xlsx", "缺少参数 plan（方案编号）。"),
        (f"/files/sheet.xlsx?plan={CODE}", "缺少参数 unit（单位编号）。"),
        (f"{SHEET}nowhere", "方案中没有编号为“nowhere”的单位。"),
        (f"{SHEET}{TOWN}&round=2023-W20", "“2023-W20”没有填报表可做，可写：2023-W26（本期）"),
        (f"{SHEETS}&week=1", "不认识的参数：week。可用的有：plan、round。"),
        ("/files/sheets.zip?plan=nowhere", "没有编号为“nowhere”的方案。"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(ask: Ask, address: str, said: str) -> None:
    answer = ask(LOCAL, address)
    assert answer.status_code == 400
    assert answer.text.startswith(said)


def test_a_unit_with_nothing_to_file_needs_no_sheet(desk: Desk, ask: Ask) -> None:
    for line in (SHARE, SHARE.replace("town", "village")):
        desk.file(line, 2, TUESDAY)
    answer = ask(LOCAL, f"{SHEET}{TOWN}")
    assert answer.status_code == 400
    assert answer.text == "该单位本期没有需要填报的事项，不需下发填报表。"
