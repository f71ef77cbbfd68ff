"""Nobody passes without a log-in that stands, by whatever address or trick."""

import httpx
import pytest
from sqlalchemy import delete, update
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from websockets.exceptions import InvalidStatus

from dashboard.access import accounts
from dashboard.access.viewer import CONSOLE, COOKIE
from dashboard.ledgers.database import writing
from dashboard.ledgers.doors import ACCOUNTS, SIGN_INS
from dashboard.ledgers.terms import AccountRole
from dashboard.server.gate import is_public, is_use
from dashboard.server.messages import Said, said_by
from tests.server.house import (
    HTML,
    House,
    MovableClock,
    close_code,
    cookie_of,
    hidden,
    live_page,
    log_in,
    rerun,
    running,
)

INSIDE = [
    "/_stcore/metrics",
    "/_stcore/upload_file/x/y",
    "/_stcore/message",
    "/media/0123.csv",
    "/component/x/index.html",
    "/account",
    "/password",
    "/logout",
    "/tasks",
    "/static/../media/0123.csv",
]


def refused_status(browser: httpx.Client, **headers: str) -> int:
    """The answer to a websocket that is not let in."""
    with pytest.raises(InvalidStatus) as refused, live_page(browser, headers=headers):
        pass
    return refused.value.response.status_code


# Without a log-in


def test_a_page_leads_to_the_log_in_and_keeps_where_one_wanted_to_go(house: House) -> None:
    answer = house.browser().get("/task?code=1-2&date=2023-09-22")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=/task%3Fcode%3D1-2%26date%3D2023-09-22"


@pytest.mark.parametrize("path", INSIDE)
def test_what_a_script_asks_for_is_refused(house: House, path: str) -> None:
    answer = httpx.get(house.base + path)
    assert (answer.status_code, answer.text) == (401, "请先登录")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_no_other_method_passes_either(house: House, method: str) -> None:
    for path in ("/", "/account", "/_stcore/upload_file/x/y"):
        assert httpx.request(method, house.base + path).status_code == 401


def test_a_websocket_without_a_log_in_is_never_accepted(house: House) -> None:
    assert refused_status(house.browser()) == 403


@pytest.mark.parametrize("token", ["x", "0" * 43, "' or 1=1", "\xff" * 43, "a" * 5000])
def test_a_made_up_cookie_is_no_log_in(house: House, token: str) -> None:
    cookie = (b"Cookie", f"{COOKIE}={token}".encode("latin-1"))
    answer = httpx.get(house.base, headers=[(b"Accept", b"text/html"), cookie])
    assert answer.status_code == 303
    if token.isascii():
        assert refused_status(house.browser(), Cookie=f"{COOKIE}={token}") == 403


@pytest.mark.parametrize(
    "header", ["X-Guatu-Sign-In", "x-guatu-sign-in", "X-Forwarded-User", "Authorization"]
)
def test_a_forged_header_makes_nobody(house: House, header: str) -> None:
    house.logged_in("guanli")
    assert house.browser(**{header: "1"}).get("/").status_code == 303
    assert refused_status(house.browser(), **{header: "1"}) == 403


@pytest.mark.parametrize("path", ["/login", "/healthz", "/guatu/zh.js", "/guatu/door.css"])
def test_the_door_itself_stands_open(house: House, path: str) -> None:
    assert httpx.get(house.base + path).status_code == 200


def test_a_page_that_lost_its_connection_can_ask_whether_it_may_come_back(house: House) -> None:
    assert house.browser().get("/guatu/standing").json() == {"stands": False}
    assert house.logged_in("bangong").get("/guatu/standing").json() == {"stands": True}
    assert house.browser().get("/_stcore/health").status_code == 200


# Whose page it is


def test_a_foreign_host_or_origin_gets_nothing_even_with_a_log_in(house: House) -> None:
    browser = house.logged_in("bangong")
    assert browser.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert browser.get("/", headers={"Origin": "http://evil.example"}).status_code == 403
    assert refused_status(browser, Origin="http://evil.example") == 403
    answer = browser.post("/logout", headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    assert browser.get("/").status_code == 200


def session_of(browser: httpx.Client, session: str | None = None, **headers: str) -> str:
    with live_page(browser, session=session, headers=headers) as page:
        shown = rerun(page)
    told = next(each for each in shown if each.WhichOneof("type") == "new_session")
    return told.new_session.initialize.session_id


@pytest.mark.parametrize("origin", ["http://[foreign", "null", "http://", "//[", "http://]:8501"])
def test_an_origin_that_is_no_address_is_refused_and_no_error(house: House, origin: str) -> None:
    answer = house.browser(Origin=origin).get("/login")
    assert (answer.status_code, "错误编号" in answer.text) == (403, False)


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp", "/auth/login"],
)
def test_what_streamlit_offers_and_no_page_needs_is_closed_to_all(house: House, path: str) -> None:
    browser = house.logged_in("guanli")
    assert browser.get(path).status_code == browser.put(path).status_code == 404


def test_a_page_that_sends_what_no_page_sends_is_closed(house: House) -> None:
    with live_page(house.logged_in("bangong")) as page:
        page.send("a text")
        assert close_code(page) == 4401


def test_another_persons_session_is_not_resumed(house: House) -> None:
    mine, other = house.logged_in("bangong"), house.logged_in("lianluo")
    held = session_of(mine)
    assert session_of(mine, held) == held, "one's own is"
    assert session_of(other, held) != held
    assert session_of(other, held, **{"X-Guatu-Sign-In": "1"}) != held


def test_a_page_that_is_not_for_the_role_is_refused_and_put_on_record(house: House) -> None:
    browser = house.logged_in("lianluo")
    for path in ("/dispatch", "/dispatch/", "/dispatch?plan=x"):
        answer = browser.get(path)
        assert answer.status_code == 403
        assert "“周调度”不在您的账号可以查看的范围内" in answer.text
        assert house.events()[-1] == ("refused", "lianluo", "打开“周调度”", False)
    assert browser.get("/tasks").status_code == 200


def test_the_administrator_and_the_auditor_have_no_page_of_the_plan(house: House) -> None:
    for name in ("guanli", "shenji"):
        browser = house.logged_in(name)
        for path in ("/overview", "/tasks", "/dispatch", "/problems", "/station_map"):
            assert browser.get(path).status_code == 403


def test_a_first_page_is_called_by_the_root_whoever_it_is(house: House) -> None:
    house.admit("gly", AccountRole.ADMINISTRATOR)
    answer = house.logged_in("gly").get("/accounts?a=1")
    assert (answer.status_code, answer.headers["location"]) == (307, "/?a=1")
    assert house.logged_in("gly").get("/").status_code == 200


def test_whoever_has_a_start_password_changes_it_first(house: House) -> None:
    house.admit("xinlai", AccountRole.OFFICE, must_change=True)
    browser = house.browser()
    log_in(browser, "xinlai", wanted="/tasks")
    answer = browser.get("/tasks")
    assert (answer.status_code, answer.headers["location"]) == (303, "/password?next=/tasks")
    assert browser.get("/account").headers["location"] == "/password?next=/account"
    assert httpx.get(house.base + "/media/x", cookies=browser.cookies).status_code == 403
    assert refused_status(browser) == 403
    assert browser.get("/guatu/standing").json() == {"stands": False}
    assert browser.get("/password").status_code == 200


# How long a log-in lasts


def test_a_log_in_ends_after_half_an_hour_without_use(house: House) -> None:
    browser = house.logged_in("bangong")
    house.clock.passes(minutes=29)
    assert browser.get("/").status_code == 200
    house.clock.passes(minutes=29, seconds=59)
    assert browser.get("/").status_code == 200
    house.clock.passes(minutes=30)
    assert browser.get("/").status_code == 303
    assert "长时间没有操作，已自动退出，请重新登录。" in browser.get("/login").text


def test_no_use_prolongs_a_log_in_beyond_twelve_hours(house: House) -> None:
    browser = house.logged_in("bangong")
    for _ in range(36):
        house.clock.passes(minutes=19)
        assert browser.get("/").status_code == 200
    house.clock.passes(minutes=25)
    assert browser.get("/").status_code == 200
    house.clock.passes(minutes=10, seconds=59)
    assert browser.get("/").status_code == 200
    house.clock.passes(seconds=1)
    assert browser.get("/").status_code == 303


def test_a_page_that_refreshes_itself_is_no_use_and_its_websocket_is_closed(house: House) -> None:
    with live_page(house.logged_in("lingdao")) as page:
        rerun(page)
        for _ in range(3):
            house.clock.passes(minutes=10, seconds=-1)
            rerun(page, by_itself=True)
        house.clock.passes(seconds=3)
        assert close_code(page) == 4401


def test_a_click_on_an_open_page_is_use(house: House) -> None:
    browser = house.logged_in("lingdao")
    with live_page(browser) as page:
        for _ in range(3):
            house.clock.passes(minutes=29)
            rerun(page)
        assert browser.get("/guatu/standing").json() == {"stands": True}


def test_scripts_that_a_page_loads_are_no_use(house: House) -> None:
    browser = house.logged_in("bangong")
    house.clock.passes(minutes=20)
    for path in ("/guatu/standing", "/media/x.csv", "/_stcore/metrics", "/static/x.js"):
        browser.get(path)
    house.clock.passes(minutes=10)
    assert browser.get("/").status_code == 303


def test_a_log_in_survives_a_restart_of_the_server(house: House) -> None:
    browser = house.logged_in("bangong")
    with running(house.clock) as again:
        elsewhere = again.browser()
        elsewhere.cookies.update({COOKIE: browser.cookies[COOKIE]})
        assert elsewhere.get("/").status_code == 200
        with live_page(elsewhere) as page:
            rerun(page)


# Ended while a page is open


def test_a_page_closes_at_once_when_its_log_in_is_ended_from_another_browser(house: House) -> None:
    mine, other = house.logged_in("bangong"), house.logged_in("bangong")
    with live_page(mine) as page, live_page(other) as others_page:
        shown = other.get("/account")
        assert shown.text.count("结束该处登录") == 1
        assert other.post("/account", data=hidden(shown)).status_code == 303
        assert close_code(page) == 4401
        rerun(others_page)
    assert mine.get("/").status_code == 303
    assert "已由本人在别处结束登录，请重新登录。" in mine.get("/login").text


def test_every_page_of_a_browser_closes_when_it_logs_out(house: House) -> None:
    browser = house.logged_in("bangong")
    with live_page(browser) as one, live_page(browser) as two:
        stolen = dict(browser.cookies)
        answer = browser.post("/logout", data=hidden(browser.get("/logout")))
        assert answer.headers["location"] == "/login"
        assert "Max-Age=0" in cookie_of(answer)
        assert (close_code(one), close_code(two)) == (4401, 4401)
    assert httpx.get(house.base, cookies=stolen, headers=HTML).status_code == 303


def end_in_database(house: House, **values: object) -> None:
    """As another process does it."""
    with writing(house.engine) as connection:
        connection.execute(update(SIGN_INS).values(ended_at=house.clock.now(), **values))


def test_a_page_closes_soon_when_another_process_ends_its_log_in(house: House) -> None:
    with live_page(house.logged_in("bangong")) as page:
        rerun(page)
        end_in_database(house, ended_by="账号已停用")
        assert close_code(page) == 4401


def test_a_disabled_account_is_out_even_before_anybody_ends_its_log_ins(house: House) -> None:
    browser = house.logged_in("bangong")
    with live_page(browser) as page:
        with writing(house.engine) as connection:
            mine = ACCOUNTS.c.name == "bangong"
            at = house.clock.now()
            connection.execute(update(ACCOUNTS).where(mine).values(disabled_at=at))
        assert close_code(page) == 4401
    assert browser.get("/").status_code == 303


@pytest.mark.parametrize("ending", ["disable", "reset", "role"])
def test_what_an_administrator_does_to_an_account_closes_its_pages(
    house: House, ending: str
) -> None:
    browser, now = house.logged_in("bangong"), house.clock.now()
    with live_page(browser) as page:
        rerun(page)
        if ending == "disable":
            accounts.disable(house.engine, CONSOLE, "bangong", now)
        elif ending == "reset":
            accounts.reset_password(house.engine, CONSOLE, "bangong", now)
        else:
            role = AccountRole.AUDITOR
            accounts.change_role(house.engine, CONSOLE, "bangong", role, (), now)
        assert close_code(page) == 4401
    assert browser.get("/").status_code == 303


def test_a_tab_that_goes_on_asking_is_refused_and_put_on_record_once(house: House) -> None:
    browser = house.logged_in("bangong")
    end_in_database(house, ended_by="账号的角色或单位已变更")
    for _ in range(3):
        assert browser.get("/media/x.csv", headers={"Accept": "*/*"}).status_code == 401
        assert refused_status(browser) == 403
    refusals = [each for each in house.events() if each[0] == "refused"]
    assert refusals == [("refused", "bangong", "登录失效后继续访问", False)]


# Without accounts


def test_without_accounts_everything_is_as_it_was() -> None:
    with running(MovableClock()) as house:
        browser = house.browser()
        assert browser.get("/").status_code == 200
        assert browser.get("/dispatch").status_code == 200
        assert browser.get("/login?next=/tasks").headers["location"] == "/tasks"
        assert browser.get("/account").headers["location"] == "/"
        assert browser.get("/guatu/standing").json() == {"stands": True}
        with live_page(browser) as page:
            rerun(page)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_without_accounts_nobody_comes_in_through_a_proxy(header: str) -> None:
    with running(MovableClock()) as house:
        answer = house.browser(**{header: "10.0.0.7"}).get("/")
        assert answer.status_code == 403
        assert "不能经过代理服务器" in answer.text
        assert refused_status(house.browser(), **{header: "10.0.0.7"}) == 403


def test_the_first_account_closes_the_pages_that_were_open_to_all() -> None:
    with running(MovableClock()) as house:
        browser = house.browser()
        with live_page(browser) as page:
            rerun(page)
            house.admit("guanli", AccountRole.ADMINISTRATOR)
            assert close_code(page) == 4401
        assert browser.get("/").status_code == 303


def test_the_door_does_not_open_again_when_accounts_vanish(house: House) -> None:
    assert house.browser().get("/").status_code == 303
    with writing(house.engine) as connection:
        connection.execute(delete(ACCOUNTS))
    assert house.browser().get("/").status_code == 303


# What counts as what


@pytest.mark.parametrize(
    ("path", "is_open"),
    [
        ("/login", True),
        ("/guatu/zh.js", True),
        ("/static/js/x.js", True),
        ("/login/x", False),
        ("/static/../media/x", False),
        ("/guatu", False),
        ("/", False),
    ],
)
def test_little_is_public(path: str, is_open: bool) -> None:
    assert is_public(path) is is_open


@pytest.mark.parametrize(
    ("path", "is_it"),
    [("/", True), ("/tasks", True), ("/account", True), ("/media/x", False), ("/guatu/x", False)],
)
def test_pages_and_forms_are_use_and_what_they_load_is_not(path: str, is_it: bool) -> None:
    assert is_use(path) is is_it


def told(message: BackMsg) -> dict[str, object]:
    return {"type": "websocket.receive", "bytes": message.SerializeToString()}


def test_only_a_persons_rerun_is_use() -> None:
    assert said_by(told(BackMsg(rerun_script=ClientState()))) == Said(True, on_wall=False)
    by_itself = ClientState(is_auto_rerun=True)
    assert said_by(told(BackMsg(rerun_script=by_itself))) == Said(False, on_wall=False)
    assert said_by(told(BackMsg(stop_script=True))) == Said(is_use=False)
    assert said_by(told(BackMsg(app_heartbeat=True))) is None
    assert said_by({"type": "websocket.receive", "bytes": b"\xff\xff"}) == Said(is_use=False)
    assert said_by({"type": "websocket.disconnect", "code": 1000}) is None
