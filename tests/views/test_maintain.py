"""台账维护: one grid to choose from, for every ledger, empty, full and with hundreds of rows."""

from streamlit.testing.v1 import AppTest

from dashboard.ledgers.shape import LEDGERS, TITLES, row_word
from dashboard.posting.editable import EDITABLE
from dashboard.widgets.record_choice import GROUPS
from dashboard.widgets.table import PAGE_ROWS
from tests.views.reading import links_of, text_of
from tests.views.rows import links_in, opened, rows_of
from tests.views.test_record import books_now

SHOWN = [ledger for _, ledgers in GROUPS for ledger in ledgers]


def test_every_ledger_that_can_be_edited_is_offered() -> None:
    assert set(EDITABLE) <= set(SHOWN)


def test_the_grid_lists_every_row_and_leads_to_it(full_app: AppTest) -> None:
    books = books_now()
    for ledger in SHOWN:
        page = opened(full_app, f"/maintain?ledger={ledger}")
        held = books.all(LEDGERS[ledger])
        assert f"共{len(held)}条" in text_of(page)
        shown = held[:PAGE_ROWS]
        word = "查看、修改" if ledger in EDITABLE else "查看"
        own = f"/record?ledger={ledger}&code="
        found = [each for each in links_in(page, TITLES[ledger]) if each[1].startswith(own)]
        assert len(found) == len(shown)
        assert {words for words, _ in found} <= {word}
        new = f"/record?ledger={ledger}"
        assert (new in links_of(page)) == (ledger in EDITABLE)


def test_an_empty_ledger_says_how_to_begin(empty_app: AppTest) -> None:
    for ledger in ("milestone", "contact", "station", "problem", "directive"):
        word = row_word(ledger)
        told = text_of(opened(empty_app, f"/maintain?ledger={ledger}"))
        assert f"还没有{word}。点上面的“新增{word}”登记。" in told


def test_a_word_narrows_the_rows_and_none_says_so(full_app: AppTest) -> None:
    page = opened(full_app, "/maintain?ledger=responsibility")
    box = next(each for each in page.text_input if each.label == "查找")
    box.input("县卫生健康局").run()
    rows = rows_of(page, "责任清单")
    assert rows
    assert all("县卫生健康局" in row[0] + row[1] for row in rows)
    box = next(each for each in page.text_input if each.label == "查找")
    box.input("没有这个词").run()
    assert "没有含“没有这个词”的记录，请换一个词。" in text_of(page)


def test_a_narrowed_list_begins_with_its_first_page(full_app: AppTest) -> None:
    page = opened(full_app, "/maintain?ledger=reporting_line")
    box = next(each for each in page.text_input if each.label == "查找")
    box.input("每月").run()
    assert not page.exception
    assert rows_of(page, "报送安排")


def test_the_past_is_listed_and_only_read(full_app: AppTest) -> None:
    page = opened(full_app, "/maintain?ledger=station&date=2023-07-31")
    assert "新增站点请先把左侧“统计截止日”改为2023年9月22日" in text_of(page)
    assert "/record?ledger=station&date=2023-07-31" not in links_of(page)
