"""指标: targets in words, shares under their whole, denominators with their year, no mean."""

import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.bullets import bullets, counted
from dashboard.settings import current
from dashboard.widgets.strips import DISPLAY
from tests import books as b
from tests.views.reading import text_of
from tests.views.rows import opened, rows_of


def test_eighteen_numbers_and_seven_wholes_are_listed(empty_app: AppTest) -> None:
    page = opened(empty_app, "/indicators")
    assert len(rows_of(page, "指标")) == 25
    assert "18项数字指标、7项“全部”类要求" in text_of(page)
    assert "填报完成值" in text_of(page)


@pytest.mark.parametrize(
    ("query", "rows"), [("kind=number", 18), ("kind=all", 7), ("clause=四（六）", 11)]
)
def test_an_address_filters_the_rows(empty_app: AppTest, query: str, rows: int) -> None:
    assert len(rows_of(opened(empty_app, f"/indicators?{query}"), "指标")) == rows


def test_yearly_shares_follow_their_whole(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/indicators?clause=四（六）"), "指标")
    names = [row[1] for row in rows]
    whole = next(n for n, name in enumerate(names) if name.startswith("培训基层心理服务人才"))
    shares = rows[whole + 1 : whole + 4]
    assert all(row[1].startswith("其中：") for row in shares)
    assert [re.findall(r"\d+(?=人次)", row[2])[0] for row in shares] == ["300", "300", "200"]
    assert rows[whole][2].startswith("不少于800人次")


def test_a_denominator_is_named_with_its_year_or_said_to_be_open(full_app: AppTest) -> None:
    rows = {row[1]: row for row in rows_of(opened(full_app, "/indicators"), "指标")}
    village = next(row for name, row in rows.items() if name.startswith("村（社区）宣传讲座"))
    assert "应有382个（2023年）" in village[2]
    school = next(row for name, row in rows.items() if name.startswith("设心理辅导室"))
    assert "名录待核定" in school[2]
    assert "%" not in school[4]


def test_each_pill_counts_the_rows_it_shows(full_app: AppTest) -> None:
    pills = opened(full_app, "/indicators").button_group[0].options
    numbers = [int(re.findall(r"\d+", words)[-1]) for words in pills]
    shown = [
        len(rows_of(opened(full_app, f"/indicators?light={light.value}"), "指标"))
        for light in DISPLAY
    ]
    assert numbers == shown
    assert sum(numbers) == 25


def test_who_sums_up_is_named_and_never_called_lead(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/indicators?clause=四（八）"), "指标")
    assert all("县委宣传部" in row[6] and "非牵头" in row[6] for row in rows)


def test_no_mean_over_different_units_is_shown(full_app: AppTest) -> None:
    text = text_of(opened(full_app, "/indicators"))
    assert "平均完成率" not in text
    assert "不作平均" in text


def test_the_picture_holds_counts_alone_each_against_its_own_target(tmp_path: Path) -> None:
    desk = b.Desk(b.shipped(tmp_path))
    desk.file("l-4-5-partners", 4, date(2023, 9, 20))
    desk.file("l-4-4-hotline", 24, date(2023, 9, 20))
    items = desk.judged(date(2023, 9, 22)).items
    drawn = {each.item.code: each for each in counted(items)}
    assert not drawn.keys() & {"i-4-4-hotline", "i-4-6-network", "i-4-2-1-room"}
    (data,) = bullets(items, current()).to_dict()["datasets"].values()
    assert len(data) == len(drawn)
    partners = next(row for row in data if row["name"] == "签约合作单位")
    assert (partners["whole"], partners["share"]) == (1.0, 0.25)
    assert "4/16家" in partners["label"]
    assert max(row["share"] for row in data) <= 1
