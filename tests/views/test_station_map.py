"""站点地图: the lists, the towns, the panel of one town, and the two ways of drawing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import practice
from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole
from dashboard.posting.plans import post_plan
from dashboard.widgets.map_view import usual_engine
from dashboard.widgets.station_picture import picked
from tests.views.reading import links_of, text_of
from tests.views.rows import links_in, opened, rows_of

VILLAGE = "13个镇街村居站点"
MENGGUJI, MENGGUJI_STATION = "370829110", "S000009"


def test_empty_books_say_that_nothing_is_recorded(empty_app: AppTest) -> None:
    page = opened(empty_app, "/station_map")
    text = text_of(page)
    assert "13个镇街应各设1处村居站点，站点台账尚无登记。" in text
    assert "未动工" not in text
    assert "示意图，非行政区域界线" in text
    assert len(rows_of(page, VILLAGE)) == 15


def test_the_sentence_counts_the_towns_of_the_table(full_app: AppTest) -> None:
    page = opened(full_app, "/station_map")
    said = re.search(
        r"13个镇街中(\d+)个已建成村居站点，其中(\d+)个达标；(\d+)个在建，(\d+)个未动工。",
        text_of(page),
    )
    assert said is not None
    stages = [row[4] for row in rows_of(page, VILLAGE)[:13]]
    met = sum(stage.startswith("◆") for stage in stages)
    below = sum(stage.startswith("◇") for stage in stages)
    assert [int(number) for number in said.groups()] == [
        met + below,
        met,
        sum(stage.startswith("◎") for stage in stages),
        sum(stage.startswith("×") for stage in stages),
    ]


def test_towns_stand_in_the_office_s_order_with_the_zone_apart(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/station_map"), VILLAGE)
    names = [row[0] for row in rows]
    assert names[:2] == ["嘉祥街道", "卧龙山街道"]
    assert names[-2:] == ["县经开区", "合计"]
    assert rows[-2][1] == "不适用"


def test_the_total_is_what_the_towns_add_up_to(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/station_map"), VILLAGE)
    for column in (2, 3):
        assert sum(int(row[column]) for row in rows[:-1]) == int(rows[-1][column])


def test_the_numbers_of_a_town_lead_to_its_stations(full_app: AppTest) -> None:
    page = opened(full_app, "/station_map?list=h-community")
    found = [link for link in links_in(page, "城市社区心理咨询室") if "/stations" in link[1]]
    assert len(found) >= 4
    for number, to in found:
        assert len(rows_of(opened(full_app, to), "站点台账")) == int(number)


def test_a_town_says_what_is_missing_and_who_closes_the_gap(full_app: AppTest) -> None:
    page = opened(full_app, "/station_map?town=370829110")
    text = text_of(page)
    assert "应设1处（2023年），已建成1处，达标0处，缺1处。" in text
    assert rows_of(page, "站点") == [["孟姑集镇心灵驿站", "未达标", "总面积16平方米，低于20平方米"]]
    (gap,) = rows_of(page, "补缺口的任务")
    assert gap[1] == "镇街村居站点 四（二）4 拟督办单"
    assert "具体负责：各镇街、县经开区" in gap[2]
    assert gap[3] == "未定时限"
    assert "/task?code=t-4-2-4" in links_of(page)


def test_a_town_without_a_gap_names_no_task(full_app: AppTest) -> None:
    page = opened(full_app, "/station_map?town=370829001")
    assert "无缺口" in text_of(page)
    assert rows_of(page, "补缺口的任务") == []


def test_places_for_special_groups_are_counted_and_not_drawn(full_app: AppTest) -> None:
    page = opened(full_app, "/station_map?list=h-special")
    text = text_of(page)
    number = re.search(r"已建成(\d+)处", text)
    assert number is not None
    assert f"特殊人群场所等{number[1]}处只计数，不标点。" in text


@pytest.mark.parametrize("code", ["h-centre", "h-school", "h-hospital", "h-workplace", "h-special"])
def test_every_list_can_be_shown(full_app: AppTest, code: str) -> None:
    page = opened(full_app, f"/station_map?list={code}&map=deck&town=370829001")
    assert page.title[0].value == "站点地图"
    assert page.selectbox(key="choice_list").value == code


def test_the_source_of_the_points_is_named(full_app: AppTest) -> None:
    assert "部分点位资料来源：GeoNames，CC BY 4.0。" in text_of(opened(full_app, "/station_map"))


def test_an_earlier_day_shows_the_stations_of_that_day(full_app: AppTest) -> None:
    then = text_of(opened(full_app, "/station_map?date=2023-07-20"))
    assert "13个镇街中1个已建成村居站点" in then


def test_links_keep_the_way_of_drawing(full_app: AppTest) -> None:
    page = opened(full_app, "/station_map?map=deck")
    towns = [to for _, to in links_in(page, VILLAGE) if "/station_map" in to]
    assert len(towns) == 14
    assert all("map=deck" in to for to in towns)


def test_the_way_of_drawing_follows_the_setting_and_then_the_browser() -> None:
    assert usual_engine("自动", "1") == "deck"
    assert usual_engine("自动", "0") == "svg"
    assert usual_engine("自动", None) == "svg"
    assert usual_engine("自动", "1", "Mozilla/5.0 (Linux; Android 14) Mobile Safari") == "svg"
    assert usual_engine("矢量图", "1") == "svg"
    assert usual_engine("图形加速", None) == "deck"


def test_a_click_gives_what_was_chosen_in_both_drawings() -> None:
    chosen = {"town": [{"town": "370829001"}], "site1": [{"site": "s"}], "spot": [{"spot": "3-4"}]}
    for name, rows in chosen.items():
        kind = name.removesuffix("1")
        found = kind, rows[0][kind]
        assert picked({"selection": {"town": [{"town": None}], name: rows}}, "svg") == found
        assert picked({"selection": {"objects": {"a layer": rows}}}, "deck") == found
    assert picked({"selection": {"town": []}}, "svg") == ("town", None)
    assert picked({"selection": {"objects": {}}}, "deck") == ("town", None)
    assert picked(None, "deck") == ("town", None)


GAPS = "尚无站点的镇街"
HUANGGAI = "370829114"


def test_a_leader_reads_which_towns_have_no_station_whose_job_it_is_and_by_when(
    full_app: AppTest,
) -> None:
    page = opened(full_app, "/station_map")
    towns = {row[0]: row[4] for row in rows_of(page, VILLAGE)[:13]}
    bare = [name for name, stage in towns.items() if stage[0] in "◎×"]
    rows = rows_of(page, GAPS)
    assert [row[0].split()[0] for row in rows] == bare
    assert f"{GAPS}（{len(bare)}个）" in text_of(page)
    assert [row[1] for row in rows] == bare  # the plan leaves it to each town
    assert {row[2] for row in rows} == {"– 未定时限"}
    links = links_in(page, GAPS)
    assert ("黄垓镇", f"/station_map?list=h-village&town={HUANGGAI}") in links
    assert [to for words, to in links if words == "– 未定时限"] == ["/task?code=t-4-2-4"] * len(
        bare
    )


def test_where_no_town_is_known_to_lack_a_station_the_gap_of_the_whole_is_told(
    full_app: AppTest,
) -> None:
    page = opened(full_app, "/station_map?list=h-community")
    assert "13个镇街应设数待核定" in text_of(page)
    (task,) = rows_of(page, "补缺口的任务")
    assert task[1].startswith("按标准设置的城市社区 四（二）4")


def test_the_gap_of_a_town_leads_to_a_draft_that_is_filled_in(full_app: AppTest) -> None:
    page = opened(full_app, f"/station_map?town={HUANGGAI}")
    (to,) = (to for words, to in links_in(page, "补缺口的任务") if words == "拟督办单")
    form = opened(full_app, to.partition("#")[0])
    kind = next(each for each in form.radio if each.label == "督办方式")
    assert kind.value == "order"
    boxes = {each.label: each.value for each in form.selectbox}
    assert (boxes["承办单位（必填）"], boxes["关联任务"]) == (HUANGGAI, "t-4-2-4")
    reason = next(each.value for each in form.text_area if (each.key or "").endswith("_reason"))
    assert reason == (
        "截至2023年9月22日，黄垓镇“13个镇街村居站点”应设1处（2023年），"
        "已建成0处，达标0处，尚缺1处。"
    )


def test_who_does_not_issue_is_offered_no_draft_and_no_place_to_pick(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    address = f"/station_map?town={HUANGGAI}"
    assert "在图上点选新站点的位置" in text_of(opened(full_app, address))
    then = text_of(opened(full_app, f"{address}&date=2023-09-01"))
    seen_by(AccountRole.LEADER)
    leader = text_of(opened(full_app, address))
    for text in (then, leader):
        assert "镇街村居站点" in text
        assert "在图上点选新站点的位置" not in text
        assert "拟督办单" not in text


def test_a_chosen_station_shows_its_check_list_and_the_way_to_its_page(full_app: AppTest) -> None:
    page = opened(full_app, "/station_map?town=370829110")
    (to,) = (to for words, to in links_in(page, "站点") if words == "孟姑集镇心灵驿站")
    page = opened(full_app, to)
    rows = rows_of(page, "检查清单")
    assert any("总面积16平方米，低于20平方米" in row[2] for row in rows)
    assert any(link.startswith("/station?station=") for link in links_of(page))
    assert "嘉祥县 › 孟姑集镇 › 孟姑集镇心灵驿站" in text_of(page)


def test_the_place_of_a_standing_station_is_picked_anew_and_stands_in_its_form(
    full_app: AppTest,
) -> None:
    station = f"/station_map?town={MENGGUJI}&station={MENGGUJI_STATION}"
    assert any("pick=1" in to for to in links_of(opened(full_app, station)))
    page = opened(full_app, f"{station}&pick=1&spot=116.2,35.5")
    (to,) = (to for to in links_of(page) if to.startswith("/record?ledger=station"))
    assert f"code={MENGGUJI_STATION}" in to
    form = opened(full_app, to)
    values = {each.label: each.value for each in (*form.number_input, *form.text_input)}
    assert (values["经度"], values["纬度"]) == (116.2, 35.5)
    next(each for each in form.button if each.label == "保存修改").click().run()
    assert "已修改" in text_of(form)
    assert "东经116.2°，北纬35.5°" in text_of(
        opened(full_app, f"/station?station={MENGGUJI_STATION}")
    )


def test_a_picked_place_goes_into_the_form_of_a_new_station(full_app: AppTest) -> None:
    page = opened(full_app, f"/station_map?town={HUANGGAI}&pick=1&spot=116.21,35.62")
    assert "已选：东经116.2100°，北纬35.6200°" in text_of(page)
    (to,) = (to for to in links_of(page) if to.startswith("/record?ledger=station"))
    form = opened(full_app, to)
    values = {each.label: each.value for each in (*form.number_input, *form.text_input)}
    assert (values["经度"], values["纬度"]) == (116.21, 35.62)
    assert "站点地图点选" in values.values()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("shade=light", ("任务亮灯（截至2023年9月22日）", "– 暂不亮灯 7个", "✔ 已完成 6个")),
        ("shade=stage", ("建设情况（截至2023年9月22日）", "◆ 达标 6个")),
        ("shade=rate", ("达标率100% 6个", "达标率0% 7个", "不适用 1个")),
        ("list=h-community", ("待核定 13个",)),
        ("points=all", ("校 学校心理辅导室", "医 医疗机构")),
    ],
)
def test_the_legend_names_every_class_with_its_number(
    full_app: AppTest, address: str, words: tuple[str, ...]
) -> None:
    text = text_of(opened(full_app, f"/station_map?{address}"))
    assert [each for each in words if each not in text] == []


def test_a_province_is_looked_into_level_by_level(
    open_app: Callable[[Path], AppTest], tmp_path: Path
) -> None:
    path = tmp_path / "province.db"
    engine = open_books(f"sqlite:///{path.as_posix()}")
    plan, rows = practice.stations_plan(150, 150)
    assert post_plan(engine, CONSOLE, plan, rows, today=plan.issued_on) == ()
    practice.fill_stations(engine, CONSOLE, plan.code, 150)
    engine.dispose()
    page = opened(open_app(path), "/station_map")
    caption = "镇街村居站点"
    levels = []
    while "区域" in [each.label for each in page.selectbox]:
        levels.append([row[0] for row in rows_of(page, caption)[:-1]])
        total, parts = rows_of(page, caption)[-1], rows_of(page, caption)[:-1]
        assert sum(int(row[1]) for row in parts) == int(total[1])
        to = next(to for _, to in links_in(page, caption) if "area=" in to)
        page = opened(page, to)
    assert len(levels) >= 1
    assert f"{plan.place} › {levels[0][0]}" in text_of(page)
    town = next(to for _, to in links_in(page, caption) if "town=" in to)
    assert levels[0][0] in text_of(opened(page, town))  # the way back up stands above the town
