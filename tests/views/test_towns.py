"""镇街进度: towns × requirements, each cell in words, each number with its rows."""

import re

from streamlit.testing.v1 import AppTest

from tests.views.reading import text_of
from tests.views.rows import links_in, opened, rows_of

MATRIX = "镇街进度"


def test_empty_books_say_what_is_not_known(empty_app: AppTest) -> None:
    page = opened(empty_app, "/towns")
    text = text_of(page)
    assert "13个镇街应各设1处村居站点，站点台账尚无登记；分报13个镇街未报。" in text
    assert "请先核定应设名录" in text
    rows = rows_of(page, MATRIX)
    assert len(rows) == 14
    assert {row[1] for row in rows[:13]} == {"— 未登记"}


def test_every_town_is_there_once_in_the_office_s_order(full_app: AppTest) -> None:
    names = [row[0] for row in rows_of(opened(full_app, "/towns"), MATRIX)]
    assert (names[0], names[12], names[13]) == ("嘉祥街道", "黄垓镇", "县经开区")
    assert len(set(names)) == 14


def test_every_cell_says_a_word_and_none_is_colour_alone(full_app: AppTest) -> None:
    for row in rows_of(opened(full_app, "/towns"), MATRIX):
        assert all(re.search(r"[\u4e00-\u9fff]{2}", cell) for cell in row), row


def test_the_sentence_counts_the_cells(full_app: AppTest) -> None:
    page = opened(full_app, "/towns")
    rows = rows_of(page, MATRIX)[:13]
    text = text_of(page)
    met = sum(row[5].startswith("◆") for row in rows)
    assert f"镇街心理知识讲座：13个镇街中{met}个达到要求" in text
    done = sum(int(found[1]) for row in rows if (found := re.search(r"(\d+)/\d+个", row[6])))
    assert f"382个村（社区）中{done}个达到要求" in text
    missing = sum("未报" in row[5] + row[6] for row in rows)
    assert f"分报{missing}个镇街未报" in text


def test_a_town_leads_to_its_panel_and_a_figure_to_its_rows(full_app: AppTest) -> None:
    found = links_in(opened(full_app, "/towns"), MATRIX)
    assert ("嘉祥街道", "/station_map?town=370829001") in found
    built = [each for each in found if each[1].startswith("/stations")]
    for words, to in built[:3]:
        assert words == f"已建{len(rows_of(opened(full_app, to), '站点台账'))}"


def test_what_each_column_asks_is_said_with_its_clause(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/towns"), "各项要求的口径")
    assert ["13个镇街村居站点", "四（二）4", "全县应设13处（2023年）", "站点台账"] in rows
    assert ["镇街心理知识讲座", "四（八）", "每个镇街不少于5场", "镇街分报"] in rows
