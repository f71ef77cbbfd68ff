"""填报表: sheets out by links, sheets in with a look before anything is posted."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.access.viewer import Viewer
from dashboard.ledgers.books import load
from dashboard.ledgers.database import open_books
from dashboard.ledgers.history import all_filings
from dashboard.ledgers.terms import AccountRole, FilingWay
from dashboard.rules.calendar import end_of
from dashboard.sheets.filing_bundle import packed
from tests.books import CODE, Desk
from tests.filing_sheets import (
    HEALTH,
    HOTLINE,
    MEASURE,
    NEVER,
    SHARE,
    TOWN,
    TUESDAY,
    books_with_work,
    filled,
    sheet_for,
    short_sheet,
)
from tests.views.reading import links_of, text_of
from tests.views.rows import opened, rows_of

TABLE = "需要填报的单位"
Given = tuple[str, bytes, str]


@pytest.fixture
def app(open_app: Callable[[Path], AppTest], tmp_path: Path) -> AppTest:
    """The app on the books of a Tuesday."""
    (tmp_path / "made").mkdir()
    made = books_with_work(tmp_path / "made")
    made.engine.dispose()
    return open_app(tmp_path / "made" / "books.db")


@pytest.fixture
def desk(app: AppTest) -> Desk:
    """The office beside the app, on the same books."""
    return Desk(open_books(settings.current().database.url))


def given(name: str, content: bytes) -> Given:
    return name, content, "application/octet-stream"


def uploaded(app: AppTest, *files: Given) -> AppTest:
    """The page once these files were chosen."""
    page = opened(app, "/sheets")
    page.file_uploader[0].set_value(list(files)).run()
    assert not page.exception
    return page


def button(page: AppTest) -> str:
    (found,) = [each for each in page.button if "选中的" in each.label]
    return str(found.label)


def press(page: AppTest) -> AppTest:
    next(each for each in page.button if "选中的" in each.label).click().run()
    assert not page.exception
    return page


def filings(desk: Desk) -> int:
    return len(all_filings(desk.engine, CODE, end_of(date(2024, 1, 1))))


# Out


def test_the_office_finds_each_unit_s_sheet_and_all_in_one(app: AppTest) -> None:
    page = opened(app, "/sheets")
    rows = rows_of(page, TABLE)
    assert ["县卫生健康局", "71", "1", "—", "下载"] in rows
    links = [urlsplit(each) for each in links_of(page) if each.startswith("/files/")]
    asked = [(each.path, parse_qs(each.query)) for each in links]
    assert ("/files/sheets.zip", {"plan": [CODE], "round": ["2023-W26"]}) in asked
    town = {"plan": [CODE], "round": ["2023-W26"], "unit": [TOWN]}
    assert ("/files/sheet.xlsx", town) in asked
    said = text_of(page)
    assert f"{len(rows)}个单位有" in said
    assert "下载记入审计记录" in said


def test_the_next_round_s_sheets_can_be_had_beforehand(full_app: AppTest) -> None:
    page = opened(full_app, "/sheets?round=2023-W39")
    assert "下期的填报表，要到该期开始后才能录入" in text_of(page)
    assert all("round=2023-W39" in each for each in links_of(page) if "/files/" in each)


def test_a_liaison_finds_the_own_sheet_alone(app: AppTest, seen_by: Callable[..., Viewer]) -> None:
    seen_by(AccountRole.LIAISON, TOWN)
    page = opened(app, "/sheets")
    links = [each for each in links_of(page) if each.startswith("/files/")]
    assert [parse_qs(urlsplit(each).query)["unit"] for each in links] == [[TOWN]]
    assert rows_of(page, TABLE) == []
    assert "本单位有2项需要填报" in text_of(page)
    assert not page.selectbox(key="choice_round").disabled
    assert [each.label for each in page.selectbox] == ["调度周"]


def test_where_nothing_is_asked_the_page_says_so(
    app: AppTest, desk: Desk, seen_by: Callable[..., Viewer]
) -> None:
    for line in (SHARE, SHARE.replace("town", "village")):
        desk.file(line, 2, TUESDAY)
    seen_by(AccountRole.LIAISON, TOWN)
    said = text_of(opened(app, "/sheets"))
    assert "本单位没有需要填报的事项，不需填报表。" in said
    assert "这一期没有需要填报的事项。" in said


def test_a_past_day_is_only_looked_at(app: AppTest) -> None:
    page = opened(app, "/sheets?date=2023-06-20")
    assert not page.get("file_uploader")
    assert "下载、录入填报表请先把左侧“统计截止日”改为2023年6月27日" in text_of(page)


# In: a look first


def test_nothing_is_posted_before_it_was_looked_at(app: AppTest, desk: Desk) -> None:
    before = filings(desk)
    sheet = filled(short_sheet(desk, HOTLINE, MEASURE), {HOTLINE: {"value": 24, "text": "已通"}})
    page = uploaded(app, given("表.xlsx", sheet))
    rows = rows_of(page, "县卫生健康局填报表1")
    by_title = {row[0].split()[0]: row[1:] for row in rows}
    assert by_title["热线每日开通时长"] == ["✔\xa0可录入", "完成值24小时 进展：已通", "尚无填报"]
    assert [row[1] for row in rows].count("○\xa0未填") == 1
    assert "1份：可录入1条，未填1条；尚未保存" in text_of(page)
    assert filings(desk) == before
    press(page)
    assert filings(desk) == before + 1
    assert "已录入1份填报表、1条填报。" in text_of(page)
    held = load(desk.engine, CODE, end_of(TUESDAY)).last_accepted[HOTLINE]
    assert (held.value, held.way, held.filed_by) == (24, FilingWay.MESSAGE, "县卫生健康局联络员")


def test_a_zip_of_several_units_is_posted_by_one_button(app: AppTest, desk: Desk) -> None:
    health = filled(short_sheet(desk, HOTLINE), {HOTLINE: {"value": 24}})
    town = filled(sheet_for(desk, TOWN), {SHARE: {"value": 2}})
    page = uploaded(app, given("全部.zip", packed([("甲.xlsx", health), ("乙.xlsx", town)])))
    assert button(page) == "录入选中的2条"
    press(page)
    assert "已录入2份填报表、2条填报。" in text_of(page)
    assert load(desk.engine, CODE, end_of(TUESDAY)).last_accepted[SHARE].value == 2


def test_problems_are_told_and_the_good_rows_wait_for_a_choice(app: AppTest, desk: Desk) -> None:
    entries: dict[str, dict[str, Any]] = {HOTLINE: {"value": "约24"}, MEASURE: {"value": 20}}
    page = uploaded(app, given("表.xlsx", filled(short_sheet(desk, *entries), entries)))
    (told,) = [each.value for each in page.error]
    assert "完成值：“约24”不是数字，请只填数字" in told.replace("\\", "")
    (box,) = [each for each in page.checkbox if "可录入的1条" in each.label]
    assert box.value is False
    assert button(page) == "录入选中的0条"
    box.check().run()
    assert button(page) == "录入选中的1条"
    press(page)
    held = load(desk.engine, CODE, end_of(TUESDAY)).last_accepted
    assert held[MEASURE].value == 20
    assert HOTLINE not in held


def test_what_could_not_be_posted_stays_listed_until_it_comes_in_again(
    app: AppTest, desk: Desk
) -> None:
    wrong = filled(short_sheet(desk, HOTLINE), {HOTLINE: {"value": "约24"}})
    good = filled(sheet_for(desk, TOWN), {SHARE: {"value": 2}})
    page = press(uploaded(app, given("坏.xlsx", wrong), given("好.xlsx", good)))
    assert "已录入1份填报表、1条填报。" in text_of(page)
    (told,) = [each.value for each in page.error]
    assert "完成值：“约24”不是数字，请只填数字" in told.replace("\\", "")
    assert [each.label for each in page.expander] == ["县卫生健康局　（坏.xlsx）"]
    right = filled(short_sheet(desk, HOTLINE), {HOTLINE: {"value": 24}})
    page.file_uploader[0].set_value([given("改好.xlsx", right)]).run()
    assert not page.error
    press(page)
    assert not page.error
    assert "没有录入的" not in text_of(page)


def test_what_stays_listed_can_be_put_away(app: AppTest, desk: Desk) -> None:
    good = filled(sheet_for(desk, TOWN), {SHARE: {"value": 2}})
    page = press(uploaded(app, given("空.xlsx", b""), given("好.xlsx", good)))
    assert [each.value for each in page.error] == ["是空文件（0字节），请重新发送"]
    next(each for each in page.button if each.label == "不再列出").click().run()
    assert not page.error


def test_a_row_filed_online_is_shown_beside_and_taken_only_when_chosen(
    app: AppTest, desk: Desk
) -> None:
    entries = {HOTLINE: {"value": 24}, NEVER: {"value": 40}}
    sheet = filled(short_sheet(desk, *entries), entries)
    desk.file(HOTLINE, 20, TUESDAY, text="网上已报")
    page = uploaded(app, given("表.xlsx", sheet))
    (row,) = [each for each in rows_of(page, "县卫生健康局填报表1") if "网上" in each[1]]
    assert row[1:] == [
        "▲\xa0网上已另报",
        "完成值24小时",
        "网上： 联络员，6月27日10:00收到 完成值20小时 进展：网上已报",
    ]
    assert button(page) == "录入选中的1条"
    (box,) = [each for each in page.checkbox if "以表中填写为准" in each.label]
    assert box.value is False
    box.check().run()
    press(page)
    held = load(desk.engine, CODE, end_of(TUESDAY)).last_accepted
    assert (held[HOTLINE].value, held[NEVER].value) == (24, 40)


def test_what_was_received_earlier_is_dated_so(app: AppTest, desk: Desk) -> None:
    page = opened(app, "/sheets")
    page.checkbox(key="sheets_earlier").check().run()
    page.date_input(key="sheets_on").set_value(date(2023, 6, 26)).run()
    page.selectbox(key="sheets_way").set_value(FilingWay.PAPER).run()
    sheet = filled(short_sheet(desk, HOTLINE), {HOTLINE: {"value": 24}})
    page.file_uploader[0].set_value([given("表.xlsx", sheet)]).run()
    press(page)
    held = load(desk.engine, CODE, end_of(TUESDAY)).last_accepted[HOTLINE]
    assert held.received_at.isoformat() == "2023-06-26T02:00:00+00:00"
    assert held.way is FilingWay.PAPER


def test_what_is_no_sheet_is_named_and_its_name_is_no_markup(app: AppTest) -> None:
    page = uploaded(app, given("**[x](http://a)**.xlsx", b""))
    (told,) = [each.value for each in page.error]
    assert told == "是空文件（0字节），请重新发送"
    (label,) = [each.label for each in page.expander]
    assert r"\*\*\[x\](http\://a)\*\*" in label
    assert button(page) == "录入选中的0条"


# A liaison's own


def test_a_liaison_s_sheet_waits_for_review(
    app: AppTest, desk: Desk, seen_by: Callable[..., Viewer]
) -> None:
    viewer = seen_by(AccountRole.LIAISON, TOWN)
    sheet = filled(sheet_for(desk, TOWN), {SHARE: {"value": 2, "text": "讲座2场"}})
    page = uploaded(app, given("表.xlsx", sheet))
    assert button(page) == "提交选中的1条"
    press(page)
    assert "已提交1份填报表、1条填报，待专班办公室审核。" in text_of(page)
    books = load(desk.engine, CODE, end_of(TUESDAY))
    held = books.last_filed[SHARE]
    assert (held.value, held.way, held.filed_by) == (2, FilingWay.SELF, viewer.post)
    assert SHARE not in books.last_replies


def test_a_liaison_takes_in_no_other_unit_s_sheet(
    app: AppTest, desk: Desk, seen_by: Callable[..., Viewer]
) -> None:
    seen_by(AccountRole.LIAISON, TOWN)
    sheet = filled(short_sheet(desk, HOTLINE), {HOTLINE: {"value": 24}})
    page = uploaded(app, given("表.xlsx", sheet))
    (told,) = [each.value for each in page.error]
    assert told == "是县卫生健康局的填报表，不是本单位的，请核对后上传本单位的表"
    assert button(page) == "提交选中的0条"
    assert HEALTH not in told


def test_a_leader_has_no_such_page(app: AppTest, seen_by: Callable[..., Viewer]) -> None:
    seen_by(AccountRole.LEADER)
    app.run()
    assert "填报表" not in text_of(app)
