"""站点台账表 out: prefilled, its codes locked, nothing in it that must not leave the house."""

from pathlib import Path

import pytest

from dashboard.ledgers import records as r
from dashboard.ledgers.shape import fields_of
from dashboard.ledgers.terms import StationKind
from dashboard.posting.editable import EDITABLE
from dashboard.sheets import station_book as making
from dashboard.sheets import station_wishes
from dashboard.sheets.station_layout import (
    CHECKS,
    FIRST_ROW,
    HEAD_ROW,
    HOSTS,
    HOW,
    MARKS,
    OPTIONS,
    STATIONS,
    columns_of,
    head_of,
    is_masked,
)
from dashboard.sheets.station_wishes import StationWish, TooManyRowsError
from tests.books import Desk
from tests.station_books import (
    BODY,
    FEW,
    STREET,
    VILLAGE,
    WITHHELD_ONE,
    ZHIFANG,
    book_of,
    books_of,
    books_with_stations,
    cell_of,
    column,
    row_of,
    sheets_of,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The office with three stations; nothing here writes."""
    return books_with_stations(tmp_path_factory.mktemp("books"))


@pytest.fixture(scope="module")
def content(desk: Desk) -> bytes:
    return book_of(desk)


def test_the_book_holds_its_sheets_and_hides_what_people_need_not_see(content: bytes) -> None:
    book = sheets_of(content)
    assert book.sheetnames == [STATIONS, HOSTS, CHECKS, HOW, OPTIONS, MARKS]
    states = {name: book[name].sheet_state for name in book.sheetnames}
    assert (states[OPTIONS], states[MARKS]) == ("hidden", "veryHidden")
    assert {states[name] for name in (STATIONS, HOSTS, CHECKS, HOW)} == {"visible"}
    assert "【演示数据】" in book[STATIONS]["A1"].value
    assert "导出：专班办公室" in book[STATIONS]["A2"].value


def test_every_field_that_the_office_may_write_has_its_column() -> None:
    for sheet, ledger in ((STATIONS, "station"), (HOSTS, "listed_host")):
        named = [each.name for each in columns_of(sheet) if each.is_input]
        rule = EDITABLE[ledger]
        assert named == [*rule.fixed, *rule.open_]
        assert len({head_of(each) for each in columns_of(sheet)}) == len(columns_of(sheet))


def test_rows_are_prefilled_with_names_and_codes_are_locked(content: bytes) -> None:
    book = sheets_of(content)
    page, row = book[STATIONS], row_of(content, STATIONS, FEW)
    shown = [cell_of(content, STATIONS, row, name) for name in ("town", "host_list", "listed_host")]
    assert shown == ["嘉祥街道", "中小学校心理辅导室", "第一小学"]
    assert page.protection.sheet
    assert page.cell(row, 1).protection.locked
    assert page.cell(row, column(page, "name")).protection.locked is False
    below = page.column_dimensions["B"]
    assert below.protection.locked is False
    assert page.column_dimensions["A"].protection.locked
    stands = cell_of(content, STATIONS, row_of(content, STATIONS, VILLAGE), "standing")
    assert "总面积16平方米，低于20平方米" in stands


def test_few_served_and_withheld_places_do_not_leave_the_house(content: bytes) -> None:
    assert cell_of(content, STATIONS, row_of(content, STATIONS, FEW), "served") == "少于5"
    row = row_of(content, STATIONS, WITHHELD_ONE)
    shown = {cell_of(content, STATIONS, row, name) for name in ("address", "lon", "lat")}
    assert shown == {"不外发"}


@pytest.mark.parametrize(
    ("kind", "is_ticked", "leaves"),
    [
        (StationKind.SPECIAL, False, False),
        (StationKind.VILLAGE, True, False),
        (StationKind.VILLAGE, False, True),
    ],
)
def test_a_place_of_custody_keeps_its_place_to_itself_ticked_or_not(
    kind: StationKind, is_ticked: bool, leaves: bool
) -> None:
    one = r.Station(code="S", name="某场所", kind=kind, address="某路1号", is_withheld=is_ticked)
    assert is_masked(one, "address") is not leaves
    assert is_masked(one, "name") is False


def test_no_cell_is_a_formula(content: bytes) -> None:
    book = sheets_of(content)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert cell_of(content, STATIONS, row_of(content, STATIONS, VILLAGE), "note") == "'=1+1"


def test_lists_to_choose_from_name_every_town_and_refuse_in_chinese(content: bytes) -> None:
    book = sheets_of(content)
    towns = [cell.value for cell in book[OPTIONS]["A"] if cell.value]
    assert "纸坊镇" in towns
    offered = book[STATIONS].data_validations.dataValidation
    spans = {each.formula1 for each in offered if each.type == "list"}
    assert f"{OPTIONS}!$A$1:$A${len(towns)}" in spans
    assert all(each.error for each in offered)


def test_findings_have_a_row_for_each_requirement_of_what_is_begun(
    desk: Desk, content: bytes
) -> None:
    wanted = desk_items(desk)
    page = sheets_of(content)[CHECKS]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=FIRST_ROW)]
    assert len(rows) == 2 * len(wanted)
    held = row_of(content, CHECKS, VILLAGE, "s3-02")
    names = ("last", "verdict", "measured", "by_post")
    shown = [cell_of(content, CHECKS, held, name) for name in names]
    assert shown == ["I000001", "未达到", 16, "督导检查组"]
    blank = row_of(content, CHECKS, VILLAGE, "s3-01")
    assert [cell_of(content, CHECKS, blank, name) for name in names] == [None] * 4


def desk_items(desk: Desk) -> list[r.StandardItem]:
    return list(books_of(desk).by(r.StandardItem, "standard")["附件3"])


def test_one_town_s_or_one_list_s_rows_may_be_asked_for(desk: Desk) -> None:
    books = books_of(desk)
    none = book_of(desk, area=books.get(r.Unit, ZHIFANG))
    assert sheets_of(none)[STATIONS].max_row == HEAD_ROW
    assert "纸坊镇" in sheets_of(none)[STATIONS]["A2"].value
    schools = book_of(
        desk,
        area=books.get(r.Unit, STREET),
        host_list=books.get(r.HostList, "h-school"),
    )
    assert row_of(schools, STATIONS, FEW) == FIRST_ROW
    assert row_of(schools, HOSTS, BODY) == FIRST_ROW
    assert sheets_of(schools)[STATIONS].max_row == FIRST_ROW


def test_more_stations_than_a_book_holds_are_asked_for_by_town(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(station_wishes, "MOST_LINES", 2)
    with pytest.raises(TooManyRowsError, match="站点3处、应设单位1个，一个表最多2行，请按镇街"):
        making.station_book(StationWish(books_of(desk)), "导出", "2023")


def test_the_guide_tells_how_every_column_is_filled(content: bytes) -> None:
    rows = [[cell.value for cell in row] for row in sheets_of(content)[HOW].iter_rows()]
    told = {(row[0], row[1]) for row in rows if row[1]}
    for sheet in (STATIONS, HOSTS, CHECKS):
        for each in columns_of(sheet):
            assert not each.is_input or (sheet, each.label) in told, each.label


def test_the_record_of_a_station_has_no_field_that_the_sheet_forgets() -> None:
    named = {each.name for each in columns_of(STATIONS)}
    assert {each.name for each in fields_of(r.Station) if not each.kept} <= named


def test_books_in_folders_of_their_own_are_the_same(tmp_path: Path, content: bytes) -> None:
    again = book_of(books_with_stations(tmp_path))
    for sheet in (STATIONS, HOSTS, CHECKS):
        one, other = (
            [[cell.value for cell in row] for row in sheets_of(each)[sheet].iter_rows()]
            for each in (content, again)
        )
        assert one == other
