"""The ledgers as papers: every row of the books, in the columns that counties keep."""

from datetime import date
from pathlib import Path

import pytest

from dashboard import settings
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.papers.ledger_papers import problems_paper, responsibilities_paper, tasks_paper
from dashboard.papers.model import Grid, Heading, Paper, Paragraph
from dashboard.rules.judgement import Judgement
from dashboard.rules.summary import duties_of_unit
from tests import books as b

DAY = date(2023, 9, 22)
HEALTH, TOWN = "u-wjj", "370829001"


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judgement:
    """The shipped plan with one problem."""
    desk = b.Desk(b.shipped(Path(tmp_path_factory.mktemp("books"))))
    problem = r.Problem(
        code="p-1",
        description="心理咨询师不足",
        source=t.ProblemSource.VISIT,
        category=t.ProblemCategory.STAFF,
        unit=HEALTH,
        found_on=date(2023, 7, 5),
        closing_standard="配齐2名",
        request="请协调编制",
        request_due_on=date(2023, 10, 9),
    )
    desk.add(date(2023, 7, 5), problem)
    desk.at(DAY)
    return desk.judged(DAY)


@pytest.fixture
def given() -> settings.Settings:
    return settings.current()


def grids(paper: Paper) -> list[Grid]:
    return [each for each in paper.blocks if isinstance(each, Grid)]


def column(grid: Grid, head: str) -> list[str]:
    place = [each.head for each in grid.columns].index(head)
    return [row[place] for row in grid.rows]


def test_the_list_of_tasks_holds_every_task_in_the_order_of_the_plan(
    judged: Judgement, given: settings.Settings
) -> None:
    (grid,) = grids(tasks_paper(judged, given))
    assert column(grid, "重点任务") == [each.task.title for each in judged.tasks]
    assert column(grid, "序号") == [str(place) for place in range(1, len(judged.tasks) + 1)]
    assert all(len(row) == len(grid.columns) for row in grid.rows)
    assert "原文未明确牵头单位" in "".join(column(grid, "牵头单位"))


def test_a_unit_s_list_holds_the_tasks_that_bind_it_through_a_collective_too(
    judged: Judgement, given: settings.Settings
) -> None:
    unit = judged.books.get(r.Unit, TOWN)
    (grid,) = grids(tasks_paper(judged, given, unit))
    bound = {each.task.task.title for each in duties_of_unit(judged, unit)}
    assert set(column(grid, "重点任务")) == bound
    assert len(grid.rows) == len(bound) < len(judged.tasks)


def test_the_list_of_duties_has_a_table_for_each_unit_with_any_in_protocol_order(
    judged: Judgement, given: settings.Settings
) -> None:
    units = sorted(judged.books.all(r.Unit), key=lambda each: each.seq)
    paper = responsibilities_paper(judged, given, units)
    bearing = [each for each in units if duties_of_unit(judged, each)]
    headings = [each.text for each in paper.blocks if isinstance(each, Heading)]
    assert len(headings) == len(grids(paper)) == len(bearing)
    for number, (unit, said) in enumerate(zip(bearing, headings, strict=True), 1):
        assert said.startswith(f"{number}.{unit.name}（")
    rows = [len(grid.rows) for grid in grids(paper)]
    assert rows == [len(duties_of_unit(judged, each)) for each in bearing]


def test_one_unit_s_duties_have_no_heading_and_name_it_in_the_title(
    judged: Judgement, given: settings.Settings
) -> None:
    paper = responsibilities_paper(judged, given, [judged.books.get(r.Unit, HEALTH)])
    assert paper.title.endswith("责任清单（县卫生健康局）")
    assert not any(isinstance(each, Heading) for each in paper.blocks)


def test_problems_say_what_who_by_when_and_what_is_asked_for(
    judged: Judgement, given: settings.Settings
) -> None:
    (grid,) = grids(problems_paper(judged, given))
    row = dict(zip((each.head for each in grid.columns), grid.rows[0], strict=True))
    assert row["问题描述"] == "心理咨询师不足"
    assert (row["责任单位"], row["发现时间"]) == ("县卫生健康局", "2023年7月5日")
    assert row["需协调事项"] == "请协调编制（2023年10月9日前）"
    other = problems_paper(judged, given, judged.books.get(r.Unit, TOWN))
    assert grids(other)[0].rows == ()


def test_every_ledger_says_its_basis_and_up_to_when(
    judged: Judgement, given: settings.Settings
) -> None:
    for paper in (tasks_paper(judged, given), problems_paper(judged, given)):
        first = paper.blocks[0]
        assert isinstance(first, Paragraph)
        assert "嘉政办字〔2023〕10号" in first.text
        assert "数据截至2023年9月22日" in first.text
