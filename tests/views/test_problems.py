"""问题清单: the sentence counts the rows, filters live in the address, a form adds a problem."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import Viewer
from dashboard.ledgers.books import load
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole
from dashboard.posting.problem_steps import Move, ask_closing, check
from dashboard.rules.calendar import end_of
from dashboard.rules.problems import last_step
from dashboard.settings import current
from tests.people import person
from tests.views.reading import links_of, text_of
from tests.views.rows import opened, rows_of

TABLE = "问题清单及解决方案"
STAGES = {
    "待交办": "take_up",
    "整改中": "solving",
    "待核查": "check",
    "待确认": "confirm",
    "待回头看": "look_back",
}


def sent(page: AppTest) -> AppTest:
    next(each for each in page.button if each.label == "登记问题").click()
    return page.run()


def filled(page: AppTest) -> AppTest:
    page.text_area(key="problem_text_0").input("村居站点缺制度牌")
    page.selectbox(key="problem_source_0").select("visit")
    page.selectbox(key="problem_category_0").select("premises")
    page.text_input(key="problem_standard_0").input("制度全部上墙")
    page.selectbox(key="problem_unit_0").select("u-zfw")
    page.selectbox(key="problem_task_0").select("t-4-1")
    return page


def test_the_sentence_counts_the_rows_of_every_stage(full_app: AppTest) -> None:
    page = opened(full_app, "/problems")
    said = r"共收录(\d+)件，未销号(\d+)件（(.+?)）；待回头看(\d+)件，需协调(\d+)件。"
    found = re.search(said, text_of(page))
    assert found is not None
    assert len(rows_of(page, TABLE)) == int(found[1])
    told = [*re.findall(r"([^、]+?)(\d+)件", found[3]), ("待回头看", found[4])]
    assert {stage for stage, _ in told} == set(STAGES)
    assert sum(int(number) for _, number in told[:-1]) == int(found[2])
    for stage, number in told:
        rows = rows_of(opened(full_app, f"/problems?state={STAGES[stage]}"), TABLE)
        assert len(rows) == int(number)
        assert all(stage in row[6] for row in rows)
    assert len(rows_of(opened(full_app, "/problems?request=yes"), TABLE)) == int(found[5])
    assert len(rows_of(opened(full_app, "/problems?state=standing"), TABLE)) == int(found[2])


def test_the_numbers_on_top_say_who_has_to_move_and_lead_to_the_rows(full_app: AppTest) -> None:
    page = opened(full_app, "/problems")
    for stage, who in (("take_up", "办公室"), ("check", "核查岗位"), ("confirm", "确认岗位")):
        rows = rows_of(opened(full_app, f"/problems?state={stage}"), TABLE)
        assert f"/problems?state={stage}" in links_of(page)
        assert f"{len(rows)}件 {who}" in text_of(page)


@pytest.mark.parametrize("state", ["open", "solving", "to_check", "closed"])
def test_the_states_that_other_pages_name_lead_to_their_rows(full_app: AppTest, state: str) -> None:
    every = rows_of(opened(full_app, "/problems"), TABLE)
    rows = rows_of(opened(full_app, f"/problems?state={state}"), TABLE)
    words = {"open": "待解决", "solving": "整改中", "to_check": "待核查|待确认", "closed": "已销号"}
    assert rows == [row for row in every if re.match(words[state], row[6])]
    assert rows


def test_a_standard_is_a_proposal_until_the_problem_is_handed_out(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/problems"), TABLE)
    for row in rows:
        assert ("拟定，交办时确定" in row[8]) == row[6].startswith("待解决")


@pytest.mark.parametrize(
    ("address", "place", "word"),
    [("unit=u-wjj", 3, "县卫生健康局"), ("category=staff", 2, "人员")],
)
def test_filters_in_the_address_keep_the_numbers_of_the_whole_list(
    full_app: AppTest, address: str, place: int, word: str
) -> None:
    every = rows_of(opened(full_app, "/problems"), TABLE)
    rows = rows_of(opened(full_app, f"/problems?{address}"), TABLE)
    assert rows == [row for row in every if word in row[place]]
    assert rows


def test_a_filter_without_rows_says_so(full_app: AppTest) -> None:
    page = opened(full_app, "/problems?state=closed&request=yes")
    assert rows_of(page, TABLE) == []
    assert "没有符合条件的问题，请放宽筛选条件。" in text_of(page)


def test_what_was_reopened_says_how_often(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/problems"), TABLE)
    assert any("重新挂账1次" in row[6] for row in rows)


def test_a_closed_problem_has_no_days_left(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/problems?state=closed"), TABLE)
    assert rows
    assert all(re.fullmatch(r"\d+月\d+日", row[5]) for row in rows)


def test_a_past_day_shows_the_list_of_then_and_is_only_read(full_app: AppTest) -> None:
    page = opened(full_app, "/problems?date=2023-07-31")
    assert 0 < len(rows_of(page, TABLE)) < len(rows_of(opened(full_app, "/problems"), TABLE))
    assert not page.text_area
    assert "登记问题请先把左侧“统计截止日”改为2023年9月22日" in text_of(page)


def test_an_empty_list_offers_the_form(empty_app: AppTest) -> None:
    page = opened(empty_app, "/problems")
    assert "尚未收录问题。" in text_of(page)
    assert page.text_area(key="problem_text_0").value == ""


def test_blanks_are_refused_by_name_and_what_was_typed_stays(full_app: AppTest) -> None:
    page = opened(full_app, "/problems")
    page.text_area(key="problem_text_0").input("站点选址未定")
    sent(page)
    assert [each.value for each in page.error] == [
        f"没有保存。“{name}”不能为空。" for name in ("问题来源", "问题类别", "销号标准", "责任单位")
    ]
    assert page.text_area(key="problem_text_0").value == "站点选址未定"


def test_a_date_before_the_finding_is_refused(full_app: AppTest) -> None:
    page = filled(opened(full_app, "/problems"))
    page.date_input(key="problem_due_0").set_value(date(2023, 9, 1))
    sent(page)
    assert [each.value for each in page.error] == ["没有保存。“解决时限”不能早于发现时间。"]


def test_personal_data_is_refused(full_app: AppTest) -> None:
    page = filled(opened(full_app, "/problems"))
    page.text_area(key="problem_text_0").input("请联系13900000000")
    sent(page)
    assert "疑似含有手机号码" in page.error[0].value


def test_a_problem_raised_is_in_the_list_and_the_form_is_empty_again(full_app: AppTest) -> None:
    page = opened(full_app, "/problems")
    before = len(rows_of(page, TABLE))
    sent(filled(page))
    assert not page.error
    assert re.search(
        r"已登记问题P\d{6}，责任单位：县委政法委，状态：待解决。", page.success[0].value
    )
    rows = rows_of(page, TABLE)
    assert len(rows) == before + 1
    assert rows[-1][1].startswith("村居站点缺制度牌 9月22日发现 四（一）")
    assert page.text_area(key="problem_text_1").value == ""


def test_the_real_plan_takes_a_problem_too(empty_app: AppTest) -> None:
    page = sent(filled(opened(empty_app, "/problems")))
    assert not page.error
    assert len(rows_of(page, TABLE)) == 1


# Who has to move


def test_a_liaison_who_files_is_told_of_the_problems_that_wait_for_the_unit(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    engine = open_books(current().database.url)

    def move() -> Move:
        last = last_step(load(engine, "jiaxiang-2023", end_of(date(2030, 1, 1))), "P000004")
        assert last is not None
        return Move(problem="P000004", seen=last.code, text="已到岗")

    liaison = seen_by(AccountRole.LIAISON, "370829110")
    page = opened(full_app, "/filing")
    assert "另有1件问题待本单位办理（整改中1件）" in text_of(page)
    assert "/problems?state=with_unit" in links_of(page)
    assert len(rows_of(opened(full_app, "/problems?state=with_unit"), "问题清单及解决方案")) == 1
    ask_closing(engine, liaison, "jiaxiang-2023", move())
    assert "问题待本单位办理" not in text_of(opened(full_app, "/filing"))
    office = person(engine, AccountRole.OFFICE)
    check(engine, office, "jiaxiang-2023", move(), passed=False)
    assert "另有1件问题待本单位办理（退回整改1件）" in text_of(opened(full_app, "/filing"))
    engine.dispose()
