"""方案导入: handed in, gone through row by row, posted whole; nothing is done unasked."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers.books import plan_codes
from dashboard.ledgers.importing import DocumentState, RowState
from dashboard.posting.import_reading import DraftRow, document, documents, rows_of
from dashboard.posting.importing import put_away, save_about, save_row, say
from dashboard.widgets.desk import library
from tests.import_acts import accept_all
from tests.made_plan import ABOUT, NAME, NEWER, TEXT, laid_by
from tests.views.reading import links_of, text_of
from tests.views.rows import links_in, opened
from tests.views.rows import rows_of as table_of

OPEN = "/plan_import?document=1"


@pytest.fixture
def app(empty_app: AppTest) -> AppTest:
    """The app on 嘉祥's plan, with a document on its way."""
    laid_by(engine())
    return empty_app


def engine() -> Engine:
    return library(settings.current().database.url).engine


def row(ledger: str, code: str) -> DraftRow:
    return next(
        each for each in rows_of(engine(), 1) if (each.row.ledger, each.row.code) == (ledger, code)
    )


def press(page: AppTest, words: str) -> AppTest:
    next(each for each in page.button if each.label == words).click().run()
    assert not page.exception
    return page


def act(page: AppTest, what: str, each: DraftRow) -> AppTest:
    """One of a row's own buttons."""
    name = re.compile(rf"import_{what}_{each.id}_\d+")
    next(one for one in page.button if one.key and name.fullmatch(one.key)).click().run()
    assert not page.exception
    return page


def left(page: AppTest) -> str:
    """The marked text, with its tags."""
    bodies = [each.proto.body for each in page.get("html") if 'class="g-text"' in each.proto.body]
    return unescape(bodies[0])


def accept(*but: str) -> None:
    """Accept every row but those with these codes."""
    found = [each for each in rows_of(engine(), 1) if each.row.code not in but]
    say(engine(), CONSOLE, 1, {each.id: each.version for each in found}, RowState.ACCEPTED)


# Handing in


def test_without_any_plan_the_page_is_there_and_others_lead_to_it(
    open_app: Callable[[Path], AppTest], empty_books: Path, tmp_path: Path
) -> None:
    from dashboard.ledgers.database import close, open_books  # noqa: PLC0415

    bare = tmp_path / "bare.db"
    close(open_books(f"sqlite:///{bare.as_posix()}"))
    app = open_app(bare)
    assert "账中还没有方案" in text_of(app)
    assert "/plan_import" in links_of(app)
    page = opened(app, "/plan_import")
    told = text_of(page)
    assert "上传方案文件，读出条款、单位、任务、时限和指标，逐条核对后入账。" in told
    assert "txt、docx、pdf，不超过20MB" in told
    assert "还没有上传过方案文件" in told


def test_a_document_handed_in_opens_with_what_it_does_not_say(empty_app: AppTest) -> None:
    page = opened(empty_app, "/plan_import")
    page.file_uploader[0].set_value((NAME, TEXT.encode(), "text/plain")).run()
    press(page, "上传并读取")
    told = text_of(page)
    assert "文件已读取，请先补齐方案信息，再逐条核对。" in told
    assert "《某县河湖整治工作方案》读出" in told
    assert "方案信息还缺3项" in told
    asked = [each.label for each in (*page.text_input, *page.selectbox)]
    assert asked.index("文号（必填）") < asked.index("方案名称（必填）")
    assert page.query_params["document"] == "1"


def test_what_cannot_be_read_is_told_beside_the_file(empty_app: AppTest) -> None:
    page = opened(empty_app, "/plan_import")
    page.file_uploader[0].set_value(("方案.txt", "一段话".encode(), "text/plain")).run()
    press(page, "上传并读取")
    assert "没有上传。没有读到带编号的条款" in text_of(page)
    assert documents(engine()) == ()


def test_the_list_tells_who_brought_what_and_how_far_it_is(app: AppTest) -> None:
    (cells,) = table_of(opened(app, "/plan_import"), "方案文件")
    assert cells[0].startswith("某县河湖整治工作方案 某县河湖整治工作方案.txt")
    assert "专班办公室" in cells[1]
    assert re.search(r"核对中 待核\d+条，共\d+条", cells[2])
    page = opened(app, "/plan_import")
    page.file_uploader[0].set_value((NAME, TEXT.encode(), "text/plain")).run()
    assert "同一文件已由专班办公室于" in text_of(page)


# The plan's own fields


def test_the_plans_own_fields_are_kept_and_two_editors_kept_apart(app: AppTest) -> None:
    page = opened(app, f"{OPEN}&part=about")
    for label, text in (("文号（必填）", "无"), ("专班办公室（必填）", "县河湖办")):
        next(each for each in page.text_input if each.label == label).set_value(text)
    press(page, "保存方案信息")
    held = document(engine(), 1)
    assert held is not None
    assert (held.about["number"], held.about["office"]) == ("无", "县河湖办")
    assert held.about["code"] == "plan-2024"
    other = opened(app, f"{OPEN}&part=about")
    save_about(engine(), CONSOLE, 1, {"office": "另一办公室"}, seen=held.version)
    next(each for each in other.text_input if each.label == "地区（必填）").set_value("某乡")
    press(other, "保存方案信息")
    (warned,) = [each.value for each in other.warning]
    assert "在您打开之后改过" in warned
    assert "“专班办公室”现为“另一办公室”" in warned
    again = document(engine(), 1)
    assert again is not None
    assert again.about["office"] == "另一办公室"
    press(other, "保存方案信息")
    assert "方案信息已保存。" in text_of(other)
    again = document(engine(), 1)
    assert again is not None
    assert (again.about["office"], again.about["place"]) == ("另一办公室", "某乡")


# Going through


def test_it_begins_with_what_has_a_note_and_the_readers_problems(app: AppTest) -> None:
    page = opened(app, f"{OPEN}&part=rows")
    assert page.selectbox[0].value == "noted"
    told = text_of(page)
    assert "▲ 原文未明确牵头单位，暂以第一个责任单位汇总，请由办公室确定。" in told
    assert "原文未明确牵头单位，牵头留空；确有牵头单位的，请由办公室指定。" in told
    assert any("clause=二（二）&row=" in unquoted(each) for each in links_of(page))


def unquoted(address: str) -> str:
    from urllib.parse import unquote  # noqa: PLC0415

    return unquote(address)


def test_choosing_a_row_marks_its_sentence_and_a_mark_leads_to_its_row(app: AppTest) -> None:
    duty = row("responsibility", "r-02-02")
    page = opened(app, f"{OPEN}&part=rows&clause=二（一）&row={duty.id}")
    assert re.search(r'<a class="g-mark g-chosen[^>]*>县财政局</a>', left(page)) or re.search(
        r"g-duty g-chosen[^>]*>县财政局</a>", left(page)
    )
    assert "原文：县财政局" in text_of(page)
    deadline = row("deadline", "d-02-1")
    assert re.search(rf'g-date" href="[^"]*row={deadline.id}"[^>]*>2024年6月底前</a>', left(page))


def test_a_problems_place_is_marked_until_another_clause_is_looked_at(app: AppTest) -> None:
    start = TEXT.index("每月通报")
    place = f"{start}-{start + 4}-三（一）"
    page = opened(app, f"{OPEN}&part=rows&clause=三（一）&at={place}")
    assert re.search(r'g-chosen[^>]*>每月</a>.*g-chosen"[^>]*>通报', left(page))
    other = opened(app, f"{OPEN}&part=rows&clause=二（一）&at={place}")
    assert "g-chosen" not in left(other)


def test_the_text_is_shown_as_text(empty_app: AppTest) -> None:
    laid_by(engine(), TEXT.replace("全面清理河道垃圾", "<script>alert(1)</script>&amp;清理"))
    page = opened(empty_app, f"{OPEN}&part=rows&clause=二（一）")
    bodies = " ".join(each.proto.body for each in page.get("html"))
    assert "<script" not in bodies
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;清理" in bodies


def test_the_whole_text_is_there_on_demand(empty_app: AppTest) -> None:
    laid_by(engine(), TEXT.replace("一、工作目标", f"{'为改善水环境，' * 40}\n一、工作目标"))
    page = opened(empty_app, f"{OPEN}&part=rows&clause=二（一）")
    assert "关于印发" not in left(page)
    page.toggle(key="import_whole").set_value(True).run()
    assert "关于印发《某县河湖整治工作方案》的通知" in left(page)
    assert "（一）加强督导" in left(page)


def test_a_row_is_accepted_and_its_neighbours_wait(app: AppTest) -> None:
    page = opened(app, f"{OPEN}&part=rows&clause=二（一）")
    act(page, "yes", row("task", "t-02"))
    assert row("task", "t-02").state is RowState.ACCEPTED
    assert row("responsibility", "r-02-01").state is RowState.WAITING
    assert "✔ 已采用" in text_of(page)


def test_all_are_accepted_but_those_with_a_note_which_are_asked_for_apart(app: AppTest) -> None:
    page = opened(app, f"{OPEN}&part=rows")
    noted = [each for each in rows_of(engine(), 1) if each.row.note]
    plain = len(rows_of(engine(), 1)) - len(noted)
    press(page, f"没有说明的{plain}条全部采用")
    waiting = [each for each in rows_of(engine(), 1) if each.state is RowState.WAITING]
    assert [each.id for each in waiting] == [each.id for each in noted]
    press(page, f"看过了，这{len(noted)}条一并采用")
    assert all(each.state is RowState.ACCEPTED for each in rows_of(engine(), 1))
    assert "已全部核完" in text_of(page)


def test_a_clause_is_accepted_by_itself(app: AppTest) -> None:
    mine = [each for each in rows_of(engine(), 1) if each.row.clause == "二（一）"]
    page = opened(app, f"{OPEN}&part=rows&clause=二（一）")
    press(page, f"采用本条款全部{len(mine)}条")
    accepted = {each.id for each in rows_of(engine(), 1) if each.state is RowState.ACCEPTED}
    assert accepted == {each.id for each in mine}
    assert "本组已核完。" in text_of(page)


def test_what_hangs_on_a_row_is_dropped_with_it_after_a_question(app: AppTest) -> None:
    page = opened(app, f"{OPEN}&part=rows&clause=二（一）")
    act(page, "no", row("task", "t-02"))
    assert "随这一条一并不采用的还有6条：责任3、时限1、措施1、报送安排1。" in text_of(page)
    press(page, "取消")
    assert row("task", "t-02").state is RowState.WAITING
    act(page, "no", row("task", "t-02"))
    press(page, "共7条不采用")
    dropped = [each for each in rows_of(engine(), 1) if each.state is RowState.DROPPED]
    assert len(dropped) == 7
    act(page, "yes", row("responsibility", "r-02-01"))
    assert row("task", "t-02").state is RowState.ACCEPTED
    assert row("responsibility", "r-02-02").state is RowState.DROPPED


def test_a_click_on_what_another_has_changed_does_nothing_and_says_so(app: AppTest) -> None:
    found = row("task", "t-02")
    page = opened(app, f"{OPEN}&part=rows&clause=二（一）")
    save_row(engine(), CONSOLE, 1, found.id, {"title": "清理河湖"}, seen=found.version)
    act(page, "no", found)
    (warned,) = [each.value for each in page.warning]
    assert warned.startswith("专班办公室在您打开之后改过这里，没有保存。")
    assert warned.endswith("现在：已采用。")
    assert "清理河湖" in text_of(page)
    assert row("task", "t-02").state is RowState.ACCEPTED


def test_a_row_on_which_nothing_hangs_is_dropped_at_once(app: AppTest) -> None:
    page = opened(app, f"{OPEN}&part=rows&clause=二（一）")
    act(page, "no", row("responsibility", "r-02-02"))
    assert row("responsibility", "r-02-02").state is RowState.DROPPED


def test_an_edited_row_keeps_what_was_typed_and_what_another_changed(app: AppTest) -> None:
    found = row("indicator", "i-03-1")
    page = opened(app, f"{OPEN}&part=rows&clause=二（二）")
    act(page, "edit", found)
    value = next(each for each in page.text_input if each.label == "目标值（必填）")
    value.set_value("25")
    save_row(engine(), CONSOLE, 1, found.id, {"unit": "千米"}, seen=found.version)
    press(page, "保存并采用")
    told = " ".join(each.value for each in (*page.warning, *page.info))
    assert "在您打开之后改过" in told
    assert "“目标值”现为“20”" in told
    press(page, "保存并采用")
    after = row("indicator", "i-03-1").row.fields
    assert (after["value"], after["unit"]) == ("25", "千米")


def test_personal_numbers_are_refused_beside_the_form(app: AppTest) -> None:
    page = opened(app, f"{OPEN}&part=rows&clause=二（一）")
    act(page, "edit", row("task", "t-02"))
    next(each for each in page.text_input if each.label == "备注").set_value("13812345678")
    press(page, "保存并采用")
    assert "没有保存。疑似含有手机号码" in text_of(page)
    assert row("task", "t-02").state is RowState.WAITING


# Posting, comparing, giving up


def test_what_is_still_to_do_is_listed_with_its_places(app: AppTest) -> None:
    page = opened(app, f"{OPEN}&part=post")
    found = table_of(page, "还要处理的")
    assert found[0] == ["方案信息", "还没有填写：文号、专班办公室、办公室所在单位"]
    assert [each[0] for each in found[1:]] == ["问题和说明", "没有说明的"]
    assert "全部入账" not in [each.label for each in page.button]
    save_about(engine(), CONSOLE, 1, ABOUT, seen=1)
    accept("u-02")
    say(engine(), CONSOLE, 1, {row("unit", "u-02").id: 1}, RowState.DROPPED)
    page = opened(app, f"{OPEN}&part=post")
    ((where, what),) = table_of(page, "还要处理的")
    assert where == "责任 配合单位：县财政局 二（一）"
    assert "没有采用，请一并采用，或改填其他" in what
    ((_, to),) = links_in(page, "还要处理的")
    assert to.endswith(f"row={row('responsibility', 'r-02-02').id}")


def test_what_the_books_refuse_is_listed_and_nothing_is_posted(app: AppTest) -> None:
    save_about(engine(), CONSOLE, 1, {**ABOUT, "period_end": "2023-01-01"}, seen=1)
    accept_all(engine(), 1)
    page = press(opened(app, f"{OPEN}&part=post"), "全部入账")
    assert "没有入账，先要处理的" in text_of(page)
    assert table_of(page, "还要处理的") == [["方案信息", "方案止期早于成文日期，请核对"]]
    assert plan_codes(engine()) == ("jiaxiang-2023",)
    save_about(engine(), CONSOLE, 1, {"period_end": "2026-12-31"}, seen=2)
    press(page, "全部入账")
    assert plan_codes(engine()) == ("jiaxiang-2023", "plan-2024")


def test_a_draft_is_posted_whole_and_leads_to_the_new_plan(app: AppTest) -> None:
    save_about(engine(), CONSOLE, 1, ABOUT, seen=1)
    accept_all(engine(), 1)
    page = opened(app, OPEN)
    assert "条款6，单位4，任务4，责任6，时限4，指标3，措施4，报送安排5。" in text_of(page)
    press(page, "全部入账")
    assert "方案已入账。" in text_of(page)
    assert plan_codes(engine()) == ("jiaxiang-2023", "plan-2024")
    assert "/?plan=plan-2024" in links_of(page)
    overview = opened(app, "/overview?plan=plan-2024")
    assert "某县河湖整治工作方案" in text_of(overview)
    task = opened(app, "/task?plan=plan-2024&code=t-02")
    (to,) = [each for each in links_of(task) if each.startswith("/source")]
    source = opened(app, to)
    told = text_of(source)
    assert "出自下面标出的原文" in told
    assert "全面清理河道垃圾" in told
    assert NAME in told
    assert "校验值（SHA-256）" in told


def test_a_row_that_came_without_a_document_has_no_source(empty_app: AppTest) -> None:
    task = opened(empty_app, "/task?code=t-4-1")
    assert not [each for each in links_of(task) if each.startswith("/source")]
    told = text_of(opened(empty_app, "/source?ledger=task&row=t-4-1"))
    assert "不是从方案文件导入的" in told
    assert "没有这条记录" in text_of(opened(empty_app, "/source?ledger=task&row=none"))


def test_a_second_version_is_held_against_the_books(app: AppTest) -> None:
    save_about(engine(), CONSOLE, 1, ABOUT, seen=1)
    accept_all(engine(), 1)
    press(opened(app, f"{OPEN}&part=post"), "全部入账")
    laid_by(engine(), NEWER)
    page = opened(app, "/plan_import?document=2&part=compare")
    assert page.selectbox[0].value == "plan-2024"
    found = table_of(page, "对照结果")
    assert ["二（二）", "指标：年底前绿化河岸", "变动", "20公里", "25公里"] in found or [
        "二（二）",
        "指标：绿化河岸",
        "变动",
        "20公里",
        "25公里",
    ] in found
    assert ["二（二）", "责任：县水务局", "删去", "责任", "—"] in found
    other = opened(app, "/plan_import?document=2&part=compare&with=jiaxiang-2023")
    assert len(table_of(other, "对照结果")) > len(found)


def test_a_draft_is_given_up_after_a_question(app: AppTest) -> None:
    page = press(opened(app, OPEN), "确认放弃")
    held = document(engine(), 1)
    assert held is not None
    assert held.state is DocumentState.DROPPED
    assert "草稿已放弃。" in text_of(page)
    rows = opened(app, f"{OPEN}&part=rows&clause=二（一）")
    assert "采用" not in [each.label for each in rows.button]


def test_an_unknown_document_leads_to_the_list(app: AppTest) -> None:
    put_away(engine(), CONSOLE, 1)
    for named in ("99", "x", "9" * 30):
        page = opened(app, f"/plan_import?document={named}")
        assert table_of(page, "方案文件")[0][2].startswith("已放弃")
