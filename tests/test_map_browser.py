"""站点地图 in a real browser, drawn both ways: from a click on a town to the task of its gap."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from playwright.sync_api import TimeoutError as TooLongError

from dashboard.charts.cells import sketch
from dashboard.charts.labels import Canvas
from dashboard.charts.scene import HEIGHT, PHONE_WIDTH, WIDTH
from dashboard.rules.coverage import places_of
from tests.at_work import PHONE
from tests.browsing import Watched
from tests.conftest import CHROMIUM_FLAGS
from tests.rules.stations_given import books

SOFTWARE_WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
SIZES: dict[str, ViewportSize] = {
    "laptop": {"width": 1366, "height": 768},
    "desktop": {"width": 1920, "height": 1080},
    "phone": {"width": 390, "height": 844},
}
HUANGGAI, MENGGUJI = "370829114", "370829110"
TASK = "t-4-2-4"


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A Chromium that draws WebGL without a graphics card."""
    flags = [flag for flag in CHROMIUM_FLAGS if flag != "--disable-gpu"] + SOFTWARE_WEBGL
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path, args=flags)
        yield started
        started.close()


@pytest.fixture(params=SIZES)
def watched(request: Any, browser: Browser, live_server: str) -> Iterator[Watched]:
    """A page of one of three sizes; it may note no error and ask nobody else."""
    is_phone = request.param == "phone"
    context = browser.new_context(
        viewport=SIZES[request.param],
        is_mobile=is_phone,
        has_touch=is_phone,
        user_agent=PHONE if is_phone else None,
    )
    page = Watched(context.new_page(), live_server)
    yield page
    assert page.errors == []
    assert page.foreign == []
    context.close()


def click_on_svg(page: Page, town: str) -> None:
    """On the middle of a town's cell, where its name is."""
    name = next(unit.name for unit in places_of(books()) if unit.code == town)
    cell = page.locator(f'.st-key-station_map .towns_marks path[aria-label*="{name}"]')
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def click_on_deck(page: Page, town: str) -> None:
    """Where the town lies in the picture as it opens."""
    picture = page.locator(".st-key-station_map canvas").last
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box is not None
    ground = sketch(places_of(books()))
    width = PHONE_WIDTH if box["width"] < 400 else WIDTH
    canvas = Canvas.over(ground.bounds, width - 24, HEIGHT - 24)
    west, south, east, north = ground.bounds
    middle = canvas.pixel(((west + east) / 2, (south + north) / 2))
    cell = next(cell for cell in ground.cells if cell.unit.code == town)
    x, y = canvas.pixel(cell.label_at)
    left, top = box["x"] + box["width"] / 2 - middle[0], box["y"] + box["height"] / 2 - middle[1]
    for _ in range(12):  # while the picture is being drawn by a program, a click may be lost
        page.mouse.move(left + x, top + y)
        page.wait_for_timeout(700)
        page.mouse.click(left + x, top + y)
        with suppress(TooLongError):
            page.wait_for_url(f"**town={town}*", timeout=2_500)
            return


CLICK = {"svg": click_on_svg, "deck": click_on_deck}


@pytest.mark.parametrize("engine", CLICK)
def test_a_click_on_a_town_leads_to_its_gap_and_on_to_the_task(
    watched: Watched, engine: str
) -> None:
    watched.open(f"station_map?map={engine}")
    page = watched.page
    CLICK[engine](page, HUANGGAI)
    page.wait_for_url(f"**town={HUANGGAI}*", timeout=20_000)
    panel = page.locator("h2.g-section", has_text="黄垓镇")
    expect(panel).to_be_visible(timeout=20_000)
    gap = page.locator("table", has=page.locator("caption:text('补缺口的任务')"))
    expect(gap).to_contain_text("镇街村居站点")
    expect(gap).to_contain_text("具体负责：各镇街")
    gap.get_by_role("link", name="镇街村居站点").click()
    page.wait_for_url(f"**/task?code={TASK}*")
    expect(page.locator("h1")).to_be_visible()


def test_a_leader_reads_which_towns_lack_a_station_before_the_picture(watched: Watched) -> None:
    watched.open("station_map")
    page = watched.page
    table = page.locator("table", has=page.locator("caption:text('尚无站点的镇街')"))
    expect(table).to_be_visible()
    answer, picture = table.bounding_box(), page.locator(".st-key-station_map").bounding_box()
    assert answer is not None
    assert picture is not None
    size = page.viewport_size
    assert size is not None
    if size["width"] < 600:
        assert answer["y"] < size["height"] / 2
        assert answer["y"] + answer["height"] < picture["y"]
    else:
        assert max(answer["y"], picture["y"]) < size["height"] / 2
        assert picture["y"] + picture["height"] <= size["height"]


def test_a_click_on_a_station_opens_its_check_list_and_a_click_picks_a_place(
    live_server: str, browser: Browser
) -> None:
    page = browser.new_page(viewport=SIZES["laptop"])
    watched = Watched(page, live_server)
    watched.open(f"station_map?map=svg&town={MENGGUJI}")
    page.locator('.st-key-station_map image[aria-label*="孟姑集镇心灵驿站"]').click()
    page.wait_for_url("**station=*", timeout=20_000)
    checks = page.locator("table", has=page.locator("caption:text('检查清单')"))
    expect(checks).to_contain_text("总面积16平方米，低于20平方米")
    page.go_back()
    watched.open(f"station_map?map=svg&town={MENGGUJI}&pick=1")
    spots = page.locator(".st-key-station_map .spots_marks path")
    spots.nth(spots.count() // 2).click()
    page.get_by_role("link", name="用这个位置新增站点").click(timeout=20_000)
    page.wait_for_url("**/record?ledger=station*lon=116.*")
    expect(page.locator("h1")).to_have_text("新增站点")
    assert watched.errors == []
    assert watched.foreign == []
    page.close()
