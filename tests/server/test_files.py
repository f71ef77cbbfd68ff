"""Files to take away: whose they are, what they hold, and that each is put on record."""

import csv
import json
import re
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine, event

from dashboard import settings
from dashboard.access.audit import Event, Filter, append, breaks, events, record
from dashboard.access.viewer import CONSOLE, LOCAL, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.database import open_books, writing
from dashboard.ledgers.terms import AccountRole, AuditKind, DirectiveSource
from dashboard.posting.plans import post_plan
from dashboard.posting.problems import issue_directive
from dashboard.rules.calendar import FixedClock
from dashboard.server.files import Files
from tests.books import CODE, ISSUED, database, jiaxiang, practised
from tests.people import disable, move, person
from tests.server.asking import Ask, asking, last_event
from tests.server.house import House

NOW = datetime(2026, 1, 5, 1, 30, tzinfo=UTC)
DAY = "2023-09-22"
OWN, OTHER = "u-mzj", "u-wjj"
TOWN = "370829101"
REGISTER_NO = "县领导批示登记2023-17"
PLAN_XLSX = f"/files/plan.xlsx?plan={CODE}&date={DAY}"
PLAN_JSON = f"/files/plan.json?plan={CODE}&date={DAY}"
UNIT_XLSX = f"/files/unit.xlsx?plan={CODE}&date={DAY}&unit="
ALL = (PLAN_XLSX, PLAN_JSON, f"{UNIT_XLSX}{OWN}", "/files/audit.xlsx", "/files/audit.csv")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database file with practice data and one instruction to the unit `OWN`."""
    folder = tmp_path_factory.mktemp("books")
    engine = practised(folder)
    instruction = r.Directive(
        code="new",
        matter="按批示要求报送情况",
        source=DirectiveSource.LEADER,
        unit=OWN,
        issued_on=date(2023, 9, 20),
        due_on=date(2023, 9, 28),
        register_no=REGISTER_NO,
    )
    issue_directive(engine, CONSOLE, CODE, instruction)
    engine.dispose()
    return (folder / "books.db").read_bytes()


@pytest.fixture
def engine(tmp_path: Path, filled: bytes) -> Engine:
    """A database of the test's own."""
    (tmp_path / "books.db").write_bytes(filled)
    return open_books(database(tmp_path))


@pytest.fixture
def ask(engine: Engine) -> Ask:
    """Asks for an address as somebody."""
    return asking(Files(engine, settings.load(), FixedClock(NOW)).routes())


def total(engine: Engine) -> int:
    return events(engine, Filter(), limit=1).total


def book_of(answer: httpx.Response) -> Workbook:
    assert answer.status_code == 200, answer.text
    return load_workbook(BytesIO(answer.content))


def rows_of(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by the words of its head."""
    _, head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def text_of(book: Workbook) -> str:
    """Every cell of a workbook."""
    return "\n".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )


# Who may have what

MAY = {
    AccountRole.OFFICE: {PLAN_XLSX, PLAN_JSON, f"{UNIT_XLSX}{OWN}"},
    AccountRole.LEADER: {PLAN_XLSX, PLAN_JSON, f"{UNIT_XLSX}{OWN}"},
    AccountRole.LIAISON: {f"{UNIT_XLSX}{OWN}"},
    AccountRole.AUDITOR: {"/files/audit.xlsx", "/files/audit.csv"},
    AccountRole.ADMINISTRATOR: set(),
}


@pytest.mark.parametrize("role", list(MAY))
def test_each_role_gets_its_files_and_the_others_are_refused_and_put_on_record(
    engine: Engine, ask: Ask, role: AccountRole
) -> None:
    viewer = person(engine, role, *([OWN] if role is AccountRole.LIAISON else []))
    for address in ALL:
        before = total(engine)
        answer = ask(viewer, address)
        allowed = address in MAY[role]
        assert answer.status_code == (200 if allowed else 403), address
        assert total(engine) == before + 1
        told = last_event(engine)
        assert told.kind is (AuditKind.EXPORT if allowed else AuditKind.REFUSED)
        assert (told.is_ok, told.account) == (allowed, viewer.account)
        assert answer.headers["cache-control"] == "no-store"
    assert list(breaks(engine)) == []


def test_at_the_office_computer_everything_may_be_had(ask: Ask) -> None:
    assert [ask(LOCAL, address).status_code for address in ALL] == [200] * len(ALL)


def test_nobody_gets_nothing(engine: Engine, ask: Ask) -> None:
    before = total(engine)
    assert [ask(None, address).status_code for address in ALL] == [401] * len(ALL)
    assert total(engine) == before


def test_a_liaison_gets_no_other_unit_and_the_refusal_names_it(engine: Engine, ask: Ask) -> None:
    viewer = person(engine, AccountRole.LIAISON, OWN)
    for unit in (OTHER, "nowhere"):
        answer = ask(viewer, f"{UNIT_XLSX}{unit}")
        assert answer.status_code == 403
        assert answer.text == "“导出”只限本单位的事项。此次操作已记入审计。"
        told = last_event(engine)
        assert (told.action, told.plan) == ("导出单位台账", CODE)
        assert told.detail == f"单位{unit}：“导出”只限本单位的事项"


def test_a_liaison_s_units_of_one_plan_are_nothing_in_another(engine: Engine, ask: Ask) -> None:
    viewer = person(engine, AccountRole.LIAISON, OWN, plan="another-plan")
    assert ask(viewer, f"{UNIT_XLSX}{OWN}").status_code == 403


def test_an_old_tab_is_refused_after_a_change_of_role_and_after_the_end(
    engine: Engine, ask: Ask
) -> None:
    moved, ended = (person(engine, AccountRole.OFFICE, name=name) for name in ("a", "b"))
    move(engine, "a", AccountRole.ADMINISTRATOR)
    disable(engine, "b")
    assert [ask(each, PLAN_JSON).status_code for each in (moved, ended)] == [403, 403]
    assert last_event(engine).detail == f"方案{CODE}：登录已失效，请重新登录"


# What is wrong is said in Chinese


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/files/plan.xlsx", "缺少参数 plan（方案编号）。"),
        ("/files/plan.json?plan=nowhere", "没有编号为“nowhere”的方案。"),
        (f"/files/plan.json?plan={'x' * 61}", "参数 plan 不是方案编号。"),
        (f"/files/plan.json?plan={CODE}&date=9月", "参数 date：“9月”不是 2023-09-22 这样的日期。"),
        (f"/files/plan.json?plan={CODE}&date=2023-06-05", "统计截止日 2023-06-05：应在 2023-06-06"),
        (f"/files/plan.json?plan={CODE}&date=2026-01-06", "至 2026-01-05 之间。"),
        (f"/files/plan.json?plan={CODE}&day=1", "不认识的参数：day。"),
        (f"/files/plan.json?plan={CODE}&instructions=1", "参数 instructions 应为 yes 或 no。"),
        (f"/files/unit.xlsx?plan={CODE}", "缺少参数 unit（单位编号）。"),
        (f"{UNIT_XLSX}nowhere", "方案中没有编号为“nowhere”的单位。"),
        ("/files/audit.csv?kind=x", "参数 kind：“x”不在可填范围内"),
        ("/files/audit.csv?outcome=x", "参数 outcome：“x”应为 ok 或 failed。"),
        ("/files/audit.xlsx?from=x", "参数 from：“x”不是 2023-09-22 这样的日期。"),
        (f"/files/audit.xlsx?text={'x' * 61}", "参数 text 过长"),
    ],
)
def test_a_wrong_address_is_told_what_to_write_and_nothing_goes_out(
    engine: Engine, ask: Ask, address: str, said: str
) -> None:
    before = total(engine)
    answer = ask(LOCAL, address)
    assert answer.status_code == 400
    assert said in answer.text
    assert total(engine) == before


def test_more_events_than_a_file_holds_are_not_cut_off_silently(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.server.files.MOST_EVENTS", {"xlsx": 1, "csv": 1})
    answer = ask(LOCAL, "/files/audit.csv")
    assert answer.status_code == 400
    assert re.search(r"共\d+条，一个文件最多1条，请缩小日期范围", answer.text)


def test_without_an_audit_event_nothing_goes_out(engine: Engine, ask: Ask) -> None:
    engine.dispose()
    event.listen(engine, "connect", lambda made, _: made.execute("PRAGMA query_only=ON"))
    answer = ask(LOCAL, PLAN_JSON)
    assert answer.status_code == 503
    assert "导出须记入审计：数据库文件为只读" in answer.text


# What a file holds


def test_the_same_plan_and_day_are_the_same_json_for_whoever_may_see_all(
    engine: Engine, ask: Ask
) -> None:
    viewers = [person(engine, role) for role in (AccountRole.OFFICE, AccountRole.LEADER)]
    first, second = (ask(each, PLAN_JSON).content for each in viewers)
    assert first == second
    assert json.loads(first)["plan"]["as_of"] == DAY


def test_a_file_s_name_says_what_as_of_when_and_who_took_it(engine: Engine, ask: Ask) -> None:
    viewer = person(engine, AccountRole.LEADER, name="lingdao")
    disposition = ask(viewer, PLAN_JSON).headers["content-disposition"]
    plain, starred = re.fullmatch(
        r"attachment; filename=\"([^\"]+)\"; filename\*=UTF-8''(\S+)", disposition
    ).groups()  # type: ignore[union-attr]
    assert plain == "guatu.json"
    name = unquote(starred)
    assert name.endswith(
        "台账（截至2023年9月22日，分管领导（lingdao）于2026年1月5日9时30分导出）.json"
    )
    assert len(name.encode()) < 256


def test_every_sheet_says_who_took_it_when_and_as_of_which_day(engine: Engine, ask: Ask) -> None:
    viewer = person(engine, AccountRole.OFFICE, name="bangong", post="综合组")
    for address in (PLAN_XLSX, f"{UNIT_XLSX}{OWN}"):
        for sheet in book_of(ask(viewer, address)):
            note = str(sheet["A1"].value)
            assert "【演示数据】" in note
            assert "统计截止日：2023年9月22日" in note
            assert "导出：综合组（bangong），2026年1月5日9:30" in note


def test_the_audit_event_tells_what_of_which_day_and_how_many_rows(
    engine: Engine, ask: Ask
) -> None:
    book = book_of(ask(LOCAL, PLAN_XLSX))
    told = last_event(engine)
    rows = sum(sheet.max_row - 2 for sheet in book if sheet.title not in ("任务进展", "方案"))
    assert (told.action, told.plan) == ("导出方案", CODE)
    assert told.detail == f"Excel文件，统计截止日2023年9月22日，共{rows}行"


def test_instructions_leave_only_where_they_are_asked_for(engine: Engine, ask: Ask) -> None:
    leader = person(engine, AccountRole.LEADER)
    liaison = person(engine, AccountRole.LIAISON, OWN)
    for viewer, address in ((leader, PLAN_XLSX), (liaison, f"{UNIT_XLSX}{OWN}")):
        assert REGISTER_NO not in text_of(book_of(ask(viewer, address)))
        assert "批示" not in str(last_event(engine).detail)
        asked = book_of(ask(viewer, f"{address}&instructions=yes"))
        assert REGISTER_NO in text_of(asked)
        assert str(last_event(engine).detail).endswith("，含有批示登记号的交办事项")
    assert REGISTER_NO not in ask(leader, PLAN_JSON).text
    assert REGISTER_NO in ask(leader, f"{PLAN_JSON}&instructions=yes").text


@pytest.mark.parametrize("unit", [OWN, OTHER, TOWN])
def test_a_unit_s_ledger_is_the_same_for_its_liaison_and_for_the_office(
    engine: Engine, ask: Ask, unit: str
) -> None:
    liaison = person(engine, AccountRole.LIAISON, unit)
    mine, theirs = (book_of(ask(each, f"{UNIT_XLSX}{unit}")) for each in (liaison, LOCAL_LEADER))
    assert mine.sheetnames == ["任务", "责任", "报送事项", "问题清单", "交办事项"]
    for name in mine.sheetnames:
        assert rows_of(mine, name) == rows_of(theirs, name)
    assert rows_of(mine, "任务")


LOCAL_LEADER = Viewer(AccountRole.LEADER, "分管领导", at_console=True)


def test_a_unit_s_ledger_speaks_of_that_unit_alone(ask: Ask) -> None:
    whole, own = book_of(ask(LOCAL, PLAN_XLSX)), book_of(ask(LOCAL, f"{UNIT_XLSX}{OWN}"))
    name = next(row["单位名称"] for row in rows_of(whole, "单位") if row["编号"] == OWN)
    assert str(own["任务"]["A1"].value).startswith(f"{name}　")
    problems = [row["编号"] for row in rows_of(whole, "问题清单") if row["责任单位"] == name]
    assert [row["编号"] for row in rows_of(own, "问题清单")] == problems


def test_a_day_of_the_past_is_exported_as_it_was(ask: Ask) -> None:
    early = json.loads(ask(LOCAL, PLAN_JSON.replace(DAY, "2023-07-14")).content)
    late = json.loads(ask(LOCAL, PLAN_JSON).content)
    assert 0 < len(early["filings"]) < len(late["filings"])


def test_without_a_day_the_plan_s_own_present_is_taken(ask: Ask) -> None:
    assert ask(LOCAL, f"/files/plan.json?plan={CODE}").content == ask(LOCAL, PLAN_JSON).content


# The audit as a file


def test_the_audit_s_two_files_hold_the_events_that_are_asked_for(engine: Engine, ask: Ask) -> None:
    auditor = person(engine, AccountRole.AUDITOR, name="shenji")
    record(
        engine, auditor, Event(kind=AuditKind.REFUSED, action="=1+1", is_ok=False, detail="\x07")
    )
    asked = "?kind=refused&outcome=failed&account=shenji&text=1%2B1"
    book = book_of(ask(auditor, f"/files/audit.xlsx{asked}"))
    (row,) = rows_of(book, "审计记录")
    assert (row["操作"], row["结果"], row["操作人"]) == ("'=1+1", "■ 被拒绝", "审计岗（shenji）")
    note = str(book["审计记录"]["A1"].value)
    assert "类别：拒绝，结果：被拒绝或未成功，账号：shenji，文字：1+1" in note
    assert "导出：审计岗（shenji），2026年1月5日9:30" in note
    assert str(last_event(engine).detail).endswith("，共1条")
    answer = ask(auditor, f"/files/audit.csv{asked}")
    head, only = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert dict(zip(head, only, strict=True))["操作"] == "'=1+1"
    assert len(dict(zip(head, only, strict=True))["校验值"]) == 64


def test_the_audit_tells_times_in_shanghai(engine: Engine, ask: Ask) -> None:
    with writing(engine) as connection:
        told = Event(kind=AuditKind.SETTING, action="改设置")
        append(connection, LOCAL, told, at=datetime(2023, 9, 22, 16, 5, 9, tzinfo=UTC))
    (row,) = rows_of(book_of(ask(LOCAL, "/files/audit.xlsx?kind=setting")), "审计记录")
    assert (row["时间"], row["来源"]) == ("2023年9月23日0:05:09", "本机")


# Behind the gate


def test_through_the_gate_each_gets_only_what_the_log_in_gives(house: House) -> None:
    plan = jiaxiang()
    assert post_plan(house.engine, CONSOLE, plan.plan, plan.rows, today=ISSUED) == ()
    move(house.engine, "lianluo", AccountRole.LIAISON, [OWN])
    own, other = (f"/files/unit.xlsx?plan={CODE}&unit={unit}" for unit in (OWN, OTHER))
    whole, audit = f"/files/plan.json?plan={CODE}", "/files/audit.csv"
    stranger = house.browser().get(whole)
    assert (stranger.status_code, stranger.headers["location"][:12]) == (303, "/login?next=")
    assert httpx.get(f"{house.base}{whole}").status_code == 401
    asked = {"bangong": whole, "lianluo": own, "lingdao": other, "shenji": audit}
    for name, address in asked.items():
        answer = house.logged_in(name).get(address)
        assert answer.status_code == 200, answer.text
        assert "filename*=UTF-8''" in answer.headers["content-disposition"]
        assert answer.headers["cache-control"] == "no-store"
        assert house.events()[-1][:2] == ("export", name)
    for name, address in {
        "lianluo": other,
        "shenji": whole,
        "guanli": own,
        "bangong": audit,
    }.items():
        assert house.logged_in(name).get(address).status_code == 403
        assert house.events()[-1][:2] == ("refused", name)
