"""Lists lead to the record of each row, where its history is read and its form is found."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole, Basis, Role
from dashboard.posting.editing import add_row, change_row
from dashboard.posting.faults import NEW
from dashboard.settings import current
from tests.books import CODE
from tests.views.reading import links_of, text_of
from tests.views.rows import links_in, opened, rows_of

ADDED = ["新增措施", "新增时限", "新增节点", "新增报送安排", "新增责任单位"]


def added_by(page: AppTest) -> dict[str, str]:
    """The links by which rows are added to a task."""
    bodies = " ".join(each.proto.body for each in page.get("html"))
    found = re.findall(r'<a href="(/record[^"]*)" target="_self">(新增\w+)</a>', bodies)
    return {words: to.replace("&amp;", "&") for to, words in found}


@pytest.mark.parametrize(
    ("page", "table", "ledger"),
    [
        ("problems", "问题清单及解决方案", "problem"),
        ("stations", "各类站点的应设、已建和达标", "host_list"),
        ("tasks", "任务清单", "task"),
        ("responsibilities?unit=u-wjj", "责任", "responsibility"),
        ("responsibilities?unit=u-wjj", "报送事项", "reporting_line"),
        ("departments?unit=u-xlzx", "问题", "problem"),
        ("departments?unit=u-xlzx", "交办事项", "directive"),
        ("task?code=t-4-1", "责任单位", "responsibility"),
        ("task?code=t-4-1", "时限", "deadline"),
        ("task?code=t-4-1", "报送安排", "reporting_line"),
        ("task?code=t-4-1", "相关问题", "problem"),
        ("task?code=t-4-1", "措施和指标", "measure"),
    ],
)
def test_each_row_leads_to_its_record(
    full_app: AppTest, page: str, table: str, ledger: str
) -> None:
    shown = opened(full_app, f"/{page}")
    ways = [to for _, to in links_in(shown, table) if f"/record?ledger={ledger}&" in to]
    assert len(ways) >= len(rows_of(shown, table)) > 0
    record = text_of(opened(full_app, ways[0]))
    assert "没有找到这条记录" not in record
    assert "修改留痕" in record


def test_a_station_leads_by_its_own_page_to_its_record(full_app: AppTest) -> None:
    shown = opened(full_app, "/stations")
    ways = [to for _, to in links_in(shown, "站点台账") if "/station?station=" in to]
    assert len(ways) == len(rows_of(shown, "站点台账")) > 0
    assert any("/record?ledger=station&" in to for to in links_of(opened(full_app, ways[0])))


def test_what_a_town_is_obliged_to_have_leads_to_the_row_that_says_so(full_app: AppTest) -> None:
    page = opened(full_app, "/station_map?list=h-village")
    ways = [to for _, to in links_in(page, "13个镇街村居站点")]
    assert sum("/record?ledger=host&code=h-village-" in to for to in ways) == 13
    assert "/record?ledger=host_list&code=h-village" in ways


@pytest.mark.parametrize("page", ["departments?unit=u-wjj", "responsibilities?unit=u-wjj"])
def test_a_unit_s_panel_leads_to_the_unit(full_app: AppTest, page: str) -> None:
    assert "/record?ledger=unit&code=u-wjj" in links_of(opened(full_app, f"/{page}"))


def test_printed_rows_say_so_and_the_office_s_own_do_too(full_app: AppTest) -> None:
    own = r.Responsibility(
        code=NEW,
        task="t-4-1",
        clause="四（一）",
        unit="u-czj",
        as_printed=NEW,
        role=Role.SUPPORT,
        basis=Basis.OFFICE,
        seq=0,
    )
    add_row(open_books(current().database.url), CONSOLE, CODE, own)
    rows = rows_of(opened(full_app, "/task?code=t-4-1"), "责任单位")
    said = {row[1]: row[6] for row in rows}
    assert said["县财政局"] == "查看、修改 办公室登记"
    assert said["县大数据中心"] == "查看 方案原文"


def test_who_reports_was_not_printed(empty_app: AppTest) -> None:
    rows = rows_of(opened(empty_app, "/task?code=t-4-1"), "报送安排")
    assert {row[5] for row in rows} == {"查看、修改 初始安排"}


def test_the_office_adds_to_a_task_with_the_task_already_chosen(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    seen_by(AccountRole.OFFICE)
    ways = added_by(opened(full_app, "/task?code=t-4-9"))
    assert list(ways) == ADDED
    for to in ways.values():
        form = opened(full_app, to)
        chosen = next(each for each in form.selectbox if each.label.startswith("重点任务"))
        assert chosen.value == "t-4-9"


@pytest.mark.parametrize(
    ("role", "units"), [(AccountRole.LEADER, ()), (AccountRole.LIAISON, ("u-wjj",))]
)
def test_who_may_not_arrange_is_not_led_to_a_form(
    full_app: AppTest, seen_by: Callable[..., Viewer], role: AccountRole, units: tuple[str, ...]
) -> None:
    seen_by(role, *units)
    page = opened(full_app, "/task?code=t-4-1")
    assert added_by(page) == {}
    assert all(row[6].startswith("查看 ") for row in rows_of(page, "时限"))
    assert "/record?ledger=task&code=t-4-1" in links_of(page)


def test_the_past_is_read_and_not_added_to(full_app: AppTest) -> None:
    page = opened(full_app, "/task?code=t-4-1&date=2023-07-14")
    assert added_by(page) == {}
    assert all(row[6] == "查看 方案原文" for row in rows_of(page, "时限"))
    assert "/record?ledger=task&code=t-4-1&date=2023-07-14" in links_of(page)


def test_a_milestone_of_the_office_stands_on_its_task(full_app: AppTest) -> None:
    assert rows_of(opened(full_app, "/task?code=t-4-9"), "节点") == []
    engine = open_books(current().database.url)
    (measure,) = [each for each in measures(full_app) if each.task == "t-4-9"][:1]
    step = r.Milestone(
        code=NEW,
        task="t-4-9",
        measure=measure.code,
        due_on=full_app.session_state["desk"].today,
        value=50,
    )
    add_row(engine, CONSOLE, CODE, step)
    (row,) = rows_of(opened(full_app, "/task?code=t-4-9"), "节点")
    assert row[1:3] == ["2023年9月22日", "50%"]
    assert row[4] == "查看、修改 办公室登记"


def measures(app: AppTest) -> tuple[r.Measure, ...]:
    held: tuple[r.Measure, ...] = app.session_state["desk"].books.all(r.Measure)
    return held


def test_a_task_s_history_tells_post_and_account(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    desk = full_app.session_state["desk"]
    viewer = seen_by(AccountRole.OFFICE)
    task = desk.books.get(r.Task, "t-4-9")
    change_row(desk.engine, viewer, CODE, task, {"note": "按县级预案执行"}, seen=desk.books.version)
    row = rows_of(opened(full_app, "/task?code=t-4-9"), "修改留痕")[0]
    assert row[1:] == ["专班办公室 office-one", "修改", "备注", "—", "按县级预案执行"]


@pytest.mark.parametrize(
    ("page", "ledger", "word"),
    [
        ("tasks", "task", "新增任务"),
        ("responsibilities", "responsibility", "新增责任"),
        ("stations", "station", "新增站点"),
    ],
)
def test_a_list_leads_the_office_to_a_new_row_on_the_present_day_alone(
    full_app: AppTest, page: str, ledger: str, word: str
) -> None:
    assert added_by(opened(full_app, f"/{page}"))[word].startswith(f"/record?ledger={ledger}")
    assert word not in added_by(opened(full_app, f"/{page}?date=2023-09-01"))
