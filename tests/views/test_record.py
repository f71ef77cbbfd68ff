"""记录详情: any row with its history; the office's forms open, save, refuse and take back."""

import re
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load
from dashboard.ledgers.database import open_books
from dashboard.ledgers.shape import LEDGERS, TITLES, row_word
from dashboard.ledgers.terms import AccountRole, Via
from dashboard.posting.editable import EDITABLE, is_printed, open_fields
from dashboard.posting.editing import add_row, change_row, end_row
from dashboard.posting.faults import NEW as FIRST
from dashboard.rules.calendar import end_of
from dashboard.rules.items import items_of
from dashboard.settings import current
from tests.people import enrol
from tests.views.reading import links_of, text_of
from tests.views.rows import opened, rows_of

CODE = "jiaxiang-2023"
TODAY = date(2023, 9, 22)
AT_TASK = "task=t-4-1&item=measure.THIS"
NEW: dict[str, tuple[str, dict[str, Any]]] = {
    "task": (
        "",
        {"title": "编印工作手册", "clause": "四（一）", "kind": "key", "work_unit": "u-wjj"},
    ),
    "measure": ("task=t-4-1", {"title": "编印宣传册", "work_unit": "u-wjj"}),
    "responsibility": ("task=t-4-1", {"unit": "u-czj", "role": "support"}),
    "deadline": (AT_TASK, {"due_on": date(2024, 6, 30)}),
    "milestone": (AT_TASK, {"due_on": date(2024, 3, 31), "value": 50.0}),
    "reporting_line": (AT_TASK, {"unit": "u-czj", "cadence": "monthly"}),
    "unit": ("", {"name": "县心理协会", "kind": "institution"}),
    "contact": ("", {"unit": "u-wjj", "post": "县卫生健康局联络员", "telephone": "13900000000"}),
    "host_list": ("", {"title": "广场站点", "clause": "四（一）", "unit_word": "个", "total": 3}),
    "host": ("", {"unit": "u-czj", "state": "unknown"}),
    "listed_host": ("", {"name": "第一中学"}),
    "standard_item": (
        "",
        {"standard": "自定标准", "area": "场地", "requirement": "设候诊区", "clause": "四（一）"},
    ),
    "station": ("", {"name": "某社区站点", "kind": "community"}),
    "problem": (
        "",
        {
            "description": "专职人员不足",
            "source": "town",
            "category": "staff",
            "unit": "u-wjj",
            "closing_standard": "配齐专职人员",
        },
    ),
    "directive": (
        "",
        {
            "matter": "核实站点人员",
            "source": "dispatch",
            "unit": "u-wjj",
            "due_on": date(2030, 1, 1),
        },
    ),
}


def books_now() -> Books:
    """The books as they stand in the test's own database."""
    engine = open_books(current().database.url)
    try:
        return load(engine, CODE, end_of(date(2030, 1, 1)))
    finally:
        engine.dispose()


def field(page: AppTest, name: str) -> Any:
    """The input of a field in the page's form."""
    for kind in ("text_input", "text_area", "selectbox", "date_input", "number_input", "checkbox"):
        for each in getattr(page, kind):
            if re.match(r"(new|edit)_", each.key or "") and each.key.endswith(f"_{name}"):
                return each
    raise AssertionError(f"no field {name}")


def put(page: AppTest, values: dict[str, Any]) -> None:
    for name, value in values.items():
        field(page, name).set_value(value)


def press(page: AppTest, label: str) -> AppTest:
    next(each for each in page.button if each.label == label).click()
    page.run()
    assert not page.exception
    return page


def values_for(ledger: str, books: Books) -> tuple[str, dict[str, Any]]:
    """The address's rest and the fields of a new row, with codes that the plan has."""
    given, values = NEW[ledger]
    filed = [each for each in items_of(books) if each.line.via is Via.FILING and each.measure]
    item = next(each for each in filed if each.indicator is None and each.task.code == "t-4-1")
    if ledger in ("host", "listed_host"):
        values = {**values, "host_list": books.all(r.HostList)[0].code}
    return given.replace("THIS", item.code), values


@pytest.mark.parametrize("ledger", list(EDITABLE))
def test_a_new_row_is_refused_with_blanks_saved_when_full_and_offered(
    empty_app: AppTest, ledger: str
) -> None:
    given, values = values_for(ledger, books_now())
    page = opened(empty_app, f"/record?ledger={ledger}&{given}")
    assert page.title[0].value == f"新增{row_word(ledger)}"
    press(page, f"新增{row_word(ledger)}")
    assert page.error
    wanted = "应填完成时限" if ledger == "deadline" else "不能为空"
    assert all("没有保存。" in each.value and wanted in each.value for each in page.error)
    put(page, values)
    before = len(books_now().all(LEDGERS[ledger]))
    press(page, f"新增{row_word(ledger)}")
    assert [each.value for each in page.error] == []
    (found,) = re.findall(rf"已新增{row_word(ledger)}，编号(\w+)。", page.success[0].value)
    now = books_now()
    assert len(now.all(LEDGERS[ledger])) == before + 1
    assert not is_printed(now, now.get(LEDGERS[ledger], found))
    assert f"/record?ledger={ledger}&code={found}" in links_of(page)
    assert f"继续新增{row_word(ledger)}" in text_of(page)
    name = next(iter(name for name in values if name != "host_list" or ledger == "station"))
    assert field(page, name).value in ("", None)


@pytest.mark.parametrize(
    "ledger", [name for name in EDITABLE if name not in ("milestone", "contact", "listed_host")]
)
def test_a_row_of_the_full_books_opens_and_its_open_field_is_saved_with_history(
    full_app: AppTest, ledger: str
) -> None:
    books = books_now()
    row = next(
        (each for each in books.all(LEDGERS[ledger]) if open_fields(books, each)),
        books.all(LEDGERS[ledger])[0],
    )
    page = opened(full_app, f"/record?ledger={ledger}&code={row.code}")
    if not open_fields(books, row):
        assert "方案原文不能修改" in page.info[0].value
        return
    name = next(
        n
        for n in ("note", "progress", "closing_standard")
        if n in {f.name for f in open_fields(books, row)}
    )
    press(page, "保存修改")
    assert "没有改动，不需保存。" in page.info[0].value
    put(page, {name: "请联系13900000000"})
    press(page, "保存修改")
    assert "疑似含有手机号码" in page.error[0].value
    assert field(page, name).value == "请联系13900000000"
    put(page, {name: "见会议纪要"})
    press(page, "保存修改")
    assert "已修改" in page.success[0].value
    assert getattr(books_now().get(type(row), row.code), name) == "见会议纪要"
    assert rows_of(page, "修改留痕")[0][-1] == "见会议纪要"
    press(page, "撤回最近一次修改")
    assert getattr(books_now().get(type(row), row.code), name) == getattr(row, name)
    assert "已撤回" in page.success[0].value


def test_what_may_be_empty_can_be_emptied_again(full_app: AppTest) -> None:
    held = books_now().all(r.Station)
    station = next(each for each in held if each.town and each.built_on)
    page = opened(full_app, f"/record?ledger=station&code={station.code}")
    assert field(page, "town").value == station.town
    assert field(page, "built_on").value == station.built_on
    put(page, {"town": None, "built_on": None, "ended_on": None})
    press(page, "保存修改")
    now = books_now().get(r.Station, station.code)
    assert (now.town, now.built_on) == (None, None)


def test_an_emptied_required_field_is_refused_by_name(full_app: AppTest) -> None:
    station = books_now().all(LEDGERS["station"])[0]
    page = opened(full_app, f"/record?ledger=station&code={station.code}")
    put(page, {"name": ""})
    press(page, "保存修改")
    assert [each.value for each in page.error] == ["没有保存。“站点名称”不能为空，请填写。"]


def test_a_printed_requirement_is_not_reworded_and_the_page_says_what_may_be_done(
    full_app: AppTest,
) -> None:
    row = books_now().all(r.StandardItem)[0]
    page = opened(full_app, f"/record?ledger=standard_item&code={row.code}")
    assert "方案原文不能修改；办公室另有要求的，请另立标准" in text_of(page)
    assert all(each.label != "保存修改" for each in page.button)


@pytest.mark.parametrize("ledger", ["clause", "indicator", "membership", "post"])
def test_rows_of_the_plan_alone_are_read_with_their_history(full_app: AppTest, ledger: str) -> None:
    row = books_now().all(LEDGERS[ledger])[0]
    page = opened(full_app, f"/record?ledger={ledger}&code={row.code}")
    assert "方案内容，不能修改" in text_of(page)
    assert rows_of(page, "内容")
    assert rows_of(page, "修改留痕")[0][2] == "载入方案"
    assert not page.button or all(each.label != "保存修改" for each in page.button)
    fresh = opened(full_app, f"/record?ledger={ledger}")
    assert "没有找到这条记录。" in text_of(fresh)


ODD = ("/record?ledger=filing", "/record?ledger=plan", "/record?ledger=x&code=y")


@pytest.mark.parametrize("address", ODD)
def test_an_address_that_names_nothing_breaks_nothing(full_app: AppTest, address: str) -> None:
    assert opened(full_app, address).title[0].value in ("新增任务", "任务")


@pytest.mark.parametrize("ledger", ["task", "host", "station"])
def test_a_past_day_is_only_read(full_app: AppTest, ledger: str) -> None:
    row = books_now().all(LEDGERS[ledger])[0]
    page = opened(full_app, f"/record?ledger={ledger}&code={row.code}&date=2023-09-20")
    assert "请先把左侧“统计截止日”改为2023年9月22日" in text_of(page)
    assert all(each.label != "保存修改" for each in page.button)
    page = opened(full_app, f"/record?ledger={ledger}&date=2023-09-20")
    assert "新增请先把左侧“统计截止日”改为2023年9月22日" in text_of(page)


def test_the_second_editor_sees_both_and_may_keep_the_first(full_app: AppTest) -> None:
    page, row = conflicting(full_app)
    rows = rows_of(page, "两人先后修改的内容")
    assert [cells[:3] for cells in rows] == [["备注", "—", "我写的"]]
    assert rows[0][3].startswith("别人写的")
    press(page, "保留现在的，放弃我填写的")
    assert books_now().get(r.Task, row).note == "别人写的"
    assert field(page, "note").value == "别人写的"


def test_the_second_editor_may_insist(full_app: AppTest) -> None:
    page, row = conflicting(full_app)
    press(page, "以我填写的为准")
    assert books_now().get(r.Task, row).note == "我写的"
    assert not rows_of(page, "两人先后修改的内容")


def conflicting(app: AppTest) -> tuple[AppTest, str]:
    row = next(each for each in books_now().all(r.Task) if not each.note)
    page = opened(app, f"/record?ledger=task&code={row.code}")
    engine = open_books(current().database.url)
    change_row(engine, CONSOLE, CODE, row, {"note": "别人写的"}, seen=books_now().version)
    engine.dispose()
    put(page, {"note": "我写的"})
    press(page, "保存修改")
    assert "您填写的还没有保存" in page.warning[0].value
    return page, row.code


def test_what_was_typed_for_a_row_taken_back_meanwhile_is_shown_once_more(
    full_app: AppTest,
) -> None:
    row = books_now().all(LEDGERS["station"])[-1]
    page = opened(full_app, f"/record?ledger=station&code={row.code}")
    engine = open_books(current().database.url)
    end_row(engine, CONSOLE, CODE, row, seen=books_now().version)
    engine.dispose()
    put(page, {"note": "我写的"})
    press(page, "保存修改")
    assert "撤销了这条记录" in page.warning[0].value
    assert ["备注", "—", "我写的"] in [cells[:3] for cells in rows_of(page, "两人先后修改的内容")]
    press(page, "知道了")
    assert not page.warning
    assert "没有找到这条记录。" in text_of(page)


def test_a_row_of_the_offices_own_is_taken_back_after_confirming(empty_app: AppTest) -> None:
    given, values = values_for("station", books_now())
    page = opened(empty_app, f"/record?ledger=station&{given}")
    put(page, values)
    press(page, "新增站点")
    code = books_now().all(LEDGERS["station"])[0].code
    page = opened(empty_app, f"/record?ledger=station&code={code}")
    button = next(each for each in page.button if each.label == "撤销")
    assert button.disabled
    next(each for each in page.checkbox if each.label == "确认撤销").check()
    page.run()
    press(page, "撤销")
    assert books_now().all(LEDGERS["station"]) == ()
    assert "已撤销" in page.success[0].value
    assert [cells[2] for cells in rows_of(page, "修改留痕")] == ["停用", "新增"]
    assert "/maintain?ledger=station" in links_of(page)


def test_a_new_step_asks_for_task_and_item_first_and_names_the_target(full_app: AppTest) -> None:
    page = opened(full_app, "/record?ledger=milestone")
    assert all(each.label != "新增节点" for each in page.button)
    page = opened(full_app, "/record?ledger=milestone&task=t-4-6&item=indicator.i-4-6-trained")
    assert field(page, "value").label == "应达到（人次，目标800）（必填）"
    assert "设了节点，灯就按节点判断" in text_of(page)
    assert TITLES["milestone"] == "节点"


READERS = [
    (AccountRole.OFFICE, (), True),
    (AccountRole.LIAISON, ("u-wjj",), True),
    (AccountRole.LIAISON, ("u-gaj",), False),
    (AccountRole.LEADER, (), False),
]


@pytest.mark.parametrize(("role", "units", "may_read"), READERS)
def test_a_contact_and_its_history_are_for_the_office_and_the_own_unit(
    full_app: AppTest,
    monkeypatch: pytest.MonkeyPatch,
    role: AccountRole,
    units: tuple[str, ...],
    may_read: bool,
) -> None:
    engine = open_books(current().database.url)
    contact = r.Contact(code=FIRST, unit="u-wjj", post="综合岗", telephone="0537-7654321")
    code = add_row(engine, CONSOLE, CODE, contact)
    books = books_now()
    held = books.get(r.Contact, code)
    change_row(engine, CONSOLE, CODE, held, {"telephone": "0537-1234567"}, seen=books.version)
    token = enrol(engine, role, *units)
    monkeypatch.setattr("dashboard.widgets.door.token", lambda: token)
    page = opened(full_app, f"/record?ledger=contact&code={code}")
    told = text_of(page)
    assert ("没有找到这条记录。" in told) != may_read
    for number in ("0537-7654321", "0537-1234567"):
        assert (number in told) == may_read
    can_edit = any(each.label == "保存修改" for each in page.button)
    assert can_edit == (role is AccountRole.OFFICE)
    engine.dispose()
