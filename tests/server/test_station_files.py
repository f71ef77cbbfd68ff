"""站点台账表 by its address: for whoever keeps the stations, and on record."""

from pathlib import Path
from urllib.parse import unquote

import pytest

from dashboard import settings
from dashboard.access.viewer import LOCAL
from dashboard.ledgers.terms import AccountRole, AuditKind
from dashboard.rules.calendar import FixedClock
from dashboard.server.station_files import StationFiles
from dashboard.sheets.station_layout import FIRST_ROW, STATIONS
from tests.books import CODE, Desk
from tests.people import NOW, person
from tests.server.asking import Ask, asking, last_event
from tests.station_books import STREET, books_with_stations, sheets_of

BOOK = f"/files/stations.xlsx?plan={CODE}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The office with three stations."""
    return books_with_stations(tmp_path)


@pytest.fixture
def ask(desk: Desk) -> Ask:
    """Asks for an address as somebody."""
    return asking(StationFiles(desk.engine, settings.load(), FixedClock(NOW)).routes())


@pytest.mark.parametrize("role", [each for each in AccountRole if each is not AccountRole.LOCAL])
def test_the_office_alone_gets_the_book_and_everybody_is_put_on_record(
    desk: Desk, ask: Ask, role: AccountRole
) -> None:
    viewer = person(desk.engine, role, *([STREET] if role is AccountRole.LIAISON else []))
    is_office = role is AccountRole.OFFICE
    assert ask(viewer, BOOK).status_code == (200 if is_office else 403)
    told = last_event(desk.engine)
    assert told.kind is (AuditKind.EXPORT if is_office else AuditKind.REFUSED)
    assert (told.is_ok, told.account, told.action) == (is_office, viewer.account, "下载站点台账表")


def test_nobody_gets_nothing(ask: Ask) -> None:
    assert ask(None, BOOK).status_code == 401


def test_the_book_says_whose_it_is_and_the_audit_how_much_it_holds(desk: Desk, ask: Ask) -> None:
    answer = ask(LOCAL, f"{BOOK}&town={STREET}&list=h-village")
    name = unquote(answer.headers["content-disposition"])
    assert name.endswith("站点台账表（嘉祥街道，13个镇街村居站点，截至2023年9月22日）.xlsx")
    page = sheets_of(answer.content)[STATIONS]
    assert page.max_row == FIRST_ROW
    assert "单机" in page["A2"].value or "办公室" in page["A2"].value
    assert last_event(desk.engine).detail == "嘉祥街道，13个镇街村居站点，站点1处，应设单位0个"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/files/stations.xlsx", "缺少参数 plan"),
        (f"{BOOK}&town=000", "没有编号为“000”的镇街"),
        (f"{BOOK}&list=000", "没有编号为“000”的应设名录"),
        (f"{BOOK}&unit=1", "不认识的参数：unit"),
    ],
)
def test_an_address_that_asks_for_what_is_not_there_is_told_so(
    ask: Ask, address: str, said: str
) -> None:
    answer = ask(LOCAL, address)
    assert answer.status_code == 400
    assert said in answer.text
