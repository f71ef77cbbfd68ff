"""The whole plan leaves as JSON, as a workbook and as a folder, and is opened again."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dashboard import settings
from dashboard.access.rights import Right
from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load_plan
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole, ProblemCategory, ProblemSource
from dashboard.posting.entry import entry
from dashboard.posting.plans import clear_practice, post_plan
from dashboard.posting.problems import raise_problem
from dashboard.posting.signature import Signature
from dashboard.practice import fill
from dashboard.reports.release import Release, Wish, release
from dashboard.reports.sheet import Stamp
from dashboard.reports.whole_plan import whole_plan
from dashboard.reports.workbook import workbook
from dashboard.rules.judgement import Judgement
from dashboard.sheets.plan_folder import read_folder

PLAN = "jiaxiang-2023"
FOLDER = Path(__file__).resolve().parents[2] / "data" / "plans" / PLAN
DAY = date(2023, 9, 22)
LEADER = Viewer(AccountRole.LEADER, "分管领导", account="lingdao")
NEVER_EMPTY = (
    *("units", "work_groups", "tasks", "measures", "responsibilities", "indicators"),
    *("standards", "stations", "problems", "problem_steps", "directives", "filings"),
    "observations",
)
OF_THE_CYCLE = (
    *("dispatches", "agenda_points", "supervisions", "handling_steps", "passages", "phrases"),
)
"""Lists that fill as the office meets and writes."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{(tmp_path_factory.mktemp('books') / 'guatu.db').as_posix()}"
    engine = open_books(url)
    folder, _ = read_folder(FOLDER)
    assert folder is not None
    post_plan(engine, CONSOLE, folder.plan, folder.rows, today=date(2023, 6, 6))
    fill(engine, CONSOLE, PLAN, settings.load())
    engine.dispose()
    return url


def released(url: str, day: date = DAY) -> Release:
    return release(open_books(url), CONSOLE, Wish(PLAN, day), settings.load())


def judged(url: str, day: date = DAY) -> Judgement:
    return released(url, day).judgement


def exported(url: str, day: date = DAY) -> bytes:
    given = released(url, day)
    return whole_plan(given.judgement, given.filed)


def test_the_same_plan_as_of_the_same_day_exports_to_the_same_bytes(filled: str) -> None:
    assert exported(filled) == exported(filled)


def test_the_object_holds_every_list_of_the_design(filled: str) -> None:
    held = json.loads(exported(filled))
    for name in NEVER_EMPTY:
        assert held[name], f"{name} is empty"
    assert set(OF_THE_CYCLE) <= set(held)
    assert held["plan"]["number"] == "嘉政办字〔2023〕10号"
    assert held["plan"]["as_of"] == "2023-09-22"


def test_tasks_carry_light_freshness_and_reason(filled: str) -> None:
    tasks = json.loads(exported(filled))["tasks"]
    assert {task["light"] for task in tasks} <= {"blue", "green", "yellow", "red", "white", "grey"}
    assert all(task["reason"] and task["freshness"] for task in tasks)
    centre = next(task for task in tasks if task["clause"] == "四（一）")
    assert (centre["due_on"], centre["recurrence"]) == ("2023-07-31", "once")


def test_responsibilities_name_units_canonically_and_as_printed(filled: str) -> None:
    held = json.loads(exported(filled))
    names = {unit["name"] for unit in held["units"]}
    assert {duty["unit"] for duty in held["responsibilities"]} <= names
    towns = [duty for duty in held["responsibilities"] if duty["as_printed"] == "各镇街"]
    assert {duty["unit"] for duty in towns} == {"各镇街"}, "a collective is exported unexpanded"
    assert {d["role"] for d in held["responsibilities"]} <= {"lead", "shared", "local", "support"}


def test_filings_say_when_they_were_received(filled: str) -> None:
    filings = json.loads(exported(filled))["filings"]
    assert all(filing["received_at"].startswith("2023-") for filing in filings)


def test_an_earlier_day_holds_less(filled: str) -> None:
    early = json.loads(exported(filled, date(2023, 7, 14)))
    late = json.loads(exported(filled))
    assert 0 < len(early["filings"]) < len(late["filings"])


def test_practice_data_are_marked_and_a_plan_alone_is_not(filled: str, tmp_path: Path) -> None:
    held = json.loads(exported(filled))
    assert held["plan"]["has_practice_data"] is True
    assert all(filing["is_practice"] for filing in held["filings"])
    copy = tmp_path / "copy.db"
    shutil.copy(filled.removeprefix("sqlite:///"), copy)
    clear_practice(open_books(f"sqlite:///{copy}"), CONSOLE, PLAN)
    bare = json.loads(exported(f"sqlite:///{copy}"))
    assert bare["plan"]["has_practice_data"] is False
    assert "is_practice" not in json.dumps(bare)


def test_the_workbook_opens_and_each_sheet_says_plan_day_and_who(filled: str) -> None:
    at = datetime(2023, 9, 22, 1, tzinfo=UTC)
    made = workbook(released(filled), settings.load(), Stamp(LEADER, at))
    book = load_workbook(BytesIO(made))
    assert {"任务进展", "任务清单", "责任清单", "问题清单", "站点台账", "填报"} <= set(
        book.sheetnames
    )
    for sheet in book:
        note = str(sheet["A1"].value)
        assert "演示数据" in note
        assert "统计截止日：2023年9月22日" in note
        assert "导出：分管领导（lingdao），2023年9月22日9:00" in note
    assert book["任务进展"].max_row == 2 + 24


def test_text_that_looks_like_a_formula_is_plain_in_the_workbook(
    filled: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(filled.removeprefix("sqlite:///"), copy)
    url = f"sqlite:///{copy}"
    engine = open_books(url)
    problem = r.Problem(
        code="new",
        description='=HYPERLINK("http://a.example")',
        source=ProblemSource.TOWN,
        category=ProblemCategory.DATA,
        unit="u-wjj",
        found_on=DAY,
        closing_standard="核对无误",
    )
    raise_problem(engine, CONSOLE, PLAN, problem)
    made = workbook(released(url), settings.load(), Stamp(LEADER, datetime.now(UTC)))
    sheet = load_workbook(BytesIO(made))["问题清单"]
    cells = [cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert [(cell.data_type, str(cell.value)[0]) for cell in cells] == [("s", "'")]


def test_an_edit_made_later_does_not_change_an_earlier_export(filled: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(filled.removeprefix("sqlite:///"), copy)
    url = f"sqlite:///{copy}"
    before = exported(url, date(2023, 8, 1))
    engine = open_books(url)
    assert load_plan(engine, PLAN).practice_now is not None
    with entry(engine, PLAN, Signature(CONSOLE, Right.ARRANGE, "改备注")) as opened:
        task = judged(url).books.get(r.Task, "t-4-1")
        opened.change(task, note="改过的备注")
    assert exported(url, date(2023, 8, 1)) == before
    assert exported(url) != before


def test_no_export_tells_where_a_withheld_station_is_or_how_few_were_served(filled: str) -> None:
    given = released(filled)
    books = given.judgement.books
    secret = {"address": "呈祥街9号", "lon": 116.3001, "lat": 35.4001, "point_source": "现场采集"}
    station = replace(books.all(r.Station)[0], is_withheld=True, served=3, **secret)  # type: ignore[arg-type]
    seen = replace(given.judgement, books=books.with_row(station, [station.code]))
    (flat,) = (
        each
        for each in json.loads(whole_plan(seen, given.filed))["stations"]
        if each["id"] == station.code
    )
    assert {flat[name] for name in secret} == {None}
    assert (flat["served"], flat["served_words"]) == (None, "少于5")
    made = workbook(replace(given, judgement=seen), settings.load(), Stamp(CONSOLE, NOON))
    sheet = load_workbook(BytesIO(made))["站点台账"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    head = next(row for row in rows if "站点名称" in row)
    row = dict(zip(head, next(row for row in rows if station.code in row), strict=True))
    assert (row["地址"], row["经度"], row["纬度"], row["本年服务人次"]) == (
        None,
        None,
        None,
        "少于5",
    )


NOON = datetime(2023, 9, 22, 4, tzinfo=UTC)
