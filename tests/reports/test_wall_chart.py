"""The wall chart read back: all tasks, the books' figures, type embedded, nothing on another."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard import practice, settings, wording
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load, load_plan
from dashboard.ledgers.database import open_books
from dashboard.posting.plans import now_of, post_plan
from dashboard.practice import fill_sized, sized_plan
from dashboard.reports import typefaces
from dashboard.reports.wall_chart import PAPERS, wall_chart
from dashboard.rules.calendar import end_of
from dashboard.rules.judgement import Judgement, judge_books
from dashboard.rules.town_matrix import town_matrix
from tests.books import (
    CODE,
    ISSUED,
    PLAN,
    database,
    deadline,
    indicator,
    judged,
    line,
    measure,
    said,
    shipped,
)
from tests.reports.printed import Sheet, beyond, overlapping, sheets

MARGIN = 20.0
"""Millimetres of an A1 sheet."""


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judgement]:
    """The shipped plan with its practice data."""
    engine = shipped(tmp_path_factory.mktemp("books"))
    practice.fill(engine, CONSOLE, CODE, settings.load())
    now = now_of(load_plan(engine, CODE))
    yield judge_books(load(engine, CODE, now), settings.load())
    engine.dispose()


@pytest.fixture(scope="module")
def chart(practised: Judgement) -> tuple[Sheet, ...]:
    """Its chart on A1, drawn once."""
    return drawn(practised)


def made_up(folder: Path, tasks: int) -> Judgement:
    """A plan of so many tasks, thirty weeks on."""
    engine = open_books(database(folder))
    plan, rows = sized_plan(tasks)
    assert post_plan(engine, CONSOLE, plan, rows, today=plan.issued_on) == ()
    fill_sized(engine, CONSOLE, plan.code, settings.load(), weeks=30)
    now = now_of(load_plan(engine, plan.code))
    found = judge_books(load(engine, plan.code, now), settings.load())
    engine.dispose()
    return found


def drawn(judgement: Judgement, paper: str = "A1") -> tuple[Sheet, ...]:
    return sheets(wall_chart(judgement, settings.load(), paper=paper))


def of_tasks(found: tuple[Sheet, ...]) -> list[Sheet]:
    return [sheet for sheet in found if "重点任务牵头单位" in sheet.text]


@pytest.mark.parametrize("tasks", [20, 200])
def test_no_text_lies_on_another_and_all_tasks_are_there(tmp_path: Path, tasks: int) -> None:
    judgement = made_up(tmp_path, tasks)
    found = drawn(judgement)
    for number, sheet in enumerate(found, start=1):
        assert overlapping(sheet) == []
        assert beyond(sheet, MARGIN) == []
        assert f"共{len(found)}张，第{number}张" in sheet.text
    text = "".join(sheet.text for sheet in of_tasks(found))
    for title, number in Counter(each.task.title for each in judgement.tasks).items():
        assert text.count(title) >= number, title
    for each in judgement.items:
        if each.due_on and each.item.indicator:
            assert each.item.title in text


def test_the_shipped_plan_stands_on_one_sheet_with_its_towns_on_another(
    practised: Judgement, chart: tuple[Sheet, ...]
) -> None:
    assert [overlapping(sheet) for sheet in chart] == [[], []]
    assert [beyond(sheet, MARGIN) for sheet in chart] == [[], []]
    tasks, towns = chart
    for each in practised.tasks:
        assert each.task.title in tasks.text
        assert each.word in tasks.text
    for row in town_matrix(practised).rows:
        assert row.unit.name in towns.text


@pytest.mark.parametrize("paper", list(PAPERS))
def test_the_sheets_have_the_size_of_their_paper_and_all_type_is_embedded(
    practised: Judgement, paper: str
) -> None:
    for sheet in drawn(practised, paper):
        assert (round(sheet.width), round(sheet.height)) == PAPERS[paper]
        assert sheet.runs
        assert [run.text for run in sheet.runs if not run.is_embedded] == []


def test_at_two_metres_the_smallest_type_of_the_table_can_be_read(
    chart: tuple[Sheet, ...],
) -> None:
    """Five millimetres at two metres are nearly nine minutes of arc; the months alone are less."""
    tasks, towns = chart
    months = re.compile(r"\d+月|\d+")
    assert min(run.size for run in tasks.runs if not months.fullmatch(run.text)) >= 5
    assert min(run.size for run in towns.runs) >= 5
    assert min(run.size for run in tasks.runs) >= 4.3


def test_the_figures_are_those_of_the_books(practised: Judgement, chart: tuple[Sheet, ...]) -> None:
    text = chart[0].text
    books, checked = practised.books, 0
    for each in (item.item for item in practised.items if item.due_on):
        accepted = books.last_accepted.get(each.line.code)
        if each.indicator and each.hosts is None and accepted:
            target = wording.number(each.indicator.value, each.indicator.unit)
            assert f"{wording.number(accepted.value)}/{target}" in text, each.title
            checked += 1
    assert checked >= 5
    lights = Counter(each.light.value for each in practised.tasks)
    for name, look in settings.load().lights.scheme:
        assert f"{look.label}{lights[name]}项" in text
    assert f"共{len(practised.tasks)}项任务" in text


def test_a_bar_is_filled_as_far_as_its_item_is(
    practised: Judgement, chart: tuple[Sheet, ...]
) -> None:
    sheet = chart[0]
    scheme = settings.load().lights.scheme
    (red,) = [
        each
        for each in practised.items
        if each.light.value == "red" and each.due_on and each.verdict.share
    ]
    assert red.starts_on
    assert red.due_on
    bars = [area for area in sheet.areas if area.colour == scheme.red.colour and area.left > 450]
    (bar,) = bars  # the lights stand further left
    per_day = _grid_width(sheet) / _days(sheet)
    span = ((red.due_on - red.starts_on).days + 1) * per_day
    assert bar.width == pytest.approx(span * (red.verdict.share or 0), abs=0.3)


def _grid_width(sheet: Sheet) -> float:
    """The blue head above the months is the last one before the rows."""
    heads = [area for area in sheet.areas if area.colour == "#1F3A5F" and area.height > 15]
    return max(heads, key=lambda area: area.left).width


def _days(sheet: Sheet) -> int:
    assert "2023年" in sheet.text
    return (date(2026, 1, 1) - date(2023, 6, 1)).days


def test_the_towns_cells_are_those_of_the_matrix(
    practised: Judgement, chart: tuple[Sheet, ...]
) -> None:
    towns = chart[-1]
    matrix = town_matrix(practised)
    built = sum(
        each.unit is not None and each.obliged == 1 and each.filled == 1
        for row in matrix.rows
        for each in row.coverages
    )
    assert built
    assert sum("◆ 达标" in run.text and "1/1处" in run.text for run in towns.runs) == built
    shares = [share for row in matrix.rows for share in row.shares if share.line and share.value]
    for share in shares:
        assert wording.number(share.value) in towns.text


def test_title_day_office_and_practice_mark_stand_on_every_sheet(
    practised: Judgement, chart: tuple[Sheet, ...]
) -> None:
    for sheet in chart:
        assert "嘉祥县“嘉心护佑”工作方案" in sheet.text
        assert "嘉政办字〔2023〕10号" in sheet.text
        assert "统计截止日：2023年9月22日" in sheet.text
        assert f"{practised.books.plan.office}　2023年9月22日" in sheet.text
        assert "演示数据" in sheet.text
    real = replace(practised, books=replace(practised.books, has_practice=False))
    assert not any("演示数据" in sheet.text for sheet in drawn(real))


def test_dates_are_written_as_officials_do_and_nothing_is_english(
    chart: tuple[Sheet, ...],
) -> None:
    for sheet in chart:
        assert not re.search(r"\d{4}-\d{2}|\d月0\d日|0\d月|[A-Za-z]{2,}", sheet.text)


def test_a_plan_without_any_record_is_drawn_too(tmp_path: Path) -> None:
    engine = shipped(tmp_path)
    judgement = judge_books(load(engine, CODE, end_of(ISSUED)), settings.load())
    found = drawn(judgement, "A3")
    assert [overlapping(sheet) for sheet in found] == [[], []]
    assert "站点台账尚无登记" in found[-1].text
    engine.dispose()


def test_the_same_books_give_the_same_bytes(practised: Judgement) -> None:
    first, second = (wall_chart(practised, settings.load()) for _ in range(2))
    assert first == second


def test_milestones_and_what_waits_for_another_are_told() -> None:
    rows = [
        measure(),
        measure("m2", title="建成县级中心", seq=2),
        indicator(16, measure="m", name="签约合作单位"),
        line(indicator="i"),
        line("l2", measure="m2"),
        deadline(date(2023, 12, 31), indicator="i", after="m2"),
        deadline(date(2024, 7, 31), "d2", measure="m2"),
        r.Milestone(code="k1", task="t", due_on=date(2023, 8, 31), value=4, indicator="i"),
        r.Milestone(code="k2", task="t", due_on=date(2023, 10, 31), value=10, indicator="i"),
    ]
    judgement = judged(rows, date(2023, 9, 22), said(5, date(2023, 9, 20)))
    (sheet,) = drawn(judgement)
    assert "节点：8月31日4家、10月31日10家" in sheet.text
    assert "节点（实心为已达到）" in sheet.text
    assert "待前项完成后启动" in sheet.text
    assert overlapping(sheet) == []


def test_a_task_with_more_dated_items_than_a_sheet_holds_goes_on_on_the_next() -> None:
    rows: list[r.Record] = []
    for number in range(90):
        code = f"m{number}"
        rows += [
            measure(code, title=f"第{number}条具体措施", seq=number),
            line(f"l{number}", measure=code),
            deadline(date(2023, 12, 31), f"d{number}", measure=code),
        ]
    judgement = judged(rows, date(2023, 9, 22), plan=replace(PLAN, code="p"))
    found = drawn(judgement)
    assert len(found) >= 2
    assert [overlapping(sheet) for sheet in found] == [[]] * len(found)
    text = "".join(sheet.text for sheet in found)
    assert all(f"第{number}条具体措施" in text for number in range(90))
    assert "一、条款（续）" in found[-1].text


def test_without_chinese_type_it_is_said_what_to_install(
    practised: Judgement, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "msyh.ttc").write_bytes(b"no font at all")
    monkeypatch.setattr(typefaces, "font_folders", lambda: [tmp_path])
    with pytest.raises(typefaces.NoTypefaceError, match="请安装思源黑体、微软雅黑或黑体"):
        wall_chart(practised, settings.load())
