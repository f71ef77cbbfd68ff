"""Papers by their addresses: who may have which, what they hold, and that each is on record."""

from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import docx
import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from dashboard import settings
from dashboard.access.audit import breaks
from dashboard.access.viewer import CONSOLE, LOCAL
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole, AuditKind, DirectiveSource
from dashboard.posting.plans import now_of
from dashboard.posting.problems import issue_directive
from dashboard.reports import pdf
from dashboard.rules.calendar import FixedClock
from dashboard.server.paper_files import PaperFiles
from tests.books import CODE, Desk, database, practised
from tests.people import NOW, person
from tests.server.asking import Ask, asking, last_event

OWN, OTHER = "u-mzj", "u-wjj"
SECRET = "按批示要求专报情况"


def paper(kind: str, ending: str = "docx", **more: str) -> str:
    asked = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/files/paper.{ending}?plan={CODE}&kind={kind}{asked}"


WEEK, DRAFT = paper("week", round="2023-W38"), paper("bulletin", month="2023-08", draft="yes")
WHOLE = (
    WEEK,
    paper("material", round="2023-W38"),
    paper("minutes", round="2023-W37"),
    paper("tasks"),
    paper("responsibilities"),
    paper("problems"),
)
OF_UNIT = tuple(paper(each, unit=OWN) for each in ("tasks", "responsibilities", "problems"))
OF_OTHER = paper("responsibilities", unit=OTHER)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Books with practice data and one instruction."""
    folder = tmp_path_factory.mktemp("books")
    engine = practised(folder)
    instruction = r.Directive(
        code="new",
        matter=SECRET,
        source=DirectiveSource.LEADER,
        unit=OWN,
        issued_on=date(2023, 9, 20),
        due_on=date(2023, 9, 28),
        register_no="登记2023-17",
    )
    issue_directive(engine, CONSOLE, CODE, instruction)
    engine.dispose()
    return (folder / "books.db").read_bytes()


@pytest.fixture
def engine(tmp_path: Path, filled: bytes) -> Engine:
    (tmp_path / "books.db").write_bytes(filled)
    return open_books(database(tmp_path))


@pytest.fixture
def ask(engine: Engine) -> Ask:
    """Asks for an address as somebody."""
    return asking(PaperFiles(engine, settings.load(), FixedClock(NOW)).routes())


def text_of(answer: httpx.Response) -> str:
    """Every word of a Word file's body and tables."""
    assert answer.status_code == 200, answer.text
    document = docx.Document(BytesIO(answer.content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(each.text for each in document.paragraphs), *cells))


MAY = {
    AccountRole.OFFICE: {*WHOLE, *OF_UNIT, OF_OTHER, DRAFT},
    AccountRole.LEADER: {*WHOLE, *OF_UNIT, OF_OTHER},
    AccountRole.LIAISON: set(OF_UNIT),
    AccountRole.AUDITOR: set(),
    AccountRole.ADMINISTRATOR: set(),
}


@pytest.mark.parametrize("role", list(MAY))
def test_each_role_gets_its_papers_and_the_others_are_refused_and_put_on_record(
    engine: Engine, ask: Ask, role: AccountRole
) -> None:
    viewer = person(engine, role, *([OWN] if role is AccountRole.LIAISON else []))
    for address in (*WHOLE, *OF_UNIT, OF_OTHER, DRAFT):
        answer = ask(viewer, address)
        allowed = address in MAY[role]
        assert answer.status_code == (200 if allowed else 403), (address, answer.text)
        told = last_event(engine)
        assert told.kind is (AuditKind.EXPORT if allowed else AuditKind.REFUSED)
        assert (told.is_ok, told.account, told.action) == (allowed, viewer.account, "导出文件")
    assert list(breaks(engine)) == []


def test_the_name_of_an_own_unit_opens_no_paper_of_the_whole_plan(engine: Engine, ask: Ask) -> None:
    liaison = person(engine, AccountRole.LIAISON, OWN)
    for kind in ("week", "material", "minutes"):
        answer = ask(liaison, paper(kind, round="2023-W37", unit=OWN))
        assert (answer.status_code, "unit" in answer.text) == (400, True)
    assert ask(liaison, paper("bulletin", month="2023-08", unit=OWN)).status_code == 400


def test_only_who_sees_all_is_told_that_there_is_no_such_slip(engine: Engine, ask: Ask) -> None:
    for role in (AccountRole.LIAISON, AccountRole.AUDITOR):
        viewer = person(engine, role, *([OWN] if role is AccountRole.LIAISON else []))
        assert ask(viewer, paper("supervision", code="x")).status_code == 403


def test_nobody_gets_nothing(ask: Ask) -> None:
    assert ask(None, WEEK).status_code == 401


def test_the_name_says_practice_what_of_when_by_whom(ask: Ask) -> None:
    named = unquote(ask(LOCAL, WEEK).headers["content-disposition"])
    assert "演示数据周调度表2023-W38（截至2023年9月22日，专班办公室于" in named
    assert named.endswith("导出）.docx")


def test_a_unit_s_papers_hold_what_binds_it_and_nobody_else_s(engine: Engine, ask: Ask) -> None:
    books = load(engine, CODE, now_of(Desk(engine).plan()))
    own = {each.description for each in books.by(r.Problem, "unit")[OWN]}
    others = {each.description for each in books.all(r.Problem)} - own
    told = text_of(ask(LOCAL, paper("problems", unit=OWN)))
    assert all(each in told for each in own)
    assert not any(each in told for each in others)
    whole = text_of(ask(LOCAL, paper("problems")))
    assert all(each in whole for each in (*own, *others))


def test_an_instruction_stands_in_no_paper(ask: Ask) -> None:
    for address in (*WHOLE, *OF_UNIT, DRAFT):
        told = text_of(ask(LOCAL, address))
        assert SECRET not in told
        assert "登记2023-17" not in told


def test_the_same_paper_comes_as_a_workbook(ask: Ask) -> None:
    answer = ask(LOCAL, paper("tasks", "xlsx"))
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames[-1].endswith("任务清单")
    assert book.worksheets[-1].max_row == 3 + 24


def test_a_pdf_is_called_a_preview_and_without_writer_it_is_said_what_to_do(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = paper("problems", "pdf", unit=OWN)
    answer = ask(LOCAL, address)
    assert answer.content.startswith(b"%PDF")
    assert "预览（截至" in unquote(answer.headers["content-disposition"])
    monkeypatch.setattr(pdf, "_program", lambda: None)
    told = ask(LOCAL, address)
    assert (told.status_code, "Word文件" in told.text) == (400, True)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (paper("letter"), "kind"),
        (paper("week"), "round"),
        (paper("week", round="2023-W99"), "2023-W99"),
        (paper("week", round="2023-W38", version="1"), "第1版"),
        (paper("week", round="2023-W38", version="x"), "version"),
        (paper("bulletin"), "month"),
        (paper("bulletin", month="2023-08"), "没有这一期"),
        (paper("bulletin", month="2030-01", draft="yes"), "2030-01"),
        (paper("supervision"), "code"),
        (paper("supervision", code="x"), "没有编号"),
        (paper("tasks", unit="x"), "没有编号"),
        (paper("tasks", date="2031-01-01"), "统计截止日"),
        (paper("tasks", colour="red"), "不认识的参数"),
        (paper("tasks", draft="yes"), "不认识的参数"),
        (paper("bulletin", month="2023-08", draft="no"), "draft"),
    ],
)
def test_what_cannot_be_had_is_said(ask: Ask, address: str, told: str) -> None:
    answer = ask(LOCAL, address)
    assert answer.status_code == 400, answer.text
    assert told in answer.text


def test_an_earlier_day_gives_the_paper_of_that_day(ask: Ask) -> None:
    told = text_of(ask(LOCAL, paper("tasks", date="2023-07-14")))
    assert "数据截至2023年7月14日" in told
