"""Every figure in a meeting's papers equals the books: the shipped plan with practice data."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import pytest
from sqlalchemy import Engine

from dashboard import settings, wording
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load
from dashboard.papers.model import Paper
from dashboard.papers.week import (
    material_paper,
    minutes_paper,
    thaw_week,
    week_content,
    week_numbers,
    week_paper,
)
from dashboard.practice import fill
from dashboard.rules.calendar import end_of
from dashboard.rules.freshness import Freshness
from dashboard.rules.judgement import ItemVerdict, Judgement, judge_books
from dashboard.rules.rounds import Round
from dashboard.rules.weekly import Meeting, line_title, meeting_from
from tests.books import CODE, shipped
from tests.meetings import SUNDAY, WEEK
from tests.papers.reading import PRAISE, grid_under, grids, text_of, told

Maker = Callable[..., Paper]
MAKERS: tuple[Maker, ...] = (week_paper, material_paper, minutes_paper)
EACH = pytest.mark.parametrize("maker", MAKERS)
WEEKS = pytest.mark.parametrize("week", ["2023-W23", "2023-W26", "2023-W37", WEEK])


@dataclass(frozen=True, eq=False)
class Practice:
    engine: Engine

    @cache  # noqa: B019 - lives as long as this file's tests
    def judged(self, instant: datetime) -> Judgement:
        return judge_books(load(self.engine, CODE, instant), settings.current())

    def round(self, week: str) -> Round:
        return next(each for each in self.judged(end_of(SUNDAY)).rounds if each.code == week)

    @cache  # noqa: B019 - lives as long as this file's tests
    def meeting(self, week: str) -> Meeting:
        rounds = self.judged(end_of(SUNDAY)).rounds
        found = self.round(week)
        return meeting_from(self.judged, rounds, found, end_of(found.week.sunday))

    @cache  # noqa: B019 - lives as long as this file's tests
    def books(self, week: str) -> Books:
        return load(self.engine, CODE, end_of(self.round(week).week.sunday))

    def paper(self, maker: Maker, week: str) -> Paper:
        return maker(self.meeting(week), self.books(week), settings.current())


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    engine = shipped(tmp_path_factory.mktemp("practice"))
    fill(engine, CONSOLE, CODE, settings.load())
    yield Practice(engine)
    engine.dispose()


def named(judgement: Judgement) -> dict[str, ItemVerdict]:
    return {f"{each.item.title}\n（{each.item.clause}）": each for each in judgement.items}


@WEEKS
def test_each_row_of_the_week_holds_what_the_books_hold(practice: Practice, week: str) -> None:
    found = practice.round(week)
    now, before = practice.judged(found.figures_to), named(practice.judged(found.figures_from))
    grid = grids(practice.paper(week_paper, week))[0]
    assert grid.rows
    for place, row in enumerate(grid.rows, 1):
        item = named(now)[row[1]]
        old, unit = before.get(row[1]), item.item.unit
        filing = now.books.last_accepted.get(item.item.line.code)
        is_filed = filing is not None and filing.round == week
        assert row[0] == str(place)
        assert row[4] == (wording.day(item.due_on, 2023) if item.due_on else row[4])
        assert row[5] == (wording.scaled(old.figure.value, unit) if old else "—")
        assert (f"累计{wording.scaled(item.figure.value, unit)}" in row[6]) is (
            item.figure.value is not None
        )
        assert row[7:9] == (
            wording.percent(item.verdict.share),
            wording.percent(item.verdict.expected_share),
        )
        assert row[9].endswith(item.verdict.word)
        assert bool(row[15]) is is_filed
        if filing and is_filed:
            assert row[10] == (filing.reason or "")
            assert row[12:14] == (filing.next_step or "", filing.filed_by or "")
            assert row[15] == wording.moment(filing.received_at, 2023)


@WEEKS
def test_no_item_is_lost_and_each_late_or_filed_one_has_a_row(
    practice: Practice, week: str
) -> None:
    paper = practice.paper(week_paper, week)
    now = practice.judged(practice.round(week).figures_to)
    rest = re.search(r"其余(\d+)项", text_of(paper))
    rows = {row[1] for row in grids(paper)[0].rows}
    assert len(rows) + int(rest[1] if rest else 0) == len(now.items)
    for name, item in named(now).items():
        filing = now.books.last_accepted.get(item.item.line.code)
        is_late = item.verdict.is_lagging or item.verdict.is_overdue
        if is_late or (filing and filing.round == week):
            assert name in rows


@WEEKS
def test_who_did_not_file_is_counted_and_named(practice: Practice, week: str) -> None:
    now = practice.judged(practice.round(week).figures_to)
    missing = [each for each in now.lines if each.freshness is Freshness.MISSING]
    late = [
        each
        for each in now.lines
        if each.freshness is Freshness.LATE and each.round and each.round.code == week
    ]
    for maker in (week_paper, material_paper):
        grid = grid_under(practice.paper(maker, week), "未报、迟报单位")
        assert sum(int(row[2]) for row in grid.rows) == len(missing)
        assert sum(int(row[3]) for row in grid.rows) == len(late)
        by_unit = {row[1]: row[4] for row in grid.rows}
        for each in (*missing, *late):
            unit = now.books.get(r.Unit, each.line.unit).name
            assert line_title(now.books, each.line) in by_unit[unit]


@WEEKS
def test_the_intake_is_that_of_the_filings(practice: Practice, week: str) -> None:
    now = practice.judged(practice.round(week).figures_to)
    filed = [each for each in now.books.last_filed.values() if each.round == week]
    asked = {each.line.code for each in now.lines if each.is_asked_in(practice.round(week))}
    answered = sum(each.line in asked for each in filed)
    found = re.search(
        r"应报(\d+)条，已报(\d+)条(?:，另收到(\d+)条)?。", text_of(practice.paper(week_paper, week))
    )
    assert found is not None
    numbers = [int(each or 0) for each in found.groups()]
    assert numbers == [len(asked), answered, len(filed) - answered]


@WEEKS
def test_decisions_and_their_states_are_those_of_the_books(practice: Practice, week: str) -> None:
    books, last = practice.books(week), practice.meeting(week).previous
    given = books.all(r.Directive)
    made = [each for each in given if each.round == week and not each.register_no]
    before = [each for each in given if last and each.round == last.code and not each.register_no]
    paper = practice.paper(week_paper, week)
    assert [row[1] for row in grid_under(paper, "本次调度议定事项").rows] == [
        e.matter for e in made
    ]
    held = {row[1]: row for row in grid_under(paper, "上次议定事项落实情况").rows}
    for each in before:
        row = held[each.matter]
        assert row[2] == books.get(r.Unit, each.unit).name
        assert row[3] == wording.day(each.due_on, 2023)
        assert row[4].startswith(each.state.label)
        assert row[5].startswith((each.answer or "尚未反馈").rstrip("。"))


@WEEKS
def test_the_material_counts_what_it_lists(practice: Practice, week: str) -> None:
    paper, meeting = practice.paper(material_paper, week), practice.meeting(week)
    numbers = week_numbers(meeting, practice.books(week))
    sizes = {
        "新增滞后与逾期事项": numbers["新增滞后与逾期"],
        "本周、下周到期事项": numbers["本周、下周到期"],
        "需协调解决的问题": numbers["需协调解决"],
        "未报、迟报单位": numbers["未报单位"] + numbers["迟报单位"],
    }
    for title, size in sizes.items():
        if size:
            assert len(grid_under(paper, title).rows) == size
    if held := re.search(r"共(\d+)项，已办结(\d+)项", text_of(paper)):
        states = [row[4] for row in grid_under(paper, "上次议定事项落实情况").rows]
        assert [len(states), states.count("已办结")] == [int(each) for each in held.groups()]


@WEEKS
def test_departments_are_told_with_what_they_filed_and_what_moved(
    practice: Practice, week: str
) -> None:
    meeting = practice.meeting(week)
    rows = {row[1]: row for row in grid_under(practice.paper(material_paper, week), "变化").rows}
    filed = [e for e in meeting.now.books.last_filed.values() if e.round == week]
    for change in meeting.departments:
        codes = {
            each.code for each in meeting.now.books.by(r.ReportingLine, "unit")[change.unit.code]
        }
        if change.is_worth_a_row:
            assert rows[change.unit.name][4] == str(sum(each.line in codes for each in filed))
            assert all(each.now.item.title in rows[change.unit.name][5] for each in change.moved)


@WEEKS
def test_numbers_are_those_of_the_lights(practice: Practice, week: str) -> None:
    numbers = week_numbers(practice.meeting(week), practice.books(week))
    lights = [each.light.value for each in practice.judged(practice.round(week).figures_to).tasks]
    names = {"正常": "green", "黄灯": "yellow", "红灯": "red", "已完成": "blue"}
    assert numbers["重点任务"] == len(lights)
    assert {name: numbers[name] for name in names} == {
        name: lights.count(light) for name, light in names.items()
    }


@EACH
@WEEKS
def test_practice_papers_are_marked_and_read_as_officials_write(
    practice: Practice, maker: Maker, week: str
) -> None:
    paper = practice.paper(maker, week)
    assert paper.is_practice
    for each in told(paper):
        assert not re.search(r"\d{4}-\d|\d月0\d|年0\d|None|nan", each), each
        assert not re.search(r"[A-Za-z]", each.replace("1+N", "")), each
        assert not re.search(r"。。|；。|，。|；；|、。", each), each
    if maker is minutes_paper:
        assert not [word for word in PRAISE if word in text_of(paper)]


@WEEKS
def test_the_same_meeting_and_books_give_the_same_content(practice: Practice, week: str) -> None:
    def content(at: Practice) -> str:
        return week_content(at.meeting(week), at.books(week), settings.current())

    first = content(practice)
    assert content(Practice(practice.engine)) == first
    kept = thaw_week(first)
    assert [kept.week, kept.material, kept.minutes] == [
        practice.paper(maker, week) for maker in MAKERS
    ]
