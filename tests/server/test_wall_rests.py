"""The wall of the meeting room: its log-in lasts the day, and opens nothing else meanwhile."""

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from websockets.exceptions import ConnectionClosed

from dashboard.server.messages import said_by
from tests.server.house import House, close_code, live_page, rerun

WALL = {"page": "/wall"}


def hash_of_page(browser: httpx.Client, name: str) -> str:
    """By what Streamlit names a page once it has run."""
    with live_page(browser) as page:
        shown = rerun(page, name=name)
    found = [each for each in shown if each.WhichOneof("type") == "navigation"]
    return found[-1].navigation.page_script_hash


def on_wall(page_name: str = "", page_script_hash: str = "", query_string: str = "") -> bool | None:
    state = ClientState(
        page_name=page_name, page_script_hash=page_script_hash, query_string=query_string
    )
    asked = BackMsg(rerun_script=state)
    said = said_by({"type": "websocket.receive", "bytes": asked.SerializeToString()})
    assert said is not None
    return said.on_wall


def test_what_runs_the_wall_is_told_by_the_hash_and_without_one_by_the_name(house: House) -> None:
    browser = house.logged_in("lingdao")
    wall, tasks = hash_of_page(browser, "wall"), hash_of_page(browser, "tasks")
    assert on_wall(page_name="wall")
    assert on_wall(page_script_hash=wall)
    assert on_wall(page_script_hash=wall, page_name="tasks")
    assert not on_wall(page_name="tasks")
    assert not on_wall(page_script_hash=tasks, page_name="wall")
    assert not on_wall(query_string="page=wall")


def test_the_wall_goes_on_when_other_pages_ask_for_the_log_in_again(house: House) -> None:
    browser = house.logged_in("lingdao")
    with live_page(browser) as wall, live_page(browser) as tasks:
        rerun(wall, name="wall")
        rerun(tasks, name="tasks")
        house.clock.passes(minutes=25)
        rerun(wall, name="wall", by_itself=True)
        house.clock.passes(minutes=6)
        assert close_code(tasks) == 4401
        rerun(wall, name="wall", by_itself=True)
        assert browser.get("/wall").status_code == 200
        assert browser.get("/guatu/standing", params=WALL).json() == {"stands": True}
        for path in ("/tasks", "/account", "/wall/x", "/"):
            answer = browser.get(path)
            assert answer.headers["location"] == f"/login?next={path}", path
        assert browser.get("/guatu/standing").json() == {"stands": False}
        assert browser.get("/media/x.csv", headers={"Accept": "*/*"}).status_code == 401
        assert "长时间没有操作，请重新登录。" in browser.get("/login").text
        rerun(wall, name="wall", by_itself=True)


@pytest.mark.parametrize("by_itself", [True, False])
def test_from_a_resting_wall_no_message_leads_to_another_page(
    house: House, by_itself: bool
) -> None:
    with live_page(house.logged_in("lingdao")) as wall:
        rerun(wall, name="wall")
        house.clock.passes(minutes=20)
        rerun(wall, name="wall")
        house.clock.passes(minutes=20)
        with pytest.raises(ConnectionClosed):
            rerun(wall, name="tasks", by_itself=by_itself)
        assert wall.close_code == 4401


def test_a_wall_comes_back_after_its_connection_was_lost(house: House) -> None:
    browser = house.logged_in("lingdao")
    with live_page(browser) as wall:
        rerun(wall, name="wall")
        house.clock.passes(minutes=29)
        rerun(wall, name="wall", by_itself=True)
    house.clock.passes(minutes=20)
    with live_page(browser) as again:
        rerun(again, name="wall")
        house.clock.passes(minutes=29)
        rerun(again, name="wall", by_itself=True)


def test_the_wall_ends_after_twelve_hours_and_says_so(house: House) -> None:
    browser = house.logged_in("lingdao")
    with live_page(browser) as wall:
        for _ in range(36):
            rerun(wall, name="wall", by_itself=True)
            house.clock.passes(minutes=20)
        assert close_code(wall) == 4401
    assert browser.get("/guatu/standing", params=WALL).json() == {"stands": False}
    assert "登录时间已满，已自动退出，请重新登录。" in browser.get("/login").text
