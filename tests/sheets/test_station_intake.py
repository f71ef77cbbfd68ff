"""What a filled 站点台账表 would do: new, changed, changed by others too, done already, wrong."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import CheckVerdict, StationKind
from dashboard.posting.editing import change_row
from dashboard.posting.inspecting import Finding, Visit, inspect
from dashboard.posting.plans import clear_practice
from dashboard.sheets.station_findings import TakenFinding
from dashboard.sheets.station_layout import CHECKS, HOSTS, STATIONS
from dashboard.sheets.station_names import Names
from dashboard.sheets.station_rows import Stand, TakenRow
from dashboard.sheets.station_words import changes_of, in_short, title_of
from tests.books import CODE, Desk
from tests.station_books import (
    BODY,
    FEW,
    POST,
    STREET,
    VILLAGE,
    WITHHELD_ONE,
    ZHIFANG,
    book_of,
    books_of,
    books_with_stations,
    filled,
    posted,
    row_of,
    station,
    taken,
    told,
)

AREA, RULES = "s3-02", "s3-12"
NEW = {"name": "第三小学心理辅导室", "kind": "学校心理辅导室", "town": "纸坊镇"}


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The office with three stations, for what writes nothing."""
    return books_with_stations(tmp_path_factory.mktemp("books"))


@pytest.fixture(scope="module")
def content(still: Desk) -> bytes:
    return book_of(still)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The same office, for what writes."""
    return books_with_stations(tmp_path)


def edit(desk: Desk, code: str, **fields: Any) -> None:
    """Somebody changes a station on its own page."""
    books = books_of(desk)
    change_row(desk.engine, CONSOLE, CODE, books.get(r.Station, code), fields, seen=books.version)


def only(desk: Desk, content: bytes) -> TakenRow:
    """The one row that changes something."""
    book = taken(desk, content)
    assert told(book) == []
    (found,) = book.lines
    assert isinstance(found, TakenRow)
    return found


def finding(desk: Desk, content: bytes) -> TakenFinding:
    book = taken(desk, content)
    assert told(book) == []
    (found,) = book.lines
    assert isinstance(found, TakenFinding)
    return found


# Stations


def test_a_change_is_told_by_what_the_book_showed(still: Desk, content: bytes) -> None:
    row = only(still, filled(content, {VILLAGE: {"area_m2": 24, "note": None}}))
    assert row.stand is Stand.CHANGED
    assert dict(row.fields) == {"area_m2": 24.0, "note": None}
    names = Names(books_of(still))
    assert title_of(row) == f"嘉祥街道心灵驿站（{VILLAGE}）"
    assert in_short(names, row) == "面积（平方米）由16改为24，备注由=1+1改为（清空）"


def test_new_stations_and_new_bodies_come_in_one_book(desk: Desk) -> None:
    content = filled(
        book_of(desk),
        new=[{**NEW, "town": None, "listed_host": "第三小学"}],
        hosts=[{"host_list": "中小学校心理辅导室", "name": "第三小学", "town": "纸坊镇"}],
    )
    book = taken(desk, content)
    assert told(book) == []
    assert [each.stand for each in book.lines] == [Stand.ADDED] * 2
    done = posted(desk, book.ready)
    assert (done.added, done.changed, done.inspected) == (2, 0, 0)
    body = next(each for each in books_of(desk).all(r.ListedHost) if each.name == "第三小学")
    made = next(each for each in books_of(desk).all(r.Station) if each.name == NEW["name"])
    assert (body.code, made.code) == ("LH000002", "S000004")
    assert (made.listed_host, made.host_list, made.town) == (body.code, "h-school", ZHIFANG)
    again = taken(desk, content)
    assert (again.lines, again.problems) == ((), ())


def test_few_served_and_withheld_places_come_back_unchanged(desk: Desk) -> None:
    content = filled(book_of(desk), {FEW: {"note": "甲"}, WITHHELD_ONE: {"note": "乙"}})
    posted(desk, taken(desk, content).ready)
    few, withheld = station(desk, FEW), station(desk, WITHHELD_ONE)
    assert (few.served, few.note) == (3, "甲")
    assert (withheld.address, withheld.lon, withheld.note) == ("某路9号", 116.3, "乙")


def test_the_words_for_what_is_kept_back_are_no_content(still: Desk, content: bytes) -> None:
    spoilt = filled(content, {VILLAGE: {"served": "少于5", "address": "不外发"}})
    row = row_of(content, STATIONS, VILLAGE)
    assert told(taken(still, spoilt)) == [
        f"站点 第{row}行 地址：“不外发”只表示原有内容不变，请填写实际内容或清空",
        f"站点 第{row}行 本年服务人次：“少于5”不是数字，请填写实际人次",
    ]


WRONG: dict[str, tuple[Mapping[str, Any], str]] = {
    "没有的镇街": ({"town": "纸防镇"}, "所在镇街：“纸防镇”不在单位名单中，是否为“纸坊镇”"),
    "没有的名录": ({"host_list": "村级站点"}, "应设名录：“村级站点”不在应设名录中"),
    "名录外的单位": ({"listed_host": "第九小学"}, "应设单位：“第九小学”不在应设单位名单中"),
    "手机号": ({"hotline": "13900000000"}, "心理热线：疑似含有手机号码"),
    "身份证号": ({"note": "37082919900101123X"}, "备注：疑似含有身份证号"),
    "不填名称": ({"name": None}, "站点名称：不能为空"),
    "日期先后": ({"ended_on": datetime(2023, 7, 1)}, "停用日期：开工、建成、搬迁、停用日期应依次"),
    "只填经度": ({"lat": None}, "纬度：经度、纬度应同时填写"),
    "另一类名录": ({"host_list": "中小学校心理辅导室"}, "应设名录：名录的站点类型与本站点不同"),
    "没有的编号": ({"code": "S999999"}, "编号：台账中没有编号“S999999”，或已撤销"),
    "重复的编号": ({"code": FEW}, "编号：编号“S000002”与第"),
}


@pytest.mark.parametrize("how", WRONG)
def test_what_posting_would_refuse_is_told_by_its_cell(
    still: Desk, content: bytes, how: str
) -> None:
    given, said = WRONG[how]
    book = taken(still, filled(content, {VILLAGE: given}))
    (problem,) = told(book)
    assert said in problem
    assert book.ready == ()
    (line,) = book.lines
    assert line.stand is Stand.WRONG


def test_two_new_rows_of_one_name_are_told_apart_or_refused(still: Desk, content: bytes) -> None:
    book = taken(still, filled(content, new=[NEW, NEW]))
    assert len(book.problems) == 2
    assert all("该镇街已有同名站点（编号本表第" in each for each in told(book))


def test_a_station_of_a_wrong_new_body_waits_with_it(still: Desk, content: bytes) -> None:
    body = {"host_list": "中小学校心理辅导室", "name": "第三小学", "town": "纸坊镇"}
    content = filled(
        content,
        new=[{**NEW, "listed_host": "第三小学"}],
        hosts=[{**body, "note": "13900000000"}],
    )
    first, second = told(taken(still, content))
    assert first.startswith("站点")
    assert "所写的应设单位（本表第6行）有问题" in first
    assert second.startswith("应设单位名单 第6行 备注")


def test_bodies_of_one_name_are_told_apart_by_list_and_town(desk: Desk) -> None:
    other = r.ListedHost(code="LH000009", host_list="h-school", name="第一小学", town=ZHIFANG)
    desk.add(date(2023, 8, 3), other)
    content = filled(book_of(desk), new=[{**NEW, "listed_host": "第一小学"}])
    made = only(desk, content).row
    assert isinstance(made, r.Station)
    assert (made.listed_host, made.kind) == ("LH000009", StationKind.SCHOOL)
    unclear = filled(book_of(desk), new=[{**NEW, "town": None, "listed_host": "第一小学"}])
    (problem,) = told(taken(desk, unclear))
    assert "“第一小学”不止一个" in problem
    assert f"第一小学（{BODY}）嘉祥街道" in problem


# Changed meanwhile


def test_a_row_that_others_changed_waits_for_a_choice_with_both_sides(desk: Desk) -> None:
    content = filled(book_of(desk), {VILLAGE: {"area_m2": 24}})
    edit(desk, VILLAGE, area_m2=30.0, note="已扩建")
    row = only(desk, content)
    assert row.stand is Stand.CONFLICT
    assert row.can_be_chosen
    sides = {
        each.label: (each.was, each.said, each.now)
        for each in changes_of(Names(books_of(desk)), row)
    }
    assert sides == {"面积（平方米）": ("16", "24", "30"), "备注": ("=1+1", "", "已扩建")}
    posted(desk, [row])
    made = station(desk, VILLAGE)
    assert (made.area_m2, made.note) == (24.0, "已扩建")


def test_who_changed_nothing_in_a_row_undoes_nothing_of_others(desk: Desk) -> None:
    content = filled(book_of(desk), {FEW: {"note": "甲"}})
    edit(desk, VILLAGE, area_m2=30.0)
    assert only(desk, content).now == station(desk, FEW)


def test_what_both_changed_alike_is_done(desk: Desk) -> None:
    content = filled(book_of(desk), {VILLAGE: {"area_m2": 24}})
    edit(desk, VILLAGE, area_m2=24.0)
    assert taken(desk, content).lines == ()


def test_a_book_of_practice_data_never_meets_the_real_books(desk: Desk) -> None:
    content = book_of(desk)
    clear_practice(desk.engine, CONSOLE, CODE)
    (problem,) = told(taken(desk, content))
    assert problem == "是演示数据的站点台账表，现为正式台账，不能录入；请重新下载"


def test_another_plan_s_book_is_refused(still: Desk) -> None:
    books = books_of(still)
    other = replace(books, plan=replace(books.plan, code="other-2024"))
    content = book_of(still, books=other)
    (problem,) = told(taken(still, content))
    assert problem.startswith("是另一个方案（other-2024）的站点台账表")


# Findings


def test_a_measured_value_gives_its_verdict(desk: Desk) -> None:
    given = {"measured": 22, "inspected_on": datetime(2023, 9, 20)}
    row = finding(desk, filled(book_of(desk), checks={(VILLAGE, AREA): given}))
    assert row.line.notes == ("按实测值判定为达到",)
    assert posted(desk, [row]).inspected == 1
    (last,) = books_of(desk).by(r.Inspection, "station")[VILLAGE]
    assert (last.verdict, last.measured) == (CheckVerdict.MET, 22.0)
    assert (last.inspected_on, last.by_post) == (date(2023, 9, 20), POST)


def test_what_has_no_threshold_takes_a_verdict(desk: Desk) -> None:
    given = {"verdict": "不适用", "inspected_on": datetime(2023, 9, 20), "by_post": POST}
    row = finding(desk, filled(book_of(desk), checks={(VILLAGE, RULES): given}))
    posted(desk, [row])
    held = books_of(desk).by(r.Inspection, "item")[RULES]
    assert [each.verdict for each in held] == [CheckVerdict.EXEMPT]


BAD_FINDINGS: dict[str, tuple[str, Mapping[str, Any], str]] = {
    "没有日期": (RULES, {"verdict": "达到", "by_post": POST}, "检查日期：有检查结果的，请填写"),
    "没有岗位": (RULES, {"verdict": "达到", "inspected_on": datetime(2023, 9, 1)}, "检查岗位：有"),
    "写了姓名": (
        RULES,
        {"verdict": "达到", "inspected_on": datetime(2023, 9, 1), "by_post": "王局长"},
        "检查岗位：检查岗位只写岗位",
    ),
    "在未来": (
        RULES,
        {"verdict": "达到", "inspected_on": datetime(2023, 10, 1), "by_post": POST},
        "检查日期：检查日期不能晚于今天",
    ),
    "自定结果": (AREA, {"verdict": "达到"}, "检查结果：“总面积不少于20平方米”的结果由实测值得出"),
    "没有实测值": (AREA, {"measured": None, "note": "甲"}, "实测值：“总面积不少于20平方米”按实测"),
    "没有的条目": (RULES, {"item": "s9-99", "verdict": "达到"}, "标准条目编号：“s9-99”不是"),
    "没有的站点": (RULES, {"station": "S9", "verdict": "达到"}, "站点编号：台账中没有编号“S9”"),
}


@pytest.mark.parametrize("how", BAD_FINDINGS)
def test_a_finding_that_cannot_be_is_told_by_its_cell(
    still: Desk, content: bytes, how: str
) -> None:
    item, given, said = BAD_FINDINGS[how]
    book = taken(still, filled(content, checks={(VILLAGE, item): given}))
    (problem,) = told(book)
    row = row_of(content, CHECKS, VILLAGE, item)
    assert problem.startswith(f"检查情况 第{row}行 {said}")
    assert book.ready == ()


def test_an_inspection_since_the_book_went_out_waits_for_a_choice(desk: Desk) -> None:
    given = {"measured": 22, "inspected_on": datetime(2023, 9, 20)}
    content = filled(book_of(desk), checks={(VILLAGE, AREA): given})
    untouched = book_of(desk)
    visit = Visit(
        station=VILLAGE,
        inspected_on=date(2023, 9, 10),
        by_post="建设组",
        findings={AREA: Finding(measured=18.0)},
    )
    inspect(desk.engine, CONSOLE, CODE, visit)
    assert taken(desk, untouched).lines == ()
    row = finding(desk, content)
    assert row.stand is Stand.CONFLICT
    sides = {each.label: (each.was, each.said, each.now) for each in changes_of(_names(desk), row)}
    assert sides["实测值"] == ("16", "22", "18")
    posted(desk, [row])
    (last,) = books_of(desk).by(r.Inspection, "station")[VILLAGE]
    assert last.measured == 22.0


def _names(desk: Desk) -> Names:
    return Names(books_of(desk))


def test_rows_of_all_three_sheets_are_counted_by_sheet(still: Desk, content: bytes) -> None:
    given = {"verdict": "达到", "inspected_on": datetime(2023, 9, 20), "by_post": POST}
    book = taken(
        still,
        filled(
            content,
            {VILLAGE: {"area_m2": 24}},
            new=[NEW],
            hosts=[{"host_list": "中小学校心理辅导室", "name": "第五小学", "town": "嘉祥街道"}],
            checks={(FEW, RULES): given},
        ),
    )
    found = {sheet: len(book.of(Stand.ADDED, sheet)) for sheet in (STATIONS, HOSTS, CHECKS)}
    assert found == {STATIONS: 1, HOSTS: 1, CHECKS: 1}
    assert [each.line.row for each in book.of(Stand.CHANGED)] == [
        row_of(content, STATIONS, VILLAGE)
    ]
    assert STREET in {each.town for each in books_of(still).all(r.Station)}
