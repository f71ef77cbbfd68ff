"""会议室大屏: the figures of other pages in large type, and nothing that a room must not see."""

import re
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.posting.plans import clear_practice
from dashboard.rules.gaps import worst_gaps
from dashboard.rules.summary import leading_sentence
from dashboard.widgets.desk import Desk
from dashboard.widgets.wall_screen import is_out_of_date
from tests.views.conftest import PLAN
from tests.views.reading import links_of, text_of
from tests.views.rows import opened


def wall(app: AppTest, query: str = "") -> tuple[AppTest, str, Desk]:
    page = opened(app, f"/wall{query}")
    found = page.session_state["desk"]
    assert isinstance(found, Desk)
    return page, text_of(page), found


def test_the_wall_says_what_the_other_pages_say(full_app: AppTest) -> None:
    page, text, desk = wall(full_app)
    said = leading_sentence(desk.judgement).replace("需您协调", "需协调解决")
    assert said in text.replace(" ", "")
    assert text_of(opened(full_app, "/station_map")).count("13个镇街中8个已建成村居站点") == 1
    assert "13个镇街中8个已建成村居站点，其中6个达标；2个在建，3个未动工。" in text
    lights = re.search(
        r"✔ 已完成 (\d+) ● 正常 (\d+) ▲ 滞后或临期 (\d+) ■ 严重滞后或逾期 (\d+)", text
    )
    rest = re.search(r"重点任务共(\d+)项 ○ 未到启动期 (\d+)项 – 暂不亮灯 (\d+)项", text)
    assert lights is not None
    assert rest is not None
    total, *others = map(int, rest.groups())
    assert sum(map(int, lights.groups())) + sum(others) == total == len(desk.judgement.tasks)
    assert "演示数据" in text
    assert "2023年9月22日 星期五" in text
    assert "/" in links_of(page)


def test_the_worst_gaps_stand_with_whose_they_are(full_app: AppTest) -> None:
    _, text, desk = wall(full_app)
    shown = text.partition("尚缺站点")[2].partition("本周变化")[0]
    first = worst_gaps(desk.judgement, 1)[0]
    assert first.town is not None
    assert f"{first.town.name}" in shown
    assert f"村居站点{first.missing}" in shown
    assert f"{first.units[0][0].label}：{first.units[0][1]}" in shown


def test_the_week_is_told_from_its_monday(full_app: AppTest) -> None:
    _, text, _ = wall(full_app)
    told = text.partition("本周变化")[2]
    assert told.strip().startswith("9月18日以来")
    assert re.search(r"新达标站点\d+处 \S+", told)


def test_a_room_sees_no_instruction_no_request_and_no_person(full_app: AppTest) -> None:
    _, text, desk = wall(full_app)
    books = desk.books
    assert books.all(r.Directive)
    told = [each.matter for each in books.all(r.Directive)]
    told += [each.request for each in books.all(r.Problem) if each.request]
    told += [each.name for each in books.all(r.Contact) if each.name]
    assert [each for each in told if each in text] == []


def test_an_empty_ledger_says_so_and_tells_what_is_late_instead(empty_app: AppTest) -> None:
    _, text, desk = wall(empty_app)
    assert "站点台账尚无登记，暂不能列出缺口。" in text
    assert "逾期和滞后的任务" in text
    assert "本周尚无变化。" in text
    assert "演示数据" not in text
    assert not is_out_of_date(desk)


def test_a_hundred_tasks_fit_with_what_is_behind_below_few_gaps(
    open_app: Callable[[Path], AppTest], large_books: Path
) -> None:
    _, text, desk = wall(open_app(large_books))
    found = re.search(r"逾期和滞后的任务 共(\d+)项 (.*)本周变化", text)
    assert found is not None
    behind = [each for each in desk.judgement.tasks if each.is_lagging or each.is_overdue]
    assert int(found[1]) == len(behind)
    order = re.findall(r"■|▲", found[2])
    assert order == sorted(order, key="■▲".index)


def test_a_past_day_shows_no_clock(full_app: AppTest) -> None:
    _, present, _ = wall(full_app)
    page, text, _ = wall(full_app, "?date=2023-09-01")
    assert "统计截至2023年9月1日" in text
    assert re.search(r"星期. +\d+:\d\d", present)
    assert not re.search(r"\d+:\d\d", text)
    assert "/?date=2023-09-01" in links_of(page)


def test_the_wall_is_drawn_anew_once_the_books_have_changed(full_app: AppTest) -> None:
    _, _, desk = wall(full_app)
    assert not is_out_of_date(desk)
    clear_practice(desk.engine, CONSOLE, PLAN)
    assert is_out_of_date(desk)


def test_the_wall_is_reached_from_the_overview_and_the_map(full_app: AppTest) -> None:
    assert "/wall" in links_of(opened(full_app, "/overview"))
    assert "/wall?list=h-community" in links_of(opened(full_app, "/station_map?list=h-community"))
    assert "城市社区心理咨询室" in wall(full_app, "?list=h-community&shade=light")[1]
