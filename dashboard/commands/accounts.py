"""`guatu account`: a start password stands alone on standard output, all else on standard error."""

import sys
from collections.abc import Callable
from typing import TypeVar

import click

from dashboard import wording
from dashboard.access.account_list import accounts
from dashboard.access.accounts import (
    ROLES,
    AccountError,
    New,
    add_account,
    disable,
    enable,
    reset_password,
)
from dashboard.access.viewer import CONSOLE
from dashboard.commands.beginning import now, open_books
from dashboard.ledgers.terms import AccountRole

T = TypeVar("T")


@click.group(subcommand_metavar="[命令]", help="管理账号：新增、列出、停用、启用、重置口令。")
def account() -> None:
    """Accounts, managed by whoever commands the computer."""


def _role(_context: click.Context, _option: click.Parameter, text: str) -> AccountRole:
    roles = {word: role for role in ROLES for word in (role.value, role.label)}
    if text not in roles:
        allowed = "、".join(f"{role.label}（{role.value}）" for role in ROLES)
        raise click.BadParameter(f"“{text}”不是角色，可填：{allowed}")
    return roles[text]


def _own_units(
    _context: click.Context, _option: click.Parameter, texts: tuple[str, ...]
) -> frozenset[tuple[str, str]]:
    pairs = [text.partition(":") for text in texts]
    if not all(plan and unit for plan, _, unit in pairs):
        raise click.BadParameter("应写作 方案:单位编号，如 jiaxiang-2023:u-wjj")
    return frozenset((plan, unit) for plan, _, unit in pairs)


@account.command("add", help="新增账号，显示一次初始口令；第一个账号应为系统管理员。")
@click.argument("name", metavar="账号名")
@click.option(
    "--role", metavar="角色", required=True, callback=_role, help="如 系统管理员、联络员。"
)
@click.option("--post", metavar="岗位", required=True, help="如 县卫生健康局联络员，不填写姓名。")
@click.option(
    "--unit", "units", metavar="方案:单位", multiple=True, callback=_own_units,
    help="联络员所属单位，可写多个，如 jiaxiang-2023:u-wjj。",
)  # fmt: skip
def add(name: str, role: AccountRole, post: str, units: frozenset[tuple[str, str]]) -> None:
    """Add an account."""
    engine, new = open_books()[0], New(name, role, post, units)
    start = _on_accounts(lambda: add_account(engine, CONSOLE, new, now()))
    _show_start(f"已新增账号“{name}”（{role.label}，{post}）。", start)


@account.command("list", help="列出全部账号及其角色、岗位、单位和状态。")
def list_accounts() -> None:
    """One line an account, its fields apart by tabs."""
    for row in accounts(open_books()[0]):
        units = "、".join(f"{plan}:{unit}" for plan, unit in row.units) or wording.BLANK
        last = wording.moment(row.last_at) if row.last_at else "未登录过"
        click.echo("\t".join((row.name, row.role.label, row.post, units, row.state, last)))


@account.command("disable", help="停用账号，并结束其全部登录。")
@click.argument("name", metavar="账号名")
def disable_account(name: str) -> None:
    """Let nobody in by this account."""
    engine = open_books()[0]
    _on_accounts(lambda: disable(engine, CONSOLE, name, now()))
    click.echo(f"已停用账号“{name}”，并结束其全部登录。", err=True)


@account.command("enable", help="重新启用停用的账号，口令不变。")
@click.argument("name", metavar="账号名")
def enable_account(name: str) -> None:
    """Let a disabled account in again."""
    engine = open_books()[0]
    _on_accounts(lambda: enable(engine, CONSOLE, name, now()))
    click.echo(f"已启用账号“{name}”，口令不变。", err=True)


@account.command("reset", help="重置口令，显示一次初始口令，并结束该账号的全部登录。")
@click.argument("name", metavar="账号名")
def reset(name: str) -> None:
    """Give an account a new start password."""
    engine = open_books()[0]
    start = _on_accounts(lambda: reset_password(engine, CONSOLE, name, now()))
    _show_start(f"已重置账号“{name}”的口令，并结束其全部登录。", start)


def _on_accounts(act: Callable[[], T]) -> T:
    """Do it, or list what is wrong and end with exit code 1."""
    try:
        return act()
    except AccountError as error:
        for reason in error.reasons:
            click.echo(f"{reason}。", err=True)
        sys.exit(1)


def _show_start(said: str, start: str) -> None:
    click.echo(f"{said}初始口令只显示这一次，首次登录时须修改：", err=True)
    click.echo(start)
