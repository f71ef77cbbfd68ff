"""站点检查: a visit is posted whole; a measured value gives its verdict; faults name their item."""

import os
from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard import settings
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.evidence import evidence_of
from dashboard.ledgers.inspections import inspections_of
from dashboard.ledgers.terms import CheckVerdict, StationKind
from dashboard.posting.editing import end_row
from dashboard.posting.evidence import keep_file
from dashboard.posting.faults import RefusedError
from dashboard.posting.inspecting import Finding, Visit, inspect
from dashboard.posting.plans import now_of
from dashboard.rules.standards import check, check_list
from tests.books import CODE, Desk
from tests.editing import DAY, added, books_of, changed, faults
from tests.sample_files import pdf

MET, NOT_MET, EXEMPT = CheckVerdict.MET, CheckVerdict.NOT_MET, CheckVerdict.EXEMPT
AREA, APART, RULES = "s3-02", "s3-01", "s3-12"
TOWN = "370829110"
BUILT = date(2023, 8, 1)
POST = "县卫生健康局督导组"
WHOLE = {
    item: Finding(verdict=MET)
    for item in (APART, *(f"s3-{number:02d}" for number in (3, 5, 6, 7, 8, 9, 10, 11, 12)))
} | {AREA: Finding(measured=25), "s3-04": Finding(measured=1)}


@pytest.fixture
def station(office: Desk) -> r.Record:
    """A village station that was built in August."""
    given = {"kind": StationKind.VILLAGE, "town": TOWN, "host_list": "h-village"}
    return added(office, "station", name="某村站点", built_on=BUILT, **given)


def visit(station: r.Record, findings: dict[str, Finding] | None = None, **more: object) -> Visit:
    found = WHOLE if findings is None else findings
    made = Visit(station=station.code, inspected_on=DAY, by_post=POST, findings=found)
    return replace(made, **more)  # type: ignore[arg-type]


def posted(desk: Desk, given: Visit) -> tuple[str, ...]:
    return inspect(desk.engine, CONSOLE, CODE, given)


def refused(desk: Desk, given: Visit) -> list[str]:
    before = len(books_of(desk).all(r.Inspection))
    told = [message for _, message in faults(lambda: posted(desk, given))]
    assert len(books_of(desk).all(r.Inspection)) == before
    return told


def test_a_visit_that_finds_all_in_order_brings_a_station_up_to_standard(
    office: Desk, station: r.Station
) -> None:
    assert check(books_of(office), station, DAY).word == "待检查"
    codes = posted(office, visit(station))
    assert len(codes) == len(set(codes)) == len(WHOLE)
    books = books_of(office)
    assert check(books, station, DAY).word == "达标"
    assert {books.get(r.Inspection, code).by_post for code in codes} == {POST}


@pytest.mark.parametrize(
    ("measured", "verdict"), [(19.9, NOT_MET), (20.0, MET), (400.0, MET), (0.0, NOT_MET)]
)
def test_the_verdict_on_an_item_with_a_threshold_follows_from_what_was_measured(
    office: Desk, station: r.Station, measured: float, verdict: CheckVerdict
) -> None:
    (code,) = posted(office, visit(station, {AREA: Finding(measured=measured)}))
    made = books_of(office).get(r.Inspection, code)
    assert (made.verdict, made.measured) == (verdict, measured)


def test_nobody_ticks_a_verdict_that_the_measured_value_denies(
    office: Desk, station: r.Station
) -> None:
    (told,) = refused(office, visit(station, {AREA: Finding(verdict=MET, measured=16)}))
    assert "结果由实测值得出" in told


def test_what_does_not_apply_is_said_and_stands_in_no_stations_way(
    office: Desk, station: r.Station
) -> None:
    findings = {**WHOLE, AREA: Finding(verdict=EXEMPT)}
    posted(office, visit(station, findings))
    assert check(books_of(office), station, DAY).is_met


def test_the_last_visit_counts_and_what_it_left_out_stays_as_it_was(
    office: Desk, station: r.Station
) -> None:
    posted(office, visit(station, {**WHOLE, RULES: Finding(verdict=NOT_MET, note="缺两项制度")}))
    assert check(books_of(office), station, DAY).reason == "相关制度未上墙"
    posted(office, visit(station, {RULES: Finding(verdict=MET)}))
    assert check(books_of(office), station, DAY).word == "达标"
    made = inspections_of(office.engine, CODE, station.code, now_of(office.plan()))
    assert [each.verdict for each in made if each.item == RULES] == [NOT_MET, MET]


def test_the_visits_of_an_item_are_entered_one_after_the_other(
    office: Desk, station: r.Station
) -> None:
    posted(office, visit(station, {RULES: Finding(verdict=MET)}))
    late = {RULES: Finding(verdict=NOT_MET), APART: Finding(verdict=MET)}
    (told,) = refused(office, visit(station, late, inspected_on=BUILT))
    assert told == "“相关制度已上墙”已登记2023年9月20日的检查，检查日期不能早于那一天"


WRONG = {
    "没有结果": ({RULES: Finding(note="去看过")}, "“相关制度已上墙”请选择检查结果"),
    "没有实测值": ({AREA: Finding(verdict=MET)}, "“总面积不少于20平方米”按实测值判定"),
    "多填实测值": ({RULES: Finding(verdict=MET, measured=1)}, "没有数值要求"),
    "不适用又实测": ({AREA: Finding(verdict=EXEMPT, measured=1)}, "请清空实测值"),
    "负数": ({AREA: Finding(measured=-1)}, "应在0至1000000之间"),
    "非数": ({AREA: Finding(measured=float("nan"))}, "应在0至1000000之间"),
    "半个人": ({"s3-04": Finding(measured=1.5)}, "实测值应为整数（名）"),
    "别的标准": ({"s2-01": Finding(verdict=MET)}, "不是该站点建设标准中的要求"),
    "备注有手机号": ({RULES: Finding(verdict=MET, note="请拨13900000000")}, "疑似含有手机号码"),
    "什么也没填": ({}, "请至少填写一项检查结果"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_finding_is_refused_by_its_requirement(
    office: Desk, station: r.Station, wrong: str
) -> None:
    findings, said = WRONG[wrong]
    (told,) = refused(office, visit(station, findings))
    assert said in told


def test_every_fault_of_a_visit_is_told_at_once_and_nothing_is_kept(
    office: Desk, station: r.Station
) -> None:
    wrong = {**WHOLE, AREA: Finding(), RULES: Finding()}
    told = refused(office, visit(station, wrong, by_post="张伟", inspected_on=DAY + timedelta(1)))
    assert len(told) == 4
    assert any("不写姓名" in each for each in told)
    assert any("不能晚于今天" in each for each in told)


def test_no_visit_comes_before_the_station_after_its_end_or_before_its_move(
    office: Desk, station: r.Station
) -> None:
    early = visit(station, inspected_on=BUILT - timedelta(1))
    assert refused(office, early) == ["检查日期不能早于建成日期（2023年8月1日）"]
    moved = changed(office, station, moved_on=date(2023, 9, 1))
    assert "站点已于2023年9月1日搬迁" in refused(office, visit(moved, inspected_on=BUILT))[0]
    ended = changed(office, moved, ended_on=DAY)
    assert refused(office, visit(ended)) == ["站点已停用，不再检查"]
    planned = added(office, "station", name="另一村站点", host_list="h-station")
    assert "尚未开工" in refused(office, visit(planned))[0]
    assert refused(office, Visit(station="S9", inspected_on=DAY, by_post=POST)) == [
        "该站点已不在台账中，请刷新后再试"
    ]


def test_a_station_that_moved_is_to_be_inspected_anew(office: Desk, station: r.Station) -> None:
    posted(office, visit(station, inspected_on=date(2023, 8, 20)))
    moved = changed(office, station, moved_on=date(2023, 9, 1))
    assert isinstance(moved, r.Station)
    found = check(books_of(office), moved, DAY)
    assert (found.word, found.reason) == ("待检查", "搬迁后尚未对照附件3检查")
    posted(office, visit(moved))
    assert check(books_of(office), moved, DAY).word == "达标"


def test_a_station_without_a_standard_has_nothing_to_be_inspected_by(office: Desk) -> None:
    clinic = added(office, "station", name="某医院门诊", built_on=BUILT, host_list="h-station")
    bare = changed(office, clinic, host_list=None)
    assert "没有对照检查的建设标准" in refused(office, visit(bare))[0]


def test_a_file_is_tied_to_the_finding_that_it_proves(office: Desk, station: r.Station) -> None:
    given = (office.engine, CONSOLE, CODE, TOWN, "制度照片.pdf", pdf(), settings.load(os.environ))
    stored = keep_file(*given)
    findings = {**WHOLE, RULES: Finding(verdict=MET, evidence=(stored,))}
    codes = posted(office, visit(station, findings))
    now = now_of(office.plan())
    found = evidence_of(office.engine, CODE, now, inspections=codes)
    books = books_of(office)
    ((code, (row,)),) = found.items()
    assert books.get(r.Inspection, code).item == RULES
    assert (row.unit, row.sha256, row.inspection) == (TOWN, stored.sha256, code)


def test_an_inspected_station_is_ended_by_its_date_and_never_taken_back(
    office: Desk, station: r.Station
) -> None:
    posted(office, visit(station, {RULES: Finding(verdict=MET)}))
    seen = books_of(office).version
    with pytest.raises(RefusedError, match="已有检查记录，不能撤销；不再使用的，请填写停用日期"):
        end_row(office.engine, CONSOLE, CODE, station, seen=seen)


def test_the_check_list_holds_every_item_in_order_with_what_was_last_found(
    office: Desk, station: r.Station
) -> None:
    posted(office, visit(station, {AREA: Finding(measured=16)}))
    found = check_list(books_of(office), station)
    assert [each.item.seq for each in found] == sorted(each.item.seq for each in found)
    by_code = {each.item.code: each for each in found}
    assert (by_code[AREA].word, by_code[AREA].lack) == ("未达到", "总面积16平方米，低于20平方米")
    assert (by_code[RULES].word, by_code[RULES].lack) == ("待检查", "")
