"""Accounts: who may have which, who makes them, what ends with a change, what the audit tells."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from dashboard.access.account_list import Speaker, accounts, liaisons_for, speakers, unspoken
from dashboard.access.accounts import (
    AccountError,
    New,
    add_account,
    add_accounts,
    change_role,
    disable,
    enable,
    reasons_against,
    reset_password,
)
from dashboard.access.audit import breaks
from dashboard.access.lasting import look
from dashboard.access.rights import ForbiddenError
from dashboard.access.sign_ins import DeniedError, Ending, Origin, Rules, log_in, rules_of
from dashboard.access.viewer import CONSOLE, LOCAL, Viewer, hash_of, needs_log_in
from dashboard.ledgers import records as r
from dashboard.ledgers.database import open_books, reading
from dashboard.ledgers.doors import ACCOUNTS, AUDIT_EVENTS, SIGN_INS
from dashboard.ledgers.terms import AccountRole, UnitKind
from dashboard.posting.plans import post_plan
from dashboard.settings import load
from tests.books import BASE, ISSUED, PLAN, database
from tests.people import NOW, PASSWORD, account, signed_in, told

RULES = Rules()
HERE = Origin("10.0.0.7", None)
ADMIN = New("admin", AccountRole.ADMINISTRATOR, "系统管理岗")
LIAISON = New("wjj", AccountRole.LIAISON, "县卫生健康局联络员", frozenset({("p", "u")}))
ALL = r.Unit(code="w", name="各镇街", kind=UnitKind.COLLECTIVE, seq=3, is_collective=True)
UPPER = r.Unit(code="x", name="市心理健康中心", kind=UnitKind.UPPER, seq=4)
GROUP = r.Unit(code="y", name="建设推进工作组", kind=UnitKind.TASK_FORCE, seq=5)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A plan with two units, a collective and an upper unit; no account."""
    made = open_books(database(tmp_path))
    assert post_plan(made, CONSOLE, PLAN, (*BASE, ALL, UPPER, GROUP), today=ISSUED) == ()
    return made


@pytest.fixture
def staffed(engine: Engine) -> Engine:
    """The plan with an administrator and a liaison."""
    account(engine, "admin", AccountRole.ADMINISTRATOR)
    account(engine, "wjj", AccountRole.LIAISON, [("p", "u")])
    return engine


def names(engine: Engine) -> list[str]:
    """The accounts there are."""
    return [row.name for row in accounts(engine, RULES, NOW)]


def refused(engine: Engine, act: Callable[[], object]) -> str:
    """The words of a refusal; that no account was touched is checked."""
    before = accounts(engine, RULES, NOW)
    with pytest.raises(AccountError) as caught:
        act()
    assert accounts(engine, RULES, NOW) == before
    return str(caught.value)


def added(engine: Engine, **fields: object) -> str:
    """What is said to an account that differs in some fields from what is right."""
    given = {"name": "wjj2", "role": AccountRole.OFFICE, "post": "综合组", **fields}
    return refused(engine, lambda: add_account(engine, CONSOLE, New(**given), NOW))  # type: ignore[arg-type]


# The first account


def test_with_the_first_account_everybody_logs_in(engine: Engine) -> None:
    assert not needs_log_in(engine)
    start = add_account(engine, LOCAL, ADMIN, NOW)
    assert needs_log_in(engine)
    viewer = look(
        engine, log_in(engine, "admin", start, HERE, RULES, NOW), RULES, NOW, active=False
    ).viewer
    assert viewer is not None
    assert viewer.must_change
    with pytest.raises(ForbiddenError, match="已启用账号，请登录后再操作"):
        add_account(engine, LOCAL, LIAISON, NOW)


@pytest.mark.parametrize("role", [AccountRole.OFFICE, AccountRole.AUDITOR])
def test_the_first_account_is_an_administrators(engine: Engine, role: AccountRole) -> None:
    assert added(engine, role=role) == "第一个账号应为系统管理员"
    assert not needs_log_in(engine)


# What an account may be


def test_a_liaison_speaks_for_units(staffed: Engine) -> None:
    both = frozenset({("p", "u"), ("p", "v")})
    add_account(staffed, CONSOLE, New("jtj", AccountRole.LIAISON, "联络员", both), NOW)
    assert signed_in(staffed, "jtj").units == both


@pytest.mark.parametrize(
    ("role", "units", "said"),
    [
        (AccountRole.LIAISON, [], "联络员账号应指定至少一个单位"),
        (AccountRole.OFFICE, ["u"], "只有联络员账号指定单位"),
        (AccountRole.LIAISON, ["nobody"], "没有“p”方案的单位“nobody”，或该单位不能单独报送"),
        (AccountRole.LIAISON, ["w"], "没有“p”方案的单位“w”，或该单位不能单独报送"),
        (AccountRole.LIAISON, ["x"], "没有“p”方案的单位“x”，或该单位不能单独报送"),
        (AccountRole.LOCAL, [], "账号不能设为“本机”"),
    ],
)
def test_role_and_units_must_fit(
    staffed: Engine, role: AccountRole, units: list[str], said: str
) -> None:
    own = frozenset(("p", unit) for unit in units)
    assert added(staffed, role=role, units=own) == said
    if role is not AccountRole.LOCAL:
        change = refused(staffed, lambda: change_role(staffed, CONSOLE, "wjj", role, own, NOW))
        assert change == said


@pytest.mark.parametrize(
    "name", ["ab", "卫健", "370829001", "wjj.lly_1-2", "a" * 30, "县卫生健康局联络员", "１２wjj"]
)
def test_names_of_letters_digits_and_hanzi_are_taken(staffed: Engine, name: str) -> None:
    add_account(staffed, CONSOLE, New(name, AccountRole.OFFICE, "综合组"), NOW)
    assert len(names(staffed)) == 3


@pytest.mark.parametrize("name", ["", " ", "a", "a" * 31, "a b", "a/b", "<b>", "名：字", "é1"])
def test_other_names_are_refused(staffed: Engine, name: str) -> None:
    assert added(staffed, name=name).startswith("账号名应为2至30个字母、数字、汉字")


@pytest.mark.parametrize(
    "name", ["13800138000", "lly13800138000", "138-0013-8000", "37082919900101123X"]
)
def test_a_name_is_no_number_of_a_person(staffed: Engine, name: str) -> None:
    assert added(staffed, name=name) == "账号名不能用手机号码或身份证号"


@pytest.mark.parametrize("name", ["wjj", "WJJ", "ｗｊｊ", " wjj "])
def test_a_name_is_there_once_however_it_is_written(staffed: Engine, name: str) -> None:
    assert "已有，请换一个" in added(staffed, name=name)


@pytest.mark.parametrize(
    ("post", "said"),
    [
        (" ", "请填写岗位，如“县卫生健康局联络员”，不填写姓名"),
        ("岗" * 51, "岗位不超过50字"),
        ("联络员 138 0013 8000", "岗位中不能有手机号码或身份证号"),
    ],
)
def test_a_post_is_named_and_no_number_of_a_person(staffed: Engine, post: str, said: str) -> None:
    assert added(staffed, post=post) == said


def test_all_that_is_wrong_is_said_at_once(staffed: Engine) -> None:
    said = added(staffed, name="?", post="", role=AccountRole.LIAISON)
    assert said.count("；") == 2


def test_of_two_accounts_of_one_name_at_once_one_is_made(staffed: Engine) -> None:
    def add(name: str) -> bool:
        try:
            add_account(staffed, CONSOLE, New(name, AccountRole.OFFICE, "综合组"), NOW)
        except AccountError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(add, ("bgs", "BGS", "Bgs", "bGS"))) == [False, False, False, True]


# Start passwords


def test_a_start_password_lets_in_and_is_nowhere_kept(staffed: Engine) -> None:
    start = add_account(staffed, CONSOLE, New("bgs", AccountRole.OFFICE, "综合组"), NOW)
    assert log_in(staffed, "bgs", start, HERE, RULES, NOW)
    with reading(staffed) as connection:
        for table in (ACCOUNTS, AUDIT_EVENTS):
            assert start not in str(connection.execute(select(table)).all())
    assert start not in repr(New("bgs", AccountRole.OFFICE, "综合组", start=start))


def test_a_reset_gives_a_new_start_password_and_ends_log_ins_and_lock(staffed: Engine) -> None:
    token = log_in(staffed, "wjj", PASSWORD, HERE, RULES, NOW)
    for _ in range(5):
        with pytest.raises(DeniedError):
            log_in(staffed, "wjj", "wrong", HERE, RULES, NOW)
    start = reset_password(staffed, CONSOLE, "wjj", NOW)
    assert look(staffed, token, RULES, NOW, active=True).ended_by == Ending.RESET
    again = log_in(staffed, "wjj", start, HERE, RULES, NOW)
    viewer = look(staffed, again, RULES, NOW, active=True).viewer
    assert viewer is not None
    assert viewer.must_change
    with pytest.raises(DeniedError):
        log_in(staffed, "wjj", PASSWORD, HERE, RULES, NOW)


# Ending and changing


def test_a_disabled_account_lets_nobody_in_until_it_is_enabled(staffed: Engine) -> None:
    token = log_in(staffed, "wjj", PASSWORD, HERE, RULES, NOW)
    disable(staffed, CONSOLE, "wjj", NOW)
    assert look(staffed, token, RULES, NOW, active=True).ended_by == Ending.DISABLED
    with pytest.raises(DeniedError, match="账号或口令不正确"):
        log_in(staffed, "wjj", PASSWORD, HERE, RULES, NOW)
    assert refused(staffed, lambda: disable(staffed, CONSOLE, "wjj", NOW)) == ("账号“wjj”已经停用")
    enable(staffed, CONSOLE, "wjj", NOW)
    assert log_in(staffed, "wjj", PASSWORD, HERE, RULES, NOW)
    assert refused(staffed, lambda: enable(staffed, CONSOLE, "wjj", NOW)) == "账号“wjj”没有停用"


def test_a_change_of_role_ends_every_log_in_and_takes_the_units_along(staffed: Engine) -> None:
    tokens = [log_in(staffed, "wjj", PASSWORD, HERE, RULES, NOW) for _ in range(2)]
    change_role(staffed, CONSOLE, "wjj", AccountRole.LIAISON, {("p", "v")}, NOW)
    for token in tokens:
        assert look(staffed, token, RULES, NOW, active=True).ended_by == Ending.CHANGED
    assert signed_in(staffed, "wjj").units == {("p", "v")}
    change_role(staffed, CONSOLE, "wjj", AccountRole.LEADER, (), NOW)
    leader = signed_in(staffed, "wjj", "another token")
    assert (leader.role, leader.units) == (AccountRole.LEADER, frozenset())


def test_the_last_administrator_in_use_stays(staffed: Engine) -> None:
    only = "这是唯一在用的系统管理员账号，请先另设一个"
    acts = (
        lambda: disable(staffed, CONSOLE, "admin", NOW),
        lambda: change_role(staffed, CONSOLE, "admin", AccountRole.OFFICE, (), NOW),
    )
    for act in acts:
        assert refused(staffed, act) == only
    account(staffed, "second", AccountRole.ADMINISTRATOR)
    disable(staffed, CONSOLE, "second", NOW)
    for act in acts:
        assert refused(staffed, act) == only
    enable(staffed, CONSOLE, "second", NOW)
    disable(staffed, CONSOLE, "admin", NOW)


def test_nobody_disables_resets_or_changes_oneself(staffed: Engine) -> None:
    account(staffed, "second", AccountRole.ADMINISTRATOR)
    me = signed_in(staffed, "admin")
    office = AccountRole.OFFICE
    said = {
        "不能停用本人的账号": lambda: disable(staffed, me, "ADMIN", NOW),
        "不能变更本人的角色": lambda: change_role(staffed, me, "admin", office, (), NOW),
        "本人的口令请在“我的账号”中修改": lambda: reset_password(staffed, me, "admin", NOW),
    }
    for words, act in said.items():
        assert refused(staffed, act) == words


def test_of_two_administrators_who_disable_each_other_one_stays(staffed: Engine) -> None:
    account(staffed, "second", AccountRole.ADMINISTRATOR)
    pairs = [(signed_in(staffed, "admin"), "second"), (signed_in(staffed, "second"), "admin")]

    def end(pair: tuple[Viewer, str]) -> bool:
        try:
            disable(staffed, *pair, NOW)
        except (AccountError, ForbiddenError):
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(end, pairs)) == [False, True]


def test_an_unknown_account_is_named(staffed: Engine) -> None:
    for act in (disable, enable, reset_password):
        assert refused(staffed, lambda: act(staffed, CONSOLE, "nobody", NOW)) == (  # noqa: B023
            "没有账号“nobody”"
        )


# Who may


@pytest.mark.parametrize(
    "role", [AccountRole.OFFICE, AccountRole.LIAISON, AccountRole.LEADER, AccountRole.AUDITOR]
)
def test_only_administrators_manage_accounts_and_trying_is_told(
    staffed: Engine, role: AccountRole
) -> None:
    account(staffed, "me", role, [("p", "v")] if role is AccountRole.LIAISON else [])
    me = signed_in(staffed, "me")
    before = accounts(staffed, RULES, NOW)
    acts: dict[str, Callable[[], object]] = {
        "新增账号": lambda: add_account(staffed, me, LIAISON, NOW),
        "停用账号": lambda: disable(staffed, me, "wjj", NOW),
        "启用账号": lambda: enable(staffed, me, "wjj", NOW),
        "重置口令": lambda: reset_password(staffed, me, "wjj", NOW),
        "变更角色和单位": lambda: change_role(
            staffed, me, "me", AccountRole.ADMINISTRATOR, (), NOW
        ),
    }
    for act in acts.values():
        with pytest.raises(ForbiddenError, match="没有“管理账号”的权限"):
            act()
    assert accounts(staffed, RULES, NOW) == before
    assert [each[:4] for each in told(staffed)[1:]] == [
        ("拒绝", False, "me", action) for action in acts
    ]


def test_an_administrator_whose_log_in_has_ended_manages_nothing(staffed: Engine) -> None:
    account(staffed, "second", AccountRole.ADMINISTRATOR)
    me = signed_in(staffed, "admin")
    disable(staffed, CONSOLE, "admin", NOW)
    with pytest.raises(ForbiddenError, match="登录已失效"):
        add_account(staffed, me, New("bgs", AccountRole.OFFICE, "综合组"), NOW)
    assert "bgs" not in names(staffed)


def test_an_administrator_who_still_has_the_start_password_manages_nothing(
    engine: Engine,
) -> None:
    add_account(engine, LOCAL, ADMIN, NOW)
    with pytest.raises(ForbiddenError, match="请先修改初始口令"):
        add_account(engine, signed_in(engine, "admin"), LIAISON, NOW)


def test_every_act_is_told_with_whom_and_how_many_log_ins_it_ended(staffed: Engine) -> None:
    me = signed_in(staffed, "admin")
    add_account(staffed, me, New("jtj", AccountRole.LIAISON, "联络员", LIAISON.units), NOW)
    signed_in(staffed, "wjj")
    change_role(staffed, me, "wjj", AccountRole.LIAISON, {("p", "v"), ("p", "u")}, NOW)
    reset_password(staffed, me, "wjj", NOW)
    change_role(staffed, me, "wjj", AccountRole.LEADER, (), NOW)
    disable(staffed, me, "wjj", NOW)
    enable(staffed, me, "wjj", NOW)
    assert [each[3:] for each in told(staffed)[1:]] == [
        ("新增账号", "jtj，联络员，联络员，单位p:u"),
        ("变更角色和单位", "wjj，单位p:u、p:v，结束登录1处"),
        ("重置口令", "wjj"),
        ("变更角色和单位", "wjj，由联络员改为领导"),
        ("停用账号", "wjj"),
        ("启用账号", "wjj"),
    ]
    assert {each[:3] for each in told(staffed)[1:]} == {("账号", True, "admin")}
    assert list(breaks(staffed)) == []


# The list, and many at once


def test_the_list_tells_state_last_log_in_and_live_log_ins(staffed: Engine) -> None:
    account(staffed, "new", must_change=True)
    account(staffed, "gone")
    account(staffed, "shut")
    log_in(staffed, "gone", PASSWORD, HERE, RULES, NOW)
    disable(staffed, CONSOLE, "gone", NOW)
    for minutes in (0, 20):
        log_in(staffed, "wjj", PASSWORD, HERE, RULES, NOW + timedelta(minutes=minutes))
    later = NOW + timedelta(minutes=30)
    for _ in range(5):
        with pytest.raises(DeniedError):
            log_in(staffed, "shut", "wrong", HERE, RULES, later)
    rows = {row.name: row for row in accounts(staffed, RULES, later)}
    assert {name: row.state for name, row in rows.items()} == {
        "admin": "在用",
        "wjj": "在用",
        "new": "待修改初始口令",
        "gone": "停用",
        "shut": "暂停登录",
    }
    assert (rows["wjj"].last_at, rows["wjj"].live) == (NOW + timedelta(minutes=20), 1)
    assert (rows["gone"].last_at, rows["gone"].live) == (NOW, 0)
    assert (rows["admin"].last_at, rows["admin"].live) == (None, 0)
    assert rows["wjj"].units == (("p", "u"),)
    assert rows["shut"].locked_until == later + timedelta(minutes=30)


def test_an_account_is_suggested_for_every_unit_without_a_liaison(staffed: Engine) -> None:
    units = speakers(staffed)
    assert [(each.name, each.has_liaison) for each in units] == [
        ("县卫生健康局", True),
        ("县教育和体育局", True),
        ("建设推进工作组", False),
    ]
    missing = unspoken(units, accounts(staffed, RULES, NOW))
    assert [each.unit for each in missing] == ["v"]
    (found,) = liaisons_for(missing, accounts(staffed, RULES, NOW))
    assert (found.name, found.post) == ("lly-v", "县教育和体育局联络员")
    assert found.units == {("p", "v")}
    disable(staffed, CONSOLE, "wjj", NOW)
    again = unspoken(units, accounts(staffed, RULES, NOW))
    assert [each.unit for each in again] == ["u", "v"]


def test_a_suggested_name_is_the_units_code_and_free(staffed: Engine) -> None:
    codes = ("u-WJJ", "u-jtj", "370829001", "u-jtj")
    units = [Speaker("p", "方案", code, "单位", has_liaison=True) for code in codes]
    found = liaisons_for(units, accounts(staffed, RULES, NOW))
    assert [each.name for each in found] == ["WJJ-2", "jtj", "370829001", "jtj-2"]


def test_what_speaks_against_an_account_is_known_before(staffed: Engine) -> None:
    assert reasons_against(staffed, New("bgs", AccountRole.OFFICE, "综合组")) == ()
    assert reasons_against(staffed, New("wjj", AccountRole.OFFICE, "")) == (
        "账号名“wjj”已有，请换一个",
        "请填写岗位，如“县卫生健康局联络员”，不填写姓名",
    )
    assert names(staffed) == ["admin", "wjj"]


def test_many_accounts_are_made_together_or_not_at_all(staffed: Engine) -> None:
    present = accounts(staffed, RULES, NOW)
    new = liaisons_for(unspoken(speakers(staffed), present), present)
    spoilt = New("wjj", AccountRole.OFFICE, "综合组")
    assert "已有" in refused(staffed, lambda: add_accounts(staffed, CONSOLE, (*new, spoilt), NOW))
    (start,) = add_accounts(staffed, CONSOLE, new, NOW)
    assert names(staffed) == ["admin", "wjj", "lly-v"]
    assert log_in(staffed, "lly-v", start, HERE, RULES, NOW)


def test_the_rules_are_those_of_the_settings() -> None:
    assert rules_of(load({})) == RULES


def test_a_log_in_of_these_tests_is_one_as_the_gate_makes_it(staffed: Engine) -> None:
    signed_in(staffed, "wjj", "t")
    with reading(staffed) as connection:
        assert connection.scalar(select(SIGN_INS.c.token_hash)) == hash_of("t")
