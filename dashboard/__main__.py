"""The command line `guatu`: the same flow without a screen.

Exit codes: 0 done, 1 the content has problems (listed), 2 wrong use.
"""

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn, TypeVar

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types
from sqlalchemy import Engine

from dashboard import __version__, practice, wording
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
from dashboard.access.audit import breaks
from dashboard.access.viewer import CONSOLE, needs_log_in
from dashboard.ledgers import database
from dashboard.ledgers.books import UnknownPlanError, load_plan, plan_codes
from dashboard.ledgers.books import load as load_books
from dashboard.ledgers.records import Plan
from dashboard.ledgers.terms import AccountRole
from dashboard.posting.exporting import Export, on_record
from dashboard.posting.faults import RefusedError
from dashboard.posting.plans import clear_practice, now_of, post_plan
from dashboard.reports.release import Release, Wish, WrongWishError, day_within, detail_of, release
from dashboard.reports.sheet import Stamp
from dashboard.reports.whole_plan import whole_plan
from dashboard.reports.workbook import workbook
from dashboard.rules.calendar import Clock, end_of, shanghai_day
from dashboard.rules.invariants import breaches
from dashboard.settings import Settings, SettingsError
from dashboard.settings import load as load_settings
from dashboard.sheets.plan_folder import read_folder, write_folder

T = TypeVar("T")
CHAIN = "audit_chain_unbroken"
"""What the audit chain's own invariant is called in the answer of `guatu check`."""
CLICK_WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Show this message and exit.": "显示本说明。",
    "Show the version and exit.": "显示版本号。",
    "Aborted!": "已中止。",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "用法说明：{command} {option}",
    "Missing command.": "缺少命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "required": "必填",
    "No such command {name!r}.": "没有“{name}”这个命令。",
    "No such option {name!r}.": "没有“{name}”这个选项。",
    "Did you mean {possibility}?": "是否应为 {possibility}？",
    "Invalid value: {message}": "填写有误：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 填写有误：{message}",
    "{value!r} is not a valid {number_type}.": "“{value}”不是数。",
    "{value} is not in the range {range}.": "{value} 不在允许的范围（{range}）内。",
    "{name} {filename!r} does not exist.": "{name}“{filename}”不存在。",
    "{name} {filename!r} is a directory.": "{name}“{filename}”是文件夹。",
    "{name} {filename!r} is a file.": "{name}“{filename}”是文件。",
    "{name} {filename!r} is not readable.": "{name}“{filename}”不能读取。",
    "{name} {filename!r} is not writable.": "{name}“{filename}”不能写入。",
    "Could not open file {filename!r}: {message}": "打不开文件“{filename}”：{message}",
    "Option {name!r} requires an argument.": "选项“{name}”后面要写值。",
    "Option {name!r} does not take a value.": "选项“{name}”后面不写值。",
    "Got unexpected extra argument ({args})": "多出了参数（{args}）",
    "Got unexpected extra arguments ({args})": "多出了参数（{args}）",
    "{value!r} does not match the format {format}.": "“{value}”不是 2023-09-22 这样的日期。",
    "{value!r} is not {choice}.": "“{value}”不在可选的值（{choice}）内。",
    "{value!r} is not one of {choices}.": "“{value}”不在可选的值（{choices}）内。",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
}


def _speak_chinese() -> None:
    """Give click, which asks gettext for its words, Chinese ones without a compiled catalogue."""
    for module in (
        click.core,
        click.decorators,
        click.exceptions,
        click.formatting,
        click.parser,
        click.types,
    ):
        for name, words in (("_", _word), ("ngettext", _counted)):
            if hasattr(module, name):
                setattr(module, name, words)


def _word(text: str) -> str:
    return CLICK_WORDS.get(text, text)


def _counted(one: str, many: str, number: int) -> str:
    return _word(one if number == 1 else many)


_speak_chinese()


@click.group(
    invoke_without_command=True,
    subcommand_metavar="[命令]",
    help="挂图：把方案变成台账、周调度和月通报。",
)
@click.version_option(__version__, message="挂图 %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Run a command; plain `guatu` serves."""
    if context.invoked_subcommand is None:
        context.invoke(serve)


def settings_or_exit() -> Settings:
    """The settings in force; wrong ones end the program with exit code 2 and the reasons."""
    try:
        return load_settings()
    except SettingsError as error:
        wrong_use(error)


def wrong_use(reason: Exception) -> NoReturn:
    """Say why in Chinese on standard error and end with exit code 2."""
    click.echo(str(reason), err=True)
    sys.exit(2)


@main.command(help="启动挂图，在浏览器中使用。")
@click.option("--host", metavar="地址", help="监听地址，默认只限本机 127.0.0.1。")
@click.option("--port", metavar="端口", type=click.IntRange(1, 65535), help="端口，默认 8501。")
def serve(host: str | None, port: int | None) -> None:
    """Serve the pages until interrupted."""
    settings = settings_or_exit()
    asked = {"host": host, "port": port}
    chosen = {name: value for name, value in asked.items() if value is not None}
    server_settings = settings.server.model_copy(update=chosen)
    settings = settings.model_copy(update={"server": server_settings})
    # Imported here: the other commands need neither Streamlit nor its seconds.
    from dashboard import server  # noqa: PLC0415

    try:
        server.check_address(settings)
        engine = database.open_books(settings.database.url)
        server.check_accounts(settings, has_accounts=needs_log_in(engine))
        _first_start(engine, settings)
        try:
            server.serve(settings, engine)
        finally:
            database.close(engine)
    except (server.AddressError, database.DatabaseError) as error:
        wrong_use(error)


def _first_start(engine: Engine, settings: Settings) -> None:
    """Fill a database without plans, so that the first look is alive; only in SQLite."""
    if plan_codes(engine) or engine.dialect.name != "sqlite":
        return
    click.echo(f"首次启动，正在载入方案 {settings.plan.default} ……", err=True)
    _load(engine, settings.plans_folder / settings.plan.default)
    if settings.plan.practice:
        practice.fill(engine, CONSOLE, settings.plan.default, settings)
        click.echo("已载入演示数据；看过以后，可在页面左侧一键清除。", err=True)


def _open() -> tuple[Engine, Settings]:
    settings = settings_or_exit()
    try:
        return database.open_books(settings.database.url), settings
    except database.DatabaseError as error:
        wrong_use(error)


def _known_plan(engine: Engine, code: str) -> Plan:
    try:
        return load_plan(engine, code)
    except UnknownPlanError as error:
        known = "、".join(plan_codes(engine)) or "（空）"
        wrong_use(click.UsageError(f"{error}已有的方案：{known}"))


def _load(engine: Engine, folder: Path) -> int:
    """Load a plan folder, or list every problem and end with exit code 1."""
    found, problems = read_folder(folder)
    today = shanghai_day(_now())
    if found is not None:
        faults = post_plan(engine, CONSOLE, found.plan, found.rows, today=today)
        problems = tuple(found.locate(fault) for fault in faults)
    if problems or found is None:
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"共{len(problems)}处问题，没有载入任何内容。", err=True)
        sys.exit(1)
    return len(found.rows)


@main.command(help="载入方案文件夹：全部正确才载入，否则逐条列出问题。")
@click.argument(
    "folder", metavar="文件夹", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def load(folder: Path) -> None:
    """Load a plan, all or nothing."""
    engine, _ = _open()
    number = _load(engine, folder)
    click.echo(f"已载入，共{number}行；重复载入同样内容不会改变台账。", err=True)


@main.command(help="载入演示数据；加 --clear 则清除，只留方案。")
@click.argument("plan", metavar="方案")
@click.option("--clear", is_flag=True, help="清除演示数据。")
def sample(plan: str, *, clear: bool) -> None:
    """Practice data in, or out."""
    engine, settings = _open()
    _known_plan(engine, plan)
    if clear:
        click.echo(
            f"已清除演示数据{clear_practice(engine, CONSOLE, plan)}行，账中只留方案。", err=True
        )
        return
    try:
        number = practice.fill(engine, CONSOLE, plan, settings)
    except RefusedError as refused:
        click.echo(str(refused))
        sys.exit(1)
    click.echo(f"已载入演示数据{number}行。", err=True)


@main.command(help="导出方案：.json、.xlsx 文件，或文件夹（每本台账一个 CSV）；导出记入审计。")
@click.argument("plan", metavar="方案")
@click.option("--to", metavar="文件", required=True, help="文件名或文件夹名。")
@click.option("--as-of", metavar="日期", type=click.DateTime(["%Y-%m-%d"]), help="统计截止日。")
@click.option("--with-instructions", is_flag=True, help="包括有批示登记号的交办事项，默认不含。")
def export(plan: str, to: str, as_of: datetime | None, *, with_instructions: bool) -> None:
    """The whole plan as held on a day."""
    if not to.strip():  # an empty path would be the folder one happens to stand in
        wrong_use(click.UsageError("--to 后面请写文件名或文件夹名。"))
    target = Path(to)
    engine, settings = _open()
    day = _day_within(_known_plan(engine, plan), as_of)
    wish = Wish(plan, day, with_instructions)
    given = release(engine, CONSOLE, wish, settings)
    held = given.rows
    if not target.suffix:  # a folder can be loaded as a plan: practice data would pass for records
        given = given.without_practice()
    asked = Export(viewer=CONSOLE, action="导出方案", what=target.name, plan=plan)
    try:
        with on_record(engine, asked, f"{target.name}，{detail_of(wish, given.rows)}"):
            _write(target, given, settings)
    except RefusedError as refused:
        click.echo(str(refused))
        sys.exit(1)
    except OSError:
        ways_out = "请看文件夹是否存在、能否写入，文件是否正在别处打开。"
        wrong_use(click.UsageError(f"写不到 {target}：{ways_out}"))
    if given.rows < held:
        click.echo(f"演示数据{held - given.rows}行不写入方案文件夹。", err=True)
    click.echo(f"已导出到 {target}（统计截止日 {day}）。", err=True)


def _day_within(plan: Plan, as_of: datetime | None) -> date:
    try:
        return day_within(plan, as_of.date() if as_of else None, now_of(plan), _now())
    except WrongWishError as error:
        wrong_use(click.UsageError(str(error)))


def _now() -> datetime:
    return Clock().now()


def _write(target: Path, given: Release, settings: Settings) -> None:
    """Into a file of the kind that its name says, or a folder where it says none."""
    kind = target.suffix.lower()
    if kind == ".json":
        target.write_bytes(whole_plan(given.judgement, given.filed))
    elif kind == ".xlsx":
        target.write_bytes(workbook(given, settings, Stamp(CONSOLE, _now())))
    elif kind:
        wrong_use(click.UsageError(f"“{target.name}”：请写 .json、.xlsx 文件名，或文件夹名。"))
    else:
        write_folder(target, given.judgement.books.plan, given.records())


@main.command(help="把数据库升级到当前版本的结构。")
def migrate() -> None:
    """Bring the schema to the newest form."""
    settings = settings_or_exit()
    try:
        done = database.migrate(settings.database.url)
    except database.DatabaseError as error:
        wrong_use(error)
    click.echo("数据库已升级。" if done else "数据库结构已是最新。", err=True)


@main.command(help="检查台账是否自洽，逐条列出问题。")
def check() -> None:
    """Run every invariant on every plan, and look through the audit chain."""
    engine, _ = _open()
    found = 0
    for code in plan_codes(engine):
        books = load_books(engine, code, end_of(shanghai_day(now_of(load_plan(engine, code)))))
        for breach in breaches(books):
            click.echo(f"{code} {breach.invariant} {breach.message}")
            found += 1
    for message in breaks(engine):
        click.echo(f"{CHAIN} {message}")
        found += 1
    click.echo(f"检查完毕，{found}处问题。", err=True)
    sys.exit(1 if found else 0)


# Accounts: a start password stands alone on standard output, all else on standard error


@main.group(subcommand_metavar="[命令]", help="管理账号：新增、列出、停用、启用、重置口令。")
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
    engine, new = _open()[0], New(name, role, post, units)
    start = _on_accounts(lambda: add_account(engine, CONSOLE, new, _now()))
    _show_start(f"已新增账号“{name}”（{role.label}，{post}）。", start)


@account.command("list", help="列出全部账号及其角色、岗位、单位和状态。")
def list_accounts() -> None:
    """One line an account, its fields apart by tabs."""
    for row in accounts(_open()[0]):
        units = "、".join(f"{plan}:{unit}" for plan, unit in row.units) or wording.BLANK
        last = wording.moment(row.last_at) if row.last_at else "未登录过"
        click.echo("\t".join((row.name, row.role.label, row.post, units, row.state, last)))


@account.command("disable", help="停用账号，并结束其全部登录。")
@click.argument("name", metavar="账号名")
def disable_account(name: str) -> None:
    """Let nobody in by this account."""
    engine = _open()[0]
    _on_accounts(lambda: disable(engine, CONSOLE, name, _now()))
    click.echo(f"已停用账号“{name}”，并结束其全部登录。", err=True)


@account.command("enable", help="重新启用停用的账号，口令不变。")
@click.argument("name", metavar="账号名")
def enable_account(name: str) -> None:
    """Let a disabled account in again."""
    engine = _open()[0]
    _on_accounts(lambda: enable(engine, CONSOLE, name, _now()))
    click.echo(f"已启用账号“{name}”，口令不变。", err=True)


@account.command("reset", help="重置口令，显示一次初始口令，并结束该账号的全部登录。")
@click.argument("name", metavar="账号名")
def reset(name: str) -> None:
    """Give an account a new start password."""
    engine = _open()[0]
    start = _on_accounts(lambda: reset_password(engine, CONSOLE, name, _now()))
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


for each in (main, *main.commands.values(), *account.commands.values()):
    each.options_metavar = "[选项]"

if __name__ == "__main__":
    main(prog_name="guatu")
