"""`guatu account`: the start password alone on standard output, Chinese words, the right code."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.__main__ import main
from dashboard.access.account_list import AccountRow, accounts
from dashboard.access.passwords import weaknesses
from dashboard.commands.accounts import account
from dashboard.ledgers.database import open_books
from dashboard.settings import current
from tests.people import cheap_hashing, told

PLAN_FOLDER = Path(__file__).resolve().parent.parent / "data" / "plans" / "jiaxiang-2023"
ADMIN = ("add", "admin", "--role", "系统管理员", "--post", "系统管理岗")
LIAISON = ("add", "wjj", "--role", "liaison", "--post", "县卫生健康局联络员")
UNIT = ("--unit", "jiaxiang-2023:u-wjj")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts without the wait."""
    cheap_hashing(monkeypatch)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["account", *words], prog_name="guatu")


def held() -> dict[str, AccountRow]:
    """The accounts there are."""
    return {row.name: row for row in accounts(open_books(current().database.url))}


def is_start_password(result: Result) -> bool:
    """Whether standard output is one line with a start password."""
    line = result.stdout.removesuffix("\n")
    return weaknesses(line, "") == () and not re.search(r"\s", line)


@pytest.mark.parametrize("name", sorted(account.commands))
def test_the_help_of_every_account_command_is_chinese(name: str) -> None:
    said = run(name, "--help").output
    assert said.startswith(f"用法： guatu account {name} [选项]")
    assert not re.search(r"OPTIONS|COMMAND|ARGS|NAME|required|default|Show", said)


def test_a_missing_command_is_said_in_chinese() -> None:
    assert run().exit_code == 2
    assert "用法： guatu account [选项] [命令]" in run().output


def test_an_added_account_gets_a_start_password_alone_on_standard_output() -> None:
    result = run(*ADMIN)
    assert result.exit_code == 0
    assert is_start_password(result)
    assert "已新增账号“admin”（系统管理员，系统管理岗）" in result.stderr
    assert result.stdout.strip() not in result.stderr
    assert (held()["admin"].state, held()["admin"].post) == ("待修改初始口令", "系统管理岗")


def test_a_liaison_is_added_with_units_and_role_by_either_name() -> None:
    CliRunner().invoke(main, ["load", str(PLAN_FOLDER)])
    run(*ADMIN)
    assert run(*LIAISON, *UNIT, "--unit", "jiaxiang-2023:370829001").exit_code == 0
    assert held()["wjj"].units == (("jiaxiang-2023", "370829001"), UNIT[1].partition(":")[::2])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (LIAISON, "联络员账号应指定至少一个单位。"),
        ((*LIAISON, "--unit", "p:u"), "没有“p”方案的单位“u”"),
        (("add", "x", "--role", "office", "--post", " "), "账号名应为2至30个"),
        (("add", "ADMIN", "--role", "office", "--post", "综合组"), "“ADMIN”已有，请换一个。"),
        (("disable", "admin"), "这是唯一在用的系统管理员账号，请先另设一个。"),
        (("disable", "nobody"), "没有账号“nobody”。"),
        (("enable", "admin"), "账号“admin”没有停用。"),
        (("reset", "nobody"), "没有账号“nobody”。"),
    ],
)
def test_what_cannot_be_is_explained_with_code_1(words: tuple[str, ...], said: str) -> None:
    run(*ADMIN)
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert set(held()) == {"admin"}


def test_the_first_account_must_be_an_administrators() -> None:
    result = run("add", "bgs", "--role", "办公室", "--post", "综合组")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "第一个账号应为系统管理员。" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "x", "--role", "boss", "--post", "x"), "“boss”不是角色，可填：系统管理员"),
        (("add", "x", "--role", "local", "--post", "x"), "“local”不是角色"),
        ((*LIAISON, "--unit", "u-wjj"), "应写作 方案:单位编号，如 jiaxiang-2023:u-wjj"),
        ((*LIAISON, "--unit", ":u"), "应写作 方案:单位编号"),
        (("add", "x", "--role", "office"), "缺少选项"),
        (("add",), "缺少参数"),
        (("remove", "x"), "没有“remove”这个命令。"),
    ],
)
def test_wrong_use_is_explained_with_code_2(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_the_list_has_one_line_an_account() -> None:
    CliRunner().invoke(main, ["load", str(PLAN_FOLDER)])
    assert run("list").stdout == ""
    run(*ADMIN)
    run(*LIAISON, *UNIT)
    run("disable", "wjj")
    result = run("list")
    assert result.exit_code == 0
    assert [line.split("\t") for line in result.stdout.splitlines()] == [
        ["admin", "系统管理员", "系统管理岗", "—", "待修改初始口令", "未登录过"],
        ["wjj", "联络员", "县卫生健康局联络员", UNIT[1], "停用", "未登录过"],
    ]


def test_an_account_is_disabled_enabled_and_reset() -> None:
    first = run(*ADMIN).stdout
    run("add", "bgs", "--role", "office", "--post", "综合组")
    done = run("disable", "bgs")
    assert (done.exit_code, done.stdout) == (0, "")
    assert held()["bgs"].state == "停用"
    assert run("enable", "BGS").exit_code == 0
    assert held()["bgs"].state == "待修改初始口令"
    again = run("reset", "admin")
    assert again.exit_code == 0
    assert is_start_password(again)
    assert again.stdout != first


def test_what_is_done_at_the_console_is_on_record() -> None:
    run(*ADMIN)
    run("reset", "admin")
    events = told(open_books(current().database.url))
    assert [each[:2] + each[3:] for each in events] == [
        ("账号", True, "新增账号", "admin，系统管理员，系统管理岗"),
        ("账号", True, "重置口令", "admin"),
    ]
