"""The pages at the door, as a browser without any script meets them."""

import re

import httpx
import pytest

from dashboard.access.viewer import COOKIE, hash_of
from dashboard.ledgers.terms import AccountRole
from dashboard.server.browsers import complaint, name_of
from dashboard.server.rendering import FORM_COOKIE, local_path
from tests.people import PASSWORD
from tests.server.house import House, close_code, cookie_of, hidden, live_page, log_in, rerun

IE = "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko"
CHROME = (
    "Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{number} Safari/537.36"
)
NEW = "Mozhao-8shuidian"


def test_the_log_in_page_is_plain_html_with_the_offices_name(house: House) -> None:
    page = httpx.get(f"{house.base}/login", headers={"User-Agent": IE})
    assert page.status_code == 200
    assert house.settings.office.name in page.text
    assert "<script" not in page.text
    assert "Chrome 94" in page.text
    for browser in ("360安全浏览器", "奇安信可信浏览器", "统信浏览器"):
        assert browser in page.text
    assert '<meta name="renderer" content="webkit">' in page.text, "360 and others then switch"
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["cache-control"] == "no-store"


def test_a_right_password_leads_to_where_one_wanted_to_go(house: House) -> None:
    browser = house.browser()
    answer = log_in(browser, "bangong", wanted="/task?code=1-2&date=2023-09-22")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/task?code=1-2&date=2023-09-22"
    assert browser.get("/").status_code == 200
    assert house.events() == [("sign_in", "bangong", "登录", True)]


def test_where_one_wanted_to_go_is_kept_through_failed_tries(house: House) -> None:
    browser = house.browser()
    answer = log_in(browser, "bangong", "wrong", wanted="/tasks?light=red")
    assert answer.status_code == 401
    assert "账号或口令不正确。" in answer.text
    assert 'name="name" value="bangong"' in answer.text
    assert "wrong" not in answer.text
    fields = {**hidden(answer), "name": "bangong", "password": PASSWORD}
    assert browser.post("/login", data=fields).headers["location"] == "/tasks?light=red"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        " //evil.example",
        "/login?next=/login",
        "/logout",
        "/" + "a" * 3000,
        "",
    ],
)
def test_no_foreign_address_is_followed_after_the_log_in(house: House, wanted: str) -> None:
    assert local_path(wanted) == "/"
    answer = log_in(house.browser(), "bangong", wanted=wanted)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("wanted", ["/", "/tasks", "/task?code=一（1）", "/a//b", "/x?next=//y"])
def test_an_address_of_our_own_is_followed(wanted: str) -> None:
    assert local_path(wanted) == wanted


def test_whoever_is_logged_in_already_is_led_on(house: House) -> None:
    answer = house.logged_in("bangong").get("/login?next=/tasks")
    assert (answer.status_code, answer.headers["location"]) == (303, "/tasks")


def test_a_stranger_learns_nothing_about_accounts(house: House) -> None:
    said = {log_in(house.browser(), name, "wrong").text for name in ("bangong", "nobody")}
    plain = {re.sub(r'value="[^"]*"', "", text) for text in said}
    assert len(plain) == 1


def test_what_is_typed_is_shown_as_text(house: House) -> None:
    answer = log_in(house.browser(), '"><b>x</b>', "wrong")
    assert "<b>x</b>" not in answer.text


def test_empty_fields_are_told(house: House) -> None:
    assert "请填写账号和口令。" in log_in(house.browser(), " ", "").text
    assert house.events() == []


# The cookie


def test_the_cookie_is_for_the_server_alone(house: House) -> None:
    answer = log_in(house.browser(), "bangong")
    cookie = cookie_of(answer)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie, "over plain HTTP the browser would not send it back"
    assert "SameSite=strict" in cookie_of(answer, FORM_COOKIE)


def test_every_log_in_has_a_new_token_and_ends_the_browsers_former_one(house: House) -> None:
    browser = house.browser()
    browser.cookies.set(COOKIE, "a" * 43, domain="127.0.0.1")
    log_in(browser, "bangong")
    first = browser.cookies[COOKIE]
    assert first != "a" * 43
    with live_page(browser) as page:
        rerun(page)
        fields = {"form_token": browser.cookies[FORM_COOKIE], "name": "lianluo"}
        browser.post("/login", data={**fields, "password": PASSWORD})
        assert close_code(page) == 4401
    assert browser.cookies[COOKIE] != first
    old = httpx.get(house.base, cookies={COOKIE: first}, headers={"Accept": "text/html"})
    assert old.status_code == 303


def test_the_database_does_not_hold_the_token(house: House) -> None:
    token = house.logged_in("bangong").cookies[COOKIE]
    path = house.engine.url.database
    assert path is not None
    with open(path, "rb") as books, open(f"{path}-wal", "rb") as log:  # noqa: PTH123
        held = books.read() + log.read()
    assert token.encode() not in held
    assert hash_of(token).encode() in held


# Forged forms


@pytest.mark.parametrize("token", [None, "", "x" * 32, "\u4e2d" * 32])
def test_a_form_that_is_not_ours_changes_nothing(house: House, token: str | None) -> None:
    """Another site can make a browser send a form, but can neither read nor set its token."""
    browser, other = house.logged_in("bangong"), house.logged_in("bangong")
    forged = {} if token is None else {"form_token": token}
    login = {"name": "guanli", "password": PASSWORD}
    password = {"old": PASSWORD, "new": NEW, "again": NEW}
    for path, fields in (
        ("/login", login),
        ("/logout", {}),
        ("/account", {"sign_in": "2"}),
        ("/password", password),
    ):
        answer = browser.post(path, data={**fields, **forged})
        assert answer.status_code == 403, path
        assert "页面放置过久，请重新提交。" in answer.text
    assert browser.get("/").status_code == other.get("/").status_code == 200
    assert log_in(house.browser(), "bangong").status_code == 303, "the password is the same"


def test_a_token_without_its_cookie_is_worth_nothing(house: House) -> None:
    browser = house.browser()
    fields = {**hidden(browser.get("/login")), "name": "bangong", "password": PASSWORD}
    browser.cookies.clear()
    assert browser.post("/login", data=fields).status_code == 403


def test_a_form_too_large_or_of_unknown_size_is_not_read(house: House) -> None:
    browser = house.browser()
    fields = {**hidden(browser.get("/login")), "name": "bangong", "password": PASSWORD}
    assert browser.post("/login", data={**fields, "more": "x" * 20_000}).status_code == 403
    chunked = (each.encode() for each in ("form_token=", fields["form_token"]))
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.post("/login", content=chunked, headers=kind).status_code == 403


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=a", b"no parts"),
        ("application/json", b"{}"),
        ("application/x-www-form-urlencoded", b"&".join(b"field%d=1" % n for n in range(50))),
    ],
)
def test_what_no_form_of_ours_sends_is_refused_in_chinese(
    house: House, kind: str, body: bytes
) -> None:
    answer = house.browser().post("/login", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 403
    assert "请重新提交" in answer.text


def test_nobody_chooses_the_encoding_in_which_a_form_is_read(house: House) -> None:
    browser = house.browser()
    fields = {**hidden(browser.get("/login")), "name": r"\ud800", "password": r"\ud801"}
    parts = "".join(
        f'--a\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    kind = "multipart/form-data; boundary=a; charset=unicode_escape"
    answer = browser.post("/login", content=f"{parts}--a--", headers={"Content-Type": kind})
    assert answer.status_code == 403, "half a surrogate pair cannot be hashed, and is no password"


def test_an_address_alone_logs_nobody_out(house: House) -> None:
    browser = house.logged_in("bangong")
    assert "将在本浏览器退出" in browser.get("/logout").text
    assert browser.get("/").status_code == 200


# Lockout


def test_an_account_is_locked_for_half_an_hour_after_five_failures(house: House) -> None:
    browser = house.browser()
    for _ in range(5):
        assert log_in(browser, "bangong", "wrong").status_code == 401
    answer = log_in(browser, "bangong")
    assert answer.status_code == 401
    assert "9时30分" in answer.text or "9:30" in answer.text
    assert log_in(house.browser(), "lianluo").status_code == 303, "others may"
    house.clock.passes(minutes=29, seconds=59)
    assert log_in(house.browser(), "bangong").status_code == 401
    house.clock.passes(seconds=1)
    assert log_in(house.browser(), "bangong").status_code == 303


def test_an_address_is_locked_after_thirty_failures_whatever_the_names(house: House) -> None:
    browser = house.browser()
    for number in range(30):
        assert log_in(browser, f"name{number}", "wrong").status_code == 401
    assert log_in(house.browser(), "bangong").status_code == 401
    house.clock.passes(minutes=30)
    assert log_in(house.browser(), "bangong").status_code == 303


# My account, a new password


def test_my_account_lists_where_else_i_am_logged_in(house: House) -> None:
    windows = CHROME.format(system="Windows NT 10.0; Win64; x64", number="126.0.0.0")
    mine = house.logged_in("bangong", **{"User-Agent": windows})
    house.logged_in("lianluo")
    house.clock.passes(minutes=5)
    house.logged_in("bangong", **{"User-Agent": IE})
    shown = mine.get("/account").text
    assert "2023年9月22日9:05" in shown
    assert "Chrome 126（Windows）" in shown
    assert "IE 浏览器（Windows）" in shown
    assert shown.count("<tr>") == 3
    assert shown.count("本次登录") == 1


def test_nobody_ends_another_persons_log_in(house: House) -> None:
    mine, other = house.logged_in("bangong"), house.logged_in("lianluo")
    token = hidden(other.get("/account"))["form_token"]
    for which in ("1", "-1", "x", "99999999999999999999"):
        answer = other.post("/account", data={"form_token": token, "sign_in": which})
        assert answer.status_code in (303, 403)
    assert mine.get("/").status_code == 200
    assert ("refused", "lianluo", "结束登录", False) in house.events()


def change(browser: httpx.Client, old: str, new: str, again: str | None = None) -> httpx.Response:
    fields = hidden(browser.get("/password?next=/tasks"))
    again = new if again is None else again
    return browser.post("/password", data={**fields, "old": old, "new": new, "again": again})


def test_a_start_password_must_be_changed_and_then_one_goes_on(house: House) -> None:
    house.admit("xinlai", AccountRole.OFFICE, must_change=True)
    browser = house.browser()
    log_in(browser, "xinlai")
    assert browser.get("/tasks").headers["location"] == "/password?next=/tasks"
    assert change(browser, PASSWORD, NEW).headers["location"] == "/tasks"
    assert browser.get("/tasks").status_code == 200
    assert log_in(house.browser(), "xinlai", NEW).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", NEW, NEW, "原口令不正确"),
        (PASSWORD, NEW, "else", "两次填写的新口令不一致"),
        (PASSWORD, "short", "short", "8"),
        (PASSWORD, PASSWORD, PASSWORD, "最近5次用过"),
        ("", "", "", "请填写原口令和新口令"),
    ],
)
def test_a_password_is_not_changed_for_a_bad_one(
    house: House, old: str, new: str, again: str, said: str
) -> None:
    browser = house.logged_in("bangong")
    answer = change(browser, old, new, again)
    assert answer.status_code == 422
    assert said in answer.text
    assert log_in(house.browser(), "bangong").status_code == 303


def test_a_new_password_ends_the_log_ins_elsewhere_and_not_this_one(house: House) -> None:
    browser, other = house.logged_in("bangong"), house.logged_in("bangong")
    with live_page(other) as page:
        rerun(page)
        answer = change(browser, PASSWORD, NEW)
        assert answer.headers["location"] == "/account?done=password"
        assert close_code(page) == 4401
    assert "口令已修改。" in browser.get("/account?done=password").text
    assert other.get("/").status_code == 303


def test_an_error_shows_its_id_alone(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = house.logged_in("bangong")

    def fail(*_: object) -> None:
        raise ValueError("a secret detail")

    monkeypatch.setattr("dashboard.access.sign_ins.others", fail)
    answer = browser.get("/account")
    assert answer.status_code == 500
    assert re.fullmatch(
        r"没能完成。错误编号：[0-9a-f]{8}。请记下编号，与系统管理员联系。", answer.text
    )


# Browsers


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (IE, "IE 内核"),
        (CHROME.format(system="X11; Linux x86_64", number="78.0.3904.108"), "Chrome 78"),
        (CHROME.format(system="X11; Linux x86_64", number="93.0.0.0"), "Chrome 93"),
        (CHROME.format(system="X11; Linux x86_64", number="94.0.0.0"), None),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", None),
        (None, None),
    ],
)
def test_an_old_engine_is_told_before_the_log_in(agent: str | None, said: str | None) -> None:
    found = complaint(agent)
    assert found is None if said is None else found is not None and said in found


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (CHROME.format(system="Linux; Android 14", number="120.0.0.0"), "Chrome 120（安卓手机）"),
        (
            CHROME.format(system="Windows NT 10.0", number="126.0.0.0") + " Edg/126.0",
            "Edge 126（Windows）",
        ),
        (IE, "IE 浏览器（Windows）"),
        ("curl/8.0", "其他浏览器"),
        (None, "其他浏览器"),
    ],
)
def test_a_browser_has_a_name_for_the_list(agent: str | None, name: str) -> None:
    assert name_of(agent) == name
