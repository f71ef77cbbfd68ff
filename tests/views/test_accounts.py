"""单位与账号: the first account, start passwords shown once, each act, and who sees what."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.access.account_list import AccountRow, accounts
from dashboard.access.passwords import fits
from dashboard.access.viewer import needs_log_in
from dashboard.ledgers.database import open_books, reading
from dashboard.ledgers.doors import ACCOUNTS
from dashboard.ledgers.terms import AccountRole
from dashboard.widgets import door
from tests.people import POSTS, account, cheap_hashing, signed_in, token_of
from tests.views.conftest import PLAN
from tests.views.reading import text_of
from tests.views.rows import opened, rows_of

SEEN = "已抄录，不再显示"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts without the wait."""
    cheap_hashing(monkeypatch)


@pytest.fixture
def admin(empty_app: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page as the administrator sees it, with one liaison and one of the office."""
    account(books(), "admin", AccountRole.ADMINISTRATOR)
    account(books(), "wjj", AccountRole.LIAISON, [(PLAN, "u-wjj")])
    account(books(), "bangong", AccountRole.OFFICE)
    return as_(empty_app, "admin", monkeypatch)


def as_(app: AppTest, name: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page opened by whoever is logged in with this account."""
    signed_in(books(), name)
    monkeypatch.setattr(door, "token", lambda: token_of(name))
    return opened(app, "/accounts")


def books() -> Engine:
    return open_books(settings.current().database.url)


def held() -> dict[str, AccountRow]:
    return {row.name: row for row in accounts(books())}


def fill(app: AppTest, **texts: str) -> None:
    """Write into the fields whose labels begin so."""
    for label, text in texts.items():
        next(each for each in app.text_input if each.label.startswith(label)).set_value(text)


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    pressed = next(each for each in app.button if each.label == label).click().run()
    assert not pressed.exception
    return pressed


def is_password_of(name: str, password: str) -> bool:
    with reading(books()) as connection:
        hashes = connection.execute(ACCOUNTS.select().where(ACCOUNTS.c.name == name))
        return fits(password, hashes.mappings().one()["password_hash"])


# The first account


def test_without_accounts_the_page_says_what_the_first_one_changes(empty_app: AppTest) -> None:
    said = text_of(opened(empty_app, "/accounts"))
    assert "当前为单机模式" in said
    assert "第一个账号是系统管理员" in said
    assert "从此所有人（包括本机）都要登录" in said
    assert "不需重新启动" in said


def test_the_first_start_password_is_shown_before_the_account_is_there(
    empty_app: AppTest,
) -> None:
    page = opened(empty_app, "/accounts")
    fill(page, 账号名="admin", 岗位="系统管理岗")
    page = press(page, "下一步：显示初始口令")
    ((name, post, start),) = rows_of(page, "初始口令")
    assert (name, post) == ("admin", "系统管理岗")
    assert not needs_log_in(books())
    page = press(page, "已抄录，建立账号")
    assert is_password_of("admin", start)
    assert held()["admin"].role is AccountRole.ADMINISTRATOR
    assert "从现在起所有人都要登录" in text_of(page)
    assert "登录已失效" in text_of(page.run())


def test_the_first_account_can_still_be_left(empty_app: AppTest) -> None:
    page = opened(empty_app, "/accounts")
    fill(page, 账号名="admin", 岗位="系统管理岗")
    page = press(press(page, "下一步：显示初始口令"), "返回")
    assert rows_of(page, "初始口令") == []
    assert not needs_log_in(books())


def test_a_first_account_that_cannot_be_is_explained(empty_app: AppTest) -> None:
    page = opened(empty_app, "/accounts")
    fill(page, 账号名="13800138000", 岗位="")
    page = press(page, "下一步：显示初始口令")
    assert [each.value for each in page.error] == [
        "没有办理。账号名不能用手机号码或身份证号。",
        "没有办理。请填写岗位，如“县卫生健康局联络员”，不填写姓名。",
    ]


# The table and the sentence


def test_the_table_has_every_account_by_role(admin: AppTest) -> None:
    assert "共3个账号，在用3个；39个单位尚无联络员账号。" in text_of(admin)
    rows = rows_of(admin, "账号")
    assert [row[:5] for row in rows] == [
        ["admin", "系统管理员", POSTS[AccountRole.ADMINISTRATOR], "—", "在用"],
        ["bangong", "办公室", POSTS[AccountRole.OFFICE], "—", "在用"],
        ["wjj", "联络员", POSTS[AccountRole.LIAISON], "县卫生健康局", "在用"],
    ]
    assert rows[2][5:] == ["未登录过", "—"]


def test_forms_ask_for_posts_and_never_for_names_of_persons(admin: AppTest) -> None:
    labels = [each.label for each in admin.text_input]
    assert labels == ["账号名（必填）", "岗位（必填，不填写姓名）"]


# Adding


def choose(app: AppTest, label: str, value: object) -> None:
    """Choose in the select box whose label begins so."""
    next(each for each in app.selectbox if each.label.startswith(label)).set_value(value)


def test_an_added_accounts_start_password_is_shown_once(admin: AppTest) -> None:
    fill(admin, 账号名="jtj", 岗位="县教育和体育局联络员")
    choose(admin, "角色", "liaison")
    next(each for each in admin.multiselect if each.label.startswith("所属")).set_value(
        [(PLAN, "u-jtj")]
    )
    page = press(admin, "新增账号")
    ((name, _, start),) = rows_of(page, "初始口令")
    assert name == "jtj"
    assert is_password_of("jtj", start)
    assert held()["jtj"].units == ((PLAN, "u-jtj"),)
    assert "已新增账号“jtj”（联络员，县教育和体育局联络员）" in text_of(page)
    page = press(page, SEEN)
    assert rows_of(page, "初始口令") == []
    assert start not in text_of(page)
    assert {each.value for each in page.text_input} == {""}


@pytest.mark.parametrize(
    ("name", "role", "said"),
    [
        ("jtj", None, "没有办理。请选择角色。"),
        ("jtj", "liaison", "没有办理。联络员账号应指定至少一个单位。"),
        ("WJJ", "office", "没有办理。账号名“WJJ”已有，请换一个。"),
    ],
)
def test_an_account_that_cannot_be_is_explained_beside_its_form(
    admin: AppTest, name: str, role: str | None, said: str
) -> None:
    fill(admin, 账号名=name, 岗位="综合组")
    choose(admin, "角色", role)
    page = press(admin, "新增账号")
    assert [each.value for each in page.error] == [said]
    assert len(held()) == 3
    assert page.text_input[0].value == name


def test_liaisons_are_made_for_all_units_that_have_none(admin: AppTest) -> None:
    left_out = next(each for each in admin.multiselect if each.label == "不建账号的单位")
    left_out.set_value([(PLAN, "u-zyy")]).run()
    assert len(rows_of(admin, "将建立的联络员账号")) == 38
    page = press(admin, "建立38个联络员账号")
    rows = rows_of(page, "初始口令")
    assert len({start for _, _, start in rows}) == 38
    assert ("jtj", "县教育和体育局联络员") in [(name, post) for name, post, _ in rows]
    assert all(is_password_of(name, start) for name, _, start in rows[:3])
    assert len(held()) == 41
    assert "1个单位尚无联络员账号" in text_of(press(page, SEEN))


# Changing


def chosen(app: AppTest, name: str) -> AppTest:
    """The page with this account chosen."""
    choose(app, "选择要办理的账号", name)
    return app.run()


def test_an_account_is_disabled_and_enabled_again(admin: AppTest) -> None:
    page = press(chosen(admin, "wjj"), "停用")
    assert held()["wjj"].state == "停用"
    assert "已停用账号“wjj”" in text_of(page)
    assert "停用1个" in text_of(page)
    page = press(page, "启用")
    assert held()["wjj"].state == "在用"


def test_a_reset_shows_the_new_start_password_once(admin: AppTest) -> None:
    page = press(chosen(admin, "wjj"), "重置口令")
    ((name, _, start),) = rows_of(page, "初始口令")
    assert name == "wjj"
    assert is_password_of("wjj", start)
    assert rows_of(press(page, SEEN), "初始口令") == []


def test_role_and_units_are_changed_together(admin: AppTest) -> None:
    page = chosen(admin, "wjj")
    choose(page, "角色", "leader")
    page = press(page, "保存角色和单位")
    assert "没有办理。只有联络员账号指定单位。" in text_of(page)
    next(each for each in page.multiselect if each.label.startswith("所属")).set_value([])
    page = press(page, "保存角色和单位")
    assert (held()["wjj"].role, held()["wjj"].units) == (AccountRole.LEADER, ())
    assert "该账号须重新登录" in text_of(page)


def test_ones_own_account_is_left_to_others(admin: AppTest) -> None:
    page = chosen(admin, "admin")
    assert "这是您本人的账号" in text_of(page)
    labels = {each.label for each in page.button}
    assert not labels & {"停用", "重置口令", "保存角色和单位"}


def test_a_second_click_finds_nothing_to_press(admin: AppTest) -> None:
    page = chosen(admin, "wjj")
    key = next(each.key for each in page.button if each.label == "停用")
    page = press(page, "停用")
    assert key not in {each.key for each in page.button}


# Who sees what


def test_the_office_sees_the_units_and_no_account(
    empty_app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    account(books(), "bangong", AccountRole.OFFICE)
    page = as_(empty_app, "bangong", monkeypatch)
    assert page.title[0].value == "单位与账号"
    assert "单位和联系人" in text_of(page)
    assert rows_of(page, "账号") == []
    assert not page.text_input


@pytest.mark.parametrize("role", [AccountRole.LIAISON, AccountRole.LEADER, AccountRole.AUDITOR])
def test_all_others_are_refused(
    empty_app: AppTest, monkeypatch: pytest.MonkeyPatch, role: AccountRole
) -> None:
    account(books(), "me", role, [(PLAN, "u-wjj")] if role is AccountRole.LIAISON else [])
    page = as_(empty_app, "me", monkeypatch)
    assert "没有权限" in [each.value for each in page.title]
    assert rows_of(page, "账号") == []


def test_the_start_passwords_of_one_are_not_shown_to_the_next(
    admin: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(chosen(admin, "wjj"), "重置口令")
    account(books(), "second", AccountRole.ADMINISTRATOR)
    signed_in(books(), "second")
    monkeypatch.setattr(door, "token", lambda: token_of("second"))
    assert rows_of(admin.run(), "初始口令") == []


def test_an_administrator_needs_no_plan(
    tmp_path: Path, open_app: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = tmp_path / "bare.db"
    engine = open_books(f"sqlite:///{bare.as_posix()}")
    account(engine, "admin", AccountRole.ADMINISTRATOR)
    engine.dispose()
    assert callable(open_app)
    page = as_(open_app(bare), "admin", monkeypatch)
    assert re.search(r"共1个账号，在用1个。", text_of(page))
